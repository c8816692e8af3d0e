"""What every vendor's clients have in common: options, opening and closing, views, raw calls."""

from __future__ import annotations

import inspect
import os
import ssl
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NoReturn,
    Self,
    TypedDict,
    TypeVar,
    get_type_hints,
    overload,
)

import attrs
import httpx

from loyalty_sdk._core.calls import PathPart
from loyalty_sdk._core.connections.inflate import ACCEPT_ENCODING
from loyalty_sdk._core.connections.network import Network
from loyalty_sdk._core.credentials import Auth
from loyalty_sdk._core.endpoint import R_co, Resource
from loyalty_sdk._core.given.arguments import flag, one_of
from loyalty_sdk._core.given.raw import Params, raw_call
from loyalty_sdk._core.hiding.frames import construct_unseen, emptied, unseen
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.options import NOT_GIVEN, NotGiven, Options
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk._core.retry import Retry
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk._core.session import Session
from loyalty_sdk._core.signatures import unquoted
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk._core.version import __version__
from loyalty_sdk.errors import InvalidArgument, MissingCredentials, MissingExtra

if TYPE_CHECKING:
    from loyalty_sdk._core.connections.transport import AsyncTransport

M = TypeVar("M", bound=Model)


class CommonOptions(TypedDict, total=False):
    """What the constructors of all clients take.

    Attributes:
        timeout: Seconds that one attempt may take, from connecting to the last byte; above 0;
            30 unless given, `None` for no limit.
        deadline: Seconds that all attempts of one call or page may take together; above 0; 60
            unless given, `None` for no limit.
        retry: When a failed attempt is repeated; `Retry()` unless given.
        headers: More headers for every request to the vendor, beside those that prove who you are.
            Their values are shown nowhere.
        ssl_context: TLS settings in place of the shared ones, which verify every certificate.
        proxy: The URL of a proxy; else the environment's `HTTPS_PROXY` and the like are used.
        max_connections: How many connections may be open at once; 1 or more, 20 unless given.
        allow_http: Whether credentials may go over plain http to another machine; no unless given.
    """

    timeout: float | None
    deadline: float | None
    retry: Retry
    headers: Mapping[str, str | Secret]
    ssl_context: ssl.SSLContext | None
    proxy: str | Secret | None
    max_connections: int
    allow_http: bool


class ClientOptions(CommonOptions, total=False):
    """What the constructors of all blocking clients take.

    Attributes:
        transport: Your own networking, an `httpx.BaseTransport`; every promise holds but the
            deadline inside a single blocking read. The client closes it.
        http_client: Your own `httpx.Client`. TLS, pool and deadline are then yours; the client
            does not close it.
    """

    transport: httpx.BaseTransport | None
    http_client: httpx.Client | None


class AsyncClientOptions(CommonOptions, total=False):
    """What the constructors of all async clients take.

    Attributes:
        sockets: What makes the connections: `"httpcore"` unless given, or `"aiohttp"`, which is
            faster by far with many calls at once; it comes with `loyalty-sdk[aiohttp]`.
        transport: Your own networking, an `httpx.AsyncBaseTransport`. The client closes it.
        http_client: Your own `httpx.AsyncClient`. TLS and pool are then yours; the client does
            not close it.
    """

    sockets: Literal["httpcore", "aiohttp"]
    transport: httpx.AsyncBaseTransport | None
    http_client: httpx.AsyncClient | None


class Surface(Resource[R_co]):
    """What a vendor offers, its nouns as attributes: written once, served in two colours."""

    def _name_of(self, method: str) -> str:
        return f"{self._runner.session.vendor.name}.{method}"

    def __repr__(self) -> str:
        runner = self.__dict__.get("_runner")  # none, where making the client failed
        where = "nowhere" if runner is None else runner.session.base_url
        return f"<{type(self).__name__} at {where}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} is neither pickled nor copied: make one in each process"
        )

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if self.__dict__.get("_runner") is None:
                raise AttributeError(name)
            super().__getattr__(name)


class Opened(Surface[R_co]):
    """What clients of both colours can do."""

    _is_view = False

    @unseen
    def with_options(
        self,
        *,
        timeout: float | None | NotGiven = NOT_GIVEN,
        deadline: float | None | NotGiven = NOT_GIVEN,
        retry: Retry | NotGiven = NOT_GIVEN,
        headers: Mapping[str, str | Secret] | NotGiven = NOT_GIVEN,
    ) -> Self:
        """A view of this client that makes its calls in another way.

        It shares connections and token; closing it closes nothing.

        Args:
            timeout: Seconds that one attempt may take; above 0, or `None` for no limit.
            deadline: Seconds that all attempts of one call or page may take; above 0, or `None`.
            retry: When a failed attempt is repeated.
            headers: More headers for every request, in place of those set before.
        """
        runner = self._runner
        options = runner.options.changed(
            timeout=timeout, deadline=deadline, retry=retry, headers=headers
        )
        _check_headers(options, runner.session.auth)
        return self._carried_by(type(runner)(runner.session, options))

    def _carried_by(self, runner: Sync | Async) -> Self:
        """A view of this client whose calls another runner of its colour carries."""
        view = object.__new__(type(self))  # everything bound to the old runner is left behind
        view.__dict__ |= {"_runner": runner, "_is_view": True}
        return view


