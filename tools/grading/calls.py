"""Calls between the judge and the sandbox: the judge observes an answer that runs elsewhere.

Numbers, texts, arrays, tensors and containers of them cross as copies. Any other object stays where it is and crosses
as a number, by which the other side can use it. A network of the judge's crosses too, with its weights alone coming
back. After a call the caller's arrays, tensors, lists and networks hold what the answer made of its copies. What the
judge reads is bounded as in wire.py, and of its own objects the sandbox can do no more than call those that it sent.
"""

import builtins
import contextlib
import inspect
import itertools
import multiprocessing
import types
from collections.abc import Callable
from typing import Any

from tools.grading.values import (
    NUMBERS,
    Message,
    framework_of,
    is_as_before,
    packed_network,
    packed_numbers,
    state_of,
    unpacked_network,
    unpacked_numbers,
    weights_of,
    write,
)
from tools.grading.wire import MOST_NUMBERS, MOST_PARTS, MOST_TEXT, Garbled, list_of, text_of
from utils.data import Part
from utils.errors import message

DEPTH = 8  # of containers in containers
CONTAINERS = {Part: "part", list: "list", tuple: "tuple", dict: "dict", set: "set", types.GeneratorType: "iterator"}
MADE_OF_PARTS: dict[str, Callable[[list[Any]], Any]] = {
    "part": lambda parts: Part(*parts),
    "tuple": tuple,
    "set": set,
    "iterator": iter,
}
HUGE = 10**8  # numbers that the sandbox takes
PLAIN = (bool, int, float, str)
METHODS = ("__call__", "__len__", "__getitem__", "__float__")  # of an object, that the other side can use


class Raised(Exception):
    """An error of the other side: its type's name, its text, and the sentence that tells a learner of it."""

    def __init__(self, kind: str, text: str, told: str) -> None:
        super().__init__(kind, text)
        self.kind, self.text, self.told = kind, text, told


