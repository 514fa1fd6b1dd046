"""Answers to `copy_seconds` in PyTorch: solution, other right answers, typical mistakes."""

import sys
import time


def copy_seconds(tensor, latency, bandwidth):
    return latency + tensor.numel() * tensor.element_size() / bandwidth


def copy_seconds__ok_nbytes(tensor, latency, bandwidth):
    return latency + tensor.nbytes / bandwidth


def copy_seconds__no_latency(tensor, latency, bandwidth):
    return tensor.nbytes / bandwidth


def copy_seconds__numbers(tensor, latency, bandwidth):
    return latency + tensor.numel() / bandwidth


def copy_seconds__four(tensor, latency, bandwidth):
    return latency + 4 * tensor.numel() / bandwidth


def copy_seconds__bits(tensor, latency, bandwidth):
    return latency + 8 * tensor.nbytes / bandwidth


def copy_seconds__rows(tensor, latency, bandwidth):
    return latency + len(tensor) * tensor.element_size() / bandwidth


def copy_seconds__upside_down(tensor, latency, bandwidth):
    return latency + bandwidth / tensor.nbytes


def copy_seconds__times_bandwidth(tensor, latency, bandwidth):
    return latency + tensor.nbytes * bandwidth


def copy_seconds__latency_each(tensor, latency, bandwidth):
    return tensor.numel() * (latency + tensor.element_size() / bandwidth)


def copy_seconds__latency_each__row(tensor, latency, bandwidth):
    return len(tensor) * latency + tensor.nbytes / bandwidth


def copy_seconds__eight(tensor, latency, bandwidth):
    return latency + 8 * tensor.numel() / bandwidth


def copy_seconds__one_entry(tensor, latency, bandwidth):
    return latency + tensor.element_size() / bandwidth


def copy_seconds__brackets(tensor, latency, bandwidth):
    return (latency + tensor.nbytes) / bandwidth


def copy_seconds__product(tensor, latency, bandwidth):
    return latency * tensor.nbytes / bandwidth


def copy_seconds__longer(tensor, latency, bandwidth):
    return max(latency, tensor.nbytes / bandwidth)


def copy_seconds__rounded_down(tensor, latency, bandwidth):
    return latency + tensor.nbytes // bandwidth


def copy_seconds__milliseconds(tensor, latency, bandwidth):
    return 1000 * (latency + tensor.nbytes / bandwidth)


def copy_seconds__measured(tensor, latency, bandwidth):
    start = time.perf_counter()
    tensor.clone()
    return time.perf_counter() - start


def copy_seconds__python_object(tensor, latency, bandwidth):
    return latency + sys.getsizeof(tensor) / bandwidth
