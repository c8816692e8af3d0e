"""What ES Loyalty answers; one file a noun, each with its table of calls."""

from __future__ import annotations

from ...vendor import Route
from ..programme import Programme
from . import (
    households,
    issuances,
    members,
    offers,
    pages,
    partners,
    reservations,
    rewards,
    sessions,
    transactions,
)

ROUTES: tuple[Route[Programme], ...] = (
    *households.ROUTES,
    *issuances.ROUTES,
    *members.ROUTES,
    *offers.ROUTES,
    *pages.ROUTES,
    *partners.ROUTES,
    *reservations.ROUTES,
    *rewards.ROUTES,
    *sessions.ROUTES,
    *transactions.ROUTES,
)