class _Spelled:
    """The signature of a constructor, for `help()`: in it every option has its name.

    It is made when it is asked for, which is rarely.
    """

    def __init__(self, options: type[Any]) -> None:
        self._options = options

    def __get__(self, _: object, client: type[Any]) -> inspect.Signature:
        written = inspect.signature(client.__init__)
        parameters = list(written.parameters.values())[1:]
        if parameters[-1].kind is inspect.Parameter.VAR_KEYWORD:
            parameters[-1:] = map(_option, get_type_hints(self._options))
        shown = [p.replace(annotation=unquoted(p.annotation)) for p in parameters]
        return written.replace(parameters=shown, return_annotation=None)


def _option(name: str) -> inspect.Parameter:
    usual = {
        "max_connections": 20,
        "allow_http": False,
        "sockets": "httpcore",
        **attrs.asdict(Options(), recurse=False),
    }
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=usual.get(name))


class Client(Opened[Sync]):
    """The common part of the blocking clients; a context manager."""

    __signature__: ClassVar[_Spelled] = _Spelled(ClientOptions)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        construct_unseen(cls)

    def __init__(
        self, vendor: Vendor, base_url: str, auth: Auth | None, options: ClientOptions
    ) -> None:
        # httpcore takes a third of httpx's time to import; httpx too leaves it to the first client.
        from loyalty_sdk._core.connections.door import Door

        _check(self, options, ClientOptions, httpx.BaseTransport, httpx.Client)
        network = _network(options)
        door = Door(network, options.get("transport"), options.get("http_client"))
        session = _session(vendor, base_url, auth, door, network, options)
        super().__init__(Sync(session, _options(options, auth)))

    @overload
    def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: None = None,
        repeatable: bool = False,
    ) -> Any: ...
    @overload
    def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: type[M],
        repeatable: bool = False,
    ) -> M: ...
    def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: type[Model] | None = None,
        repeatable: bool = False,
    ) -> Any:
        """Make a call that the SDK does not have yet, with its credentials, retries and errors.

        Args:
            method: The HTTP verb.
            path: The parts of the path, each one segment: `"v1", "campaigns"`.
            params: The query; `None` values are left out.
            json: A JSON body; a value in it may be a `Secret`.
            into: A model to read the answer into; else the parsed JSON comes back.
            repeatable: Whether it may be sent again after it may have arrived.

        Returns:
            The parsed JSON, `None` of an empty body, or the model.

        Raises:
            LoyaltyError: Whatever goes wrong.
        """
        given: list[Any] = [method, path, params, json, into, repeatable]
        del method, path, params, json  # a secret may be among them: so the frame lets go
        try:
            call = raw_call(self._runner.session.vendor, given)
            return self._runner.run(call, self._name_of("request"))
        except BaseException as error:
            problem = error
        given.clear()
        raise emptied(problem)

    def close(self) -> None:
        """Close what the client opened; calls after that raise `ClientClosed`."""
        if not self._is_view:
            self._runner.session.door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    if not TYPE_CHECKING:

        async def __aenter__(self) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is blocking: write `with`")

        async def __aexit__(self, *_: object) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is blocking: write `with`")

    def _raw(self) -> RawSync:
        return RawSync(self._runner.session, self._runner.options)


class AsyncClient(Opened[Async]):
    """The common part of the async clients; an async context manager."""

    __signature__: ClassVar[_Spelled] = _Spelled(AsyncClientOptions)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        construct_unseen(cls)

    def __init__(
        self, vendor: Vendor, base_url: str, auth: Auth | None, options: AsyncClientOptions
    ) -> None:
        # asyncio costs 15 ms to import, which blocking programs need not pay.
        from loyalty_sdk._core.connections.door_async import AsyncDoor

        _check(self, options, AsyncClientOptions, httpx.AsyncBaseTransport, httpx.AsyncClient)
        network = _network(options)
        given = options.get("transport"), options.get("http_client")
        door = AsyncDoor(network, *given, _sockets(options))
        session = _session(vendor, base_url, auth, door, network, options)
        super().__init__(Async(session, _options(options, auth)))

    @overload
    async def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: None = None,
        repeatable: bool = False,
    ) -> Any: ...
    @overload
    async def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: type[M],
        repeatable: bool = False,
    ) -> M: ...
    async def request(
        self,
        method: str,
        *path: PathPart,
        params: Params | None = None,
        json: Any = None,
        into: type[Model] | None = None,
        repeatable: bool = False,
    ) -> Any:
        """Make a call that the SDK does not have yet, with its credentials, retries and errors.

        Args:
            method: The HTTP verb.
            path: The parts of the path, each one segment: `"v1", "campaigns"`.
            params: The query; `None` values are left out.
            json: A JSON body; a value in it may be a `Secret`.
            into: A model to read the answer into; else the parsed JSON comes back.
            repeatable: Whether it may be sent again after it may have arrived.

        Returns:
            The parsed JSON, `None` of an empty body, or the model.

        Raises:
            LoyaltyError: Whatever goes wrong.
        """
        given: list[Any] = [method, path, params, json, into, repeatable]
        del method, path, params, json
        try:
            call = raw_call(self._runner.session.vendor, given)
            return await self._runner.run(call, self._name_of("request"))
        except BaseException as error:
            problem = error
        given.clear()
        raise emptied(problem)

    async def aclose(self) -> None:
        """Close what the client opened; calls after that raise `ClientClosed`."""
        if not self._is_view:
            await self._runner.session.door.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    if not TYPE_CHECKING:

        def __enter__(self) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is async: write `async with`")

        def __exit__(self, *_: object) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is async: write `async with`")

    def _raw(self) -> RawAsync:
        return RawAsync(self._runner.session, self._runner.options)


