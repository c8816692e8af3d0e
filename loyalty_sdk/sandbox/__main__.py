"""`python -m loyalty_sdk.sandbox`: serve the synthetic vendors until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Any

from . import Sandbox
from .switches import parse_switch


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Args:
        arguments: The command line without the program's name; the process's own by default.

    Returns:
        The exit status.
    """
    options = _parser().parse_args(arguments)
    switches: dict[str, Any] = dict(options.switch)
    sandbox = Sandbox(seed=options.seed, port=options.port, **switches)
    with _interrupts() as ended, sandbox:
        print(describe(sandbox), flush=True)
        # A wait without an end cannot be interrupted on Windows.
        while not ended.wait(0.5):
            pass
    return 0


@contextmanager
def _interrupts() -> Generator[Event]:
    """An event that Ctrl-C sets; who called is interrupted by it again after that."""
    ended = Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, _setter(ended)) for number in numbers}
    try:
        yield ended
    finally:
        for number in numbers:
            signal.signal(number, before[number])


def describe(sandbox: Sandbox) -> str:
    """Where the sandbox is and what to call it with: readable text, and lines for a shell."""
    member = sandbox.member
    lines = [
        f"# The loyalty sandbox is at {sandbox.address}; all data are synthetic. Ctrl-C ends it.",
        f"# ES Loyalty {member.es_loyalty_identifier_type}  {member.es_loyalty_identifier}",
        f"# Voucherify customer  {member.voucherify_customer_id} ({member.voucherify_source_id})",
        f"# Voucherify without permissions  {sandbox.voucherify_powerless['app_id']}"
        f" {sandbox.voucherify_powerless['app_token']}",
        f"# Cardlytics customer  {member.cardlytics_source_customer_id}",
        f"# Spaaza chain {member.spaaza_chain_id}, user {member.spaaza_user_id}"
        f" ({member.spaaza_username}), member number {member.spaaza_member_number}",
    ]
    logins = (sandbox.spaaza_admin, sandbox.spaaza_admin_2fa, sandbox.spaaza_user)
    for login in logins:
        app = f" at {login['app_hostname']}" if login["app_hostname"] else ""
        lines.append(f"# Spaaza login  {login['username']} {login['password']}{app}")
    lines.extend(f"export {name}={value}" for name, value in environment(sandbox).items())
    return "\n".join(lines)


def environment(sandbox: Sandbox) -> dict[str, str]:
    """The variables from which the SDK's clients take their arguments."""
    es_loyalty, voucherify, spaaza = sandbox.es_loyalty, sandbox.voucherify, sandbox.spaaza
    return {
        "ES_LOYALTY_BASE_URL": es_loyalty["base_url"],
        "ES_LOYALTY_TOKEN_URL": es_loyalty["token_url"],
        "ES_LOYALTY_CLIENT_ID": es_loyalty["client_id"],
        "ES_LOYALTY_CLIENT_SECRET": es_loyalty["client_secret"],
        "VOUCHERIFY_APP_ID": voucherify["app_id"],
        "VOUCHERIFY_APP_TOKEN": voucherify["app_token"],
        "VOUCHERIFY_BASE_URL": voucherify["base_url"],
        "CARDLYTICS_BASE_URL": sandbox.cardlytics["base_url"],
        "SPAAZA_TOKEN_ID": spaaza["token_id"],
        "SPAAZA_TOKEN_SECRET": spaaza["token_secret"],
        "SPAAZA_BASE_URL": spaaza["base_url"],
    }


def _setter(event: Event) -> Callable[[int, FrameType | None], None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        event.set()

    return handle


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loyalty_sdk.sandbox",
        description="Serve synthetic loyalty vendors on this machine until Ctrl-C.",
    )
    parser.add_argument("--port", type=int, default=0, help="port to serve on; 0 chooses one")
    parser.add_argument("--seed", type=int, default=7, help="what data are made from")
    parser.add_argument(
        "--switch",
        action="append",
        default=[],
        type=_switch,
        metavar="NAME=VALUE",
        help="how to behave where the vendors' documents leave it open; may be repeated",
    )
    return parser


def _switch(text: str) -> tuple[str, bool | int | float | str]:
    try:
        return parse_switch(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
