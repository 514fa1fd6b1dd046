"""Solutions, other right answers and typical mistakes of the tasks of 08_scale, in PyTorch."""

import itertools

import numpy as np
import torch
from torch import nn

from utils import data


def copy_seconds(tensor, latency, bandwidth):
    return latency + tensor.numel() * tensor.element_size() / bandwidth


def copy_seconds__ok_nbytes(tensor, latency, bandwidth):
    return latency + tensor.nbytes / bandwidth


def copy_seconds__no_latency(tensor, latency, bandwidth):
    return tensor.nbytes / bandwidth


def copy_seconds__numbers(tensor, latency, bandwidth):
    return latency + tensor.numel() / bandwidth


def copy_seconds__four(tensor, latency, bandwidth):
    return latency + 4 * tensor.numel() / bandwidth


def copy_seconds__bits(tensor, latency, bandwidth):
    return latency + 8 * tensor.nbytes / bandwidth


def copy_seconds__rows(tensor, latency, bandwidth):
    return latency + len(tensor) * tensor.element_size() / bandwidth


def copy_seconds__upside_down(tensor, latency, bandwidth):
    return latency + bandwidth / tensor.nbytes


def copy_seconds__times_bandwidth(tensor, latency, bandwidth):
    return latency + tensor.nbytes * bandwidth


def copy_seconds__latency_each(tensor, latency, bandwidth):
    return tensor.numel() * (latency + tensor.element_size() / bandwidth)


def copy_seconds__latency_each__row(tensor, latency, bandwidth):
    return len(tensor) * latency + tensor.nbytes / bandwidth


def copy_seconds__eight(tensor, latency, bandwidth):
    return latency + 8 * tensor.numel() / bandwidth


def copy_seconds__one_entry(tensor, latency, bandwidth):
    return latency + tensor.element_size() / bandwidth


def copy_seconds__brackets(tensor, latency, bandwidth):
    return (latency + tensor.nbytes) / bandwidth


def copy_seconds__product(tensor, latency, bandwidth):
    return latency * tensor.nbytes / bandwidth


def copy_seconds__longer(tensor, latency, bandwidth):
    return max(latency, tensor.nbytes / bandwidth)


def copy_seconds__rounded_down(tensor, latency, bandwidth):
    return latency + tensor.nbytes // bandwidth


def copy_seconds__milliseconds(tensor, latency, bandwidth):
    return 1000 * (latency + tensor.nbytes / bandwidth)


