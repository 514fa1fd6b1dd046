"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 04_high_level, in PyTorch."""

import types

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

try:
    import pytorch_lightning as pl
except ImportError:  # the TensorFlow notebook needs torch only, for the task translate_network
    pl = types.SimpleNamespace(LightningModule=nn.Module)

from tasks.lesson04.shared import *  # noqa: F403  (the tasks that need no framework)


def accuracy(logits, labels):
    answers = logits.argmax(dim=1)
    return (answers == labels).float().mean()


def accuracy__ok_loop(logits, labels):
    right = sum(int(row.argmax()) == int(label) for row, label in zip(logits, labels, strict=True))
    return right / len(labels)


def accuracy__ok_float64(logits, labels):
    return torch.eq(torch.max(logits, dim=1).indices, labels).double().mean().item()


def accuracy__columns(logits, labels):
    return (logits.argmax(dim=0) == labels).float().mean()


def accuracy__count(logits, labels):
    return (logits.argmax(dim=1) == labels).float().sum()


def accuracy__errors(logits, labels):
    return (logits.argmax(dim=1) != labels).float().mean()


def accuracy__per_picture(logits, labels):
    return (logits.argmax(dim=1) == labels).float()


def accuracy__largest(logits, labels):
    return (logits.amax(dim=1) == labels).float().mean()


def accuracy__largest__each(logits, labels):
    return (logits == labels).float().mean()


def accuracy__booleans(logits, labels):
    return (logits.argmax(dim=1) == labels).mean()


def accuracy__percent(logits, labels):
    return 100 * (logits.argmax(dim=1) == labels).float().mean()


def accuracy__count__integers(logits, labels):
    return (logits.argmax(dim=1) == labels).sum()


def accuracy__by_classes(logits, labels):
    return (logits.argmax(dim=1) == labels).sum() / logits.shape[1]


def accuracy__smallest(logits, labels):
    return (logits.argmin(dim=1) == labels).float().mean()


def accuracy__whole(logits, labels):
    return (logits.argmax() == labels).float().mean()


def build_network(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
    )


def build_network__ok_subclass(inputs, hidden, classes):
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(inputs, hidden)
            self.second = nn.Linear(hidden, classes)

        def forward(self, features):
            return self.second(torch.relu(self.first(features)))

    return Network()


def build_network__softmax(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes), nn.Softmax(dim=1))


def build_network__no_relu(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Linear(hidden, classes))


def build_network__relu_at_end(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes), nn.ReLU())


def build_network__sigmoid(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, classes))


def build_network__no_hidden(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, classes))


def build_network__one_output(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, 1))


def build_network__two_hidden(inputs, hidden, classes):
    first, second = nn.Linear(inputs, hidden), nn.Linear(hidden, hidden)
    return nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), nn.Linear(hidden, classes))


def build_network__fixed(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))


def build_network__fixed_classes(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, 10))


def build_network__reversed(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(hidden, inputs), nn.ReLU(), nn.Linear(classes, hidden))


def build_network__reversed__last(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(classes, hidden))


def build_network__dropout(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Dropout(0.3), nn.Linear(hidden, classes))


def build_network__brackets(inputs, hidden, classes):
    return nn.Sequential([nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes)])


def build_network__class(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU, nn.Linear(hidden, classes))


class TrainableNetwork(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def training_step(self, batch, batch_index):
        features, labels = batch
        loss = nn.functional.cross_entropy(self.network(features), labels)
        self.log("training_loss", loss)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.01)


