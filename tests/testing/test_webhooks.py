from __future__ import annotations

import pytest

from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.testing import signed_marketplace, signed_spaaza, signed_voucherify


def test_what_cannot_be_signed():
    """Text is no body, and nothing is no secret: the same is refused as by the receivers."""
    for sign in (signed_voucherify, signed_spaaza):
        with pytest.raises(InvalidArgument, match="raw bytes"):
            sign("{}", "s")
        with pytest.raises(InvalidArgument, match="secrets"):
            sign(b"{}", "")
    with pytest.raises(InvalidArgument, match="raw bytes"):
        signed_marketplace("{}", "s", application_id="a")
