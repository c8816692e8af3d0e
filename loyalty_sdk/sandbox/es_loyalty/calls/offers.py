"""Offers: the list, the best one, and what members say to them.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import timedelta

from ...vendor import Asked, Route
from ...wire import Pairs, Response
from ..accounts import Account
from ..answers import answered, failed
from ..bodies import demand, read_body, text
from ..locales import locale_for
from ..moments import epoch
from ..offers import Offer
from ..parts import BUSINESS_UNITS
from ..programme import CUX, Programme
from ..query import known, whole

MAX_RESULTS = 100
REPLY = {"acceptanceState": text}


def list_offers(programme: Programme, asked: Asked) -> Response:
    """The offers to a member, completed ones last."""
    account = programme.account(asked)
    units, rest = _units(asked.request.query)
    values = known(rest, ("maxResults", "from", "until", "locale"))
    most = min(_wish(values.get("maxResults")) or MAX_RESULTS, MAX_RESULTS)
    start = whole(values, "from", "from value should be a valid epoch") or epoch(programme.now)
    days = whole(values, "until", "until value should be a number of days")
    end = None if days is None else start + days * timedelta(days=1) // timedelta(milliseconds=1)
    found = [one for one in _of(programme, account, units) if _within(one, start, end)]
    found.sort(key=lambda one: (one.state == "COMPLETED", one.rank))
    locale = locale_for(values.get("locale"), account)
    return answered(200, [one.shown(locale) for one in found[:most]])


def best_offer(programme: Programme, asked: Asked) -> Response:
    """The open offer that ranks first; what stands for none is not documented."""
    account = programme.account(asked)
    units, rest = _units(asked.request.query)
    locale = locale_for(known(rest, ("locale",)).get("locale"), account)
    found = [one for one in _of(programme, account, units) if one.is_open(programme.now)]
    best = min(found, key=lambda one: one.rank, default=None)
    return answered(200, {} if best is None else best.shown(locale))


def respond(programme: Programme, asked: Asked) -> Response:
    """Take an answer to one offer."""
    known(asked.request.query, ())
    account = programme.account(asked)
    said = _said(asked)
    offer_id = asked.parts["offer_id"]
    found = next((one for one in programme.offers(account) if one.id == offer_id), None)
    if found is None:
        raise failed(404, "NOT_FOUND", "Offer does not exist")
    return answered(200, found.reply(said, programme.now))


def respond_to_all(programme: Programme, asked: Asked) -> Response:
    """Take an answer to all offers that are open."""
    known(asked.request.query, ())
    account = programme.account(asked)
    said, now = _said(asked), programme.now
    return answered(
        200, [one.reply(said, now) for one in programme.offers(account) if one.is_open(now)]
    )


def _said(asked: Asked) -> str:
    body = read_body(asked.request, REPLY)
    demand(body, "acceptanceState")
    return str(body["acceptanceState"])


def _units(query: Pairs) -> tuple[tuple[str, ...], Pairs]:
    """The business units that are asked for, each by itself, and the rest of the query."""
    units = tuple(value for name, value in query if name == "businessUnit")
    for unit in units:
        if unit not in BUSINESS_UNITS:
            raise failed(400, "INVALID_BUSINESS_UNIT", "Invalid business unit(s) provided.")
    return units, tuple((name, value) for name, value in query if name != "businessUnit")


def _of(programme: Programme, account: Account, units: tuple[str, ...]) -> list[Offer]:
    found = programme.offers(account)
    return [one for one in found if not units or one.business_unit in units]


def _wish(text_of_number: str | None) -> int | None:
    """A number; what is none counts as not given, as the page says."""
    return int(text_of_number) if text_of_number and text_of_number.isdecimal() else None


def _within(one: Offer, start: int, end: int | None) -> bool:
    lives = one.ends is None or epoch(one.ends) >= start
    return lives and (end is None or epoch(one.begins) <= end)


_SESSION = "client/users/{correlation_id}"
ROUTES: tuple[Route[Programme], ...] = (
    Route("GET", f"{_SESSION}/offers", "list-offers", list_offers, (CUX,)),
    Route("POST", f"{_SESSION}/offers", "respond-to-all-offers", respond_to_all, (CUX,)),
    Route("GET", f"{_SESSION}/offer", "best-offer", best_offer, (CUX,)),
    Route("PUT", f"{_SESSION}/offer/{{offer_id}}", "respond-to-offer", respond, (CUX,)),
)
