"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 01_tensors, in PyTorch."""

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
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__ok_corrcoef(features):
    return torch.corrcoef(features.T)


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


def minimise__start(function, start):
    return start


def minimise__uphill(function, start):
    point = start.clone().requires_grad_()
    for _ in range(30):
        function(point).backward()
        with torch.no_grad():
            point += 0.03 * point.grad
        point.grad = None
    return point.detach()


def minimise__too_large(function, start):
    point = start.clone().requires_grad_()
    for _ in range(50):
        function(point).backward()
        with torch.no_grad():
            point -= 0.1 * point.grad
        point.grad = None
    return point.detach()


def minimise__too_few(function, start):
    point = start.clone().requires_grad_()
    for _ in range(20):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * point.grad
        point.grad = None
    return point.detach()


def minimise__value_returned(function, start):
    return function(minimise(function, start))


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


def minimise__leaf_in_place(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        point -= 0.03 * point.grad
    return point
