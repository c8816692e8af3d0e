"""What Voucherify answers; one file a noun, each with its table of calls."""

from __future__ import annotations

from ...vendor import Route
from ..project import Project
from . import (
    campaigns,
    customers,
    events,
    orders,
    publications,
    qualifications,
    redemptions,
    tokens,
    validations,
    vouchers,
)

ROUTES: tuple[Route[Project], ...] = (
    *campaigns.ROUTES,
    *customers.ROUTES,
    *events.ROUTES,
    *orders.ROUTES,
    *publications.ROUTES,
    *qualifications.ROUTES,
    *redemptions.ROUTES,
    *tokens.ROUTES,
    *validations.ROUTES,
    *vouchers.ROUTES,
)
