"""The sandbox itself: all vendors behind one address on this machine."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import attrs

from .arguments import (
    CardlyticsArguments,
    CardlyticsRewardsArguments,
    ESLoyaltyArguments,
    OAuthClient,
    OAuthProjectClient,
    SpaazaArguments,
    SpaazaLogin,
    VoucherifyArguments,
)
from .cardlytics import CardlyticsState, CardlyticsVendor
from .es_loyalty import ESLoyaltyState, ESLoyaltyVendor
from .faults import FaultPlan, Injected
from .faults.injector import Injector, RunningPlan, running
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
    from .faults.proxy import ProxyThread
    from .server import ServerThread


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
        faults: FaultPlan | Iterable[FaultPlan] = (),
        **switches: Unpack[SwitchOptions],
    ) -> None:
        """Prepare the vendors; nothing is served yet.

        Args:
            seed: What all data and credentials are made from.
            port: The port to serve on, or 0 for one that the operating system chooses.
            now: Gives the current moment, as an aware datetime.
            faults: What goes wrong, and when.
            **switches: How to behave where the documents leave it open; see `Switches`.

        Raises:
            ValueError: A switch has a value it cannot have, or no fault of a plan fits its calls.
        """
        self._port = port
        self._switches = Switches(**switches)
        self._record = Record()
        self._server: ServerThread | None = None
        self._proxy: ProxyThread | None = None
        self._injector = Injector(self._name, self._record)
        self._injector.run(running(faults))
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

        if self._injector.running:
            self._start_behind_proxy(self._port)
        else:
            self._server = ServerThread(self.answer, self._port)

    def stop(self) -> None:
        """Stop serving; a sandbox that is not started is left alone. It can be started again."""
        proxy, self._proxy = self._proxy, None
        if proxy is not None:
            proxy.stop()
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def _start_behind_proxy(self, port: int) -> None:
        from .faults.proxy import ProxyThread
        from .server import ServerThread

        self._server = ServerThread(self.answer)
        try:
            self._proxy = ProxyThread(self, self._injector, self._server.port, port)
        except BaseException:
            self.stop()
            raise

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
    def faults(self) -> tuple[FaultPlan, ...]:
        """The fault plans in force; assign one or several to begin anew with them.

        The address stays the same, and an outage ends. The first plan closes idle connections,
        for a proxy takes the server's place; do not assign it while calls are under way.

        Raises:
            ValueError: When assigned: no fault of a plan fits its calls.
        """
        return tuple(one.plan for one in self._injector.running)

    @faults.setter
    def faults(self, plans: FaultPlan | Iterable[FaultPlan]) -> None:
        self._run_plans(running(plans))

    @contextmanager
    def faulty(self, *plans: FaultPlan) -> Generator[None]:
        """Some more fault plans while the `with` lasts, before those that are in force.

        Raises:
            ValueError: No fault of a plan fits its calls.
        """
        before = self._injector.running
        self._run_plans((*running(plans), *before))
        try:
            yield
        finally:
            self._run_plans(before)

    @property
    def injected(self) -> tuple[Injected, ...]:
        """The last hundred thousand faults that were brought about, oldest first."""
        return self._injector.injected

    @property
    def strayed(self) -> tuple[Request, ...]:
        """The requests that followed a redirect to another host; from an SDK there are none."""
        return self._injector.strayed

    def _run_plans(self, plans: tuple[RunningPlan, ...]) -> None:
        self._injector.run(plans)
        if self._proxy is not None:
            self._proxy.end_outage()
        elif plans and self._server is not None:
            port = self._server.port
            self.stop()
            self._start_behind_proxy(port)

    @property
    def address(self) -> str:
        """Where the server is, such as "http://127.0.0.1:49152".

        Raises:
            RuntimeError: The sandbox is not started.
        """
        if self._server is None:
            raise RuntimeError("the sandbox is not started: use `with Sandbox() as sandbox`")
        return f"http://127.0.0.1:{(self._proxy or self._server).port}"

    @property
    def member(self) -> Member:
        """The member to show things with; the same as `members.everyday`."""
        return self.members.everyday

    @property
    def requests(self) -> tuple[Received, ...]:
        """The last ten thousand requests, oldest first; not all of them reach the vendor."""
        return self._record.requests()

    def count(
        self,
        operation: str | None = None,
        *,
        vendor: str | None = None,
        method: str | None = None,
        status: int | None = None,
        processed: bool | None = True,
    ) -> int:
        """How many requests the vendors have received, of those that fit everything given.

        Args:
            operation: Such as "spaaza.get-vouchers".
            vendor: Such as "spaaza".
            method: Such as "GET".
            status: The HTTP status that the vendor has answered, whatever a fault made of it.
            processed: False counts the requests that a fault has kept from the vendor, `None` all.
        """
        return self._record.count(
            operation, vendor=vendor, method=method, status=status, processed=processed
        )

    def forget_requests(self) -> None:
        """Start counting requests and faults from nothing again; the plans count on."""
        self._record.clear()
        self._injector.forget()

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

    def expire_tokens(self, vendor: str | None = None) -> None:
        """End all OAuth tokens of ES Loyalty and of Voucherify, or of the one that is named."""
        if vendor in (None, self._es_loyalty.name):
            self._es_loyalty.expire_tokens()
        if vendor in (None, self._voucherify.name):
            self._voucherify.expire_tokens()

    @property
    def cardlytics(self) -> CardlyticsArguments:
        """Arguments for a Cardlytics client of either version; places may have any numbers."""
        return {"base_url": f"{self.address}/cardlytics"}

    @property
    def cardlytics_rewards(self) -> CardlyticsRewardsArguments:
        """Arguments for a session of Cardlytics' Rewards Platform, of the everyday member."""
        return {
            "source_customer_id": self.member.cardlytics_source_customer_id,
            "client_id": self._cardlytics.sessions.client_id,
            "secret": self._cardlytics.sessions.secret,
        }

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

    def expire_sessions(self, vendor: str | None = None) -> None:
        """End all sessions of ES Loyalty, Spaaza and Cardlytics, or of the one that is named."""
        if vendor in (None, self._es_loyalty.name):
            self._es_loyalty.expire_sessions()
        if vendor in (None, self._spaaza.name):
            self._spaaza.expire_sessions()
        if vendor in (None, self._cardlytics.name):
            self._cardlytics.expire_sessions()

    @property
    def _voucherify_url(self) -> str:
        return f"{self.address}/voucherify"

    @property
    def _spaaza_url(self) -> str:
        return f"{self.address}/spaaza"

    def _current_switches(self) -> Switches:
        return self._switches

    def _name(self, request: Request) -> tuple[str, str]:
        """Which vendor and which call a request is for."""
        vendor = self._vendors.get(request.segments[0])
        if vendor is None:
            return "", "unknown"
        return vendor.name, f"{vendor.name}.{vendor.operation(request.without_prefix())}"


def _login(account: Account) -> SpaazaLogin:
    return {
        "username": account.user.username,
        "password": account.password,
        "app_hostname": account.app_hostname,
    }
