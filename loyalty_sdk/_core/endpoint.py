"""Write a call once; the blocking client makes it, and the async one awaits it.

This is the one clever file. An endpoint is a method that *describes* a call::

    class Customers(Resource[R]):
        @endpoint
        def get(self, customer_id: str) -> Call[Customer]: ...

A `@stream` of `Stream[T]` gives a context manager of a `RowStream[T]`, async or not; a
`@download` of `Download` gives the path of the file.

The decorator turns it into a descriptor. What `client.customers.get` is depends on the runner that
the resource was made with, at run time and, by the overloads of `__get__`, for type checkers too:

| runner | `@endpoint` of `Call[T]` gives | `@listing` of `Listing[T]` gives |
|---|---|---|
| `Sync` | `T` | `Pager[T]` |
| `Async` | a coroutine of `T` | `AsyncPager[T]` |
| `RawSync`, `RawAsync` (`client.raw`) | `Answer[T]`, a coroutine of it | the same pagers |

Bound functions are kept on the instance; a resource is therefore never copied, but made anew.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

import attrs

from loyalty_sdk._core.calls import Answer, Call, Download, Listing, Stream
from loyalty_sdk._core.hiding.frames import emptied
from loyalty_sdk._core.paging.pager import AsyncPager, Pager
from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk._core.signatures import Seen
from loyalty_sdk.errors import LoyaltyError

P = ParamSpec("P")
T = TypeVar("T")
R_co = TypeVar("R_co", bound="Sync | Async", covariant=True)


class Resource(Generic[R_co]):
    """A group of calls, and the runner that carries them."""

    def __init__(self, runner: R_co) -> None:
        self._runner = runner

    def _name_of(self, method: str) -> str:
        """The operation's name, such as `voucherify.customers.list_redeemables`."""
        noun = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()
        return f"{self._runner.session.vendor.name}.{noun}.{method}"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            there = ", ".join(each for each in dir(type(self)) if not each.startswith("_"))
            said = f"{type(self).__name__} has no {name!r}; it has {there}"
            raise AttributeError(said, name=name, obj=self)


class endpoint(Generic[P, T]):  # noqa: N801  # a decorator
    """Make a method that describes a call into one that makes it."""

    def __init__(self, build: Callable[Concatenate[Any, P], Call[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Callable[Concatenate[Any, P], Call[T]]: ...
    @overload
    def __get__(self, instance: Resource[RawSync], owner: type) -> Callable[P, Answer[T]]: ...
    @overload
    def __get__(
        self, instance: Resource[RawAsync], owner: type
    ) -> Callable[P, Coroutine[None, None, Answer[T]]]: ...
    @overload
    def __get__(self, instance: Resource[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, instance: Resource[Async], owner: type
    ) -> Callable[P, Coroutine[None, None, T]]: ...
    def __get__(self, instance: Resource[Any] | None, owner: type) -> Any:
        return self._build if instance is None else _bind(instance, self._build, "run")


class listing(Generic[P, T]):  # noqa: N801  # a decorator
    """Make a method that describes a paged call into one that gives a pager."""

    def __init__(self, build: Callable[Concatenate[Any, P], Listing[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Callable[Concatenate[Any, P], Listing[T]]: ...
    @overload
    def __get__(self, instance: Resource[Sync], owner: type) -> Callable[P, Pager[T]]: ...
    @overload
    def __get__(self, instance: Resource[Async], owner: type) -> Callable[P, AsyncPager[T]]: ...
    def __get__(self, instance: Resource[Any] | None, owner: type) -> Any:
        return self._build if instance is None else _bind(instance, self._build, "page")


class stream(Generic[P, T]):  # noqa: N801  # a decorator
    """Make a method that describes a long answer into one that opens it."""

    def __init__(self, build: Callable[Concatenate[Any, P], Stream[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Callable[Concatenate[Any, P], Stream[T]]: ...
    @overload
    def __get__(
        self, instance: Resource[Sync], owner: type
    ) -> Callable[P, AbstractContextManager[RowStream[T]]]: ...
    @overload
    def __get__(
        self, instance: Resource[Async], owner: type
    ) -> Callable[P, AbstractAsyncContextManager[AsyncRowStream[T]]]: ...
    def __get__(self, instance: Resource[Any] | None, owner: type) -> Any:
        return self._build if instance is None else _bind(instance, self._build, "stream")


class download(Generic[P]):  # noqa: N801  # a decorator
    """Make a method that describes a file into one that fetches it and gives its path."""

    def __init__(self, build: Callable[Concatenate[Any, P], Download]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Callable[Concatenate[Any, P], Download]: ...
    @overload
    def __get__(self, instance: Resource[Sync], owner: type) -> Callable[P, Path]: ...
    @overload
    def __get__(
        self, instance: Resource[Async], owner: type
    ) -> Callable[P, Coroutine[None, None, Path]]: ...
    def __get__(self, instance: Resource[Any] | None, owner: type) -> Any:
        return self._build if instance is None else _bind(instance, self._build, "save")


def _bind(instance: Resource[Any], build: Callable[..., Any], carrying: str) -> Callable[..., Any]:
    """A function with the arguments of *build* that carries what it describes."""
    operation = instance._name_of(build.__name__)
    carry = getattr(instance._runner, carrying)

    def described(given: list[Any]) -> Any:
        try:
            made = build(instance, *given.pop(), **given.pop())
            if carrying in ("page", "stream"):
                made = attrs.evolve(made, described_by=build)
            return made
        except BaseException as error:
            problem = error
        if isinstance(problem, LoyaltyError):
            problem.operation = operation
        else:  # an argument that there is not, as a rule
            problem.add_note(f"in a call of {operation}")
        raise emptied(problem)

    # A secret may be among the arguments, and tracebacks show what frames hold: so they let go.

    def now(*args: Any, **kwargs: Any) -> Any:
        given: list[Any] = [kwargs, args]
        del args, kwargs
        try:
            return carry(described(given), operation)
        except BaseException:
            given.clear()
            raise

    async def soon(*args: Any, **kwargs: Any) -> Any:
        given: list[Any] = [kwargs, args]
        del args, kwargs
        try:
            return await carry(described(given), operation)
        except BaseException:
            given.clear()
            raise

    bound: Any = functools.wraps(build)(soon if inspect.iscoroutinefunction(carry) else now)
    bound.__signature__ = Seen(build, _answer(instance._runner, carrying))
    instance.__dict__[build.__name__] = bound
    answer: Callable[..., Any] = bound
    return answer


def _answer(runner: Any, carrying: str) -> Callable[[str], str]:
    """What a call gives, by the annotation of the method that describes it."""
    kind = "Async" if isinstance(runner, Async) else ""
    shape = {
        "run": "Answer[{}]" if isinstance(runner, (RawSync, RawAsync)) else "{}",
        "page": f"{kind}Pager[{{}}]",
        "stream": f"Abstract{kind}ContextManager[{kind}RowStream[{{}}]]",
        "save": "Path",
    }[carrying]
    return lambda written: shape.format(written.removesuffix("]").partition("[")[2])
