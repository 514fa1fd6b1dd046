"""Answers to `numeric_gradient` in PyTorch: solution, other right answers, typical mistakes."""

import torch


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


def numeric_gradient__same_tensor__nudged_back(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        point[i] += step
        up = function(point)
        point[i] -= 2 * step
        gradient[i] = (up - function(point)) / (2 * step)
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


def numeric_gradient__absolute(function, point, step):
    return numeric_gradient(function, point, step).abs()


def numeric_gradient__exact__own_step(function, point, step):
    return numeric_gradient(function, point.double(), 1e-5)


def numeric_gradient__one_sided__down(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(point) - function(point - c)) / step for c in changes])


def numeric_gradient__from_zero(function, point, step):
    changes = torch.eye(len(point)) * step
    return torch.stack([(function(c) - function(-c)) / (2 * step) for c in changes])


def numeric_gradient__replaced(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        up, down = point.clone(), point.clone()
        up[i], down[i] = step, -step
        gradient[i] = (function(up) - function(down)) / (2 * step)
    return gradient


def numeric_gradient__one_sided__half_down(function, point, step):
    gradient = torch.zeros_like(point)
    for i in range(len(point)):
        down = point.clone()
        down[i] -= step
        gradient[i] = (function(point) - function(down)) / (2 * step)
    return gradient


def numeric_gradient__relative(function, point, step):
    changes = torch.diag(point) * step
    return torch.stack([(function(point + c) - function(point - c)) / (2 * step) for c in changes])
