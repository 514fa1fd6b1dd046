"""Train with PyTorch's DistributedDataParallel, unchanged on one machine or on many.

    torchrun --standalone --nproc-per-node=2 scale/torchrun_ddp.py

torchrun starts the processes and tells each its rank; README.md beside this file has the commands for several
machines and for SLURM. Started without torchrun it is one process, with the same losses.
"""

import os
import time

import problem
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset


def meet():
    """Join the other processes; returns this one's rank, how many there are, and its device."""
    if "RANK" not in os.environ:  # started without torchrun: alone
        os.environ |= {
            "RANK": "0",
            "WORLD_SIZE": "1",
            "LOCAL_RANK": "0",
            "MASTER_ADDR": "localhost",
            "MASTER_PORT": "0",
        }
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))  # one GPU a process
        torch.cuda.set_device(device)
        dist.init_process_group("nccl")
    else:
        device = torch.device("cpu")
        dist.init_process_group("gloo")
    return dist.get_rank(), dist.get_world_size(), device


def build_network():
    """The network with its first weights from NumPy, the same in every process."""
    network = nn.Sequential()
    for weights in problem.first_weights():
        layer = nn.Linear(*weights.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weights.T))
            layer.bias.zero_()
        network.extend([layer, nn.ReLU()])
    return network[:-1]  # the last layer gives logits


def dataset(samples):
    """The data as a dataset of pairs."""
    features, labels = problem.data(samples)
    return TensorDataset(torch.from_numpy(features), torch.from_numpy(labels))


def main():
    options = problem.parser(__doc__.partition("\n")[0]).parse_args()
    rank, processes, device = meet()
    share = problem.share(options, processes)
    training_set = dataset(options.samples)
    # Process r takes the samples r, r + processes, ... of an order that all share: together they fill the batch that
    # one process would take.
    sampler = DistributedSampler(training_set, shuffle=True, seed=0)
    loader = DataLoader(training_set, batch_size=share, sampler=sampler)
    network = DistributedDataParallel(build_network().to(device))
    optimizer = torch.optim.SGD(network.parameters(), lr=problem.LEARNING_RATE)
    log = problem.Log(options, processes) if rank == 0 else None
    for epoch in range(options.epochs):
        sampler.set_epoch(epoch)  # another order each epoch; without this line the same one for ever
        start, total = time.perf_counter(), torch.zeros((), device=device)
        for features, labels in loader:
            loss = nn.functional.cross_entropy(network(features.to(device)), labels.to(device))
            optimizer.zero_grad()
            loss.backward()  # here DistributedDataParallel averages the gradients of all processes
            optimizer.step()
            total += loss.detach()
        dist.all_reduce(total)  # the losses are only averaged to be printed
        mean = total.item() / len(loader) / processes
        if log:
            log.add(mean, time.perf_counter() - start)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
