"""In which language ES Loyalty's texts are shown.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from .accounts import Account
from .parts import HEADLINES

DEFAULT = "en-CA"
LOCALES = frozenset((DEFAULT, "en-US", "fr-CA"))


def locale_for(asked: str | None, account: Account) -> str:
    """The locale of the call, else the account's; one that is not valid is the default."""
    wanted = account.locale if asked is None else asked
    return wanted if wanted in LOCALES else DEFAULT


def translated(content: object, locale: str) -> object:
    """A part of an answer in another language, as far as there is something to translate."""
    if locale != "fr-CA":
        return content
    if isinstance(content, str):
        return HEADLINES.get(content, content)
    if isinstance(content, Mapping):
        members = cast("Mapping[str, object]", content)
        return {name: translated(value, locale) for name, value in members.items()}
    if isinstance(content, list):
        return [translated(one, locale) for one in cast("list[object]", content)]
    return content