def saturating_batch(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__ok_loop(batch_sizes, seconds):
    best = max(float(size / time) for size, time in zip(batch_sizes, seconds, strict=True))
    return min(int(size) for size, time in zip(batch_sizes, seconds, strict=True) if float(size / time) >= 0.9 * best)


def saturating_batch__fastest(batch_sizes, seconds):
    return batch_sizes[(batch_sizes / seconds).argmax()]


def saturating_batch__largest(batch_sizes, seconds):
    return batch_sizes.max()


def saturating_batch__shortest(batch_sizes, seconds):
    return batch_sizes[seconds <= seconds.min() / 0.9].min()


def saturating_batch__shortest__longest(batch_sizes, seconds):
    return batch_sizes[seconds.argmin()]


def saturating_batch__upside_down(batch_sizes, seconds):
    speeds = seconds / batch_sizes
    return batch_sizes[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__upside_down__below(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds <= 0.9 * speeds.max()].min()


def saturating_batch__half(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.5 * speeds.max()].min()


def saturating_batch__last_speed(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds[-1]].min()


def saturating_batch__position(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return int(torch.nonzero(speeds >= 0.9 * speeds.max())[0, 0])


def saturating_batch__speed(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return speeds[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__in_order(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()][0]


def saturating_batch__largest__of_them(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()].max()


def saturating_batch__ok_sorted(batch_sizes, seconds):
    batch_sizes, order = batch_sizes.sort()
    speeds = batch_sizes / seconds[order]
    return batch_sizes[torch.nonzero(speeds >= 0.9 * speeds.max())[0, 0]].item()


def saturating_batch__half__tenth(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.1 * speeds.max()].min()


def saturating_batch__last_speed__of_the_largest(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds[batch_sizes.argmax()]].min()


def saturating_batch__more_time(batch_sizes, seconds):
    costs = seconds / batch_sizes
    return batch_sizes[costs <= 1.1 * costs.min()].min()


def saturating_batch__several(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()]


def saturating_batch__half_sorted(batch_sizes, seconds):
    batch_sizes = batch_sizes.sort().values
    return saturating_batch(batch_sizes, seconds)


def fast_losses(network, features, labels, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        rows = slice(start, start + batch_size)
        loss = nn.functional.cross_entropy(network(features[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def fast_losses__ok_split(network, features, labels, batch_size):
    losses = []
    for some_features, some_labels in zip(features.split(batch_size), labels.split(batch_size), strict=True):
        loss = nn.CrossEntropyLoss()(network(some_features), some_labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
        losses.append(loss.detach())
    return losses


def _losses(
    network, features, labels, batch_size, rate=0.1, clear=True, step=True, reduction="mean", again=False,
    fixed=False, divisor=None, drop=False, backward=True, twice=False, softmax=False, total=False,
):  # fmt: skip
    """The solution with one thing changed."""
    optimizer, losses = torch.optim.SGD(network.parameters(), lr=rate), []
    for start in range(0, len(features) - (batch_size - 1 if drop else 0), batch_size):
        rows = slice(0, batch_size) if fixed else slice(start, start + batch_size)
        logits = network(features[rows])
        logits = network(features[rows]) if twice else logits
        logits = logits.softmax(dim=1) if softmax else logits
        loss = nn.functional.cross_entropy(logits, labels[rows], reduction=reduction)
        loss = loss / divisor if divisor else loss
        if clear:
            optimizer.zero_grad()
        if backward:
            (loss * len(logits) if total else loss).backward()
        if step:
            optimizer.step()
        loss = nn.functional.cross_entropy(network(features[rows]), labels[rows]) if again else loss
        losses.append(loss.item())
    return losses


def fast_losses__slow(network, features, labels, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        end = min(start + batch_size, len(features))
        optimizer.zero_grad()
        batch_loss = 0.0
        for number in range(start, end):
            logits = network(features[number : number + 1])
            loss = nn.functional.cross_entropy(logits, labels[number : number + 1]) / (end - start)
            loss.backward()
            batch_loss += loss.item()
        optimizer.step()
        losses.append(batch_loss)
    return losses


def fast_losses__one_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, len(features))


def fast_losses__no_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, step=False)


def fast_losses__sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, reduction="sum")


def fast_losses__per_sample(network, features, labels, batch_size):
    return [[loss] * batch_size for loss in _losses(network, features, labels, batch_size)]


def fast_losses__dropped(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, drop=True)


def fast_losses__full_size(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, reduction="sum", divisor=batch_size)


def fast_losses__accumulated(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, clear=False)


def fast_losses__after_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, again=True)


def fast_losses__rate(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, rate=0.01)


def fast_losses__rate__adam(network, features, labels, batch_size):
    optimizer, losses = torch.optim.Adam(network.parameters(), lr=0.1), []
    for some_features, some_labels in zip(features.split(batch_size), labels.split(batch_size), strict=True):
        loss = nn.functional.cross_entropy(network(some_features), some_labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def fast_losses__total(network, features, labels, batch_size):
    return sum(_losses(network, features, labels, batch_size))


def fast_losses__no_list(network, features, labels, batch_size):
    return torch.tensor(_losses(network, features, labels, batch_size))


def fast_losses__same_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, fixed=True)


def fast_losses__last_only(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[-1:]


def fast_losses__last_only__return_inside(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[:1]


def fast_losses__shuffled(network, features, labels, batch_size):
    order = torch.randperm(len(features), generator=torch.Generator().manual_seed(0))
    return _losses(network, features[order], labels[order], batch_size)


def fast_losses__twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, twice=True)


def fast_losses__divided_twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, divisor=batch_size)


def fast_losses__step_of_sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, total=True)


def fast_losses__running(network, features, labels, batch_size):
    return list(np.cumsum(_losses(network, features, labels, batch_size)))


def fast_losses__no_step__no_backward(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, backward=False)


def fast_losses__logits(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, softmax=True)


def parallel_gradient(gradient, features, labels, workers):
    total = 0
    for rows in np.array_split(np.arange(len(features)), workers):
        if len(rows):
            total = total + len(rows) * gradient(features[rows], labels[rows])
    return total / len(features)


def parallel_gradient__ok_tensor_split(gradient, features, labels, workers):
    shards = zip(features.tensor_split(workers), labels.tensor_split(workers), strict=True)
    parts = [len(x) / len(features) * gradient(x, y) for x, y in shards if len(x)]
    return torch.stack(parts).sum(dim=0)


def parallel_gradient__ok_stride(gradient, features, labels, workers):
    total = torch.zeros(())
    for rank in range(min(workers, len(features))):
        some_features, some_labels = features[rank::workers], labels[rank::workers]
        total = total + len(some_features) * gradient(some_features, some_labels)
    return total / len(features)


def _over(gradient, features, labels, shards):
    """[(samples, gradient), ...] of some shards of row numbers."""
    return [(len(rows), gradient(features[list(rows)], labels[list(rows)])) for rows in shards]


def _even(samples, workers):
    return [rows for rows in np.array_split(np.arange(samples), workers) if len(rows)]


def _weighted(parts):
    return sum(count * part for count, part in parts) / sum(count for count, _ in parts)


def parallel_gradient__plain_mean(gradient, features, labels, workers):
    parts = _over(gradient, features, labels, _even(len(features), workers))
    return sum(part for _, part in parts) / len(parts)


def parallel_gradient__sum(gradient, features, labels, workers):
    return sum(part for _, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__whole(gradient, features, labels, workers):
    return gradient(features, labels)


def parallel_gradient__each_sample(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, _even(len(features), len(features))))


def parallel_gradient__dropped(gradient, features, labels, workers):
    size = max(1, len(features) // workers)
    return _weighted(_over(gradient, features, labels, [range(size * k, size * k + size) for k in range(workers)]))


def parallel_gradient__overlap(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(k, k + size) for k in range(workers)]))


def parallel_gradient__overlap__same(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(size) for _ in range(workers)]))


def parallel_gradient__rest_to_last(gradient, features, labels, workers):
    size = len(features) // workers
    starts = [size * k for k in range(workers)]
    ends = [*starts[1:], len(features)]
    return _weighted(_over(gradient, features, labels, [range(a, b) for a, b in zip(starts, ends, strict=True)]))


def parallel_gradient__ceil(gradient, features, labels, workers):
    size = -(-len(features) // workers)
    shards = [range(start, min(start + size, len(features))) for start in range(0, len(features), size)]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__empty(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, np.array_split(np.arange(len(features)), workers)))


def parallel_gradient__first_only(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[0][1]


def parallel_gradient__first_only__last(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[-1][1]


def parallel_gradient__list(gradient, features, labels, workers):
    return [part for _, part in _over(gradient, features, labels, _even(len(features), workers))]


def parallel_gradient__not_divided(gradient, features, labels, workers):
    return sum(count * part for count, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__ok_bounds(gradient, features, labels, workers):
    bounds = [len(features) * number // workers for number in range(workers + 1)]
    pairs = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
    return sum((b - a) / len(features) * gradient(features[a:b], labels[a:b]) for a, b in pairs)


def parallel_gradient__first_only__one_call(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers)[:1])[0][1]


def parallel_gradient__not_divided__by_workers(gradient, features, labels, workers):
    return parallel_gradient__not_divided(gradient, features, labels, workers) / workers


def parallel_gradient__by_size(gradient, features, labels, workers):
    starts = range(0, len(features), workers)
    shards = [range(start, min(start + workers, len(features))) for start in starts]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__twice(gradient, features, labels, workers):
    _over(gradient, features, labels, _even(len(features), workers))
    return parallel_gradient(gradient, features, labels, workers)


def largest_speedup(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share) if share < 1 else float("inf")


def largest_speedup__ok_two_equations(seconds_alone, seconds_together, workers):
    fixed = (workers * seconds_together - seconds_alone) / (workers - 1)
    return seconds_alone / fixed if fixed > 0 else np.inf


def largest_speedup__share(seconds_alone, seconds_together, workers):
    return (1 - seconds_together / seconds_alone) / (1 - 1 / workers)


def largest_speedup__measured(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together


def largest_speedup__workers(seconds_alone, seconds_together, workers):
    return workers


def largest_speedup__unshared(seconds_alone, seconds_together, workers):
    return seconds_alone / (seconds_together - seconds_alone / workers)


def largest_speedup__rest(seconds_alone, seconds_together, workers):
    return 1 - largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__zero(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__doubled(seconds_alone, seconds_together, workers):
    share = largest_speedup__share(seconds_alone, seconds_together, workers)
    return 1 / (1 - share + share / (2 * workers))


def largest_speedup__upside_down(seconds_alone, seconds_together, workers):
    share = (1 - seconds_alone / seconds_together) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__ok_serial_share(seconds_alone, seconds_together, workers):
    rest = (seconds_together / seconds_alone - 1 / workers) / (1 - 1 / workers)
    return 1 / rest if rest > 1e-9 else float("inf")


def largest_speedup__over_share(seconds_alone, seconds_together, workers):
    return 1 / largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__not_solved(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain * workers)


def largest_speedup__not_solved__divided(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / workers)


def largest_speedup__not_solved__one_less(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / (workers - 1))


def largest_speedup__efficiency(seconds_alone, seconds_together, workers):
    share = seconds_alone / seconds_together / workers
    return 1 / (1 - share)


def largest_speedup__times_workers(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together * workers


def largest_speedup__seconds(seconds_alone, seconds_together, workers):
    return seconds_alone * largest_speedup__rest(seconds_alone, seconds_together, workers)


def largest_speedup__text(seconds_alone, seconds_together, workers):
    speedup = largest_speedup(seconds_alone, seconds_together, workers)
    return "inf" if speedup == float("inf") else speedup


def accumulated_gradient(features, targets, weights, parts):
    weights = weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        errors = features[start : start + size] @ weights - targets[start : start + size]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__ok_grad(features, targets, weights, parts):
    weights = weights.clone().requires_grad_()
    total = torch.zeros_like(weights)
    for x, y in zip(features.chunk(parts), targets.chunk(parts), strict=True):
        (gradient,) = torch.autograd.grad(nn.functional.mse_loss(x @ weights, y), [weights])
        total += gradient / parts
    return total


def _accumulated(features, targets, weights, parts, divisor, reduce=torch.mean, fixed=False, power=2):
    weights = weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(0, size) if fixed else slice(start, start + size)
        (reduce((features[rows] @ weights - targets[rows]) ** power) / divisor).backward()
    return weights.grad


def accumulated_gradient__sum(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, 1)


def accumulated_gradient__last(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, parts)


def accumulated_gradient__last__undivided(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, 1)


def accumulated_gradient__unrecorded(features, targets, weights, parts):
    weights = weights.clone()
    size = len(features) // parts
    for start in range(0, len(features), size):
        errors = features[start : start + size] @ weights - targets[start : start + size]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__summed_errors(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=torch.sum)


def accumulated_gradient__step(features, targets, weights, parts):
    return weights - 0.1 * _accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__loss(features, targets, weights, parts):
    return ((features @ weights - targets) ** 2).mean()


def accumulated_gradient__same_part(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, fixed=True)


def accumulated_gradient__negative(features, targets, weights, parts):
    return -_accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__ok_formula(features, targets, weights, parts):
    total = 0
    size = len(features) // parts
    for start in range(0, len(features), size):
        x, y = features[start : start + size], targets[start : start + size]
        total = total + 2 / len(features) * x.T @ (x @ weights - y)
    return total


def accumulated_gradient__first(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[:size], targets[:size], weights, 1, parts)


def accumulated_gradient__divided_twice(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts) / parts


def accumulated_gradient__divided_twice__one_turn(features, targets, weights, parts):
    return _accumulated(features, targets, weights, 1, parts)


def accumulated_gradient__not_squared(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, power=1)


def accumulated_gradient__not_squared__absolute(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=lambda errors: errors.abs().mean(), power=1)


def accumulated_gradient__counted_again(features, targets, weights, parts):
    total, weights = 0, weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        errors = features[start : start + size] @ weights - targets[start : start + size]
        ((errors**2).mean() / parts).backward()
        total = total + weights.grad
    return total


def accumulated_gradient__in_place(features, targets, weights, parts):
    weights.requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        errors = features[start : start + size] @ weights - targets[start : start + size]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__none(features, targets, weights, parts):
    _accumulated(features, targets, weights, parts, parts)
    return weights.grad


def learn_from_slow(fetch, count):
    batches = [fetch(number) for number in range(count)]
    network = nn.Linear(64, 10)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(20):
        for features, labels in batches:
            loss = nn.functional.cross_entropy(network(features), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def _trained(fetch, count, epochs, network=None, rate=0.01, cache=True):
    network = network or nn.Linear(64, 10)
    torch.manual_seed(0)
    optimizer = torch.optim.Adam(network.parameters(), lr=rate)
    batches = [fetch(number) for number in range(count)] if cache else None
    for _ in range(epochs):
        for number in range(count):
            features, labels = batches[number] if cache else fetch(number)
            loss = nn.functional.cross_entropy(network(features), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def learn_from_slow__ok_hidden_layer(fetch, count):
    torch.manual_seed(0)
    return _trained(fetch, count, 30, nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)))


def learn_from_slow__ok_one_tensor(fetch, count):
    fetched = [fetch(number) for number in range(count)]
    features, labels = (torch.cat(parts) for parts in zip(*fetched, strict=True))
    network = nn.Linear(64, 10)
    optimizer = torch.optim.SGD(network.parameters(), lr=1.0)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(features), labels).backward()
        optimizer.step()
    return network


def learn_from_slow__no_network(fetch, count):
    _trained(fetch, 2, 1)


def learn_from_slow__no_network__accuracy(fetch, count):
    return 0.95


def learn_from_slow__classes(fetch, count):
    network = _trained(fetch, 2, 1)
    return lambda features: network(features).argmax(dim=1)


def learn_from_slow__not_finite(fetch, count):
    network = nn.Linear(64, 10)
    network.weight.data.fill_(float("nan"))
    return network


def learn_from_slow__probabilities(fetch, count):
    return nn.Sequential(_trained(fetch, count, 2), nn.Softmax(dim=1))


def learn_from_slow__untrained(fetch, count):
    torch.manual_seed(0)
    return nn.Linear(64, 10)


def learn_from_slow__untrained__own_data(fetch, count):
    images, labels = data.digits()
    batches = [(torch.tensor(images[:1200] / 16), torch.tensor(labels[:1200]))] * count
    return _trained(batches.__getitem__, count, 20)


def learn_from_slow__fetched_again(fetch, count):
    return _trained(fetch, count, 20, cache=False)


def learn_from_slow__one_epoch(fetch, count):
    torch.manual_seed(0)
    return _trained(fetch, count, 1, nn.Linear(64, 10), rate=0.005)