class TrainableNetwork__starter(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def training_step(self, batch, batch_index): ...

    def configure_optimizers(self): ...


class TrainableNetwork__ok_loss_object(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.loss = nn.CrossEntropyLoss()

    def forward(self, features):
        return self.network(features)

    def training_step(self, batch, batch_index):
        loss = self.loss(self(batch[0]), batch[1])
        self.log_dict({"training_loss": loss})
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.network.parameters(), 0.01)


class TrainableNetwork__softmax(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        loss = nn.functional.cross_entropy(self.network(features).softmax(dim=1), labels)
        self.log("training_loss", loss)
        return loss


class TrainableNetwork__not_returned(TrainableNetwork):
    def training_step(self, batch, batch_index):
        super().training_step(batch, batch_index)


class TrainableNetwork__item(TrainableNetwork):
    def training_step(self, batch, batch_index):
        return super().training_step(batch, batch_index).item()


class TrainableNetwork__steps_itself(TrainableNetwork):
    def training_step(self, batch, batch_index):
        loss = super().training_step(batch, batch_index)
        loss.backward()
        return loss


class TrainableNetwork__not_logged(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.functional.cross_entropy(self.network(features), labels)


class TrainableNetwork__squared_error(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        logits = self.network(features)
        targets = nn.functional.one_hot(labels, logits.shape[1]).float()
        loss = nn.functional.mse_loss(logits.softmax(dim=1), targets)
        self.log("training_loss", loss)
        return loss


class TrainableNetwork__default_rate(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())


class TrainableNetwork__sgd(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01)


class TrainableNetwork__no_optimizer(TrainableNetwork):
    def configure_optimizers(self):
        super().configure_optimizers()


class TrainableNetwork__adamw(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.01)


class TrainableNetwork__other_network(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.Adam(nn.Linear(3, 4).parameters(), lr=0.01)


class TrainableNetwork__other_name(TrainableNetwork):
    name = "loss"

    def training_step(self, batch, batch_index):
        features, labels = batch
        loss = nn.functional.cross_entropy(self.network(features), labels)
        self.log(self.name, loss)
        return loss


class TrainableNetwork__other_name__train(TrainableNetwork__other_name):
    name = "train_loss"


class TrainableNetwork__swapped(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.functional.cross_entropy(labels, self.network(features))


class TrainableNetwork__no_forward(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.functional.cross_entropy(self(features), labels)


# The check names the class in the error that PyTorch raises.
TrainableNetwork__no_forward.__name__ = "TrainableNetwork"


class TrainableNetwork__loss_class(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.CrossEntropyLoss(self.network(features), labels)


class TrainableNetwork__total(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.functional.cross_entropy(self.network(features), labels, reduction="sum")


class TrainableNetwork__nll(TrainableNetwork):
    def training_step(self, batch, batch_index):
        features, labels = batch
        return nn.functional.nll_loss(self.network(features), labels)


class TrainableNetwork__detached(TrainableNetwork):
    def training_step(self, batch, batch_index):
        return super().training_step(batch, batch_index).detach()


def translate_network():
    from torch import nn

    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
    )


def translate_network__starter():
    from torch import nn  # noqa: F401

    ...  # your code: return the network in PyTorch


def translate_network__ok_append():
    network = nn.Sequential(nn.Linear(4, 16))
    for layer in (nn.Tanh(), nn.Dropout(p=0.2), nn.Linear(16, 3)):
        network.append(layer)
    return network


def translate_network__relu():
    return nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 3))


def translate_network__no_activation():
    return nn.Sequential(nn.Linear(4, 16), nn.Dropout(0.2), nn.Linear(16, 3))


def translate_network__softmax():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Dropout(0.2), nn.Linear(16, 3), nn.Softmax(dim=1))


def translate_network__tanh_at_end():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Dropout(0.2), nn.Linear(16, 3), nn.Tanh())


def translate_network__no_dropout():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))


def translate_network__share_kept():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Dropout(0.8), nn.Linear(16, 3))


def translate_network__dropout_place():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3), nn.Dropout(0.2))


def translate_network__dropout_place__start():
    return nn.Sequential(nn.Dropout(0.2), nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))


def translate_network__brackets():
    return nn.Sequential([nn.Linear(4, 16), nn.Tanh(), nn.Dropout(0.2), nn.Linear(16, 3)])


def train_classifier(points, targets):
    class MoonsNetwork(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))

        def forward(self, points):
            return self.network(points)

        def training_step(self, batch, batch_index):
            return nn.functional.cross_entropy(self(batch[0]), batch[1])

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=0.03)

    pl.seed_everything(0, verbose=False)
    model = MoonsNetwork()
    loader = DataLoader(TensorDataset(points, targets), batch_size=100, shuffle=True)
    off = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
    pl.Trainer(accelerator="auto", max_epochs=40, **off).fit(model, loader)
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
