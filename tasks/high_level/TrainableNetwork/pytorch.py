"""Answers to `TrainableNetwork` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from tasks.high_level.common.pytorch import pl


class TrainableNetwork(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def training_step(self, batch, batch_index):
        features, labels = batch
        logits = self.network(features)
        loss = nn.functional.cross_entropy(logits, labels)
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
        logits = self.network(features).softmax(dim=1)
        loss = nn.functional.cross_entropy(logits, labels)
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


class TrainableNetwork__no_configure(pl.LightningModule):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def training_step(self, batch, batch_index):
        features, labels = batch
        logits = self.network(features)
        loss = nn.functional.cross_entropy(logits, labels)
        self.log("training_loss", loss)
        return loss

    def configure_optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=0.01)


class TrainableNetwork__adamw(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.01)


class TrainableNetwork__weight_decay(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.01, weight_decay=0.1)


class TrainableNetwork__other_network(TrainableNetwork):
    def configure_optimizers(self):
        return torch.optim.Adam(nn.Linear(3, 4).parameters(), lr=0.01)


class TrainableNetwork__other_name(TrainableNetwork):
    name = "loss"

    def training_step(self, batch, batch_index):
        features, labels = batch
        logits = self.network(features)
        loss = nn.functional.cross_entropy(logits, labels)
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
