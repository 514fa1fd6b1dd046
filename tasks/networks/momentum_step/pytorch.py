"""Answers to `momentum_step` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def momentum_step__ok_add(parameter, velocity, gradient, learning_rate, decay):
    new_velocity = torch.add(gradient, velocity, alpha=decay)
    return torch.sub(parameter, new_velocity, alpha=learning_rate), new_velocity
