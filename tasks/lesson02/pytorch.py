"""Solutions (named as the task), other right answers (`__ok_`), starters and mistakes of 02_training, in PyTorch.

Mistakes that differ from a solution in one place share a helper that holds the rest.
"""

import copy

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

# Patient 1: labels that broadcast ------------------------------------------------------------------------------------


def patient_1(features, labels, steps=40):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        predictions = features @ weight + bias
        loss = ((predictions - labels[:, None]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def patient_1__starter(features, labels, steps=40):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        predictions = features @ weight + bias
        loss = ((predictions - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def _line(features, labels, steps, loss_function):
    parameters = [torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
    return _descend(parameters, steps, 0.3, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def _descend(parameters, steps, learning_rate, loss_function):
    losses = []
    for _ in range(steps):
        loss = loss_function()
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= learning_rate * gradient
        losses.append(loss.item())
    return losses


def patient_1__ok_flat(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p[:, 0] - y) ** 2).mean())


def patient_1__ok_library(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: F.mse_loss(p, y.reshape(-1, 1)))


def patient_1__still_broadcasts(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y.reshape(1, -1)) ** 2).mean())


def patient_1__sum(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[:, None]) ** 2).sum())


def patient_1__mean_prediction(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p.mean() - y) ** 2).mean())


def patient_1__first_label(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[0]) ** 2).mean())


def patient_1__absolute(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: (p - y[:, None]).abs().mean())


def patient_1__half(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[:, None]) ** 2).mean() / 2)


def patient_1__one_step(features, labels, steps=40):
    return patient_1(features, labels, 1)


