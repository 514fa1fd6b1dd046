"""Train in several processes with PyTorch, unchanged on one machine or on many.

    torchrun --standalone --nproc-per-node=2 scale/torchrun_train.py           every process holds the whole network
    torchrun --standalone --nproc-per-node=2 scale/torchrun_train.py --fsdp    every process holds its share of it

torchrun starts the processes and tells each its rank; README.md beside this file has the commands for several
machines and for SLURM. Started without torchrun it is one process, with the same losses.
"""

import argparse
import os
import time

import problem
import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

ALONE = {"RANK": "0", "WORLD_SIZE": "1", "LOCAL_RANK": "0", "MASTER_ADDR": "localhost", "MASTER_PORT": "0"}


def meet() -> torch.device:
    """Join the other processes; returns the device of this one."""
    if "RANK" not in os.environ:  # started without torchrun
        os.environ |= ALONE
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))  # one GPU per process
        torch.cuda.set_device(device)
        dist.init_process_group("nccl")
    else:
        device = torch.device("cpu")
        dist.init_process_group("gloo")
    return device


def build_network() -> nn.Sequential:
    """The network with its first weights from NumPy, the same in every process."""
    network = nn.Sequential()
    for weights in problem.first_weights():
        layer = nn.Linear(*weights.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weights.T))
            layer.bias.zero_()
        network.extend([layer, nn.ReLU()])
    return network[:-1]  # the last layer gives logits


def shard(network: nn.Sequential, device: torch.device) -> nn.Sequential:
    """Leave each process its share of every layer; a layer is put together only while it computes."""
    mesh = init_device_mesh(device.type, (dist.get_world_size(),))
    for layer in network[::2]:
        fully_shard(layer, mesh=mesh)
    return fully_shard(network, mesh=mesh)


def dataset(samples: int) -> TensorDataset:
    """The data as a dataset of pairs."""
    features, labels = problem.data(samples)
    return TensorDataset(torch.from_numpy(features), torch.from_numpy(labels))


def held_bytes(network: nn.Module) -> int:
    """The bytes of the parameters that this process holds."""
    local = (p.to_local() if hasattr(p, "to_local") else p for p in network.parameters())
    return sum(part.nbytes for part in local)


def all_reduce_seconds(network: nn.Module, device: torch.device, times: int = 50) -> float:
    """The median time of adding up, over the processes, as many numbers as the network has parameters."""
    numbers, taken = torch.zeros(sum(p.numel() for p in network.parameters()), device=device), []
    for _ in range(times):
        start = time.perf_counter()
        dist.all_reduce(numbers)
        numbers[0].item()  # waits for a GPU
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def train(options: argparse.Namespace, device: torch.device) -> None:
    """Train the network in all processes; rank 0 reports."""
    processes = dist.get_world_size()
    training_set, size = dataset(options.samples), problem.share(options, processes)
    # Process r takes the samples r, r + processes, ... of an order that all share: together they fill the batch that
    # one process would take.
    sampler = DistributedSampler(training_set, shuffle=True, seed=0)
    loader = DataLoader(training_set, batch_size=size, sampler=sampler)
    network = build_network().to(device)
    network = shard(network, device) if options.fsdp else DistributedDataParallel(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=problem.LEARNING_RATE)
    log = problem.Log(options, processes) if dist.get_rank() == 0 else None
    for epoch in range(options.epochs):
        sampler.set_epoch(epoch)  # another order each epoch; without this line always the same one
        start, total = time.perf_counter(), torch.zeros((), device=device)
        for features, labels in loader:
            loss = nn.functional.cross_entropy(network(features.to(device)), labels.to(device))
            optimizer.zero_grad()
            loss.backward()  # here the gradients of all processes are averaged
            optimizer.step()
            total += loss.detach()
        dist.all_reduce(total)  # the losses are averaged only to be printed
        mean = total.item() / len(loader) / processes
        if log:
            log.add(mean, time.perf_counter() - start)
    seconds = all_reduce_seconds(network, device)
    if log:
        log.note(held_bytes=held_bytes(network), all_reduce_seconds=seconds)


def main() -> None:
    parser = problem.parser(__doc__.partition("\n")[0])
    parser.add_argument("--fsdp", action="store_true", help="shard parameters, gradients and optimizer states")
    options = parser.parse_args()
    train(options, meet())
    dist.destroy_process_group()  # after `train` has let go of the network: DDP may hang when it outlives the group


if __name__ == "__main__":
    main()
