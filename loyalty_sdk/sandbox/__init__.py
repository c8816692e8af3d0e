"""Loyalty vendors on this machine: a real HTTP server that behaves as their documents say.

For applications, examples and tests that should run without an account. All data and credentials
are synthetic, made from a seed. Where the documents are silent or contradict each other there is
a switch.

```python
from loyalty_sdk.sandbox import Sandbox

with Sandbox(seed=7) as sandbox:
    print(sandbox.voucherify["base_url"], sandbox.member.voucherify_customer_id)
```

It needs uvicorn: `pip install 'loyalty-sdk[sandbox]'`. On the command line it is
`python -m loyalty_sdk.sandbox`. It shares no code with the clients, or it would only agree with
itself.
"""

from __future__ import annotations

from .arguments import (
    CardlyticsArguments,
    CardlyticsRewardsArguments,
    ESLoyaltyArguments,
    OAuthClient,
    OAuthProjectClient,
    SpaazaArguments,
    SpaazaLogin,
    VoucherifyArguments,
)
from .cardlytics import CardlyticsState
from .es_loyalty import ESLoyaltyState
from .faults import FaultKind, FaultPlan, Injected, Tuning, TuningOptions
from .members import Member, Members
from .record import Received
from .sandbox import Sandbox
from .spaaza import SpaazaState
from .switches import Switches, SwitchOptions
from .voucherify import VoucherifyState
from .wire import Headers, Request, Response

__all__ = [
    "CardlyticsArguments",
    "CardlyticsRewardsArguments",
    "CardlyticsState",
    "ESLoyaltyArguments",
    "ESLoyaltyState",
    "FaultKind",
    "FaultPlan",
    "Headers",
    "Injected",
    "Member",
    "Members",
    "OAuthClient",
    "OAuthProjectClient",
    "Received",
    "Request",
    "Response",
    "Sandbox",
    "SpaazaArguments",
    "SpaazaLogin",
    "SpaazaState",
    "SwitchOptions",
    "Switches",
    "Tuning",
    "TuningOptions",
    "VoucherifyArguments",
    "VoucherifyState",
]
