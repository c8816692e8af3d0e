from __future__ import annotations

from typing import Any

import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.switches import parse_switch


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cardlytics_server_version", "5"),
        ("cardlytics_server_version", 5.3),
        ("cardlytics_timezone", "Mars/Olympus"),
        ("cardlytics_timezone", "../etc"),
        ("cardlytics_timezone", ""),
        ("cardlytics_timezone", 0),
        ("cardlytics_token_lifetime", -1),
        ("cardlytics_redemption_form", "v2"),
        ("cardlytics_ads", "list"),
        ("cardlytics_errors", "html"),
        ("cardlytics_failing", "yes"),
    ],
)
def test_a_position_that_a_switch_does_not_have_is_refused(name: str, value: object) -> None:
    """A bad value is a ValueError that names the switch, at once."""
    options: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=name):
        Sandbox(**options)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("cardlytics_server_version=3.9", "3.9"),
        ("cardlytics_timezone=Europe/London", "Europe/London"),
        ("cardlytics_token_lifetime=0.5", 0.5),
        ("cardlytics_ads=map", "map"),
        ("cardlytics_failing=true", True),
    ],
)
def test_a_switch_can_be_written_as_text(text: str, value: object) -> None:
    """Each can be turned on a command line."""
    assert parse_switch(text) == (text.partition("=")[0], value)
