"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 07_lab, in PyTorch.

The solutions are low-level: a loop of one's own. `__ok_high_level` is the same with PyTorch Lightning.
"""

import copy
import types

import numpy as np
import torch
from torch import nn

from tasks.lesson07.shared import *  # noqa: F403  (the tasks that need no framework)
from utils import data

try:
    import pytorch_lightning as pl
except ImportError:  # the TensorFlow notebook needs torch only, for the task class_recalls
    pl = types.SimpleNamespace(LightningModule=nn.Module)


def train_network(network, train, validation, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    features, labels = torch.tensor(train.features), torch.tensor(train.labels)
    new_features, new_labels = torch.tensor(validation.features), torch.tensor(validation.labels)
    training_losses, validation_losses = [], []
    for _ in range(epochs):
        network.train()
        total = 0.0
        for rows in torch.randperm(len(labels), generator=generator).split(64):
            loss = nn.functional.cross_entropy(network(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        training_losses.append(total / len(labels))
        network.eval()
        with torch.no_grad():
            validation_losses.append(nn.functional.cross_entropy(network(new_features), new_labels).item())
    return training_losses, validation_losses


def train_network__ok_high_level(network, train, validation, epochs, seed):
    class Trainable(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network, self.losses = network, {"training": [], "validation": []}

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

    pl.seed_everything(seed, verbose=False)
    data_sets = [torch.utils.data.TensorDataset(*map(torch.tensor, part)) for part in (train, validation)]
    loaders = [
        torch.utils.data.DataLoader(data_sets[0], batch_size=64, shuffle=True),
        torch.utils.data.DataLoader(data_sets[1], batch_size=512),
    ]
    quiet = {"logger": False, "enable_progress_bar": False, "enable_model_summary": False}
    quiet |= {"enable_checkpointing": False, "num_sanity_val_steps": 0}
    module = Trainable()
    pl.Trainer(max_epochs=epochs, **quiet).fit(module, *loaders)
    network.cpu().eval()
    return module.losses["training"], module.losses["validation"]


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
    together = data.Part(*(np.concatenate(pair) for pair in zip(train, validation, strict=True)))
    return _train(network, together, validation, epochs, seed)


def train_network__no_step(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.0)


def train_network__no_step__a_copy(network, train, validation, epochs, seed):
    return _train(copy.deepcopy(network), train, validation, epochs, seed)


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


def train_one_layer(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 10))
    training_losses, validation_losses = train_network(network, train, validation, 30, seed)
    return network, training_losses, validation_losses


def train_one_layer__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 10))
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 20, seed)
    return network, training_losses, validation_losses


def _trained(network, train, validation, seed, epochs=12, **settings):
    return network, *_train(network, train, validation, epochs, seed, **settings)


def train_one_layer__no_bias(train, validation, seed):
    return _trained(nn.Linear(64, 10, bias=False), train, validation, seed)


def train_one_layer__softmax(train, validation, seed):
    return _trained(nn.Sequential(nn.Linear(64, 10), nn.Softmax(dim=1)), train, validation, seed)


def train_one_layer__hidden(train, validation, seed):
    return _trained(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), train, validation, seed)


def train_one_layer__hidden__relu_at_end(train, validation, seed):
    return _trained(nn.Sequential(nn.Linear(64, 10), nn.ReLU()), train, validation, seed)


def train_one_layer__too_short(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=2)


def train_one_layer__stacked(train, validation, seed):
    return _trained(nn.Sequential(nn.Linear(64, 16), nn.Linear(16, 10)), train, validation, seed)


def train_one_layer__training_twice(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, train, seed, epochs=20)


def train_one_layer__training_twice__swapped(train, validation, seed):
    network, training_losses, validation_losses = _trained(nn.Linear(64, 10), train, validation, seed, epochs=20)
    return network, validation_losses, training_losses


def train_one_layer__untrained(train, validation, seed):
    network = nn.Linear(64, 10)
    return network, [2.3] * 20, [2.4] * 20


def train_one_layer__network_only(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)[0]


def train_one_layer__network_only__losses(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)[1:]


def train_one_layer__network_only__last(train, validation, seed):
    network, *losses = _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)
    return *losses, network


def train_one_layer__training_twice__same(train, validation, seed):
    return nn.Linear(64, 10), [2.3, 0.1], [2.3, 0.1]


def train_one_layer__classes(train, validation, seed):
    network, *losses = _trained(nn.Linear(64, 10), train, validation, seed)
    return (lambda features: network(features).argmax(dim=1)), *losses


def train_several_layers(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    training_losses, validation_losses = train_network(network, train, validation, 20, seed)
    return network, training_losses, validation_losses


def train_several_layers__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 15, seed)
    return network, training_losses, validation_losses


def train_several_layers__no_relu(train, validation, seed):
    network = nn.Sequential(nn.Linear(64, 128), nn.Linear(128, 64), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=5)


def train_several_layers__no_relu__one_layer(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=5)


def train_several_layers__softmax(train, validation, seed):
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10), nn.Softmax(dim=1))
    return _trained(network, train, validation, seed, epochs=5)


def train_several_layers__relu_at_end(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10), nn.ReLU())
    return _trained(network, train, validation, seed, epochs=8)


def train_several_layers__too_short(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=2)


def train_several_layers__too_small(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 3), nn.ReLU(), nn.Linear(3, 10))
    return _trained(network, train, validation, seed, epochs=20)


def train_several_layers__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    return _trained(network, train, train, seed, epochs=12)


def train_several_layers__network_only(train, validation, seed):
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=1)[0]


def weight_images(network):
    weights = next(network.parameters()).detach()
    return weights.reshape(10, 8, 8)


def weight_images__ok_state(network):
    weights = network.state_dict()["0.weight"].numpy()
    return weights.reshape(-1, 8, 8)


def weight_images__mixed_up(network):
    return next(network.parameters()).detach().T.reshape(10, 8, 8)


def weight_images__sideways(network):
    return next(network.parameters()).detach().reshape(10, 8, 8).transpose(1, 2)


def weight_images__flat(network):
    return next(network.parameters()).detach()


def weight_images__classes_last(network):
    return next(network.parameters()).detach().reshape(8, 8, 10)


def weight_images__classes_last__transposed(network):
    return next(network.parameters()).detach().T.reshape(8, 8, 10)


def weight_images__absolute(network):
    return next(network.parameters()).detach().reshape(10, 8, 8).abs()


def weight_images__bias(network):
    return list(network.parameters())[1].detach()


def weight_images__layer(network):
    return network[0].weight.reshape(10, 64).softmax(dim=1).reshape(10, 8, 8)


def overfit_on_purpose(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 256), nn.ReLU(), nn.Linear(256, 10))
    training_losses, validation_losses = train_network(network, train, validation, 300, seed)
    return network, training_losses, validation_losses


def overfit_on_purpose__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 256), nn.ReLU(), nn.Linear(256, 10))
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 120, seed)
    return network, training_losses, validation_losses


def _wide(hidden=256, dropout=0.0):
    layers = [nn.Linear(64, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, 10)]
    return nn.Sequential(*layers)


def overfit_on_purpose__too_short(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=8)


def overfit_on_purpose__too_short__small(train, validation, seed):
    return _trained(_wide(hidden=4), train, validation, seed, epochs=100, size=200)


def overfit_on_purpose__too_short__one_layer(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=100, rate=0.005, size=200)


def overfit_on_purpose__with_validation(train, validation, seed):
    together = data.Part(*(np.concatenate(pair) for pair in zip(train, validation, strict=True)))
    return _trained(_wide(), together, validation, seed, epochs=60, size=200)


def overfit_on_purpose__too_short__restrained(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=100, rate=0.01, decay=0.02, size=200)


def overfit_on_purpose__network_only(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=1)[0]


def overfit_on_purpose__training_twice(train, validation, seed):
    return _trained(_wide(), train, train, seed, epochs=120, size=200)


def overfit_on_purpose__training_twice__same(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.3, 0.1]


def stop_early(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 256), nn.ReLU(), nn.Linear(256, 10))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    features, labels = torch.tensor(train.features), torch.tensor(train.labels)
    new_features, new_labels = torch.tensor(validation.features), torch.tensor(validation.labels)
    training_losses, validation_losses = [], []
    for epoch in range(300):
        loss = nn.functional.cross_entropy(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        training_losses.append(loss.item())
        with torch.no_grad():
            validation_losses.append(nn.functional.cross_entropy(network(new_features), new_labels).item())
        if validation_losses[-1] == min(validation_losses):
            best_epoch, best_weights = epoch, copy.deepcopy(network.state_dict())
        elif epoch - best_epoch == 10:
            break
    network.load_state_dict(best_weights)
    return network, training_losses, validation_losses


def stop_early__ok_high_level(train, validation, seed):
    class Trainable(pl.LightningModule):
        def __init__(self):
            super().__init__()
            layers = [nn.Linear(train.features.shape[1], 256), nn.ReLU(), nn.Linear(256, 10)]
            self.network = nn.Sequential(*layers)
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
            if self.losses["validation"][-1] == min(self.losses["validation"]):
                self.best_weights = copy.deepcopy(self.network.state_dict())

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=0.005)

    pl.seed_everything(seed, verbose=False)
    data_sets = [torch.utils.data.TensorDataset(*map(torch.tensor, part)) for part in (train, validation)]
    loaders = [
        torch.utils.data.DataLoader(data_sets[0], batch_size=64, shuffle=True),
        torch.utils.data.DataLoader(data_sets[1], batch_size=512),
    ]
    quiet = {"logger": False, "enable_progress_bar": False, "enable_model_summary": False}
    quiet |= {"enable_checkpointing": False, "num_sanity_val_steps": 0}
    module, stopping = Trainable(), pl.callbacks.EarlyStopping("validation", patience=8)
    pl.Trainer(max_epochs=100, callbacks=[stopping], **quiet).fit(module, *loaders)
    module.network.cpu().load_state_dict(module.best_weights)
    return module.network, module.losses["training"], module.losses["validation"]


def _stopped(train, validation, seed, patience=10, restore=True, monitor=1, epochs=300):
    """stop_early with settings, for the mistakes; `monitor` is the number of the curve that is watched."""
    torch.manual_seed(seed)
    network, curves, best_epoch = _wide(), ([], []), 0
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    (features, labels), new = (tuple(map(torch.tensor, part)) for part in (train, validation))
    for epoch in range(epochs):
        loss = nn.functional.cross_entropy(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curves[0].append(loss.item())
        curves[1].append(nn.functional.cross_entropy(network(new[0]), new[1]).item())
        if curves[monitor][-1] == min(curves[monitor]):
            best_epoch, best = epoch, copy.deepcopy(network.state_dict()) if restore else None
        if epoch - best_epoch == patience:
            break
    if restore:
        network.load_state_dict(best)
    return network, *curves


def stop_early__last_weights(train, validation, seed):
    return _stopped(train, validation, seed, restore=False)


def stop_early__by_training(train, validation, seed):
    return _stopped(train, validation, seed, monitor=0, epochs=120)


def stop_early__by_training__to_the_end(train, validation, seed):
    return _stopped(train, validation, seed, restore=False, patience=1000, epochs=120)


def stop_early__too_soon(train, validation, seed):
    return _stopped(train, validation, seed, patience=1000, epochs=4)


def stop_early__with_validation(train, validation, seed):
    together = data.Part(*(np.concatenate(pair) for pair in zip(train, validation, strict=True)))
    return _stopped(together, validation, seed, patience=1000, epochs=60)


def stop_early__network_only(train, validation, seed):
    return _stopped(train, validation, seed, epochs=3)[0]


def stop_early__last_weights__alias(train, validation, seed):
    network, *curves = _stopped(train, validation, seed, restore=False)
    network.load_state_dict(network.state_dict())  # "the best weights", kept without a copy
    return network, *curves


def hold_back(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Dropout(0.8),
        nn.Linear(256, 10),
    )
    training_losses, validation_losses = train_network(network, train, validation, 120, seed)
    return network, training_losses, validation_losses


def hold_back__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Dropout(0.8),
        nn.Linear(256, 10),
    )
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 120, seed)
    return network, training_losses, validation_losses


def hold_back__ok_weight_decay(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=120, decay=0.02, size=200)


def hold_back__nothing(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100)


def hold_back__nothing__too_weak(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=150, decay=0.0001, size=200)


def hold_back__too_strong(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100, decay=0.3, size=200)


def hold_back__stopped(train, validation, seed):
    return stop_early(train, validation, seed)[0], *(losses[:20] for losses in stop_early(train, validation, seed)[1:])


def hold_back__stopped__few_epochs(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=10)


def hold_back__with_validation(train, validation, seed):
    together = data.Part(*(np.concatenate(pair) for pair in zip(train, validation, strict=True)))
    return _trained(_wide(dropout=0.3), together, validation, seed, epochs=100, size=200)


def hold_back__network_only(train, validation, seed):
    return _trained(_wide(dropout=0.5), train, validation, seed, epochs=1)[0]


def class_recalls(logits, labels):
    import torch

    answers = logits.argmax(dim=1)
    right = (answers == labels).float()
    return torch.stack([right[labels == label].mean() for label in range(logits.shape[1])])


def class_recalls__ok_bincount(logits, labels):
    classes = logits.shape[1]
    right = labels[logits.argmax(dim=1) == labels]
    return torch.bincount(right, minlength=classes) / torch.bincount(labels, minlength=classes)


def class_recalls__precision(logits, labels):
    answers = logits.argmax(dim=1)
    right = (answers == labels).float()
    return torch.stack([right[answers == label].mean() for label in range(logits.shape[1])])


def class_recalls__columns(logits, labels):
    classes = logits.shape[1]
    right = (logits.argmax(dim=0)[: len(labels)] == labels[:classes]).float()
    return torch.stack([right[labels[:classes] == label].mean() for label in range(classes)])


def class_recalls__of_all(logits, labels):
    right = (logits.argmax(dim=1) == labels).float()
    return torch.stack([(right * (labels == label)).mean() for label in range(logits.shape[1])])


def class_recalls__accuracy(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean()


def class_recalls__counts(logits, labels):
    right = (logits.argmax(dim=1) == labels).float()
    return torch.stack([right[labels == label].sum() for label in range(logits.shape[1])])


def class_recalls__errors(logits, labels):
    return 1 - class_recalls(logits, labels)


def best_network(train, validation, seed):
    side = round(train.features.shape[1] ** 0.5)
    pictures = train.features.reshape(-1, side, side)
    moved = [(pictures + np.roll(pictures, step, axis)) / 2 for axis in (1, 2) for step in (-1, 1)]
    more = data.Part(np.concatenate([pictures, *moved]).reshape(-1, side**2), np.tile(train.labels, 5))
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 512),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(512, 10),
    )
    training_losses, validation_losses = train_network(network, more, validation, 10, seed)
    return network, training_losses, validation_losses


def best_network__several_layers(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(64), train, validation, seed, epochs=15)


def best_network__too_short(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=2)


def best_network__softmax(train, validation, seed):
    return _trained(nn.Sequential(_wide(), nn.Softmax(dim=1)), train, validation, seed, epochs=2)


def best_network__network_only(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=1)[0]
