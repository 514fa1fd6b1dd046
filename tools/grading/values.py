"""Numbers and networks that cross between the judge and the sandbox, and what a call makes of them."""

import base64
import copy
import operator
import pickle
import sys
from typing import Any

import numpy as np

from tools.grading.wire import Garbled, array_of, packed_array
from utils.calling import load
from utils.data import as_numpy
from utils.looking import see

Message = dict[str, Any]
NUMBERS = ("number", "NumPy array", "PyTorch tensor", "TensorFlow tensor")


def packed_numbers(value: Any, sent: list[Any]) -> Any:
    """An array, tensor or number as JSON holds it; NotImplemented where it is none."""
    seen = see(value)
    packed = packed_array(as_numpy(value)) if seen.kind in NUMBERS else None
    if packed is None:
        return NotImplemented
    if seen.kind != "number":
        sent.append(value)
    return {"is": seen.kind, **packed, "grad": bool(getattr(value, "requires_grad", False))}


def unpacked_numbers(held: Message, came: list[Any], most: int) -> Any:
    """An array, tensor or number of a packed one, of `most` numbers at most. Raises Garbled."""
    array = array_of(held, most).copy()
    if held["is"] == "number":
        return array[()]
    value: Any = array
    if held["is"] == "PyTorch tensor":
        value = load("torch").from_numpy(array)
        if held.get("grad") is True and array.dtype.kind in "fc":
            value.requires_grad_()
    elif held["is"] == "TensorFlow tensor":
        value = load("tensorflow").constant(array)
    came.append(value)
    return value


def framework_of(value: Any) -> str:
    """The module of the framework that a network is of; "" for anything else."""
    for module, place in (("torch", "nn.Module"), ("keras", "Model")):
        if module in sys.modules and isinstance(value, operator.attrgetter(place)(sys.modules[module])):
            return module
    return ""


def packed_network(network: Any) -> Message:
    """A network of the judge's own as JSON, without what watches it here."""
    if framework_of(network) == "keras":
        weights = [packed_array(weight) for weight in network.get_weights()]
        return {
            "is": "network",
            "config": sys.modules["keras"].saving.serialize_keras_object(network),
            "weights": weights,
        }
    bare = copy.deepcopy(network)
    for part in bare.modules():
        part._forward_pre_hooks.clear()
    return {"is": "network", "pickle": base64.b64encode(pickle.dumps(bare)).decode()}


def unpacked_network(held: Message) -> Any:
    """The network of a packed one, which comes from the judge."""
    if "pickle" in held:
        return pickle.loads(base64.b64decode(held["pickle"]))
    network = load("keras").saving.deserialize_keras_object(held["config"])
    network.set_weights([array_of(weight) for weight in held["weights"]])
    return network


def weights_of(network: Any) -> list[np.ndarray]:
    """Copies of the weights of a network."""
    if framework_of(network) == "keras":
        return list(network.get_weights())
    return [np.array(as_numpy(weight)) for weight in network.state_dict().values()]


def put_weights(network: Any, weights: Any) -> None:
    """Give a network other weights. Raises Garbled."""
    own = weights_of(network)
    fit = isinstance(weights, list) and all(isinstance(weight, np.ndarray) for weight in weights)
    if not fit or [(w.shape, w.dtype) for w in own] != [(w.shape, w.dtype) for w in weights]:
        raise Garbled("weights of another network")
    if framework_of(network) == "keras":
        network.set_weights(weights)
        return
    for weight, new in zip(network.state_dict().values(), weights, strict=True):
        weight.copy_(load("torch").from_numpy(new))


def state_of(value: Any) -> Any:
    """What a call may change of an array, a tensor, a list, a dict or a network."""
    if isinstance(value, list | dict):
        return value.copy()
    if framework_of(value):
        return weights_of(value)
    return np.array(as_numpy(value)), getattr(value, "requires_grad", False)


def is_as_before(value: Any, state: Any) -> bool:
    """Whether a value is as it was."""
    if isinstance(value, list):
        return len(value) == len(state) and all(one is other for one, other in zip(value, state, strict=True))
    if isinstance(value, dict):
        return value.keys() == state.keys() and all(value[key] is state[key] for key in state)
    if framework_of(value):
        return all(map(np.array_equal, weights_of(value), state))
    array, wants = as_numpy(value), getattr(value, "requires_grad", False)
    alike = (array.dtype, array.shape) == (state[0].dtype, state[0].shape) and array.tobytes() == state[0].tobytes()
    return alike and wants == state[1]


def write(own: Any, new: Any) -> None:
    """Let one of our values become what the answer made of its copy."""
    if framework_of(own):
        put_weights(own, new)
    elif isinstance(own, list) and isinstance(new, list):
        own[:] = new
    elif isinstance(own, dict) and isinstance(new, dict):
        own.clear()
        own.update(new)
    elif isinstance(own, np.ndarray) and isinstance(new, np.ndarray):
        if own.shape != new.shape:
            own.resize(new.shape, refcheck=False)
        own[...] = new
    elif hasattr(own, "requires_grad_") and hasattr(new, "requires_grad_"):
        own.data = new.detach()
        own.requires_grad_(new.requires_grad)
    else:
        raise Garbled("something else than what was sent")