class Peer:
    """One end of the line between the judge and the sandbox.

    send, receive: one message. perform: how the sandbox calls its objects; the judge's end has none. told: the sentence
    about an error.
    """

    def __init__(
        self,
        send: Callable[[Message], None],
        receive: Callable[[], Message],
        perform: Callable[..., Any] | None = None,
        told: Callable[[BaseException], str] = str,
    ) -> None:
        self.send, self.receive, self.told = send, receive, told
        self.in_sandbox = perform is not None
        self.perform = perform or (lambda target, given, named: target(*given, **named))
        self.most = HUGE if self.in_sandbox else MOST_NUMBERS
        self.held: list[Any] = []  # our objects that the other side knows by their number
        # An answer may call from several threads, or from processes that it forks.
        self.one_at_a_time = multiprocessing.RLock() if self.in_sandbox else contextlib.nullcontext()

    # Asking, and answering what is asked ------------------------------------------------------------------------------

    def call(self, number: int, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call an object of the other side. Raises Raised."""
        sent: list[Any] = []
        packed = [self.pack(one, sent) for one in given]
        reply = self._ask({"call": number, "given": packed, "named": self.pack(named, sent)})
        for change in list_of(reply.get("changed", [])):
            place, value = change if isinstance(change, list) and len(change) == 2 else (None, None)
            if type(place) is not int or not 0 <= place < len(sent):
                raise Garbled("a change of something that was not sent")
            write(sent[place], self.unpack(value))
        return self.unpack(reply.get("value"))

    def attribute(self, number: int, name: str) -> Any:
        """An attribute of an object of the other side. Raises AttributeError, Raised."""
        reply = self._ask({"get": number, "name": name})
        if reply.get("missing"):
            raise AttributeError(f"there is no attribute {name!r}")
        return self.unpack(reply.get("value"))

    def _ask(self, message: Message) -> Message:
        """Send a request and give the reply to it; meanwhile answer what the other side asks."""
        with self.one_at_a_time:
            self.send(message)
            while "call" in (reply := self.receive()) or "get" in reply:
                self.answer(reply)
        if "raised" in reply:
            raised = _raised(reply["raised"])
            raise error_of(raised) if self.in_sandbox else raised
        return reply

    def answer(self, message: Message) -> None:
        """Do what the other side asks for, and reply."""
        try:
            reply = self._called(message) if "call" in message else self._got(message)
        except Garbled:
            raise
        except BaseException as error:
            kind, text = (error.kind, error.text) if isinstance(error, Raised) else kind_and_text(error)
            reply = {"raised": [kind, text, self.told(error)]}
        self.send(reply)

    def _called(self, message: Message) -> Message:
        came: list[Any] = []
        target = self._own(message["call"])
        given = [self.unpack(one, came) for one in list_of(message.get("given"))]
        named = self.unpack(message.get("named"), came)
        if not isinstance(named, dict) or not all(isinstance(name, str) for name in named):
            raise Garbled("arguments without names")
        before = [state_of(one) for one in came]
        value = self.pack(self.perform(target, given, named), [])
        changed = [
            (n, one) for n, (one, state) in enumerate(zip(came, before, strict=True)) if not is_as_before(one, state)
        ]
        news = [[number, self.pack(weights_of(one) if framework_of(one) else one, [])] for number, one in changed]
        return {"value": value, "changed": news}

    def _got(self, message: Message) -> Message:
        own, name = self._own(message["get"]), text_of(message.get("name"))
        if not self.in_sandbox or not hasattr(own, name):
            return {"missing": True}
        return {"value": self.pack(getattr(own, name), [])}

    def _own(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self.held):
            raise Garbled("the number of something that was not sent")
        return self.held[number]

    # Packing ----------------------------------------------------------------------------------------------------------

    def pack(self, value: Any, sent: list[Any], depth: int = DEPTH) -> Any:
        """A value as JSON holds it; what of it a call may change is put into `sent`."""
        before, packed = len(sent), NotImplemented
        with contextlib.suppress(Exception):  # even asking for a value's type may fail
            packed = self._packed(value, sent, depth)
        if packed is NotImplemented:
            del sent[before:]
            return self._by_number(value)
        return packed

    def _packed(self, value: Any, sent: list[Any], depth: int) -> Any:
        """The same; NotImplemented where there is no such form."""
        if value is None or type(value) in (bool, float) or (type(value) is int and abs(value) < 2**63):
            return value
        if isinstance(value, str):
            return str.__str__(value)[:MOST_TEXT]
        if isinstance(value, Elsewhere | types.FunctionType) and "__elsewhere__" in vars(value):
            return {"is": "yours", "number": vars(value)["__elsewhere__"]}
        for kind, name in CONTAINERS.items():
            if isinstance(value, kind):
                return self._container(value, name, sent, depth) if depth else NotImplemented
        if not self.in_sandbox and framework_of(value):
            sent.append(value)
            return packed_network(value)
        return packed_numbers(value, sent)

    def _container(self, value: Any, name: str, sent: list[Any], depth: int) -> Any:
        if name in ("list", "dict"):
            sent.append(value)
        parts = value.items() if name == "dict" else itertools.islice(value, MOST_PARTS + 1)
        packed = [self.pack(one, sent, depth - 1) for one in parts]
        return {"is": name, "parts": packed} if len(packed) <= MOST_PARTS else NotImplemented

    def _by_number(self, value: Any) -> Message:
        self.held.append(value)
        number = len(self.held) - 1
        if isinstance(value, types.FunctionType | types.BuiltinFunctionType | types.MethodType):
            return {"is": "function", "number": number, "name": str(value.__name__), "takes": parameters_of(value)}
        can = [method for method in METHODS if hasattr(type(value), method)]
        return {"is": "object", "number": number, "name": type(value).__name__, "can": can}

    def unpack(self, held: Any, came: list[Any] | None = None, depth: int = DEPTH + 1) -> Any:
        """The value of a packed one; what of it a call may change is put into `came`. Raises Garbled."""
        came = [] if came is None else came
        if held is None or type(held) in PLAIN:
            return text_of(held) if type(held) is str else held
        if not isinstance(held, dict) or not depth:
            raise Garbled("a value is no object, or nested too deep")
        name = held.get("is")
        if name in NUMBERS:
            return unpacked_numbers(held, came, self.most)
        if name == "network" and self.in_sandbox:
            came.append(unpacked_network(held))
            return came[-1]
        if name == "yours":
            return self._own(held.get("number"))
        if name in ("function", "object"):
            return self._elsewhere(held)
        if name not in CONTAINERS.values():
            raise Garbled("a value of no known kind")
        own: Any = {} if name == "dict" else []
        if name in ("list", "dict"):
            came.append(own)
        parts = [self.unpack(one, came, depth - 1) for one in list_of(held.get("parts"))]
        try:
            own.update(parts) if name == "dict" else own.extend(parts)
            return MADE_OF_PARTS[name](own) if name in MADE_OF_PARTS else own
        except (TypeError, ValueError) as error:
            raise Garbled("parts that make no such container") from error

    def _elsewhere(self, held: Message) -> Any:
        """A function or an object that stands for one of the other side."""
        number, name = held.get("number"), text_of(held.get("name"))
        if type(number) is not int:
            raise Garbled("an object without a number")
        if held["is"] == "object":
            can = {method: _method(method) for method in METHODS if method in list_of(held.get("can"))}
            return type(name if name.isidentifier() else "object", (Elsewhere,), can)(self, number)

        def function(*given: Any, **named: Any) -> Any:
            return self.call(number, given, named)

        names = [text_of(one) for one in list_of(held.get("takes"))]
        parameters = [inspect.Parameter(one, inspect.Parameter.POSITIONAL_ONLY) for one in names if one.isidentifier()]
        vars(function).update(__elsewhere__=number, __signature__=inspect.Signature(parameters))
        function.__name__ = name
        return function


class Elsewhere:
    """An object of the other side; it may be called and asked for attributes, as far as that one can."""

    def __init__(self, peer: Peer, number: int) -> None:
        self.__peer__, self.__elsewhere__ = peer, number

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__peer__.attribute(self.__elsewhere__, name)


def _method(name: str) -> Callable[..., Any]:
    """The method of an Elsewhere that does what the other side's does."""

    def method(self: Any, *given: Any, **named: Any) -> Any:
        if name == "__call__":
            return self.__peer__.call(self.__elsewhere__, given, named)
        return self.__peer__.attribute(self.__elsewhere__, name)(*given, **named)

    return method


def _raised(held: Any) -> Raised:
    """The Raised that a message tells of. Raises Garbled."""
    parts = [text_of(part) for part in list_of(held)]
    if len(parts) != 3:
        raise Garbled("an error without a sentence")
    return Raised(*parts)


def parameters_of(function: Any) -> list[str]:
    """The names of a function's parameters; none where it does not tell, as one of a library may not."""
    try:
        return list(inspect.signature(function).parameters)[:20]
    except (TypeError, ValueError):
        return []


def error_of(raised: Raised) -> BaseException:
    """An error of the other side as one of Python's own, as far as Python has it."""
    kind: Any = getattr(builtins, raised.kind, None)
    if raised.kind.startswith("Unicode") or not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError(raised.text)
    return kind(raised.text)


def kind_and_text(error: BaseException) -> tuple[str, str]:
    """What of an error crosses."""
    return type(error).__name__[:100], message(error)[:MOST_TEXT]
