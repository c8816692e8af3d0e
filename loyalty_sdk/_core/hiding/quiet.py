"""What httpcore logs of our requests: each step, and nothing that came back.

At level DEBUG it logs the headers of answers and the texts of failures, in which a vendor may
repeat a secret. Its loggers belong to the caller, who may filter them as he likes; here each
request of ours brings a `trace` extension, which httpcore hands every step to before it logs it,
and which puts something harmless in the place of what came back. Nobody else's requests are
touched.
"""

from __future__ import annotations

import logging
from typing import Any, cast

_OUTSPOKEN = (logging.getLogger("httpcore.http11"), logging.getLogger("httpcore.http2"))


def is_logged() -> bool:
    """Whether anybody listens; only then a request needs a trace, which takes time."""
    one, other = _OUTSPOKEN
    return one.isEnabledFor(logging.DEBUG) or other.isEnabledFor(logging.DEBUG)


def hush(step: str, info: dict[str, Any]) -> None:
    """Hide what a step of HTTP gave, but for the status; and what went wrong, but for its kind."""
    if not step.startswith("http"):
        return
    if "exception" in info:
        info["exception"] = type(info["exception"])
    elif "return_value" in info:
        info["return_value"] = _status(info["return_value"])


async def hush_async(step: str, info: dict[str, Any]) -> None:
    """The same for the async colour."""
    hush(step, info)


def _status(given: object) -> int | None:
    """The status, where the first number of what was given is one."""
    several = cast("tuple[object, ...]", given) if isinstance(given, tuple) else ()
    return next((each for each in several if isinstance(each, int)), None)