def patient_1__accumulates(features, labels, steps=40):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((features @ weight + bias - labels[:, None]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        losses.append(loss.item())
    return losses


# Patient 2: gradients that add up ------------------------------------------------------------------------------------


def patient_2(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            loss = F.binary_cross_entropy_with_logits(features[half] @ weight + bias, labels[half]) / 2
            loss.backward()
            total += loss.item()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(total)
    return losses


def patient_2__starter(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            loss = F.binary_cross_entropy_with_logits(features[half] @ weight + bias, labels[half]) / 2
            loss.backward()
            total += loss.item()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        losses.append(total)
    return losses


def _nothing(*parameters):
    pass


def _clear(*parameters):
    for parameter in parameters:
        parameter.grad = None


def _to_zero(*parameters):
    for parameter in parameters:
        parameter.grad.zero_()


def _parameters_to_zero(*parameters):
    for parameter in parameters:
        parameter.data.zero_()


def _halves(features, labels, steps, before_half=_nothing, before_update=_nothing, after_update=_nothing, share=2):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        total = 0.0
        for half_features, half_labels in zip(features.chunk(2), labels.chunk(2), strict=True):
            before_half(weight, bias)
            loss = F.binary_cross_entropy_with_logits(half_features @ weight + bias, half_labels) / share
            loss.backward()
            total += loss.item()
        before_update(weight, bias)
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        after_update(weight, bias)
        losses.append(total)
    return losses


def patient_2__ok_zero(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_to_zero)


def patient_2__ok_optimizer(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=0.5)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(features @ weight + bias, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def patient_2__inside(features, labels, steps=60):
    return _halves(features, labels, steps, before_half=_clear)


def patient_2__too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_clear)


def patient_2__zero_too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_to_zero)


def patient_2__parameters(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_parameters_to_zero)


def patient_2__not_halved(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_clear, share=1)


def patient_2__still_adds_up(features, labels, steps=60):
    return _halves(features, labels, steps)


def patient_2__one_cleared(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=lambda weight, bias: _clear(weight))


def patient_2__one_cleared__bias(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=lambda weight, bias: _clear(bias))


def patient_2__step_each_half(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        total = 0.0
        for half_features, half_labels in zip(features.chunk(2), labels.chunk(2), strict=True):
            loss = F.binary_cross_entropy_with_logits(half_features @ weight + bias, half_labels) / 2
            loss.backward()
            total += loss.item()
            with torch.no_grad():
                weight -= 0.5 * weight.grad
                bias -= 0.5 * bias.grad
            weight.grad = bias.grad = None
        losses.append(total)
    return losses


# Patient 3: softmax twice --------------------------------------------------------------------------------------------


def patient_3(features, labels, steps=60):
    weight, bias = torch.zeros(2, 3, requires_grad=True), torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(steps):
        logits = features @ weight + bias
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def patient_3__starter(features, labels, steps=60):
    weight, bias = torch.zeros(2, 3, requires_grad=True), torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(steps):
        probabilities = torch.softmax(features @ weight + bias, dim=1)
        loss = F.cross_entropy(probabilities, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def _three_classes(features, labels, steps, loss_function):
    parameters = [torch.zeros(2, 3, requires_grad=True), torch.zeros(3, requires_grad=True)]
    return _descend(parameters, steps, 0.5, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def patient_3__ok_by_hand(features, labels, steps=60):
    def loss_function(z, y):
        probabilities = torch.softmax(z, dim=1)
        return -torch.log(probabilities[torch.arange(len(y)), y]).mean()

    return _three_classes(features, labels, steps, loss_function)


def patient_3__ok_log(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(torch.log_softmax(z, dim=1), y))


def patient_3__still_twice(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z.softmax(1), y))


def patient_3__sigmoid(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(torch.sigmoid(z), y))


def patient_3__no_log(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.nll_loss(torch.softmax(z, dim=1), y))


def patient_3__wrong_axis(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.nll_loss(torch.log_softmax(z, dim=0), y))


def patient_3__down_and_again(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z.softmax(0), y))


def patient_3__sum(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z, y, reduction="sum"))


def patient_3__binary(features, labels, steps=60):
    def loss_function(z, y):
        return F.binary_cross_entropy_with_logits(z, F.one_hot(y, 3).float())

    return _three_classes(features, labels, steps, loss_function)


# Patient 4: evaluation in training mode ------------------------------------------------------------------------------


class _SmallDropoutNetwork(nn.Module):
    def __init__(self, seed):
        super().__init__()
        generator = np.random.default_rng(seed)
        self.first = nn.Parameter(torch.tensor(generator.normal(size=(2, 16)), dtype=torch.float32))
        self.second = nn.Parameter(torch.tensor(generator.normal(size=(16, 3)), dtype=torch.float32))
        self.dropout = nn.Dropout(0.5)
        self.dropped = 0  # how often

    def forward(self, features):
        self.dropped += self.dropout.training and getattr(self.dropout, "p", 0) > 0
        return self.dropout(torch.tanh(features @ self.first)) @ self.second


def small_dropout_network(seed):
    """The network that patient_4 is tried with; what it drops repeats, and `dropped` counts how often it does."""
    torch.manual_seed(seed)
    return _SmallDropoutNetwork(seed)


def patient_4(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__starter(model, features, labels):
    logits = model(features)
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__ok_no_grad(model, features, labels):
    model.eval()
    with torch.no_grad():
        right = model(features).max(dim=1).indices == labels
    model.train(True)
    return right.float().mean()


def patient_4__still_dropping(model, features, labels):
    with torch.no_grad():
        return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__ok_copy(model, features, labels):
    frozen = copy.deepcopy(model).eval()
    return (frozen(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__still_dropping__not_called(model, features, labels):
    model.eval  # noqa: B018
    logits = model(features)
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__still_dropping__too_late(model, features, labels):
    logits = model(features)
    model.eval()
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__removed(model, features, labels):
    model.dropout = nn.Identity()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__removed__layer(model, features, labels):
    model.dropout.eval()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__averaged(model, features, labels):
    accuracies = [(model(features).argmax(dim=1) == labels).float().mean().item() for _ in range(10)]
    return sum(accuracies) / len(accuracies)


def patient_4__stays_in_eval(model, features, labels):
    model.eval()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__count(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) == labels).float().sum().item()


def patient_4__error_rate(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) != labels).float().mean().item()


# Patient 5: unscaled features ----------------------------------------------------------------------------------------


def patient_5(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    features, new_features = (features - mean) / scale, (new_features - mean) / scale
    weight, bias = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(features @ weight + bias, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses, (new_features @ weight + bias).detach()


def patient_5__starter(features, labels, new_features, steps=40):
    weight, bias = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(features @ weight + bias, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses, (new_features @ weight + bias).detach()


def _two_classes(features, labels, new_features, steps):
    parameters = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]

    def loss_function():
        return F.binary_cross_entropy_with_logits(features @ parameters[0] + parameters[1], labels)

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, (new_features @ parameters[0] + parameters[1]).detach()


def patient_5__ok_unbiased(features, labels, new_features, steps=40):
    mean, scale = features.mean(0), features.std(0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__ok_by_hand(features, labels, new_features, steps=40):
    mean = features.sum(dim=0) / len(features)
    scale = ((features - mean) ** 2).mean(dim=0).sqrt()
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__own_numbers(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(dim=0)) / x.std(dim=0, correction=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__own_numbers__unbiased(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(dim=0)) / x.std(dim=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__together(features, labels, new_features, steps=40):
    both = torch.cat([features, new_features])
    mean, scale = both.mean(dim=0), both.std(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__new_forgotten(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, new_features, steps)


def patient_5__new_forgotten__overwritten(features, labels, new_features, steps=40):
    features = (features - features.mean(dim=0)) / features.std(dim=0)
    new_features = (new_features - features.mean(dim=0)) / features.std(dim=0)
    return _two_classes(features, labels, new_features, steps)


def patient_5__probabilities(features, labels, new_features, steps=40):
    losses, logits = patient_5(features, labels, new_features, steps)
    return losses, torch.sigmoid(logits)


def patient_5__precedence(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    return _two_classes(features - mean / scale, labels, new_features - mean / scale, steps)


def patient_5__rows(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__only_centred(features, labels, new_features, steps=40):
    mean = features.mean(dim=0)
    return _two_classes(features - mean, labels, new_features - mean, steps)


def patient_5__only_divided(features, labels, new_features, steps=40):
    scale = features.std(dim=0, correction=0)
    return _two_classes(features / scale, labels, new_features / scale, steps)


def patient_5__only_divided__unbiased(features, labels, new_features, steps=40):
    return _two_classes(features / features.std(0), labels, new_features / features.std(0), steps)


def patient_5__variance(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.var(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__whole_table(features, labels, new_features, steps=40):
    mean, scale = features.mean(), features.std(correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__min_max(features, labels, new_features, steps=40):
    low, high = features.min(dim=0).values, features.max(dim=0).values
    return _two_classes((features - low) / (high - low), labels, (new_features - low) / (high - low), steps)


# The tasks of part 5 -------------------------------------------------------------------------------------------------


def accuracy_of(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float().mean()


def accuracy_of__ok_probability(logits, labels):
    return (torch.sigmoid(logits).round() == labels).double().mean().item()


def accuracy_of__ok_flat(logits, labels):
    return sum((logits[:, 0] > 0).float() == labels[:, 0]) / len(labels)


def accuracy_of__threshold(logits, labels):
    return ((logits > 0.5) == (labels > 0.5)).float().mean()


def accuracy_of__count(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float().sum()


def accuracy_of__count__integers(logits, labels):
    return ((logits > 0) == labels).sum()


def accuracy_of__argmax(logits, labels):
    return (logits.argmax(dim=1, keepdim=True) == labels).float().mean().item()


def accuracy_of__argmax__flat(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean().item()


def accuracy_of__always_one(logits, labels):
    return ((torch.sigmoid(logits) > 0) == labels).float().mean().item()


def accuracy_of__rounded(logits, labels):
    return (logits.round() == labels).float().mean().item()


def accuracy_of__percent(logits, labels):
    return 100 * ((logits > 0) == (labels > 0.5)).float().mean()


def accuracy_of__error_rate(logits, labels):
    return ((logits > 0) != (labels > 0.5)).float().mean()


def accuracy_of__broadcast(logits, labels):
    return ((logits > 0) == (labels[:, 0] > 0.5)).float().mean()


def accuracy_of__each(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float()


def accuracy_of__positives(logits, labels):
    return (logits > 0).float().mean()


def momentum_step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__ok_add(parameter, velocity, gradient, learning_rate, decay):
    new_velocity = torch.add(gradient, velocity, alpha=decay)
    return torch.sub(parameter, new_velocity, alpha=learning_rate), new_velocity


def momentum_step__old_velocity(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * velocity, decay * velocity + gradient


def momentum_step__rate_inside(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + learning_rate * gradient
    return parameter - velocity, velocity


def momentum_step__uphill(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter + learning_rate * velocity, velocity


def momentum_step__no_decay(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__averaged(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + (1 - decay) * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__order(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return velocity, parameter - learning_rate * velocity


def momentum_step__no_memory(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * gradient, gradient


def momentum_step__rate_inside__minus(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity - learning_rate * gradient
    return parameter + velocity, velocity


def momentum_step__no_rate(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - velocity, velocity


def momentum_step__decayed_gradient(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + decay * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__decayed_gradient__both(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * (velocity + gradient)
    return parameter - learning_rate * velocity, velocity


def momentum_step__old_returned(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * (decay * velocity + gradient), velocity


def momentum_step__step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return learning_rate * velocity, velocity


CROSS_ENTROPIES = (F, ("cross_entropy",))


def cross_entropy_of(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.logsumexp(logits, dim=1) - right).mean()


def cross_entropy_of__ok_log_softmax(logits, labels):
    return -torch.log_softmax(logits, dim=1).gather(1, labels[:, None]).mean()


def cross_entropy_of__ok_maximum(logits, labels):
    logits = logits - logits.max(dim=1, keepdim=True).values
    one_hot = F.one_hot(labels, logits.shape[1])
    return (logits.exp().sum(dim=1).log() - (one_hot * logits).sum(dim=1)).mean()


def cross_entropy_of__overflow(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.log(torch.exp(logits).sum(dim=1)) - right).mean()


def cross_entropy_of__sum(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.logsumexp(logits, dim=1) - right).sum()


def cross_entropy_of__no_log(logits, labels):
    return -torch.softmax(logits, dim=1)[torch.arange(len(labels)), labels].mean()


def cross_entropy_of__sign(logits, labels):
    return -cross_entropy_of(logits, labels)


def cross_entropy_of__all_entries(logits, labels):
    return -(F.one_hot(labels, logits.shape[1]) * torch.log_softmax(logits, dim=1)).mean()


def cross_entropy_of__twice(logits, labels):
    return cross_entropy_of(torch.softmax(logits, dim=1), labels)


def cross_entropy_of__library(logits, labels):
    return F.cross_entropy(logits, labels)


def cross_entropy_of__library__module(logits, labels):
    return nn.CrossEntropyLoss()(logits, labels)


def cross_entropy_of__by_probability(logits, labels):
    return -torch.log(torch.softmax(logits, dim=1)[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__all_pairs(logits, labels):
    return (torch.logsumexp(logits, dim=1) - logits[:, labels]).mean()


def cross_entropy_of__largest(logits, labels):
    return (torch.logsumexp(logits, dim=1) - logits.max(dim=1).values).mean()


def cross_entropy_of__half_shifted(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    return (shifted.exp().sum(dim=1).log() - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__one_maximum(logits, labels):
    logits = logits - logits.max()
    return (logits.exp().sum(dim=1).log() - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__whole_table(logits, labels):
    return (torch.logsumexp(logits.flatten(), dim=0) - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__axis(logits, labels):
    return -torch.log_softmax(logits, dim=0)[torch.arange(len(labels)), labels].mean()


def fit_line(features, labels, learning_rate, steps):
    import torch

    weight = torch.zeros(1, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight, bias


def fit_line__ok_optimizer(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(features @ weight + bias, labels).backward()
        optimizer.step()
    return weight.detach(), bias.detach()


def _fit(features, labels, learning_rate, steps, loss_function=F.mse_loss, start=0.0, fixed_bias=False, clear=True):
    weight, bias = torch.full((1, 1), start, requires_grad=True), torch.full((1,), start, requires_grad=True)
    for _ in range(steps):
        loss_function(features @ weight + bias, labels).backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= 0 if fixed_bias else learning_rate * bias.grad
        if clear:
            weight.grad = bias.grad = None
    return weight, bias


def fit_line__uphill(features, labels, learning_rate, steps):
    return _fit(features, labels, -learning_rate, steps)


def fit_line__sum(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, lambda p, y: ((p - y) ** 2).sum())


def fit_line__one_step_only(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 1)


def fit_line__recorded(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        F.mse_loss(features @ weight + bias, labels).backward()
        weight -= learning_rate * weight.grad
        bias -= learning_rate * bias.grad
    return weight, bias


def fit_line__no_backward(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
    return weight, bias


def fit_line__bias_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, fixed_bias=True)


def fit_line__one_step_more(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps + 1)


def fit_line__started_at_one(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, start=1.0)


def fit_line__accumulates(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, clear=False)


def fit_line__accumulates__bias(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        F.mse_loss(features @ weight + bias, labels).backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = None
    return weight, bias


def fit_line__rebound__recorded(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        weight = weight - learning_rate * weight.grad
        bias = bias - learning_rate * bias.grad
    return weight, bias


def fit_line__rebound(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight = weight - learning_rate * weight.grad
            bias = bias - learning_rate * bias.grad
    return weight, bias


def fit_line__not_required(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1), torch.zeros(1)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight, bias


def train_spirals(features, labels):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(200):
        loss = F.binary_cross_entropy_with_logits(model(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return lambda new_features: (model(new_features) > 0).float()


def _spirals(features, labels, steps, hidden=32):
    torch.manual_seed(0)
    layers = [nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, 1)] if hidden else [nn.Linear(2, 1)]
    model = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def train_spirals__no_function(features, labels):
    return (_spirals(features, labels, 5)(features) > 0).float()


def train_spirals__no_function__no_return(features, labels):
    _spirals(features, labels, 5)


def train_spirals__probabilities(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: torch.sigmoid(model(new_features))


def train_spirals__one_class(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: model(new_features).argmax(dim=1, keepdim=True)


def train_spirals__swapped(features, labels):
    model = _spirals(features, labels, 200)
    return lambda new_features: (model(new_features) < 0).float()


def train_spirals__untrained(features, labels):
    return lambda new_features: (new_features[:, :1] * new_features[:, 1:] > 0).float()


def train_spirals__linear(features, labels):
    model = _spirals(features, labels, 200, hidden=0)
    return lambda new_features: (model(new_features) > 0).float()


def train_spirals__too_short(features, labels):
    model = _spirals(features, labels, 20)
    return lambda new_features: (model(new_features) > 0).float()


def train_spirals__logits(features, labels):
    return _spirals(features, labels, 5)


def train_spirals__flat(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: (model(new_features)[:, 0] > 0).float()
