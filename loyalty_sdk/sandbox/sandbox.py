"""The sandbox itself: all vendors behind one address on this machine."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

import attrs

from .cardlytics import CardlyticsState, CardlyticsVendor
from .es_loyalty import ESLoyaltyState, ESLoyaltyVendor
from .members import Member, Members, well_known_members
from .record import Received, Record
from .spaaza import SpaazaState, SpaazaVendor
from .spaaza.access import Account
from .switches import Switches, SwitchOptions
from .synthetic import Clock, utc_now
from .vendor import Vendor
from .voucherify import VoucherifyState, VoucherifyVendor
from .wire import Request, Response, json_response

if TYPE_CHECKING:
    from .server import ServerThread


class ESLoyaltyArguments(TypedDict):
    """What an ES Loyalty client needs."""

    base_url: str
    token_url: str
    client_id: str
    client_secret: str


class VoucherifyArguments(TypedDict):
    """What a Voucherify client needs."""

    base_url: str
    app_id: str
    app_token: str


class CardlyticsArguments(TypedDict):
    """What a Cardlytics client needs; on this machine there is no certificate to show."""

    base_url: str


class SpaazaArguments(TypedDict):
    """What a Spaaza client needs."""

    base_url: str
    token_id: str
    token_secret: str


class OAuthClient(TypedDict):
    """What asking for an OAuth token needs."""

    token_url: str
    client_id: str
    client_secret: str


class OAuthProjectClient(OAuthClient):
    """What asking for an OAuth v2 token needs."""

    project_id: str


class SpaazaLogin(TypedDict):
    """What logging in to Spaaza needs; admins have no app hostname."""

    username: str
    password: str
    app_hostname: str | None


class Sandbox:
    """Loyalty vendors on this machine: a real HTTP server on loopback with synthetic data.

    ```python
    with Sandbox(seed=7) as sandbox:
        client = Voucherify(**sandbox.voucherify)
    ```

    The same seed gives the same data and the same credentials. Thread-safe.
    """

    def __init__(
        self,
        *,
        seed: int = 7,
        port: int = 0,
        now: Clock = utc_now,
        **switches: Unpack[SwitchOptions],
    ) -> None:
        """Prepare the vendors; nothing is served yet.

        Args:
            seed: What all data and credentials are made from.
            port: The port to serve on, or 0 for one that the operating system chooses.
            now: Gives the current moment, as an aware datetime.
            **switches: How to behave where the documents leave it open; see `Switches`.

        Raises:
            ValueError: A switch has a value it cannot have.
        """
        self._port = port
        self._switches = Switches(**switches)
        self._record = Record()
        self._server: ServerThread | None = None
        self.members: Members = well_known_members(seed)
        self._voucherify = VoucherifyVendor(seed, self.members, self._current_switches, now)
        self._cardlytics = CardlyticsVendor(seed, self.members, self._current_switches, now)
        self._spaaza = SpaazaVendor(seed, self.members, self._current_switches, now)
        self._es_loyalty = ESLoyaltyVendor(seed, self.members, self._current_switches, now)
        vendors: tuple[Vendor, ...] = (
            self._voucherify,
            self._spaaza,
            self._cardlytics,
            self._es_loyalty,
        )
        self._vendors = {vendor.name: vendor for vendor in vendors}

    def start(self) -> None:
        """Start serving.

        Raises:
            ImportError: uvicorn is not installed.
            OSError: The port is taken.
            RuntimeError: It is started already.
        """
        if self._server is not None:
            raise RuntimeError("the sandbox is started already")
        from .server import ServerThread

        self._server = ServerThread(self.answer, self._port)

    def stop(self) -> None:
        """Stop serving; a sandbox that is not started is left alone. It can be started again."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def __enter__(self) -> Self:
        """Start serving."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.stop()

    def answer(self, request: Request) -> Response:
        """Answer one request as the server would, without a server.

        Args:
            request: A request whose path begins with the vendor's name.

        Returns:
            The answer.
        """
        name = request.segments[0]
        vendor = self._vendors.get(name)
        if vendor is None:
            response = json_response(404, {"message": f"vendors here: {', '.join(self._vendors)}"})
        else:
            response = vendor.answer(request.without_prefix())
        self._record.add(name if vendor else "", request, response)
        return response

    @property
    def switches(self) -> Switches:
        """The current switches."""
        return self._switches

    def turn(self, **switches: Unpack[SwitchOptions]) -> None:
        """Turn some switches while serving; the others stay as they are.

        Raises:
            ValueError: A switch has a value it cannot have.
        """
        self._switches = attrs.evolve(self._switches, **switches)

    @property
    def address(self) -> str:
        """Where the server is, such as "http://127.0.0.1:49152".

        Raises:
            RuntimeError: The sandbox is not started.
        """
        if self._server is None:
            raise RuntimeError("the sandbox is not started: use `with Sandbox() as sandbox`")
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def member(self) -> Member:
        """The member to show things with; the same as `members.everyday`."""
        return self.members.everyday

    @property
    def requests(self) -> tuple[Received, ...]:
        """The last ten thousand requests, oldest first."""
        return self._record.requests()

    def count(
        self,
        operation: str | None = None,
        *,
        vendor: str | None = None,
        method: str | None = None,
        status: int | None = None,
    ) -> int:
        """How many requests were received, of those that fit everything given.

        Args:
            operation: Such as "spaaza.get-vouchers".
            vendor: Such as "spaaza".
            method: Such as "GET".
            status: The HTTP status that was answered.
        """
        return self._record.count(operation, vendor=vendor, method=method, status=status)

    def forget_requests(self) -> None:
        """Start counting from nothing again."""
        self._record.clear()

    @property
    def es_loyalty(self) -> ESLoyaltyArguments:
        """Arguments for an ES Loyalty client."""
        client = self._es_loyalty.access.client
        base_url = f"{self.address}/es_loyalty"
        return {
            "base_url": base_url,
            "token_url": f"{base_url}/oauth/token",
            "client_id": client.id,
            "client_secret": client.secret,
        }

    @property
    def es_loyalty_state(self) -> ESLoyaltyState:
        """What ES Loyalty holds, to look at and to change."""
        return self._es_loyalty.state

    @property
    def voucherify(self) -> VoucherifyArguments:
        """Arguments for a Voucherify client."""
        keys = self._voucherify.access.server
        return {"base_url": self._voucherify_url, "app_id": keys.id, "app_token": keys.secret}

    @property
    def voucherify_powerless(self) -> VoucherifyArguments:
        """Arguments for a Voucherify client whose keys have no permission at all."""
        keys = self._voucherify.access.powerless
        return {"base_url": self._voucherify_url, "app_id": keys.id, "app_token": keys.secret}

    @property
    def voucherify_oauth(self) -> OAuthClient:
        """An OAuth v1 client of Voucherify: it sends its id and secret as app headers."""
        keys = self._voucherify.access.server
        return {
            "token_url": f"{self._voucherify_url}/v1/oauth/token",
            "client_id": keys.id,
            "client_secret": keys.secret,
        }

    @property
    def voucherify_oauth_v2(self) -> OAuthProjectClient:
        """An OAuth v2 client of Voucherify: it sends its id and secret by Basic auth."""
        keys = self._voucherify.access.service
        return {
            "token_url": f"{self._voucherify_url}/v2/oauth/token",
            "client_id": keys.id,
            "client_secret": keys.secret,
            "project_id": self._voucherify.access.project_id,
        }

    @property
    def voucherify_state(self) -> VoucherifyState:
        """What Voucherify holds, to look at and to change."""
        return self._voucherify.state

    def expire_tokens(self) -> None:
        """End all OAuth tokens of ES Loyalty and of Voucherify."""
        self._es_loyalty.expire_tokens()
        self._voucherify.expire_tokens()

    @property
    def cardlytics(self) -> CardlyticsArguments:
        """Arguments for a Cardlytics client; channels and locations may be any numbers."""
        return {"base_url": f"{self.address}/cardlytics"}

    @property
    def cardlytics_state(self) -> CardlyticsState:
        """What Cardlytics holds, to look at and to change."""
        return self._cardlytics.state

    def expire_customer_tokens(self) -> None:
        """End all customers' tokens of Cardlytics."""
        self._cardlytics.expire_tokens()

    @property
    def spaaza(self) -> SpaazaArguments:
        """Arguments for a Spaaza client with a privileged token."""
        token = self._spaaza.access.token
        return {"base_url": self._spaaza_url, "token_id": token.id, "token_secret": token.secret}

    @property
    def spaaza_powerless(self) -> SpaazaArguments:
        """Arguments for a Spaaza client whose token may see no chain."""
        token = self._spaaza.access.powerless
        return {"base_url": self._spaaza_url, "token_id": token.id, "token_secret": token.secret}

    @property
    def spaaza_admin(self) -> SpaazaLogin:
        """An admin who gets a session at once."""
        return _login(self._spaaza.access.admin)

    @property
    def spaaza_admin_2fa(self) -> SpaazaLogin:
        """An admin who is asked for a passcode; `passcode_for` tells it."""
        return _login(self._spaaza.access.admin_2fa)

    @property
    def spaaza_user(self) -> SpaazaLogin:
        """The everyday member as an end customer who can log in."""
        return _login(self._spaaza.access.user)

    @property
    def spaaza_state(self) -> SpaazaState:
        """What Spaaza holds, to look at and to change."""
        return self._spaaza.state

    def passcode_for(self, username: str) -> str:
        """The two-factor passcode that Spaaza would have mailed.

        Raises:
            LookupError: None waits to be used.
        """
        return self._spaaza.passcode_for(username)

    def expire_sessions(self) -> None:
        """End all sessions of ES Loyalty and of Spaaza."""
        self._es_loyalty.expire_sessions()
        self._spaaza.expire_sessions()

    @property
    def _voucherify_url(self) -> str:
        return f"{self.address}/voucherify"

    @property
    def _spaaza_url(self) -> str:
        return f"{self.address}/spaaza"

    def _current_switches(self) -> Switches:
        return self._switches


def _login(account: Account) -> SpaazaLogin:
    return {
        "username": account.user.username,
        "password": account.password,
        "app_hostname": account.app_hostname,
    }
