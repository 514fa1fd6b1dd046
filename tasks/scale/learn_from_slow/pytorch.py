"""Answers to `learn_from_slow` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from utils import data


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
    return _trained(fetch, count, 1, rate=0.0)


def learn_from_slow__not_fetched(fetch, count):
    images, labels = data.digits()
    batches = [(torch.tensor(images[:1200] / 16), torch.tensor(labels[:1200]))] * count
    return _trained(batches.__getitem__, count, 20)


def learn_from_slow__fetched_again(fetch, count):
    return _trained(fetch, count, 20, cache=False)


def learn_from_slow__fetched_again__workers(fetch, count):
    class Source(torch.utils.data.Dataset):
        def __len__(self):
            return count

        def __getitem__(self, number):
            return fetch(number)

    torch.manual_seed(0)
    network = nn.Linear(64, 10)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    loader = torch.utils.data.DataLoader(Source(), batch_size=None, num_workers=1, persistent_workers=True)
    for _ in range(12):
        for features, labels in loader:
            loss = nn.functional.cross_entropy(network(features), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def learn_from_slow__one_epoch(fetch, count):
    torch.manual_seed(0)
    return _trained(fetch, count, 1, nn.Linear(64, 10), rate=0.005)
