"""The sandbox is quiet: what an application logs is the application's."""

from __future__ import annotations

import logging

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox


def test_requests_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """With every logger listening, no record of the server holds a path: tokens stand in some."""
    with caplog.at_level(logging.DEBUG), Sandbox() as sandbox:
        httpx.get(f"{sandbox.cardlytics['base_url']}/api/v1/customers/PLANTED/redemptions")
    said = [record for record in caplog.records if record.name.startswith("uvicorn")]
    assert not [record for record in said if "PLANTED" in record.getMessage()]
    assert "uvicorn.access" not in {record.name for record in said}
