"""What Voucherify answers; one file a noun, each with its table of calls."""

from __future__ import annotations

from ...vendor import Route
from ..project import Project
from . import (
    async_actions,
    campaigns,
    customers,
    events,
    exports,
    loyalties,
    orders,
    publications,
    qualifications,
    redemptions,
    rewards,
    tokens,
    validations,
    vouchers,
)

ROUTES: tuple[Route[Project], ...] = (
    *async_actions.ROUTES,
    *campaigns.ROUTES,
    *customers.ROUTES,
    *events.ROUTES,
    *exports.ROUTES,
    *loyalties.ROUTES,
    *orders.ROUTES,
    *publications.ROUTES,
    *qualifications.ROUTES,
    *redemptions.ROUTES,
    *rewards.ROUTES,
    *tokens.ROUTES,
    *validations.ROUTES,
    *vouchers.ROUTES,
)
