"""One request to Spaaza: who makes it, when, in which version, and what they may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import attrs

from ..members import SPAAZA_CHAIN_ID
from ..switches import Switches
from ..vendor import Asked
from ..wire import Response
from .access import Access, AppRule, Caller
from .answers import Version, Warned, denied, incomplete, invalid, success
from .select import USERS, find_user, integer, known, user_identifier
from .state import SpaazaState
from .vouchers import NESTED_CAMPAIGN_SINCE, Json, User

NOTHING: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Visit:
    """One request, with what answers it.

    Attributes:
        state: What the chains hold.
        access: Who may call.
        switches: The switches, as they are now.
        now: The moment.
        version: The API version that is asked for.
    """

    state: SpaazaState
    access: Access
    switches: Switches
    now: datetime
    version: Version

    @property
    def nested_campaigns(self) -> bool:
        """Whether vouchers have their campaign as an object."""
        return self.version >= NESTED_CAMPAIGN_SINCE and self.switches.spaaza_campaign == "nested"

    def ok(self, call: str, results: Json, warnings: Sequence[Json] = ()) -> Response:
        """The answer to a call that went well."""
        return success(call, Warned(results=results, warnings=tuple(warnings)), self.switches)

    def caller(self, one: Asked, app: AppRule = AppRule(), *, users: bool = True) -> Caller:  # noqa: B008
        """Who makes this request.

        Args:
            one: The request.
            app: Which credentials go with the app's hostname.
            users: Whether customers may make this call.

        Raises:
            Refused: Nobody known does, or somebody who may not.
        """
        caller = self.access.caller(one.request, app)
        if not caller.chains or (caller.kind == "user" and not users):
            raise denied()
        return caller

    def chain(self, values: Mapping[str, str], caller: Caller, *needed: str) -> int:
        """The chain that a call is about.

        Args:
            values: What was sent.
            caller: Who asks.
            *needed: The kinds of callers who must say it.

        Raises:
            Refused: It is missing, or not the caller's.
        """
        chain_id = integer(values, "chain_id")
        if chain_id is None:
            if caller.kind in needed:
                raise incomplete("The parameter chain_id is required")
            return SPAAZA_CHAIN_ID
        if chain_id not in caller.chains:
            raise denied()
        return chain_id

    def user(self, values: Mapping[str, str], caller: Caller, names: Sequence[str] = USERS) -> User:
        """The customer that a call is about.

        Raises:
            Refused: None is named, there is no such customer, or it is not the one who asks.
        """
        found = self.some_user(values, caller, names)
        if found is None:
            raise incomplete(f"One of these is required: {', '.join(names)}")
        return found

    def some_user(
        self, values: Mapping[str, str], caller: Caller, names: Sequence[str] = USERS
    ) -> User | None:
        """The same, where none need be named."""
        identifier = user_identifier(values, names)
        if identifier is None:
            return None if caller.user is None or caller.kind != "user" else self._self(caller)
        found = find_user(self.state.users, *identifier)
        if found is None or (caller.kind == "user" and found != self._self(caller)):
            raise denied()
        return found

    def _self(self, caller: Caller) -> User:
        """Who asks, as they are written down now."""
        own = None if caller.user is None else caller.user.user_id
        return next(one for one in self.state.users if one.user_id == own)


def query_of(one: Asked, *names: str) -> dict[str, str]:
    """The query, provided that each parameter is known and given once."""
    return known(one.request.query, frozenset(names))


def form_of(one: Asked, *names: str) -> dict[str, str]:
    """The form, likewise; there is no query beside it."""
    known(one.request.query, NOTHING)
    return known(one.request.form(), frozenset(names))


def json_of(one: Asked, *names: str) -> dict[str, Any]:
    """The JSON body, provided that it is an object whose keys are known.

    Raises:
        Refused: It is something else.
    """
    known(one.request.query, NOTHING)
    try:
        body = one.request.json()
    except ValueError:
        body = None
    return section("body", body, *names)


def section(place: str, value: Any, *names: str) -> dict[str, Any]:
    """An object in a JSON body, provided that its keys are known.

    Raises:
        Refused: It is something else.
    """
    if not isinstance(value, dict):
        raise invalid(f"{place} must be an object")
    found = cast("dict[str, Any]", value)
    for name in found:
        if name not in names:
            raise invalid(f"The parameter {name} of {place} does not exist")
    return {name: item for name, item in found.items() if item is not None}


def several(place: str, value: object) -> list[object]:
    """A list in a JSON body.

    Raises:
        Refused: It is something else.
    """
    if not isinstance(value, list):
        raise invalid(f"{place} must be a list")
    return cast("list[object]", value)
