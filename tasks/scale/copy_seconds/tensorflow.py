"""Answers to `copy_seconds` in TensorFlow: solution, other right answers, typical mistakes."""

import sys
import time

import tensorflow as tf


def copy_seconds(tensor, latency, bandwidth):
    return latency + int(tf.size(tensor)) * tensor.dtype.size / bandwidth


def copy_seconds__ok_nbytes(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes / bandwidth


def copy_seconds__no_latency(tensor, latency, bandwidth):
    return tensor.numpy().nbytes / bandwidth


def copy_seconds__numbers(tensor, latency, bandwidth):
    return latency + int(tf.size(tensor)) / bandwidth


def copy_seconds__four(tensor, latency, bandwidth):
    return latency + 4 * int(tf.size(tensor)) / bandwidth


def copy_seconds__bits(tensor, latency, bandwidth):
    return latency + 8 * tensor.numpy().nbytes / bandwidth


def copy_seconds__rows(tensor, latency, bandwidth):
    return latency + len(tensor) * tensor.dtype.size / bandwidth


def copy_seconds__upside_down(tensor, latency, bandwidth):
    return latency + bandwidth / tensor.numpy().nbytes


def copy_seconds__times_bandwidth(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes * bandwidth


def copy_seconds__latency_each(tensor, latency, bandwidth):
    return int(tf.size(tensor)) * (latency + tensor.dtype.size / bandwidth)


def copy_seconds__latency_each__row(tensor, latency, bandwidth):
    return len(tensor) * latency + tensor.numpy().nbytes / bandwidth


def copy_seconds__eight(tensor, latency, bandwidth):
    return latency + 8 * int(tf.size(tensor)) / bandwidth


def copy_seconds__one_entry(tensor, latency, bandwidth):
    return latency + tensor.dtype.size / bandwidth


def copy_seconds__brackets(tensor, latency, bandwidth):
    return (latency + tensor.numpy().nbytes) / bandwidth


def copy_seconds__product(tensor, latency, bandwidth):
    return latency * tensor.numpy().nbytes / bandwidth


def copy_seconds__longer(tensor, latency, bandwidth):
    return max(latency, tensor.numpy().nbytes / bandwidth)


def copy_seconds__rounded_down(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes // bandwidth


def copy_seconds__types(tensor, latency, bandwidth):
    return latency + tf.size(tensor) * tensor.dtype.size / bandwidth


def copy_seconds__milliseconds(tensor, latency, bandwidth):
    return 1000 * (latency + tensor.numpy().nbytes / bandwidth)


def copy_seconds__measured(tensor, latency, bandwidth):
    start = time.perf_counter()
    tf.identity(tensor)
    return time.perf_counter() - start


def copy_seconds__python_object(tensor, latency, bandwidth):
    return latency + sys.getsizeof(tensor) / bandwidth
