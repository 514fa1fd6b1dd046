"""Answers to `round_through` in PyTorch: solution, other right answers, typical mistakes."""

import torch


class RoundThrough(torch.autograd.Function):
    @staticmethod
    def forward(ctx, values):
        return torch.round(values)

    @staticmethod
    def backward(ctx, upstream):
        return upstream


def round_through(values):
    class RoundThrough(torch.autograd.Function):
        @staticmethod
        def forward(values):
            return torch.round(values)

        @staticmethod
        def setup_context(ctx, inputs, output):
            pass  # the gradient needs nothing

        @staticmethod
        def backward(ctx, upstream):
            return upstream

    return RoundThrough.apply(values)


def round_through__ok_context_in_forward(values):
    return RoundThrough.apply(values)


def round_through__ok_detach(values):
    return values + (torch.round(values) - values).detach()


def round_through__automatic(values):
    return torch.round(values)


def round_through__no_upstream(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(ctx, upstream):
            return torch.ones_like(upstream)

    return Rounding.apply(values)


def round_through__rounded_upstream(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(ctx, upstream):
            return torch.round(upstream)

    return Rounding.apply(values)


def round_through__masked(values):
    rounded = torch.where(values > 0, values, 0 * values)
    return rounded + (torch.round(values) - rounded).detach()


def round_through__times_values(values):
    class Rounding(RoundThrough):
        @staticmethod
        def forward(ctx, values):
            ctx.save_for_backward(values)
            return torch.round(values)

        @staticmethod
        def backward(ctx, upstream):
            return upstream * ctx.saved_tensors[0]

    return Rounding.apply(values)


def round_through__floor(values):
    return values + (torch.floor(values) - values).detach()


def round_through__automatic__forward(values):
    return RoundThrough.forward(None, values)


def round_through__nothing_back(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(ctx, upstream):
            pass

    return Rounding.apply(values)


def round_through__nothing_back__detached(values):
    return torch.round(values).detach()


def round_through__nothing_back__new_leaf(values):
    return torch.round(values.detach()).requires_grad_()


def round_through__truncated(values):
    return values + (torch.trunc(values) - values).detach()


def round_through__negative(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(ctx, upstream):
            return -upstream

    return Rounding.apply(values)


def round_through__class_called(values):
    return RoundThrough(values)


def round_through__automatic__by_hand(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(ctx, upstream):
            return 0 * upstream

    return Rounding.apply(values)


def round_through__ceiling(values):
    return values + (torch.ceil(values) - values).detach()
