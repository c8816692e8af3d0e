"""A receiver of webhooks with nothing but the standard library.

Without arguments it plays itself: it listens on this machine, sends itself what Voucherify and
Spaaza would send, twice, once altered, and prints what came of it. With a port it goes on listening
there, with secrets of the environment: `VOUCHERIFY_WEBHOOK_SECRET` and `SPAAZA_WEBHOOK_SECRET`.
Put something that speaks HTTPS in front of it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from loyalty_sdk import spaaza
from loyalty_sdk.errors import BadSignature
from loyalty_sdk.testing import signed_spaaza, signed_voucherify
from loyalty_sdk.webhooks import Event, Receiver, SpaazaWebhooks, VoucherifyWebhooks
from loyalty_sdk.webhooks.voucherify import RedemptionData

LARGEST = 10 * 1024 * 1024  # bytes; nobody's event comes near it


class Shop:
    """What is done about events: once for each, whoever sends it how often."""

    def __init__(self) -> None:
        self._seen: set[str] = set()  # where it must outlive the program, a table with a unique key
        self._lock = threading.Lock()

    def take(self, event: Event[Any, Any]) -> str:
        """Act on an event, unless it was acted on before."""
        with self._lock:
            if event.key in self._seen:
                return f"{event.type}: known"
            if event.key is not None:
                self._seen.add(event.key)
        match event.data:
            case RedemptionData(redemption=redemption):
                return f"{event.type}: {redemption.result} with {redemption.id}"
            case spaaza.Voucher() as voucher:
                return f"{event.type}: {voucher.voucher_text} of {voucher.voucher_amount}"
            case _:
                return f"{event.type}: nothing to do"


def server(port: int, receivers: Mapping[str, Receiver[Any, Any]]) -> ThreadingHTTPServer:
    """A server on this machine that takes each vendor's webhooks at a path of its own."""
    shop = Shop()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds; who sends more slowly is no vendor

        def do_POST(self) -> None:
            receiver = receivers.get(self.path)
            length = self.headers.get("content-length", "")
            if receiver is None or not length.isdecimal() or int(length) > LARGEST:
                return self.answer(404 if receiver is None else 413)
            body = self.rfile.read(int(length))
            try:
                event = receiver.receive(self.headers, body)
            except BadSignature as problem:
                print("refused:", problem)
                return self.answer(401)
            print(shop.take(event))  # in earnest: put it into a queue, and answer at once
            return self.answer(204)

        def answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Write no log."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def play() -> None:
    """Receive what this program sends itself."""
    secret = "synthetic-secret"
    redeemed = {
        "id": "whs_synthetic1",
        "type": "redemption.succeeded",
        "data": {"redemption": {"id": "r_1", "object": "redemption", "result": "SUCCESS"}},
        "event": {"id": "evred_1", "type": "redemption.succeeded"},
    }
    issued = {
        "id": "voucher7",
        "type": "shopper.voucher-issued",
        "chain_id": 1,
        "created": "2024-05-01T12:00:00Z",
        "data": {"voucher_id": 7, "voucher_text": "Happy birthday", "voucher_amount": 5},
    }
    receivers = {
        "/voucherify": VoucherifyWebhooks(secret),
        "/spaaza": SpaazaWebhooks(secret),
    }
    with server(0, receivers) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        base = f"http://127.0.0.1:{listening.server_port}"
        first = json.dumps(redeemed, separators=(",", ":")).encode()
        second = json.dumps(issued).encode()
        for _ in range(2):
            send(f"{base}/voucherify", first, signed_voucherify(first, secret))
            send(f"{base}/spaaza", second, signed_spaaza(second, secret))
        altered = second.replace(b'"voucher_amount": 5', b'"voucher_amount": 500')
        send(f"{base}/spaaza", altered, signed_spaaza(second, secret))
        listening.shutdown()
        thread.join()


def send(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Post a body, and print the status of the answer."""
    request = urllib.request.Request(url, data=body, headers=dict(headers))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=10) as answer:
            print(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            print(refusal.status)


def main() -> None:
    """Play, or listen at the port that is given."""
    if len(sys.argv) == 1:
        play()
    else:
        listen(int(sys.argv[1]))


def listen(port: int) -> None:
    """Receive what vendors send."""
    receivers = {
        "/voucherify": VoucherifyWebhooks(os.environ["VOUCHERIFY_WEBHOOK_SECRET"]),
        "/spaaza": SpaazaWebhooks(os.environ["SPAAZA_WEBHOOK_SECRET"]),
    }
    with server(port, receivers) as listening:
        listening.serve_forever()


if __name__ == "__main__":
    main()
