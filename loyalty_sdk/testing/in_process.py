"""The sandbox without a server: clients reach it by a transport that opens no socket."""

from __future__ import annotations

from typing import Unpack

import httpx

from loyalty_sdk.sandbox import FaultPlan, Request, Sandbox, SwitchOptions
from loyalty_sdk.sandbox.synthetic import Clock, utc_now


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """What a client of either colour takes as `transport` to speak to a sandbox in this process.

    Args:
        sandbox: The sandbox; it need not be started.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the server would."""
        return self._answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the server would."""
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        target = request.url.raw_path.decode("ascii")
        headers = request.headers.multi_items()
        answer = self._sandbox.answer(
            Request.parse(request.method, target, headers, request.content)
        )
        body = answer.body if isinstance(answer.body, bytes) else b"".join(answer.body)
        return httpx.Response(answer.status, headers=list(answer.headers), content=body)


class InProcessSandbox(Sandbox):
    """A sandbox that opens no socket and needs no uvicorn.

    ```python
    sandbox = InProcessSandbox()
    client = Voucherify(**sandbox.voucherify, transport=sandbox.transport)
    ```

    Everything is as with a `Sandbox` but fault plans, which go wrong between sockets.

    Args:
        seed: What all data and credentials are made from.
        now: Gives the current moment, as an aware datetime.
        **switches: How to behave where the documents leave it open; see `Switches`.

    Attributes:
        transport: What every client of either colour takes as `transport`.
    """

    def __init__(
        self, *, seed: int = 7, now: Clock = utc_now, **switches: Unpack[SwitchOptions]
    ) -> None:
        super().__init__(seed=seed, now=now, **switches)
        self.transport: SandboxTransport = SandboxTransport(self)

    @property
    def address(self) -> str:
        """An address that nobody has: what is sent there goes by `transport`."""
        return "https://sandbox.invalid"

    def start(self) -> None:
        """Do nothing: there is no server."""

    def faulty(self, *plans: FaultPlan) -> None:  # type: ignore[override]  # it only refuses
        """Refuse: faults happen between sockets.

        Raises:
            RuntimeError: Always.
        """
        raise RuntimeError("fault plans need sockets: use `with Sandbox() as sandbox`")
