"""The task `ScaleLayer`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def counts_of(layer, framework):
    """How many numbers a layer's trainable parameters hold, and how many all of them."""
    if framework == "pytorch":
        parameters = list(layer.parameters())
        trainable = [parameter for parameter in parameters if parameter.requires_grad]
        return np.array([sum(parameter.numel() for parameter in kind) for kind in (trainable, parameters)])
    kinds = (layer.trainable_variables, layer.variables)
    return np.array([sum(int(np.prod(variable.shape)) for variable in kind) for kind in kinds])


def shape_of(layer, name):
    """The shape of a layer's parameter in words."""
    return f"{name} of shape {tuple(getattr(layer, name).shape)}" if hasattr(layer, name) else f"no {name}"


def changes(output, features):
    """Whether an output of the features' shape is neither the features nor the same number everywhere."""
    if getattr(output, "shape", None) != features.shape:
        return False
    values = as_numpy(output)
    return bool(np.ptp(values) > 0 and not np.allclose(values, features, atol=1e-6))


def reached(layer, features, framework):
    """Whether a gradient of the layer's output reaches its parameters, and whether it reaches the features."""
    if framework == "pytorch":
        features.requires_grad_()
        output = layer(features * 1)  # no leaf, as behind another layer
        if not output.requires_grad:
            return np.array([False, False])
        output.sum().backward()
        return np.array([all(p.grad is not None for p in layer.parameters()), features.grad is not None])
    import tensorflow as tf

    with tf.GradientTape(persistent=True) as tape:
        tape.watch(features)
        output = tf.reduce_sum(layer(features))
    gradients = tape.gradient(output, layer.trainable_variables)
    return np.array([all(g is not None for g in gradients), tape.gradient(output, features) is not None])


def assign(layer, framework, **values):
    """Write new values into the named parameters of a layer."""
    for name, array in values.items():
        if framework == "pytorch":
            getattr(layer, name).data = array
        else:
            getattr(layer, name).assign(array)


def observe_scale_layer(answer, seed):
    features = np.random.default_rng(seed).normal(size=(2, 3)).astype(np.float32)
    given = answer.tensor(features)
    layer = answer(3)
    output = layer(given)
    yield "a new layer of size 3: whether it changes the features", changes(output, features)
    yield "the output of a new layer of size 3", output
    yield "the output is of the features' dtype", layer(given).dtype == given.dtype
    yield "how many numbers its trainable parameters hold, and all of them", counts_of(layer, answer.framework)
    yield "the shapes of scale and shift", ", ".join(shape_of(layer, name) for name in ("scale", "shift"))
    scale, shift = answer.tensor(np.array([2.0, 3.0, 4.0])), answer.tensor(np.array([10.0, 20.0, 30.0]))
    assign(layer, answer.framework, scale=scale, shift=shift)
    yield "the output with scale (2, 3, 4) and shift (10, 20, 30)", layer(given)
    yield "the features that the layer was given are as before", np.array_equal(as_numpy(given), features)
    parameters, inputs = reached(layer, answer.tensor(features), answer.framework)
    yield "a gradient of the output reaches scale and shift", bool(parameters)
    yield "a gradient of the output reaches the features", bool(inputs)


TASK = Task(
    "ScaleLayer",
    observe=observe_scale_layer,
    hints=(
        "Take RadialLayer of section 2 as your pattern: what does it do before it sets its parameters?",
        {
            "pytorch": "In `__init__`: super().__init__(), then self.scale = nn.Parameter(torch.ones(size)), and "
            "self.shift likewise. In `forward`: the formula.",
            "tensorflow": "In `__init__`: super().__init__(), then self.scale = self.add_weight(shape=(size,), "
            'initializer="ones"), and self.shift likewise. In `call`: the formula.',
        },
    ),
    mistakes={
        "unregistered": {
            "pytorch": "the output is right, but the layer reports no parameters: set each on self as an "
            "nn.Parameter, not as a plain tensor and not in a list.",
            "tensorflow": "the output is right, but the layer reports no parameters: make them with add_weight.",
        },
        "frozen": {
            "pytorch": "the layer has its parameters, but none is trainable: leave out requires_grad=False.",
            "tensorflow": "the layer has its weights, but none is trainable: leave out trainable=False.",
        },
        "half_frozen": {
            "pytorch": "only one of scale and shift is trainable: leave out requires_grad=False.",
            "tensorflow": "only one of scale and shift is trainable: leave out trainable=False.",
        },
        "no_module": {
            "pytorch": "an object of the class cannot be called: put nn.Module into the brackets behind its name.",
            "tensorflow": "an object of the class cannot be called: put keras.layers.Layer into the brackets behind "
            "its name.",
        },
        "no_super": {
            "pytorch": "call super().__init__() first; without it a module cannot hold parameters.",
            "tensorflow": "call super().__init__() first; without it a layer cannot hold weights.",
        },
        "zeros": "the scale starts at 0, so every output is the shift alone; it should start at 1.",
        "random_start": "a new layer changes the features. Does scale start at ones and shift at zeros, and is the "
        "formula right?",
        "another_shape": "scale or shift has another shape than (size,): one axis, with one number for each column.",
        "one_product": "the features are multiplied by the shift too: multiply by scale alone, then add shift.",
        "one_vector": {
            "pytorch": "the layer reports one parameter vector only: scale and shift are both to be nn.Parameters.",
            "tensorflow": "the layer reports one weight vector only: scale and shift each take an add_weight.",
        },
        "one_number": "scale and shift are one number each; each of the `size` columns should have its own.",
        "inverse": "the shift is subtracted and the scale divided by; multiply by scale, then add shift.",
        "shift_first": "the shift is added before scaling, so it is scaled too; multiply first.",
        "swapped": "every output of a new layer is 1, whatever the features: are scale and shift swapped, in the "
        "formula or in their starts?",
        "unused": "the output stays the same when scale and shift change: make them in `__init__`, and use them "
        "in the formula.",
        "cut_off": {
            "pytorch": "the output is right, but no gradient reaches scale and shift: use them in the formula "
            "as they are, without .data or detach().",
            "tensorflow": "the output is right, but no gradient reaches scale and shift: use them in the formula "
            "as they are, without NumPy (np.array, .numpy()) or stop_gradient.",
        },
        "changes_input": {
            "pytorch": "the features that the layer was given have changed: compute a new tensor in place of "
            "`*=` and `+=`.",
        },
        "no_way_back": {
            "pytorch": "the gradient reaches scale and shift, but not the features, so no layer before this one "
            "could learn: use the features as they are given.",
            "tensorflow": "the gradient reaches scale and shift, but not the features, so no layer before this one "
            "could learn: use the features as they are given.",
        },
        "other_dtype": {
            "pytorch": "float32 features come out as another dtype: make scale and shift without naming a dtype.",
        },
        "no_call": {"tensorflow": "the layer has no method `call`: Keras runs the method of that name."},
    },
)
