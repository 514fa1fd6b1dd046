"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 05_mixing, in PyTorch."""

import torch
from torch import nn


class ScaleLayer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__ok_shift_first_line(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(size))
        self.register_parameter("scale", nn.Parameter(torch.full((size,), 1.0)))

    def forward(self, x):
        return torch.addcmul(self.shift, x, self.scale)


class ScaleLayer__unregistered(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = torch.ones(size, requires_grad=True)
        self.shift = torch.zeros(size, requires_grad=True)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_super(nn.Module):
    def __init__(self, size):
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__zeros(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))

    def forward(self, features):
        return features * self.scale


class ScaleLayer__one_number(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.shift = nn.Parameter(torch.zeros(1))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__shift_first(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return (features + self.shift) * self.scale


class ScaleLayer__unregistered__list(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = [nn.Parameter(torch.ones(size))]
        self.shift = [nn.Parameter(torch.zeros(size))]

    def forward(self, features):
        return features * self.scale[0] + self.shift[0]


class ScaleLayer__frozen(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size), requires_grad=False)
        self.shift = nn.Parameter(torch.zeros(size), requires_grad=False)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector__plain_shift(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = torch.zeros(size)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__swapped(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.shift + self.scale


class ScaleLayer__swapped__starts(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(size))
        self.shift = nn.Parameter(torch.ones(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__unused(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features


class ScaleLayer__unused__made_anew(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, features):
        self.scale = nn.Parameter(torch.ones(self.size))
        self.shift = nn.Parameter(torch.zeros(self.size))
        return features * self.scale + self.shift


class ScaleLayer__cut_off(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale.data + self.shift.data


def clip_each(gradients, limit):
    clipped = []
    for gradient in gradients:
        norm = torch.sqrt((gradient**2).sum())
        clipped.append(gradient * torch.clamp(limit / norm, max=1.0))
    return clipped


def clip_each__ok_condition(gradients, limit):
    return [g if g.norm() <= limit else limit * g / g.norm() for g in gradients]


def clip_each__joint(gradients, limit):
    norm = torch.sqrt(sum((gradient**2).sum() for gradient in gradients))
    return [gradient * torch.clamp(limit / norm, max=1.0) for gradient in gradients]


def clip_each__entries(gradients, limit):
    return [gradient.clamp(-limit, limit) for gradient in gradients]


def clip_each__always(gradients, limit):
    return [gradient * limit / gradient.norm() for gradient in gradients]


def clip_each__unit(gradients, limit):
    return [gradient / gradient.norm() if gradient.norm() > limit else gradient for gradient in gradients]


def clip_each__sum_of_sizes(gradients, limit):
    return [gradient * torch.clamp(limit / gradient.abs().sum(), max=1.0) for gradient in gradients]


def clip_each__squared(gradients, limit):
    return [gradient * torch.clamp(limit / (gradient**2).sum(), max=1.0) for gradient in gradients]


def clip_each__zero(gradients, limit):
    return [gradient / gradient.norm() * torch.clamp(gradient.norm(), max=limit) for gradient in gradients]


def clip_each__first_only(gradients, limit):
    for gradient in gradients:
        return gradient * torch.clamp(limit / gradient.norm(), max=1.0)


def _scaled(gradient, limit):
    return gradient * torch.clamp(limit / gradient.norm(), max=1.0)


def clip_each__return_inside(gradients, limit):
    return [_scaled(gradients[0], limit)]


def clip_each__last_only(gradients, limit):
    for gradient in gradients:
        clipped = [_scaled(gradient, limit)]
    return clipped


def clip_each__dropped(gradients, limit):
    return [_scaled(gradient, limit) for gradient in gradients if gradient.norm() > limit]


def clip_each__unchanged(gradients, limit):
    for gradient in gradients:
        gradient = _scaled(gradient, limit)
    return gradients


def clip_each__at_least_one(gradients, limit):
    return [gradient * torch.clamp(limit / gradient.norm(), min=1.0) for gradient in gradients]


def clip_each__upside_down(gradients, limit):
    return [gradient * torch.clamp(gradient.norm() / limit, max=1.0) for gradient in gradients]


def clip_each__upside_down__condition(gradients, limit):
    return [gradient * gradient.norm() / limit if gradient.norm() > limit else gradient for gradient in gradients]


def clip_each__by_row(gradients, limit):
    return [gradient * torch.clamp(limit / gradient.norm(dim=-1, keepdim=True), max=1.0) for gradient in gradients]


def clip_each__mean(gradients, limit):
    return [gradient * torch.clamp(limit / (gradient**2).mean().sqrt(), max=1.0) for gradient in gradients]


def loop_losses(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__ok_by_hand(network, batches, learning_rate):
    loss_function = nn.BCEWithLogitsLoss()
    losses = []
    for features, labels in batches:
        loss = loss_function(network(features), labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


def loop_losses__accumulated(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__no_step(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        loss.backward()
        losses.append(loss.item())
    return losses


def loop_losses__after_step(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(nn.functional.binary_cross_entropy_with_logits(network(features), labels).item())
    return losses


def loop_losses__uphill(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter += learning_rate * gradient
        losses.append(loss.item())
    return losses


def loop_losses__sum(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels, reduction="sum")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__running_mean(network, batches, learning_rate):
    losses = loop_losses(network, batches, learning_rate)
    return [sum(losses[: count + 1]) / (count + 1) for count in range(len(losses))]


def loop_losses__probabilities(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        probabilities = torch.sigmoid(network(features))
        loss = nn.functional.binary_cross_entropy_with_logits(probabilities, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__swapped(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(labels, network(features))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__total(network, batches, learning_rate):
    return sum(loop_losses(network, batches, learning_rate))


def loop_losses__first_batch(network, batches, learning_rate):
    return loop_losses(network, batches[:1], learning_rate)


def loop_losses__fixed_rate(network, batches, learning_rate):
    return loop_losses(network, batches, 0.01)


def loop_losses__no_step__cleared(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__total__mean(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate)).mean().numpy()


def loop_losses__total__last(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate)[-1], requires_grad=True)


def loop_losses__no_list(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate))


def loop_losses__last_batch(network, batches, learning_rate):
    return loop_losses(network, batches, learning_rate)[-1:]


def loop_losses__epochs(network, batches, learning_rate):
    return loop_losses(network, batches * 2, learning_rate)


def loop_losses__fixed_rate__lesson(network, batches, learning_rate):
    return loop_losses(network, batches, 0.5)


def _losses(network, batches, loss_function, optimizer):
    losses = []
    for features, labels in batches:
        loss = loss_function(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__squared_error(network, batches, learning_rate):
    return _losses(network, batches, nn.MSELoss(), torch.optim.SGD(network.parameters(), lr=learning_rate))


def loop_losses__adam(network, batches, learning_rate):
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    return _losses(network, batches, nn.BCEWithLogitsLoss(), optimizer)


class RoundThrough(torch.autograd.Function):
    @staticmethod
    def forward(context, values):
        return torch.round(values)

    @staticmethod
    def backward(context, upstream):
        return upstream


def round_through(values):
    class RoundThrough(torch.autograd.Function):
        @staticmethod
        def forward(context, values):
            return torch.round(values)

        @staticmethod
        def backward(context, upstream):
            return upstream

    return RoundThrough.apply(values)


def round_through__ok_detach(values):
    return values + (torch.round(values) - values).detach()


def round_through__automatic(values):
    return torch.round(values)


def round_through__no_upstream(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(context, upstream):
            return torch.ones_like(upstream)

    return Rounding.apply(values)


def round_through__rounded_upstream(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(context, upstream):
            return torch.round(upstream)

    return Rounding.apply(values)


def round_through__masked(values):
    rounded = torch.where(values > 0, values, 0 * values)
    return rounded + (torch.round(values) - rounded).detach()


def round_through__times_values(values):
    class Rounding(RoundThrough):
        @staticmethod
        def forward(context, values):
            context.save_for_backward(values)
            return torch.round(values)

        @staticmethod
        def backward(context, upstream):
            return upstream * context.saved_tensors[0]

    return Rounding.apply(values)


def round_through__floor(values):
    return values + (torch.floor(values) - values).detach()


def round_through__identity(values):
    return values * 1.0


def round_through__automatic__forward(values):
    return RoundThrough.forward(None, values)


def round_through__nothing_back(values):
    class Rounding(RoundThrough):
        @staticmethod
        def backward(context, upstream):
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
        def backward(context, upstream):
            return -upstream

    return Rounding.apply(values)


def two_rates(features, targets, weights, offset):
    import torch

    weights = weights.clone().requires_grad_()
    offset = offset.clone().requires_grad_()
    loss = ((features @ weights + offset - targets) ** 2).mean()
    weights_gradient, offset_gradient = torch.autograd.grad(loss, [weights, offset])
    return weights.detach() - 0.1 * weights_gradient, offset.detach() - 0.01 * offset_gradient


def two_rates__ok_optimizer(features, targets, weights, offset):
    weights, offset = nn.Parameter(weights.clone()), nn.Parameter(offset.clone())
    optimizer = torch.optim.SGD([{"params": [weights], "lr": 0.1}, {"params": [offset], "lr": 0.01}])
    nn.functional.mse_loss(features @ weights + offset, targets).backward()
    optimizer.step()
    return weights, offset


def two_rates__unrecorded(features, targets, weights, offset):
    loss = ((features @ weights + offset - targets) ** 2).mean()
    weights_gradient, offset_gradient = torch.autograd.grad(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def _gradients(features, targets, weights, offset, reduce=torch.mean):
    weights, offset = weights.clone().requires_grad_(), offset.clone().requires_grad_()
    loss = reduce((features @ weights + offset - targets) ** 2)
    return torch.autograd.grad(loss, [weights, offset])


def two_rates__swapped_rates(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.01 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__one_rate(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.1 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__sum(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset, reduce=torch.sum)
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__uphill(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights + 0.1 * weights_gradient, offset + 0.01 * offset_gradient


def two_rates__gradients(features, targets, weights, offset):
    return tuple(_gradients(features, targets, weights, offset))


def two_rates__swapped_results(features, targets, weights, offset):
    return two_rates(features, targets, weights, offset)[::-1]


def two_rates__one_after_other(features, targets, weights, offset):
    weights = weights - 0.1 * _gradients(features, targets, weights, offset)[0]
    return weights, offset - 0.01 * _gradients(features, targets, weights, offset)[1]


def fit_moons(features, labels):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 12), nn.Tanh(), nn.Linear(12, 1))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(200):
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def fit_moons__ok_bumps(features, labels):
    class Bumps(nn.Module):
        def __init__(self, centres):
            super().__init__()
            self.centres = nn.Parameter(centres.clone())
            self.log_sharpness = nn.Parameter(torch.zeros(len(centres)))

        def forward(self, features):
            squared_distances = ((features[:, None, :] - self.centres) ** 2).sum(dim=2)
            return torch.exp(-torch.exp(self.log_sharpness) * squared_distances)

    return _trained(nn.Sequential(Bumps(features[:10]), nn.Linear(10, 1)), features, labels, steps=200)


def _trained(network, features, labels, steps):
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def _network(hidden, outputs=1):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, outputs))


def fit_moons__two_outputs(features, labels):
    return _network(9, outputs=2)


def fit_moons__flat(features, labels):
    return nn.Sequential(_network(9), nn.Flatten(start_dim=0))


def fit_moons__too_many(features, labels):
    return _trained(_network(64), features, labels, steps=1)


def fit_moons__probabilities(features, labels):
    return nn.Sequential(_trained(_network(12), features, labels, steps=5), nn.Sigmoid())


def fit_moons__untrained(features, labels):
    return _network(12)


def fit_moons__no_network(features, labels):
    _network(12)


def fit_moons__not_finite(features, labels):
    return _with_output(_network(12), float("nan"))


def _with_output(network, bias):
    """The network with another bias in its last layer."""
    nn.init.constant_(network[-1].bias, bias)
    return network


def fit_moons__shifted(features, labels):
    network = _network(12)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(200):
        loss = nn.functional.mse_loss(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def fit_moons__untrained__zeros(features, labels):
    network = _network(12)
    nn.init.zeros_(network[-1].weight)
    return _with_output(network, 0.0)


def fit_moons__linear(features, labels):
    torch.manual_seed(0)
    return _trained(nn.Linear(2, 1), features, labels, steps=100)
