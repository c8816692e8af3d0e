"""Links with partners, of which some can be made and others cannot.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from typing import cast

from ...vendor import Asked, Route
from ...wire import Response
from ..accounts import Account
from ..answers import answered
from ..bodies import anything, digits, list_of, obj, read_any, text
from ..parts import Json
from ..programme import CUX, PARTNER, Programme
from ..query import known

_LINKS = list_of(
    obj(
        {
            "accountId": text,
            "linkId": text,
            "last4": digits(4),
            "bin": digits(6),
            "metadata": anything,
        }
    )
)
_OPERATIONS = obj(dict.fromkeys(("add", "remove", "update"), _LINKS))


def change_links(programme: Programme, asked: Asked) -> Response:
    """Add, remove and change links; what cannot be done is told, and is no error."""
    known(asked.request.query, ())
    account = programme.account(asked)
    partner = asked.parts["partner_id"]
    content: Json = {}
    for kind, operations in read_any(asked.request, _OPERATIONS).items():
        links = programme.links.setdefault((partner, kind), {})
        content[kind] = _outcome(
            programme, account, links, cast("dict[str, list[Json]]", operations)
        )
    return answered(200, content)


def _outcome(
    programme: Programme, account: Account, links: dict[str, Json], asked: dict[str, list[Json]]
) -> Json:
    failed: dict[str, list[Json]] = {}
    done = 0
    for operation, items in asked.items():
        for item in items:
            if _process(programme, account, links, operation, item):
                done += 1
            else:
                failed.setdefault(operation, []).append(item)
    content: Json = {"success": done, "unprocessed": sum(map(len, failed.values()))}
    return {**content, "unprocessedItems": failed} if failed else content


def _process(
    programme: Programme, account: Account, links: dict[str, Json], operation: str, item: Json
) -> bool:
    """Whether a link could be processed: it is whole, and there, or not there, as it must be."""
    whose = str(item.get("accountId", account.account_id))
    link_id = str(item.get("linkId", ""))
    exists = programme.state.account("ACCOUNT_ID", whose) is not None
    fits = (link_id in links) != (operation == "add")
    if not (exists and fits and link_id and "last4" in item):
        return False
    if operation == "remove":
        del links[link_id]
    else:
        links[link_id] = {**item, "accountId": whose}
    return True


ROUTES: tuple[Route[Programme], ...] = (
    Route(
        "POST",
        "client/users/{correlation_id}/partners/{partner_id}/links",
        "change-partner-links",
        change_links,
        (CUX, PARTNER),
    ),
)
