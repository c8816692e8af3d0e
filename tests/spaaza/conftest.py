"""No waits between attempts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loyalty_sdk.testing import no_backoff


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with no_backoff():
        yield
