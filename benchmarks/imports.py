"""What a program pays before its first call: imports, and the way to the first page.

Every figure is taken in a fresh interpreter.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.fresh import output, timed
from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.setting import Measure, Setting

HTTPX = "httpx"
VENDORS = ("ESLoyalty", "Voucherify", "Cardlytics", "Spaaza")
PEERS = ("stripe", "openai", "voucherify")

_FIRST_PAGE = {
    HTTPX: """
import httpx, json
client = httpx.Client(base_url={url!r})
page = json.loads(client.get("/v1/customers/c/redeemables?limit=100").content)
print(len(page["data"]))
""",
    OURS: """
from loyalty_sdk import Voucherify
client = Voucherify(app_id="app", app_token="token", base_url={url!r})
print(len(list(client.customers.list_redeemables("c", limit=100))))
""",
    "stripe": """
import stripe
client = stripe.StripeClient("key", base_addresses={{"api": {url!r}}})
answer = client.raw_request("get", "/v1/customers/c/redeemables?limit=100")
print(len(client.deserialize(answer, api_mode="V1").data))
""",
    "openai": """
import openai
from benchmarks.calls import openai_page
client = openai.OpenAI(api_key="key", base_url={url!r})
page = client.get("/v1/customers/c/redeemables?limit=100", cast_to=openai_page())
print(len(page.data))
""",
    "voucherify": """
import voucherify
client = voucherify.ApiClient(voucherify.Configuration(host={url!r}))
print(len(voucherify.CustomersApi(client).list_customer_redeemables("c", limit=100).data))
""",
}


def first_page(name: str) -> Callable[[Setting], Measure]:
    """How long it takes from the start of a process to a page in hand."""

    def prepare(setting: Setting) -> Measure:
        program = _FIRST_PAGE[name].format(url=setting.server())

        def measure() -> float:
            began = time.perf_counter()
            assert int(output(program)) == 100
            return time.perf_counter() - began

        return measure

    return prepare


def client_of(vendor: str) -> str:
    """What the contender that imports one vendor's client is called."""
    return f"{OURS}, {vendor}"


ROWS = (
    Row(
        name="import",
        what="importing, in a fresh interpreter",
        unit="ms",
        base=HTTPX,
        contenders=(
            Contender(HTTPX, timed("import httpx")),
            Contender(OURS, timed("import loyalty_sdk")),
            *(
                Contender(client_of(vendor), timed(f"from loyalty_sdk import {vendor}"))
                for vendor in VENDORS
            ),
            *(Contender(peer, timed(f"import {peer}"), (peer,)) for peer in PEERS),
        ),
        targets=(
            Target(at_most=0.4, of=HTTPX, hoped=0.2),
            *(
                Target(at_most=2.6, of=HTTPX, ours=client_of(vendor), hoped=2.0)
                for vendor in VENDORS
            ),
            *(Target(at_most=1.0, of=peer, ours=client_of("Voucherify")) for peer in PEERS),
        ),
    ),
    Row(
        name="first-page",
        what="from the start of a process to its first page of 100, decoded",
        unit="ms",
        base=HTTPX,
        contenders=(
            Contender(HTTPX, first_page(HTTPX)),
            Contender(OURS, first_page(OURS)),
            *(Contender(peer, first_page(peer), (peer,)) for peer in PEERS),
        ),
        targets=tuple(Target(at_most=1.0, of=peer) for peer in PEERS),
    ),
)
