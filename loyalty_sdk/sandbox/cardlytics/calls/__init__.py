"""What Cardlytics answers; one file a noun, each with its table of calls."""

from __future__ import annotations

from ...vendor import Route
from ..bank import Bank
from . import ads, customers, events, merchants, redemptions, tokens

ROUTES: tuple[Route[Bank], ...] = (
    *ads.ROUTES,
    *customers.ROUTES,
    *events.ROUTES,
    *merchants.ROUTES,
    *redemptions.ROUTES,
    *tokens.ROUTES,
)
