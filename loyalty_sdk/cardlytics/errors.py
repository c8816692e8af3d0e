"""The one error that only Cardlytics has."""

from __future__ import annotations

from loyalty_sdk.errors import PermissionDenied

__all__ = ["TokenExpired"]


class TokenExpired(PermissionDenied):
    """403: the customer's security token is over; get a new one by `cardlytics.tokens.get`.

    Only servers that are set up to let tokens expire say so. A 403 without Cardlytics' error body
    is from something in front of it, and stays a `PermissionDenied`.
    """
