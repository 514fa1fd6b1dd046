"""Answers to `translate_network` in PyTorch: solution, other right answers, typical mistakes."""

from torch import nn


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
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
    )


def translate_network__no_activation():
    return nn.Sequential(nn.Linear(4, 16), nn.Dropout(0.2), nn.Linear(16, 3))


def translate_network__softmax():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
        nn.Softmax(dim=1),
    )


def translate_network__tanh_at_end():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
        nn.Tanh(),
    )


def translate_network__no_dropout():
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))


def translate_network__share_kept():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Dropout(0.8),
        nn.Linear(16, 3),
    )


def translate_network__dropout_place():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Linear(16, 3),
        nn.Dropout(0.2),
    )


def translate_network__dropout_place__start():
    return nn.Sequential(
        nn.Dropout(0.2),
        nn.Linear(4, 16),
        nn.Tanh(),
        nn.Linear(16, 3),
    )


def translate_network__dropout_place__before_tanh():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Dropout(0.2),
        nn.Tanh(),
        nn.Linear(16, 3),
    )


def translate_network__ok_functional():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden, self.output = nn.Linear(4, 16), nn.Linear(16, 3)

        def forward(self, features):
            hidden = nn.functional.tanh(self.hidden(features))
            return self.output(nn.functional.dropout(hidden, 0.2, self.training))

    return Network()


def translate_network__brackets():
    return nn.Sequential(
        [nn.Linear(4, 16), nn.Tanh(), nn.Dropout(0.2), nn.Linear(16, 3)],
    )


def translate_network__tanh_moved():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
        nn.Tanh(),
    )


def translate_network__sigmoid():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.Sigmoid(),
        nn.Dropout(0.2),
        nn.Linear(16, 3),
    )
