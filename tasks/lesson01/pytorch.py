"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 01_tensors, in PyTorch."""

import numpy as np
import torch


def standardise_columns(features):
    mean = features.mean(dim=0)
    deviation = features.std(dim=0, correction=0)
    return (features - mean) / deviation


def standardise_columns__ok_by_hand(features):
    centred = features - features.mean(0, keepdim=True)
    return centred / torch.sqrt((centred**2).mean(0, keepdim=True))


def standardise_columns__ok_float64(features):
    features = features.double()
    return (features - features.mean(0)) / features.var(0, unbiased=False).sqrt()


def standardise_columns__rows(features):
    mean = features.mean(dim=1, keepdim=True)
    return (features - mean) / features.std(dim=1, correction=0, keepdim=True)


def standardise_columns__all(features):
    return (features - features.mean()) / features.std(correction=0)


def standardise_columns__mean_only(features):
    return features - features.mean(dim=0)


def standardise_columns__scale_only(features):
    return features / features.std(dim=0, correction=0)


def standardise_columns__variance(features):
    return (features - features.mean(dim=0)) / features.var(dim=0, correction=0)


def standardise_columns__bessel(features):
    return (features - features.mean(dim=0)) / features.std(dim=0)


def standardise_columns__min_max(features):
    low, high = features.amin(dim=0), features.amax(dim=0)
    return (features - low) / (high - low)


def standardise_columns__norm(features):
    centred = features - features.mean(dim=0)
    return centred / centred.norm(dim=0)


def standardise_columns__rows__bessel(features):
    return (features - features.mean(dim=1, keepdim=True)) / features.std(dim=1, keepdim=True)


def standardise_columns__all__bessel(features):
    return (features - features.mean()) / features.std()


def standardise_columns__variance__bessel(features):
    return (features - features.mean(dim=0)) / features.var(dim=0)


def standardise_columns__scale_only__bessel(features):
    return features / features.std(dim=0)


def standardise_columns__one_deviation(features):
    return (features - features.mean(dim=0)) / features.std(correction=0)


def standardise_columns__one_deviation__bessel(features):
    return (features - features.mean(dim=0)) / features.std()


def standardise_columns__numpy(features):
    return (features - np.mean(features, axis=0)) / np.std(features, axis=0)


def standardise_columns__no_axis(features):
    return (features - features.mean(dim=1)) / features.std(dim=1)


def softmax(logits):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    exponentials = torch.exp(shifted)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__ok_logsumexp(logits):
    return torch.exp(logits - torch.logsumexp(logits, -1, keepdim=True))


def softmax__ok_loop(logits):
    rows = [torch.exp(row - row.max()) for row in logits]
    return torch.stack([row / row.sum() for row in rows])


def softmax__columns(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.sum(dim=0)


def softmax__unstable(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__all(logits):
    exponentials = torch.exp(logits - logits.max())
    return exponentials / exponentials.sum()


def softmax__global_shift(logits):
    exponentials = torch.exp(logits - logits.max())
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__no_division(logits):
    return torch.exp(logits)


def softmax__no_division__shifted(logits):
    return torch.exp(logits - logits.amax(dim=1, keepdim=True))


def softmax__all__unstable(logits):
    return torch.exp(logits) / torch.exp(logits).sum()


def softmax__all__shifted_rows(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum()


def softmax__columns__shifted_rows(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=0)


def softmax__no_keepdims(logits):
    return torch.exp(logits) / torch.exp(logits).sum(dim=1)


def softmax__max_pair(logits):
    shifted = logits - logits.max(dim=1)
    return torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)


def softmax__max_pair__kept(logits):
    shifted = logits - logits.max(dim=1, keepdim=True)
    return torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)


def softmax__other_shift(logits):
    exponentials = torch.exp(logits - logits.mean(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__fixed_shift(logits):
    exponentials = torch.exp(logits - 1000)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__fixed_shift__hundred(logits):
    exponentials = torch.exp(logits - 100)
    return exponentials / exponentials.sum(dim=1, keepdim=True)


def softmax__no_exp(logits):
    return logits / logits.sum(dim=1, keepdim=True)


def softmax__sigmoid(logits):
    return torch.sigmoid(logits)


def softmax__log(logits):
    return torch.log_softmax(logits, dim=1)


def softmax__mean(logits):
    exponentials = torch.exp(logits)
    return exponentials / exponentials.mean(dim=1, keepdim=True)


def derivative(x):
    x = x.clone().requires_grad_()
    values = x**2 * torch.sin(x)
    values.sum().backward()
    return x.grad


def derivative__ok_grad(x):
    x = x.detach().requires_grad_(True)
    return torch.autograd.grad(x * x * x.sin(), x, torch.ones_like(x))[0]


def derivative__ok_formula(x):
    return 2 * x * torch.sin(x) + x**2 * torch.cos(x)


def derivative__value(x):
    return x**2 * torch.sin(x)


def derivative__unrecorded(x):
    values = x**2 * torch.sin(x)
    values.sum().backward()
    return x.grad


def derivative__unrecorded__no_grad(x):
    with torch.no_grad():
        x = x.clone().requires_grad_()
        values = x**2 * torch.sin(x)
    values.sum().backward()
    return x.grad


def derivative__backward_result(x):
    x = x.clone().requires_grad_()
    values = x**2 * torch.sin(x)
    return values.sum().backward()


def derivative__no_sum(x):
    x = x.clone().requires_grad_()
    values = x**2 * torch.sin(x)
    values.backward()
    return x.grad


def derivative__single(x):
    return derivative(x).sum()


def derivative__product_rule(x):
    return 2 * x * torch.cos(x)


def derivative__one_term(x):
    return 2 * x * torch.sin(x)


def derivative__detached(x):
    return x**2 * torch.cos(x)


def derivative__mean(x):
    x = x.clone().requires_grad_()
    (x**2 * torch.sin(x)).mean().backward()
    return x.grad


def numeric_gradient(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        up, down = point.clone(), point.clone()
        up[i] += step
        down[i] -= step
        gradient[i] = (function(up) - function(down)) / (2 * step)
    return gradient


def numeric_gradient__ok_eye(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point + c) - function(point - c)) / (2 * step) for c in changes])


def numeric_gradient__one_sided(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point + c) - function(point)) / step for c in changes])


