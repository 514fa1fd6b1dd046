"""Answers to `train_classifier` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from tasks.high_level.common.pytorch import pl
from tasks.high_level.TrainableNetwork.pytorch import TrainableNetwork


def train_classifier(points, targets):
    class MoonsNetwork(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = nn.Sequential(
                nn.Linear(2, 32),
                nn.ReLU(),
                nn.Linear(32, 2),
            )

        def forward(self, points):
            return self.network(points)

        def training_step(self, batch, batch_index):
            return nn.functional.cross_entropy(self(batch[0]), batch[1])

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=0.03)

    pl.seed_everything(0, verbose=False)
    model = MoonsNetwork()
    data_set = TensorDataset(points, targets)
    loader = DataLoader(data_set, batch_size=100, shuffle=True)
    trainer = pl.Trainer(
        accelerator="auto",
        max_epochs=40,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(model, loader)
    return model


def _by_hand(network, points, targets, steps):
    """Train with all points in each step: a right answer need not use Lightning, and mistakes are quick to try."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(points), targets).backward()
        optimizer.step()
    return network


def train_classifier__ok_by_hand(points, targets):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    return _by_hand(network, points, targets, steps=200)


def train_classifier__one_logit(points, targets):
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 1))


def train_classifier__one_logit__trained(points, targets):
    network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 1))
    return _by_hand(network, points, targets, steps=1)


def train_classifier__classes(points, targets):
    network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    return lambda new_points: network(new_points).argmax(dim=1)


def train_classifier__untrained(points, targets):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))


def train_classifier__inverted(points, targets):
    return train_classifier__ok_by_hand(points, 1 - targets)


def train_classifier__no_hidden(points, targets):
    torch.manual_seed(0)
    return _by_hand(nn.Sequential(nn.Linear(2, 2)), points, targets, steps=100)


def train_classifier__too_short(points, targets):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    return _by_hand(network, points, targets, steps=25)


def train_classifier__fit_result(points, targets):
    _by_hand(nn.Sequential(nn.Linear(2, 2)), points, targets, steps=1)


def train_classifier__no_loader(points, targets):
    class MoonsNetwork(TrainableNetwork):
        def training_step(self, batch, batch_index):
            points, targets = batch
            return nn.functional.cross_entropy(self.network(points), targets)

    model = MoonsNetwork(nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2)))
    off = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
    pl.Trainer(accelerator="auto", max_epochs=1, **off).fit(model, points)
    return model


def train_classifier__constant(points, targets):
    network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    network[-1].bias.data = torch.tensor([100.0, 0.0])
    return network


def train_classifier__uncleared(points, targets):
    network = train_classifier__untrained(points, targets)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
    for _ in range(3):
        nn.functional.cross_entropy(network(points), targets).backward()
        optimizer.step()
    return network


def train_classifier__loss_input(points, targets):
    network = nn.Sequential(train_classifier__untrained(points, targets), nn.Softmax(dim=1))
    return _by_hand(network, points, targets, steps=1)


def train_classifier__probabilities(points, targets):
    return nn.Sequential(train_classifier__untrained(points, targets), nn.Softmax(dim=1))
