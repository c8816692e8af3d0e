"""Pages that are shorter than they should be, and cursors that lead astray.

Each function gives the changed answer, or `None` where it finds nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ..wire import Response
from .content import changed_json
from .jsontext import Json
from .occasion import Asked, Occasion

CURSOR = "starting_after_id"
NEXT = "more_starting_after"
FEWEST_LEFT = 2  # a list that overlaps its pages would take a single row for the end

# Below which names the rows of a page stand, one below the other.
ROWS_BELOW = ("results", "vouchers", "basket_vouchers", "data", "transactions")

Rows = list[Json]


def is_behind(steps: int) -> Callable[[Asked], bool]:
    """Whether a list was asked for with so many cursors, the current one included."""

    def check(asked: Asked) -> bool:
        return asked.parameter(CURSOR) is not None and len(asked.trail) >= steps - 1

    return check


def short_page(_: Occasion, response: Response) -> Response | None:
    """The page without its second half, and the way to go on from there."""

    def change(content: object) -> bool:
        rows = _rows(content)
        left = max(FEWEST_LEFT, len(rows) // 2)
        if left >= len(rows):
            return False
        del rows[left:]
        if _has_flag(content):
            _around(content).update({"has_more": True, NEXT: rows[-1]["id"]})
        return True

    return changed_json(response, change)


def empty_page(occasion: Occasion, response: Response) -> Response | None:
    """A page without rows, and a cursor that stands right before them."""

    def change(content: object) -> bool:
        rows = _rows(content)
        cursor = _before(rows, occasion.asked.parameter(CURSOR))
        if cursor is None:
            return False
        rows.clear()
        _around(content).update({"has_more": True, NEXT: cursor})
        return True

    return changed_json(response, change)


def empty_page_without_cursor(_: Occasion, response: Response) -> Response | None:
    """A page without rows that promises more, and no way to ask for it."""

    def change(content: object) -> bool:
        if not _promises_more(content):
            return False
        _rows(content).clear()
        _around(content).pop(NEXT, None)
        return True

    return changed_json(response, change)


def without_rows(_: Occasion, response: Response) -> Response | None:
    """The page without its rows; whatever stands around them stays."""

    def change(content: object) -> bool:
        rows = _rows(content)
        found = bool(rows)
        rows.clear()
        return found

    return changed_json(response, change)


def cursor_missing(_: Occasion, response: Response) -> Response | None:
    """A page that promises more, its cursor left out; its rows have identifiers to go on by."""

    def change(content: object) -> bool:
        return _promises_more(content) and _around(content).pop(NEXT, None) is not None

    return changed_json(response, change)


def leads_back(steps: int) -> Callable[[Occasion, Response], Response | None]:
    """A page whose cursor is one that was used before: the current one for 1 step, and so on."""

    def fault(occasion: Occasion, response: Response) -> Response | None:
        asked = occasion.asked
        cursors = (*asked.trail, asked.parameter(CURSOR))

        def change(content: object) -> bool:
            if not _promises_more(content):
                return False
            _around(content)[NEXT] = cursors[-steps]
            return True

        return changed_json(response, change)

    return fault


def _around(content: object) -> Json:
    """What stands around the rows of a list of Voucherify's."""
    return cast("Json", content)


def _has_flag(content: object) -> bool:
    return isinstance(content, dict) and "has_more" in content


def _promises_more(content: object) -> bool:
    return _has_flag(content) and _around(content)["has_more"] is True


def _rows(content: object) -> Rows:
    """The rows of a page, of any vendor; an empty list for anything else."""
    found = content
    if isinstance(found, list) and len(cast("Rows", found)) == 1 and "result" in found[0]:
        found = cast("object", found[0])  # Spaaza's body in a list
    for name in ROWS_BELOW:
        if isinstance(found, dict) and name in found:
            found = cast("Json", found)[name]
    return cast("Rows", found) if isinstance(found, list) else []


def _before(rows: Rows, asked_after: str | None) -> str | None:
    """A cursor between the rows and what came before them, if there is one."""
    if not rows:
        return None
    first = str(rows[0]["id"])
    if asked_after is not None and len(asked_after) > len(first):
        return None  # it is such a cursor already: once is enough
    before, after = (asked_after, first) if asked_after else (first, str(rows[-1]["id"]))
    if before == after:
        return None
    if before > after:  # newest first
        return first + "0"
    return (asked_after or first[: first.index("_") + 1]) + "0"
