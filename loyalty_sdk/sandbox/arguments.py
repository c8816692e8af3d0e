"""What clients of the sandbox are made with."""

from __future__ import annotations

from typing import TypedDict


class ESLoyaltyArguments(TypedDict):
    """What an ES Loyalty client needs."""

    base_url: str
    token_url: str
    client_id: str
    client_secret: str


class VoucherifyArguments(TypedDict):
    """What a Voucherify client needs."""

    base_url: str
    app_id: str
    app_token: str


class CardlyticsArguments(TypedDict):
    """What a Cardlytics client needs; on this machine there is no certificate to show."""

    base_url: str


class CardlyticsRewardsArguments(TypedDict):
    """What a session of Cardlytics' Rewards Platform needs."""

    source_customer_id: str
    client_id: str
    secret: str


class SpaazaArguments(TypedDict):
    """What a Spaaza client needs."""

    base_url: str
    token_id: str
    token_secret: str


class OAuthClient(TypedDict):
    """What asking for an OAuth token needs."""

    token_url: str
    client_id: str
    client_secret: str


class OAuthProjectClient(OAuthClient):
    """What asking for an OAuth v2 token needs."""

    project_id: str


class SpaazaLogin(TypedDict):
    """What logging in to Spaaza needs; admins have no app hostname."""

    username: str
    password: str
    app_hostname: str | None
