"""The settings of the process: normal while an answer is called, and the learner's own again after it."""

import contextlib
import functools
import io
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import numpy as np

from utils.calling import held

PRINT_LIMIT = 1_000  # characters of a learner's own output that are shown
KEPT = object()  # of a setting that has no normal value, or need not have it

Setting = tuple[Callable[[], Any], Callable[[Any], object], Any]  # how to get it, how to set it, its normal value


class Printed(io.TextIOBase):
    """Collects the first PRINT_LIMIT characters of what an answer prints and drops the rest."""

    def __init__(self) -> None:
        self.text, self.cut = "", False

    def write(self, text: str) -> int:
        room = PRINT_LIMIT - len(self.text)
        self.cut = self.cut or len(text) > room
        self.text += text[: max(room, 0)]
        return len(text)


class undisturbed:
    """A block in which every setting that can change results is normal; gives what was Printed in it.

    Afterwards settings and random states are the learner's again, whatever the block changed. (TensorFlow's own random
    state cannot be put back.)
    """

    @held
    def __enter__(self) -> Printed:
        printed, self._inside = Printed(), contextlib.ExitStack()
        self._before = list(_read())
        for put, value, normal in self._before:
            if normal is not KEPT and value != normal:
                with contextlib.suppress(Exception):
                    put(normal)
        self._inside.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        self._inside.enter_context(np.errstate(all="ignore"))
        for context in _contexts():
            self._inside.enter_context(context)
        self._inside.enter_context(contextlib.redirect_stdout(printed))
        self._inside.enter_context(contextlib.redirect_stderr(io.StringIO()))
        return printed

    @held
    def __exit__(self, *_: object) -> None:
        self._inside.close()
        for put, value, _ in self._before:
            with contextlib.suppress(Exception):  # one that cannot be put back holds up no other
                put(value)


def _read() -> Iterator[tuple[Callable[[Any], object], Any, Any]]:
    """Each setting as it is: (how to set it, its value, its normal value)."""
    for get, put, normal in (*_of_python(), *_of_numpy(), *_of_torch(), *_of_tensorflow(), *_of_keras()):
        with contextlib.suppress(Exception):  # a folder that was deleted, say, can neither be told nor put back
            yield put, get(), normal


def _of_python() -> Iterator[Setting]:
    yield random.getstate, random.setstate, KEPT
    yield os.getcwd, os.chdir, KEPT
    yield lambda: dict(os.environ), _fill(os.environ), KEPT
    yield sys.getrecursionlimit, sys.setrecursionlimit, max(sys.getrecursionlimit(), 1_000)
    yield sys.getswitchinterval, sys.setswitchinterval, 0.005
    if matplotlib := sys.modules.get("matplotlib"):
        yield lambda: dict.copy(matplotlib.rcParams), lambda values: dict.update(matplotlib.rcParams, values), KEPT


def _of_numpy() -> Iterator[Setting]:
    yield np.random.get_state, np.random.set_state, KEPT
    normal = {"edgeitems": 3, "threshold": 1000, "floatmode": "maxprec", "precision": 8, "suppress": False}
    normal |= {"linewidth": 75, "nanstr": "nan", "infstr": "inf", "sign": "-", "formatter": None, "legacy": False}
    yield np.get_printoptions, lambda options: np.set_printoptions(**options), np.get_printoptions() | normal
    yield lambda: {name: getattr(np.linalg, name) for name in ENDING}, vars(np.linalg).update, ENDING


def _ending(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of NumPy that ends: LAPACK's SVD of large numbers and inf may not, and no limit stops it."""

    @functools.wraps(function)
    def checked(a: Any, *arguments: Any, **named: Any) -> Any:
        array = np.asarray(a)
        if array.dtype.kind in "fc" and not np.isfinite(array).all():
            raise np.linalg.LinAlgError("SVD did not converge")  # as NumPy says where LAPACK ends
        return function(a, *arguments, **named)

    return checked


ENDING = {name: _ending(getattr(np.linalg, name)) for name in ("svd", "pinv", "lstsq")}


def _of_torch() -> Iterator[Setting]:
    torch = sys.modules.get("torch")
    if not torch:
        return
    yield torch.is_grad_enabled, torch.set_grad_enabled, True
    yield torch.get_rng_state, torch.set_rng_state, KEPT
    yield torch.get_default_dtype, torch.set_default_dtype, torch.float32
    yield torch.get_default_device, _set_default_device, torch.device("cpu")
    yield torch.get_num_threads, torch.set_num_threads, 1  # for small networks more only make a busy machine wait
    yield torch.get_deterministic_debug_mode, torch.set_deterministic_debug_mode, 0
    yield torch.get_float32_matmul_precision, torch.set_float32_matmul_precision, "highest"
    yield torch.is_warn_always_enabled, torch.set_warn_always, False
    yield lambda: torch.is_autocast_enabled("cpu"), lambda on: torch.set_autocast_enabled("cpu", on), False
    anomaly = torch.autograd.set_detect_anomaly
    yield (
        lambda: (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()),
        lambda on: anomaly(*on),
        (False, True),
    )
    options = torch._tensor_str.PRINT_OPTS
    normal = {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None}
    yield lambda: dict(vars(options)), lambda values: vars(options).update(values), normal


def _set_default_device(device: Any) -> None:
    torch = sys.modules["torch"]
    torch.set_default_device(None if device == torch.device("cpu") else device)  # None asks no function for its device


def _of_tensorflow() -> Iterator[Setting]:
    tf = sys.modules.get("tensorflow")
    if not tf:
        return
    yield tf.config.functions_run_eagerly, tf.config.run_functions_eagerly, False
    yield tf.config.get_soft_device_placement, tf.config.set_soft_device_placement, True
    yield tf.config.optimizer.get_jit, tf.config.optimizer.set_jit, ""
    from tensorflow.python.framework import config, ops

    def set_determinism(on: bool) -> None:
        (config.enable_op_determinism if on else config.disable_op_determinism)()

    yield config.is_op_determinism_enabled, set_determinism, False
    set_promotion = ops.set_dtype_conversion_mode
    yield ops.get_dtype_conversion_mode, lambda mode: set_promotion(mode.name.lower()), ops.PromoMode.OFF


def _of_keras() -> Iterator[Setting]:
    keras = sys.modules.get("keras")
    if not keras:
        return
    yield keras.config.floatx, keras.config.set_floatx, "float32"
    yield keras.config.epsilon, keras.config.set_epsilon, 1e-7
    yield keras.config.image_data_format, keras.config.set_image_data_format, "channels_last"
    yield lambda: keras.config.dtype_policy().name, keras.config.set_dtype_policy, "float32"
    if hasattr(keras.config, "max_epochs"):
        yield keras.config.max_epochs, keras.config.set_max_epochs, None
        yield keras.config.max_steps_per_epoch, keras.config.set_max_steps_per_epoch, None


def _contexts() -> Iterator[contextlib.AbstractContextManager[Any]]:
    """What makes a mode normal that has no setter."""
    torch, tf = sys.modules.get("torch"), sys.modules.get("tensorflow")
    if torch and torch.is_inference_mode_enabled():
        yield torch.inference_mode(False)
    if tf and not tf.executing_eagerly():
        from tensorflow.python.eager import context

        yield context.eager_mode()


def _fill(mapping: MutableMapping[str, str]) -> Callable[[Any], None]:
    def fill(values: Any) -> None:
        if mapping != values:
            mapping.clear()
            mapping.update(values)

    return fill
