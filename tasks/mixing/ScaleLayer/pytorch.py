"""Answers to `ScaleLayer` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


class ScaleLayer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__ok_shift_first_line(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(size))
        self.register_parameter("scale", nn.Parameter(torch.full((size,), 1.0)))

    def forward(self, x):
        return torch.addcmul(self.shift, x, self.scale)


class ScaleLayer__unregistered(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = torch.ones(size, requires_grad=True)
        self.shift = torch.zeros(size, requires_grad=True)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_super(nn.Module):
    def __init__(self, size):
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__zeros(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))

    def forward(self, features):
        return features * self.scale


class ScaleLayer__one_number(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.shift = nn.Parameter(torch.zeros(1))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__shift_first(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return (features + self.shift) * self.scale


class ScaleLayer__unregistered__list(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = [nn.Parameter(torch.ones(size))]
        self.shift = [nn.Parameter(torch.zeros(size))]

    def forward(self, features):
        return features * self.scale[0] + self.shift[0]


class ScaleLayer__frozen(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size), requires_grad=False)
        self.shift = nn.Parameter(torch.zeros(size), requires_grad=False)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector__plain_shift(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = torch.zeros(size)

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__swapped(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.shift + self.scale


class ScaleLayer__swapped__starts(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(size))
        self.shift = nn.Parameter(torch.ones(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__unused(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features


class ScaleLayer__unused__made_anew(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, features):
        self.scale = nn.Parameter(torch.ones(self.size))
        self.shift = nn.Parameter(torch.zeros(self.size))
        return features * self.scale + self.shift


class ScaleLayer__cut_off(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale.data + self.shift.data


class ScaleLayer__changes_input(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        features *= self.scale
        return features + self.shift


class ScaleLayer__no_way_back(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features.detach() * self.scale + self.shift


class ScaleLayer__other_dtype(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size, dtype=torch.float64))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__half_frozen(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size), requires_grad=False)
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_module:
    def __init__(self, size):
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__random_start(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__random_start__ones(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.ones(size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__another_shape(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1, size))
        self.shift = nn.Parameter(torch.zeros(1, size))

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__another_shape__one(ScaleLayer):
    def __init__(self, size):
        super().__init__(size)
        self.shift = nn.Parameter(torch.zeros(1, size))


class ScaleLayer__another_shape__other(ScaleLayer):
    def __init__(self, size):
        super().__init__(size)
        self.scale = nn.Parameter(torch.ones(1, size))


class ScaleLayer__one_product(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return features * (self.scale + self.shift)


class ScaleLayer__inverse(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size))
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, features):
        return (features - self.shift) / self.scale
