"""A tiny vendor that exists nowhere: the subject of the core's tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Unpack

import attrs

from loyalty_sdk._core.calls import Call, Listing, Page, Response
from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    Surface,
)
from loyalty_sdk._core.credentials import Auth, SecretSource, hidden_sources
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier, path_part, query, within
from loyalty_sdk._core.hiding.redact import SHOWN_HEADERS, Secret
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk._core.vendor import Vendor, error_class, words
from loyalty_sdk.errors import APIError, MissingCursor


class ToyWire(Vendor):
    """Errors are `{"code": ..., "message": ..., "details": ..., "request_id": ...}`."""

    name = "toy"
    shown_headers = SHOWN_HEADERS | {"x-toy"}
    shown_parameters = frozenset({"limit"})

    def __init__(self) -> None:
        self.headers = {"accept": "application/json", "accept-encoding": "gzip, deflate"}

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the error object where there is one."""
        if not isinstance(body, dict):
            return super().refusal(response, body)
        return error_class(response.status)(
            words(body.get("message")) or "",
            status=response.status,
            code=words(body.get("code")),
            details=words(body.get("details")),
            request_id=words(body.get("request_id")),
        )

    def is_final(self, error: APIError) -> bool:
        """The allowance is used up."""
        return error.code == "used_up"

    def token_is_refused(self, error: APIError) -> bool:
        """A 401 that is not about business."""
        return error.status == 401 and error.code != "business"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Owner(Model):
    """Who holds a card."""

    name: str = promised("fullName")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Card(Model):
    """A card."""

    id: str = promised()
    points: int | None = None
    owner: Owner | None = renamed("heldBy")


class Cards(Resource[R_co]):
    """The toy's cards."""

    @endpoint
    def get(self, card_id: str | int | Secret) -> Call[Card]:
        """Read one card; may be repeated."""
        return _card("GET", path_part("card_id", card_id), repeatable=True)

    @endpoint
    def top_up(self, card_id: str, *, points: int = 1) -> Call[Card]:
        """Add points; must not be repeated once it may have arrived."""
        return _card("POST", identifier("card_id", card_id), json={"points": points})

    @endpoint
    def by_token(self, token: str) -> Call[Card]:
        """Read the card that a token stands for; the token is a secret in the path."""
        secret = path_part("token", Secret(token))
        del token
        return _card("GET", secret, repeatable=True)

    @listing
    def list(self, *, limit: int | None = None, repeated: Any = "error") -> Listing[Card]:
        """Every card."""
        params = query(limit=within("limit", limit, 1, 100))

        def page(cursor: str | None) -> Call[Page[Card]]:
            after = [] if cursor is None else [("after", cursor)]
            return Call(
                method="GET",
                path=("cards",),
                params=[*params, *after],
                read=_read_page,
                repeatable=True,
            )

        return Listing(page=page, after=lambda _, items: items[-1].id, repeated=repeated)

    @listing
    def numbered(self, *, size: int = 2) -> Listing[Card]:
        """Every card, by counting: several pages may be asked for at once."""

        def page(cursor: str | None) -> Call[Page[Card]]:
            return Call(
                method="GET",
                path=("cards",),
                params=query(size=size, offset=cursor or "0"),
                read=_read_page,
                repeatable=True,
            )

        def following(page: Page[Card]) -> Iterable[str]:
            end, most = int(page.cursor or 0), 10**6 if page.total is None else page.total
            return map(str, range(end + len(page.items), most, len(page.items)))

        def after(cursor: str | None, items: Sequence[Card]) -> str:
            return str(int(cursor or 0) + len(items))

        return Listing(page=page, after=after, following=following)


def _card(method: str, card_id: str | Secret, **more: Any) -> Call[Card]:
    return Call(
        method=method,
        path=("cards", card_id),
        read=lambda response: decode(response.content, lambda body, to: to.one(Card, body)),
        **more,
    )


def _read_page(response: Response) -> Page[Card]:
    def read(body: Any, to: Any) -> Page[Card]:
        cards = to.many(Card, coerce.member(body, "data"), "$.data")
        if body.get("more") and "next" not in body:
            raise MissingCursor("there is more, and no cursor")
        return Page(items=cards, cursor=body.get("next"), total=body.get("total"))

    return decode(response.content, read)


class ToySurface(Surface[R_co]):
    """What the toy offers."""

    @cached_property
    def cards(self) -> Cards[R_co]:
        """The toy's cards."""
        return Cards(self._runner)


WIRE = ToyWire()


class Toy(ToySurface[Sync], Client):
    """The blocking door."""

    def __init__(
        self,
        *,
        auth: Auth | None = None,
        base_url: str = "https://toy.test",
        **options: Unpack[ClientOptions],
    ) -> None:
        Client.__init__(self, WIRE, base_url, auth, options)

    @property
    def raw(self) -> ToySurface[RawSync]:
        """With responses."""
        return ToySurface(self._raw())


class AsyncToy(ToySurface[Async], AsyncClient):
    """The async door."""

    def __init__(
        self,
        *,
        auth: Auth | None = None,
        base_url: str = "https://toy.test",
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        AsyncClient.__init__(self, WIRE, base_url, auth, options)

    @property
    def raw(self) -> ToySurface[RawAsync]:
        """With responses."""
        return ToySurface(self._raw())


@attrs.frozen
class Key(Auth):
    """A key in a header, in a form of its own."""

    key: SecretSource = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "key")

    def secrets(self) -> Mapping[str, SecretSource]:
        """The key."""
        return {"key": self.key}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The header."""
        return {"x-key": Secret(f"key:{secrets['key'].reveal()}")}