def numeric_gradient__no_division(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([function(point + c) - function(point - c) for c in changes])


def numeric_gradient__half_division(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point + c) - function(point - c)) / step for c in changes])


def numeric_gradient__all_at_once(function, point, step):
    rate = (function(point + step) - function(point - step)) / (2 * step)
    return rate * torch.ones_like(point)


def numeric_gradient__all_at_once__one_number(function, point, step):
    return (function(point + step) - function(point - step)) / (2 * step)


def numeric_gradient__all_at_once__change(function, point, step):
    return function(point + step) - function(point - step)


def numeric_gradient__one_sided__halved(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point + c) - function(point)) / (2 * step) for c in changes])


def numeric_gradient__early_return(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        up, down = point.clone(), point.clone()
        up[i] += step
        down[i] -= step
        gradient[i] = (function(up) - function(down)) / (2 * step)
        return gradient


def numeric_gradient__exact(function, point, step):
    point = point.clone().requires_grad_()
    function(point).backward()
    return point.grad


def numeric_gradient__same_tensor(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        up = point
        up[i] += step
        down = point
        down[i] -= step
        gradient[i] = (function(up) - function(down)) / (2 * step)
    return gradient


def numeric_gradient__not_restored(function, point, step):
    gradient, up, down = torch.zeros_like(point), point.clone(), point.clone()
    for i in range(len(point)):
        up[i] += step
        down[i] -= step
        gradient[i] = (function(up) - function(down)) / (2 * step)
    return gradient


def numeric_gradient__sign(function, point, step):
    return -numeric_gradient(function, point, step)


def numeric_gradient__precedence(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point + c) - function(point - c)) / 2 * step for c in changes])


def correlation(features):
    import torch

    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / torch.linalg.norm(centred, dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__ok_corrcoef(features):
    return torch.corrcoef(features.T)


def correlation__one_mean(features):
    centred = features - features.mean()
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.std(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation__by_n(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.std(dim=0, correction=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_centred(features):
    scaled = features / features.norm(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_scaled(features):
    centred = features - features.mean(dim=0, keepdim=True)
    return centred.T @ centred


def correlation__rows(features):
    centred = features - features.mean(dim=1, keepdim=True)
    scaled = centred / centred.norm(dim=1, keepdim=True)
    return scaled.T @ scaled


def correlation__no_transpose(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled @ scaled


def correlation__order(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled @ scaled.T


def correlation__elementwise(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled * scaled


def correlation__global_norm(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm()
    return scaled.T @ scaled


def minimise(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * point.grad
        point.grad = None
    return point.detach()


def minimise__ok_optimizer(function, start):
    point = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.SGD([point], lr=0.02)
    for _ in range(400):
        optimizer.zero_grad()
        function(point).backward()
        optimizer.step()
    return point


def minimise__ok_newton(function, start):
    hessian = torch.autograd.functional.hessian(function, start)
    gradient = torch.autograd.functional.jacobian(function, start)
    return start - torch.linalg.solve(hessian, gradient)


def descend(function, start, learning_rate, steps):
    """What most answers have in common; the solution stands above in full."""
    point = start.clone().requires_grad_()
    for _ in range(steps):
        function(point).backward()
        with torch.no_grad():
            point -= learning_rate * point.grad
        point.grad = None
    return point.detach()


def minimise__start(function, start):
    return start


def minimise__uphill(function, start):
    return descend(function, start, learning_rate=-0.03, steps=30)


def minimise__too_large(function, start):
    return descend(function, start, learning_rate=0.1, steps=50)


def minimise__too_large__until_nan(function, start):
    return descend(function, start, learning_rate=0.1, steps=1000)


def minimise__too_large__few_steps(function, start):
    return descend(function, start, learning_rate=0.05, steps=30)


def minimise__too_large__bowl(function, start):
    return descend(function, start, learning_rate=1.5, steps=50)


def minimise__too_few(function, start):
    return descend(function, start, learning_rate=0.03, steps=20)


def minimise__too_few__tiny_rate(function, start):
    return descend(function, start, learning_rate=0.001, steps=300)


def minimise__value_returned(function, start):
    return function(minimise(function, start))


def minimise__path(function, start):
    return torch.stack([start, minimise(function, start)])


def minimise__two_arguments(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point[0], point[1]).backward()
        with torch.no_grad():
            point -= 0.03 * point.grad
        point.grad = None
    return point


def minimise__stale(function, start):
    point = start.clone().requires_grad_()
    function(point).backward()
    for _ in range(300):
        with torch.no_grad():
            point -= 0.03 * point.grad
        function(point)
    return point.detach()


def minimise__stale__value_once(function, start):
    point = start.clone().requires_grad_()
    function(point).backward()
    for _ in range(1000):
        with torch.no_grad():
            point -= 0.02 * point.grad
    return point.detach()


def minimise__not_cleared(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * point.grad
    return point.detach()


def minimise__new_tensor(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        point = point - 0.03 * point.grad
    return point


def minimise__unrecorded(function, start):
    point = start
    for _ in range(300):
        function(point).backward()
        point = point - 0.03 * point.grad
    return point


def minimise__leaf_in_place(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        point -= 0.03 * point.grad
    return point
