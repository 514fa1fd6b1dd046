"""Answers to `derivative` in PyTorch: solution, other right answers, typical mistakes."""

import torch


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
