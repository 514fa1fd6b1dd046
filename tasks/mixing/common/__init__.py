"""What the tasks of this lesson share: data and observations."""

import numpy as np


def parameters_of(layer, framework):
    """The trainable parameters of a layer or network as NumPy arrays."""
    if framework == "pytorch":
        return [parameter.detach().cpu().numpy().copy() for parameter in layer.parameters()]
    return [np.array(variable) for variable in layer.trainable_variables]
