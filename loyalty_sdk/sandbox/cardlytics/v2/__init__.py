"""Version 2 of the sandbox's Cardlytics: the Publisher API, and the Rewards Platform."""

from __future__ import annotations

from .calls import ROUTES

__all__ = ["ROUTES"]
