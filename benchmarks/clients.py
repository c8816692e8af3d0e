"""Building clients in a fresh interpreter: three vendors, and a fourth with its certificate.

Imports do not count here. The TLS settings that the three share are read when the first of them
connects; the certificate is read at once, so that a bad one is refused where it is given.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.fresh import timed
from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.setting import Measure, Setting

ONE, THREE = "one httpx.Client", "three httpx.Client"
WITH_CERTIFICATE = f"{OURS}, and Cardlytics with a certificate"

_BEFORE = """
import httpcore, httpx
from loyalty_sdk import Cardlytics, ESLoyalty, Spaaza, Voucherify
from loyalty_sdk.spaaza import PrivilegedToken
"""
_HTTPX = "kept = [httpx.Client() for _ in range({count})]"
_OURS = """
es_loyalty = ESLoyalty("https://es.example.com", token="token")
voucherify = Voucherify(app_id="app", app_token="token")
spaaza = Spaaza(auth=PrivilegedToken("1", "secret"))
"""
_CARDLYTICS = 'cardlytics = Cardlytics("https://ads.example.com", cert={file!r})'


def httpx_clients(count: int) -> Callable[[Setting], Measure]:
    """So many of httpx's own clients, each with TLS settings of its own."""
    return timed(_HTTPX.format(count=count), _BEFORE)


def with_certificate(setting: Setting) -> Measure:
    """Ours, and one more that shows a client certificate."""
    import trustme

    folder = Path(setting.opened(tempfile.TemporaryDirectory()))
    expires = datetime.datetime.now() + datetime.timedelta(days=2)
    certificate = trustme.CA().issue_cert("client.example.com", not_after=expires)
    file = folder / "client.pem"
    certificate.private_key_and_cert_chain_pem.write_to_path(file)
    return timed(_OURS + _CARDLYTICS.format(file=str(file)), _BEFORE)(setting)


ROWS = (
    Row(
        name="clients",
        what="building three clients, in a fresh interpreter",
        unit="ms",
        base=ONE,
        contenders=(
            Contender(ONE, httpx_clients(1)),
            Contender(THREE, httpx_clients(3)),
            Contender(OURS, timed(_OURS, _BEFORE)),
            Contender(WITH_CERTIFICATE, with_certificate, ("trustme",)),
        ),
        targets=(
            Target(at_most=1.15, of=ONE, hoped=0.1),
            Target(at_most=2.0, of=ONE, ours=WITH_CERTIFICATE, hoped=1.1),
        ),
    ),
)
