"""Answers to `derivative_of` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def derivative_of(function, x):
    x = x.clone().requires_grad_()
    function(x).sum().backward()
    return x.grad


def derivative_of__ok_grad(function, x):
    x = x.detach().requires_grad_(True)
    return torch.autograd.grad(function(x), x, torch.ones_like(x))[0]


def derivative_of__ok_jvp(function, x):
    return torch.func.jvp(function, (x,), (torch.ones_like(x),))[1]


def derivative_of__unrecorded(function, x):
    function(x).sum().backward()
    return x.grad


def derivative_of__unrecorded__no_grad(function, x):
    with torch.no_grad():
        x = x.clone().requires_grad_()
        values = function(x)
    values.sum().backward()
    return x.grad


def derivative_of__none(function, x):
    x = x.clone().requires_grad_()
    return function(x).sum().backward()


def derivative_of__no_sum(function, x):
    x = x.clone().requires_grad_()
    function(x).backward()
    return x.grad


def derivative_of__single(function, x):
    return derivative_of(function, x).sum()


def derivative_of__mean(function, x):
    x = x.clone().requires_grad_()
    function(x).mean().backward()
    return x.grad


def derivative_of__numeric(function, x):
    x = x.double()
    return (function(x + 1e-5) - function(x - 1e-5)) / 2e-5


def derivative_of__none__of_values(function, x):
    x = x.clone().requires_grad_()
    values = function(x)
    values.sum().backward()
    return values.grad


def derivative_of__of_the_sine(function, x):
    return torch.cos(x)


def derivative_of__none__of_the_given(function, x):
    function(x.clone().requires_grad_()).sum().backward()
    return x.grad


def derivative_of__second(function, x):
    x = x.clone().requires_grad_()
    (first,) = torch.autograd.grad(function(x).sum(), x, create_graph=True)
    return torch.autograd.grad(first.sum(), x)[0]
