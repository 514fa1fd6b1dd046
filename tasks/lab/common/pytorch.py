"""What answers of this lesson in PyTorch share."""

import types

import torch
from torch import nn

try:
    import pytorch_lightning as pl
except ImportError:  # the TensorFlow notebook needs torch only, for the task class_recalls
    pl = types.SimpleNamespace(LightningModule=nn.Module)


def _train(
    network, train, validation, epochs, seed, rate=0.005, loss_of=nn.functional.cross_entropy, decay=0.0, size=64
):
    """train_network with settings, for the mistakes."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=rate, weight_decay=decay)
    (features, labels), new = (tuple(map(torch.tensor, part)) for part in (train, validation))
    losses = [], []
    for _ in range(epochs):
        network.train()
        for rows in torch.randperm(len(labels), generator=generator).split(size):
            loss = loss_of(network(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses[0].append(loss.item())
        network.eval()
        with torch.no_grad():
            losses[1].append(loss_of(network(new[0]), new[1]).item())
    return losses


def _trained(network, train, validation, seed, epochs=12, **settings):
    return network, *_train(network, train, validation, epochs, seed, **settings)


def _wide(hidden=256, dropout=0.0):
    layers = [nn.Linear(64, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, 10)]
    return nn.Sequential(*layers)
