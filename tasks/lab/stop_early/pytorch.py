"""Answers to `stop_early` in PyTorch: solution, other right answers, typical mistakes."""

import copy

import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained, _wide, pl


def stop_early(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Linear(256, 10),
    )
    optimizer = torch.optim.Adam(network.parameters(), lr=0.005)
    features, labels = map(torch.tensor, train)
    new_features, new_labels = map(torch.tensor, validation)
    training_losses, validation_losses = [], []
    for epoch in range(300):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(64):
            logits = network(features[rows])
            loss = nn.functional.cross_entropy(logits, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        training_losses.append(total / len(labels))
        with torch.no_grad():
            logits = network(new_features)
            loss = nn.functional.cross_entropy(logits, new_labels)
        validation_losses.append(loss.item())
        if validation_losses[-1] == min(validation_losses):
            best_epoch = epoch
            best_weights = copy.deepcopy(network.state_dict())
        elif epoch - best_epoch == 10:
            break
    network.load_state_dict(best_weights)
    return network, training_losses, validation_losses


def stop_early__ok_high_level(train, validation, seed):
    class Trainable(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = nn.Sequential(
                nn.Linear(train.features.shape[1], 256),
                nn.ReLU(),
                nn.Linear(256, 10),
            )
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
        max_epochs=100,
        callbacks=[pl.callbacks.EarlyStopping("validation", patience=8)],
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    trainer.fit(module, *loaders)
    module.network.cpu().load_state_dict(module.best_weights)
    return module.network, *module.losses.values()


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
    return _stopped(together(train, validation), validation, seed, patience=1000, epochs=40)


def stop_early__network_only(train, validation, seed):
    return _stopped(train, validation, seed, epochs=3)[0]


def stop_early__last_weights__alias(train, validation, seed):
    network, *curves = _stopped(train, validation, seed, restore=False)
    network.load_state_dict(network.state_dict())  # "the best weights", kept without a copy
    return network, *curves


def stop_early__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), validation, validation, seed, epochs=20, size=200)


def stop_early__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), every_digit(train), validation, seed, epochs=20, size=200)


def stop_early__another_network(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.4, 0.9]


def stop_early__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, train, seed, epochs=40, size=200)


def stop_early__training_twice__swapped(train, validation, seed):
    torch.manual_seed(seed)
    network, training_losses, validation_losses = _trained(_wide(), train, validation, seed, epochs=40, size=200)
    return network, validation_losses, training_losses


def stop_early__training_twice__cut(train, validation, seed):
    torch.manual_seed(seed)
    network, training_losses, validation_losses = _trained(_wide(), train, validation, seed, epochs=60, size=200)
    best = 1 + validation_losses.index(min(validation_losses))
    return network, training_losses[:best], validation_losses[:best]
