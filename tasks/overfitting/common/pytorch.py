"""What answers of this lesson in PyTorch share."""

import torch


def fitted_error(table, labels, other_table, other_labels):
    """The error of the weights that fit `table` to `labels`, measured on the other pair."""
    return ((other_table @ (torch.linalg.pinv(table) @ labels) - other_labels) ** 2).mean()


def power_numbers(degree):
    return torch.arange(degree + 1)


def power_table(x, degree):
    return ((x - 4) / 4)[:, None] ** power_numbers(degree)
