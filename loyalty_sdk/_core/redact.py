"""What may be shown of a request or an answer: an allow-list, so that what is new stays hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import quote

T = TypeVar("T")

MASK = "***"

SHOWN_HEADERS = frozenset(
    {
        "accept",
        "accept-language",
        "allow",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "retry-after",
        "server",
        "user-agent",
        "x-amzn-requestid",
        "x-rate-limit-limit",
        "x-rate-limit-remaining",
        "x-rate-limit-retry",
        "x-rate-limit-type",
        "x-spaaza-api-version",
        "x-voucherify-api-version",
        "x-voucherify-channel",
    }
)
SHOWN_PARAMETERS = frozenset(
    {
        "campaign_id",
        "channelId",
        "chain_id",
        "exclude_regenerated",
        "limit",
        "locale",
        "locationId",
        "maxResults",
        "number_results",
        "order",
        "page",
        "results_offset",
        "show_all_statuses",
        "show_expired",
        "show_redeemed",
        "starting_after_id",
        "status",
        "type",
        "until",
        "voucher_id",
    }
)


class Secret:
    """A value that is never shown: its text comes out by `reveal()` only.

    Masked in `repr`, `str`, tracebacks and `attrs.asdict`; it cannot be pickled. Two are equal when
    their texts are. Answers of the SDK that are secrets themselves (a session key, say) are
    `Secret` values; where an argument is a secret, text is accepted too.

    Args:
        value: The text to hide.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The text itself."""
        return self.__value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self.__value

    def __hash__(self) -> int:
        return hash((Secret, self.__value))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled; store what reveal() gives where secrets belong")


def shown_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers, each value masked unless its name is on the list."""
    return {k: v if k.lower() in SHOWN_HEADERS else MASK for k, v in headers}


def shown_query(query: Iterable[tuple[str, str]]) -> str:
    """The query string for people, each value masked unless its name is on the list."""
    return "&".join(f"{k}={v if k in SHOWN_PARAMETERS else MASK}" for k, v in query)


def secret_words(secrets: Iterable[Secret]) -> list[str]:
    """The forms in which a vendor may repeat secrets, the longest first.

    Shorter ones than four characters hide nothing, and would eat up the words around them.
    """
    texts = {text for secret in secrets for text in _forms(secret.reveal())}
    return sorted((text for text in texts if len(text) >= 4), key=len, reverse=True)


def scrubbed(said: T, words: Iterable[str]) -> T:
    """Text, or texts, of the vendor's without the words that are secret."""
    value: Any = said
    if isinstance(value, tuple):
        value = tuple(scrubbed(each, words) for each in cast("tuple[object, ...]", value))
    elif isinstance(value, str):
        for word in words:
            value = value.replace(word, MASK)
    return cast("T", value)


def _forms(text: str) -> tuple[str, ...]:
    """A secret itself, without the scheme before it (`Bearer`), and as it stands in a path."""
    bare = text.rpartition(" ")[2]
    return text, bare, quote(text, safe=""), quote(bare, safe="")
