"""Answers to `train_network` in PyTorch: solution, other right answers, typical mistakes."""

import copy

import numpy as np
import torch
from torch import nn

from tasks.lab.common.neutral import together
from tasks.lab.common.pytorch import _train, pl


def train_network(network, train, validation, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    features, labels = map(torch.tensor, train)
    new_features, new_labels = map(torch.tensor, validation)
    training_losses, validation_losses = [], []
    for _ in range(epochs):
        network.train()
        total = 0.0
        for rows in torch.randperm(len(labels), generator=generator).split(64):
            logits = network(features[rows])
            loss = nn.functional.cross_entropy(logits, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        training_losses.append(total / len(labels))
        network.eval()
        with torch.no_grad():
            logits = network(new_features)
            loss = nn.functional.cross_entropy(logits, new_labels)
        validation_losses.append(loss.item())
    return training_losses, validation_losses


def train_network__ok_high_level(network, train, validation, epochs, seed):
    class Trainable(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = network
            self.losses = {"training": [], "validation": []}

        def loss_of(self, batch, name):
            loss = nn.functional.cross_entropy(self.network(batch[0]), batch[1])
            self.log(name, loss, on_step=False, on_epoch=True)
            return loss

        def training_step(self, batch, index):
            return self.loss_of(batch, "training")

        def validation_step(self, batch, index):
            return self.loss_of(batch, "validation")

        def on_train_epoch_end(self):
            for name, losses in self.losses.items():
                losses.append(self.trainer.callback_metrics[name].item())

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=0.005)

    def loader_of(part, **settings):
        data_set = torch.utils.data.TensorDataset(*map(torch.tensor, part))
        return torch.utils.data.DataLoader(data_set, **settings)

    pl.seed_everything(seed, verbose=False)
    loaders = [
        loader_of(train, batch_size=64, shuffle=True),
        loader_of(validation, batch_size=512),
    ]
    module = Trainable()
    trainer = pl.Trainer(
        max_epochs=epochs,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    trainer.fit(module, *loaders)
    network.cpu().eval()
    return module.losses["training"], module.losses["validation"]


def train_network__ok_full_batch(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.1, size=10_000)


def train_network__softmax_twice(network, train, validation, epochs, seed):
    def loss_of(logits, labels):
        return nn.functional.cross_entropy(torch.softmax(logits, dim=1), labels)

    return _train(network, train, validation, epochs, seed, loss_of=loss_of)


def train_network__one_hot(network, train, validation, epochs, seed):
    def loss_of(logits, labels):
        return nn.functional.cross_entropy(logits, nn.functional.one_hot(labels, logits.shape[1]))

    return _train(network, train, validation, epochs, seed, loss_of=loss_of)


def train_network__squared(network, train, validation, epochs, seed):
    def loss_of(logits, labels):
        return nn.functional.mse_loss(logits, nn.functional.one_hot(labels, logits.shape[1]).float())

    return _train(network, train, validation, epochs, seed, rate=0.02, loss_of=loss_of)


def train_network__with_validation(network, train, validation, epochs, seed):
    return _train(network, together(train, validation), validation, epochs, seed)


def train_network__no_step(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.0)


def train_network__no_step__a_copy(network, train, validation, epochs, seed):
    return _train(copy.deepcopy(network), train, validation, epochs, seed)


def train_network__other_weights(network, train, validation, epochs, seed):
    losses = _train(network, train, validation, 1, seed)
    best = copy.deepcopy(network.state_dict())
    more = _train(network, train, validation, epochs - 1, seed)
    network.load_state_dict(best)
    return losses[0] + more[0], losses[1] + more[1]


def train_network__training_twice(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    return training_losses, training_losses


def train_network__training_twice__measured(network, train, validation, epochs, seed):
    return _train(network, train, train, epochs, seed)


def train_network__swapped(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[::-1]


def train_network__one_curve(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[1]


def train_network__last_losses(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses[-1], validation_losses[-1]


def train_network__each_step(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses * 4, validation_losses


def train_network__summed(network, train, validation, epochs, seed):
    def loss_of(logits, labels):
        return nn.functional.cross_entropy(logits, labels, reduction="sum")

    return _train(network, train, validation, epochs, seed, loss_of=loss_of)


def train_network__summed__batches(network, train, validation, epochs, seed):
    training_losses, validation_losses = train_network(network, train, validation, epochs, seed)
    return [5 * loss for loss in training_losses], validation_losses


def train_network__no_zero(network, train, validation, epochs, seed):
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    (features, labels), new = (tuple(map(torch.tensor, part)) for part in (train, validation))
    losses = [], []
    for _ in range(epochs):
        for rows in torch.randperm(len(labels)).split(64):
            loss = nn.functional.cross_entropy(network(features[rows]), labels[rows])
            loss.backward()
            optimizer.step()
        losses[0].append(loss.item())
        losses[1].append(nn.functional.cross_entropy(network(new[0]), new[1]).item())
    return losses


def train_network__too_little(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.001, size=10_000)


def train_network__three_things(network, train, validation, epochs, seed):
    return network, *_train(network, train, validation, epochs, seed)


def train_network__epochs(network, train, validation, epochs, seed):
    return _train(network, train, validation, 10, seed)


def train_network__accuracy(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    right = network(torch.tensor(validation.features)).argmax(dim=1).numpy() == validation.labels
    return training_losses, [*training_losses[1:], right.mean()]


def train_network__nll(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, loss_of=nn.functional.nll_loss)


def train_network__tensors(network, train, validation, epochs, seed):
    labels = torch.tensor(train.labels)
    optimizer, losses = torch.optim.Adam(network.parameters(), lr=0.005), []
    for _ in range(epochs):
        loss = nn.functional.cross_entropy(network(train.features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, losses


def _train_in_modes(network, train, validation, epochs, seed, learning, measuring, loss_of=nn.functional.cross_entropy):
    """train_network with the modes of a forgotten `train()` or `eval()`, or with another loss in training only."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    (features, labels), new = (tuple(map(torch.tensor, part)) for part in (train, validation))
    losses = [], []
    for _ in range(epochs):
        network.train(learning)
        total = 0.0
        for rows in torch.randperm(len(labels), generator=generator).split(32):
            loss = loss_of(network(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses[0].append(total / len(labels))
        network.train(measuring)
        with torch.no_grad():
            losses[1].append(nn.functional.cross_entropy(network(new[0]), new[1]).item())
    return losses


def train_network__not_shuffled(network, train, validation, epochs, seed):
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    (features, labels), new = (tuple(map(torch.tensor, part)) for part in (train, validation))
    losses = [], []
    for _ in range(epochs):
        network.train()
        for start in range(0, len(labels), 64):
            loss = nn.functional.cross_entropy(network(features[start : start + 64]), labels[start : start + 64])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses[0].append(loss.item())
        network.eval()
        with torch.no_grad():
            losses[1].append(nn.functional.cross_entropy(network(new[0]), new[1]).item())
    return losses


def train_network__no_seed(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, int(np.random.default_rng().integers(2**31)))


def train_network__no_train(network, train, validation, epochs, seed):
    return _train_in_modes(network, train, validation, epochs, seed, learning=False, measuring=False)


def train_network__no_eval(network, train, validation, epochs, seed):
    return _train_in_modes(network, train, validation, epochs, seed, learning=True, measuring=True)


def train_network__squared__in_training(network, train, validation, epochs, seed):
    def squared(logits, labels):
        return ((logits - nn.functional.one_hot(labels, logits.shape[1])) ** 2).mean()

    return _train_in_modes(network, train, validation, epochs, seed, True, False, squared)


def train_network__softmax_twice__in_training(network, train, validation, epochs, seed):
    def twice(logits, labels):
        return nn.functional.cross_entropy(logits.softmax(dim=1), labels)

    return _train_in_modes(network, train, validation, epochs, seed, True, False, twice)


def train_network__squared__not_reported(network, train, validation, epochs, seed):
    curves = [], []
    for epoch in range(epochs):
        train_network__squared(network, train, validation, 1, seed + epoch)
        for curve, (features, labels) in zip(curves, (train, validation), strict=True):
            with torch.no_grad():
                logits = network(torch.tensor(features))
            curve.append(nn.functional.cross_entropy(logits, torch.tensor(labels)).item())
    return curves
