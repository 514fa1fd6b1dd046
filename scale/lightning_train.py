"""Train with Lightning's Trainer in several processes; it starts them itself.

    python scale/lightning_train.py --devices 2
    python scale/lightning_train.py --devices 2 --nodes 2     once on each machine, see README.md

The network and the data are those of torchrun_train.py; Lightning puts in the DistributedSampler and
DistributedDataParallel.
"""

import time

import problem
import pytorch_lightning as pl
import torch
from torch import nn
from torch.utils.data import DataLoader
from torchrun_train import build_network, dataset


class Classifier(pl.LightningModule):
    """The network with its loss; rank 0 reports each epoch."""

    def __init__(self, options):
        super().__init__()
        self.network, self.options = build_network(), options

    def on_train_start(self):
        self.reports = problem.Log(self.options, self.trainer.world_size) if self.global_rank == 0 else None

    def on_train_epoch_start(self):
        self.start, self.total = time.perf_counter(), torch.zeros((), device=self.device)

    def training_step(self, batch, batch_index):
        features, labels = batch
        loss = nn.functional.cross_entropy(self.network(features), labels)
        self.total += loss.detach()
        return loss

    def on_train_epoch_end(self):
        mean = self.trainer.strategy.reduce(self.total / self.trainer.num_training_batches, reduce_op="mean")
        if self.reports:
            self.reports.add(mean, time.perf_counter() - self.start)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=problem.LEARNING_RATE)


def main():
    parser = problem.parser(__doc__.partition("\n")[0])
    parser.add_argument("--devices", type=int, default=2, help="processes per machine, one for each device (2)")
    parser.add_argument("--nodes", type=int, default=1, help="machines (1)")
    options = parser.parse_args()
    share = problem.share(options, options.devices * options.nodes)
    trainer = pl.Trainer(
        max_epochs=options.epochs,
        accelerator="auto",
        strategy="ddp",
        devices=options.devices,
        num_nodes=options.nodes,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(Classifier(options), DataLoader(dataset(options.samples), batch_size=share, shuffle=True))


if __name__ == "__main__":
    main()
