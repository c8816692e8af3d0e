"""What Spaaza answers; one file a noun, each with its table of calls."""

from __future__ import annotations

from ...vendor import Route
from ..visit import Visit
from . import baskets, campaigns, lists, making, sessions, users, vouchers, wallets

ROUTES: tuple[Route[Visit], ...] = (
    *baskets.ROUTES,
    *campaigns.ROUTES,
    *lists.ROUTES,
    *making.ROUTES,
    *sessions.ROUTES,
    *users.ROUTES,
    *vouchers.ROUTES,
    *wallets.ROUTES,
)
