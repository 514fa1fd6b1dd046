"""Answers to `minimise` in PyTorch: solution, other right answers, typical mistakes."""

import torch


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


def minimise__one_look(function, start):
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


def minimise__one_look__early_return(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * point.grad
        point.grad = None
        return point.detach()


def minimise__equally_long(function, start):
    point = start.clone().requires_grad_()
    for _ in range(500):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * torch.sign(point.grad)
        point.grad = None
    return point.detach()


def minimise__one_number(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point -= 0.02 * point.grad.sum()
        point.grad = None
    return point.detach()


def minimise__new_tensor__no_backward(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point)
        with torch.no_grad():
            point -= 0.03 * point.grad
    return point.detach()


def minimise__lost(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point.copy_(0.03 * point.grad)
        point.grad = None
    return point.detach()


def minimise__one_coordinate(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point[0] -= 0.03 * point.grad[0]
        point.grad = None
    return point.detach()


def minimise__one_coordinate__second(function, start):
    point = start.clone().requires_grad_()
    for _ in range(300):
        function(point).backward()
        with torch.no_grad():
            point[1] -= 0.03 * point.grad[1]
        point.grad = None
    return point.detach()


def minimise__shrinking(function, start):
    point = start.clone().requires_grad_()
    for step in range(100):
        function(point).backward()
        with torch.no_grad():
            point -= 0.03 * 0.8**step * point.grad
        point.grad = None
    return point.detach()


def minimise__not_along(function, start):
    point = start.clone().requires_grad_()
    optimizer = torch.optim.SGD([point], lr=0.03, momentum=0.99)
    for _ in range(100):
        optimizer.zero_grad()
        function(point).backward()
        optimizer.step()
    return point.detach()