def from_environment(client: str, argument: str, value: Any, variable: str) -> Any:
    """A credential that was given, or is in the environment.

    Raises:
        MissingCredentials: It is neither; the error names both places.
    """
    found = optional_from_environment(value, variable)
    if found is None:
        raise MissingCredentials(
            f"{client} needs {argument}: pass {argument}=... or set {variable} in the environment"
        )
    return found


def optional_from_environment(value: Any, variable: str) -> Any:
    """What was given, or is in the environment, or `None`."""
    return value if value is not None else os.environ.get(variable) or None


def _check(
    client: object, options: CommonOptions, known: Any, transport: type[Any], http_client: type[Any]
) -> None:
    """Refuse options that no client takes, and networking of the other colour."""
    for name, value in options.items():
        if name not in known.__optional_keys__:
            raise TypeError(f"{type(client).__name__} has no option {name!r}")
        wanted = {"transport": transport, "http_client": http_client}.get(name, object)
        if value is not None and not isinstance(value, wanted):
            raise InvalidArgument(name, f"must be an httpx.{wanted.__name__}")
    context = options.get("ssl_context")
    if context is not None and not isinstance(context, ssl.SSLContext):
        raise InvalidArgument("ssl_context", "must be an ssl.SSLContext")


def _sockets(options: AsyncClientOptions) -> type[AsyncTransport]:
    """What carries an async client's connections."""
    wanted = options.get("sockets", "httpcore") or ""
    one_of("sockets", wanted, ("httpcore", "aiohttp"))
    if wanted == "httpcore":
        from loyalty_sdk._core.connections.transport import AsyncSocketTransport

        return AsyncSocketTransport
    try:
        from loyalty_sdk._core.connections.transport_aiohttp import AiohttpTransport
    except ImportError:
        said = "sockets=\"aiohttp\" needs aiohttp: pip install 'loyalty-sdk[aiohttp]'"
    else:
        return AiohttpTransport
    raise MissingExtra(said)


def _network(options: CommonOptions) -> Network:
    given = [name for name, value in options.items() if value is not None]
    for networking in ("http_client", "transport"):
        for own in ("transport", "ssl_context", "proxy", "sockets"):
            if networking in given and own in given and own != networking:
                raise InvalidArgument(own, f"belongs to the {networking} when one is given")
    return Network(
        ssl_context=options.get("ssl_context"),
        proxy=options.get("proxy"),
        max_connections=options.get("max_connections", 20),
    )


def _options(options: CommonOptions, auth: Auth | None) -> Options:
    names = ("timeout", "deadline", "retry", "headers")
    made = Options().changed(**{name: options.get(name, NOT_GIVEN) for name in names})
    _check_headers(made, auth)
    return made


def _check_headers(options: Options, auth: Auth | None) -> None:
    """Refuse headers that the credentials are sent in: these would go out instead."""
    taken = auth.header_names() if auth is not None and options.headers else ()
    for name in options.headers:
        if name in taken:
            raise InvalidArgument("headers", f"{name} is sent by {type(auth).__name__}")


def _session(
    vendor: Vendor,
    base_url: str,
    auth: Auth | None,
    door: Any,
    network: Network,
    options: CommonOptions,
) -> Session[Any]:
    if auth is not None and not isinstance(auth, Auth):
        raise InvalidArgument("auth", f"must be an auth value, not {type(auth).__name__}")
    return Session(
        vendor,
        base_url,
        auth,
        door,
        network,
        headers={
            "accept-encoding": ACCEPT_ENCODING,
            "user-agent": f"loyalty-sdk/{__version__}",
        },
        allow_http=flag("allow_http", options.get("allow_http", False)),
    )
