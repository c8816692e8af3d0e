"""Cardlytics' signatures: a token beside the body, made with a shared secret or a private key."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from typing import TYPE_CHECKING

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.webhooks.cardlytics.tokens import NAME, check_claims, claims_of
from loyalty_sdk.webhooks.event import Event, Found
from loyalty_sdk.webhooks.receiver import (
    GivenHeaders,
    Receiver,
    checked_body,
    checked_secrets,
    does_not_fit,
    refused,
    the_header,
)

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.cardlytics.data import Envelope, EventData

_ENVELOPE = frozenset({"eventId", "event", "eventType", "eventTimestamp", "notificationTimestamp"})


class CardlyticsWebhooks(Receiver["Envelope", "EventData"], ABC):
    """Reads what Cardlytics sends, however it is signed.

    De-duplicate on `event.key`, the `eventId`: Cardlytics promises to send an event at least once.
    """

    def read(self, body: bytes) -> Event[Envelope, EventData]:
        """Only read a body, one that was checked before. Nothing in it is refused."""
        from loyalty_sdk.webhooks.cardlytics.data import DATA_BY_TYPE, Envelope

        found = Found(checked_body(body))
        envelope = found.envelope(Envelope, found.pairs.keys() & _ENVELOPE)
        name = envelope.event or envelope.event_type
        data = found.data_beside(DATA_BY_TYPE, name, _ENVELOPE)
        return Event(type=name, key=envelope.event_id, data=data, envelope=envelope)


class MarketplaceWebhooks(CardlyticsWebhooks):
    """Receives what Powered by Cardlytics sends: rewards and enrolments.

    `Authorization: Bearer` has a JSON Web Token (HS256) of one of your secrets. Its `sub` is the
    MD5 of the body, `iss` your application, and `exp` at most 60 minutes ahead.

    https://docs.cardlytics.com/poweredby/api-reference-authentication.html

    Args:
        *secrets: The `secretKey` of the webhook; several while it is being replaced.
        application_id: The `applicationId` of the webhook, `cdlx:...`.
        leeway: By how many seconds the vendor's clock and yours may differ; 0 or more.

    Raises:
        InvalidArgument: There is no secret, one is not plain text, or another argument is wrong.
    """

    def __init__(self, *secrets: str | Secret, application_id: str, leeway: float = 60.0) -> None:
        self._secrets = checked_secrets(secrets)
        if not isinstance(application_id, str) or not application_id:
            raise InvalidArgument("application_id", "must be text, and not empty")
        if isinstance(leeway, bool) or not isinstance(leeway, (int, float)) or not leeway >= 0:
            raise InvalidArgument("leeway", "must be a number of seconds, 0 or more")
        self._application_id = application_id
        self._leeway = leeway

    def check(self, headers: GivenHeaders, body: bytes) -> None:
        """Only check where a request comes from: see `receive`.

        Raises:
            StaleSignature: The token's time is over, or further ahead than documented.
        """
        raw = checked_body(body)
        scheme, _, token = the_header(headers, "authorization", NAME).partition(" ")
        if scheme.lower() != "bearer":
            raise refused(NAME, "the header authorization is not of the kind Bearer")
        claims = claims_of(token.strip(), self._secrets)
        if claims is None:
            raise does_not_fit(NAME, self._secrets)
        check_claims(claims, raw, self._application_id, self._leeway)


class PublisherWebhooks(CardlyticsWebhooks):
    """Receives what the Publisher API sends: redemptions, as soon as they are seen.

    Each request bears a JSON Web Token that is made with Cardlytics' private key. In which header
    it comes, with which algorithm and what it says of the body is not documented: you tell the
    header, and a function that knows the rest, made with a library for such tokens.

    https://platform.cardlytics.com/publisher-integrations/docs/redemptions-webhook

    Args:
        *verify: Functions that are given the header's value and the raw body, and say whether the
            token is Cardlytics' (any exception means no); several while a key is being replaced.
        header: The name of the header.

    Raises:
        InvalidArgument: There is no function, or one is none, or the header has no name.
    """

    def __init__(self, *verify: Callable[[str, bytes], object], header: str) -> None:
        if not verify or not all(callable(each) for each in verify):
            raise InvalidArgument("verify", "must be a function, at least one")
        if not isinstance(header, str) or not header.strip():
            raise InvalidArgument("header", "must be the name of a header")
        self._verify = verify
        self._header = header.strip()

    def check(self, headers: GivenHeaders, body: bytes) -> None:
        """Only check where a request comes from: see `receive`."""
        raw = checked_body(body)
        value = the_header(headers, self._header, NAME)
        said = [_says_yes(verify, value, raw) for verify in self._verify]
        if True in said:
            return
        words = "; ".join(dict.fromkeys(each for each in said if isinstance(each, str)))
        reason = f" ({words})" if words else ""
        raise refused(NAME, f"no function takes the token for Cardlytics'{reason}; is its key new?")


def _says_yes(verify: Callable[[str, bytes], object], value: str, body: bytes) -> bool | str:
    """Whether a function takes a token; the name of the exception, where it raised one."""
    try:
        return bool(verify(value, body))
    except Exception as problem:
        return type(problem).__name__
