"""What of real traffic may be written down: an allow-list of names, so that what is new is masked.

A value is kept when the name it stands under is in the list *and* it looks like what such a name
holds: a word, a number, a date. Everything else gets a stand-in of the same form, so that models
still read it. The same value always gets the same stand-in: an id that one answer gives and the
next request sends is the same in both.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import csv
import functools
import importlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, cast, get_args, get_origin
from urllib.parse import parse_qsl

from loyalty_sdk._core.hiding.redact import MASK
from loyalty_sdk._core.reading.model import Model, wire_fields

_LIST = """
adType amount_off count created_at currency currentPage data_ref days_of_week endDate
expiration_date expires_in generating_process has_more length limit maxResults membersCount offset
order order_by page pageSize percent_off position quantity rank startDate start_date total
totalPages total_count ttl unit unit_off updated_at version

grant_type locale scope token_type
errorCode error.code error.name error.key errors.code errors.name .key
result.code result.key result.status

allow content-type date retry-after
x-rate-limit-limit x-rate-limit-remaining x-rate-limit-retry x-rate-limit-type
"""

SHOWN = frozenset(_LIST.split())
"""The names whose values are kept as they are, beside those of the models' open enums.

`parent.name` is a name below another, `.name` one at the top of a body.
"""

PRIVATE = frozenset({"AccountStatus", "gender"})
"""The open enums that are masked all the same: they say something of a person."""

VENDORS = ("cardlytics", "cardlytics.v2", "es_loyalty", "spaaza", "voucherify")

_SECRET = re.compile(
    r"pass(word|code|phrase)|secret|token|authorization|api_?key|session|credential|correlation"
    r"|cookie|signature",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(r"token_type|page|cursor|next|status|type$|limit", re.IGNORECASE)

_WORDS = re.compile(r"(?!(?:.*\d){4})[A-Za-z][\w .,:/;=-]{0,63}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,10}(\.\d{1,10})?", re.ASCII)
_TEXT_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:(?P<at>[T ]\d\d:\d\d(?::\d\d)?)(?P<fraction>\.\d+)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)
_NAME = re.compile(r"(?!(?:.*\d){4})[A-Za-z_$][\w $.:/{}\[\]-]{0,79}", re.ASCII)
_FLAGS = ("", "0", "1", "true", "false", 0, 1)
_FIRST_DAY = date(2001, 1, 1)

SECRET_STAND_IN = re.compile(r"\*\*\*\d*")
"""What stands for a secret; when replaying, it is the same as anything."""


def is_secret(name: str) -> bool:
    """Whether what has this name is a secret, such as `client_secret`."""
    return bool(_SECRET.search(name)) and not _NO_SECRET.search(name)


@functools.cache
def open_enums() -> frozenset[str]:
    """The wire names of all fields whose values are documented words, an open set."""
    models = [model for vendor in VENDORS for model in _models(vendor)]
    fields = (pair for model in models for pair in wire_fields(model))
    return frozenset(key for field, key in fields if _is_enum(field.type))


def _models(vendor: str) -> Iterator[type[Model]]:
    package = importlib.import_module(f"loyalty_sdk.{vendor}")
    for name in package.__all__:
        found = getattr(package, name)
        if isinstance(found, type) and issubclass(found, Model):
            yield found


def _is_enum(hint: Any) -> bool:
    return get_origin(hint) is Literal or any(_is_enum(inner) for inner in get_args(hint))


class Masks:
    """The stand-ins of one recording.

    Args:
        show: More names whose values are kept as they are, such as `campaign.name`.

    Attributes:
        names: The names whose values were replaced, in order.
    """

    def __init__(self, show: Iterable[str] = ()) -> None:
        listed = (*SHOWN, *(open_enums() - PRIVATE), *show)
        self._shown = frozenset(_plain(name) for name in listed)
        self._secrets: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._names: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The names whose values were replaced, in order."""
        return tuple(sorted(self._names))

    def learn(self, headers: Iterable[tuple[str, str]]) -> None:
        """Remember what the headers of a request prove, to find it wherever it is repeated."""
        for name, value in headers:
            if _plain(name) not in self._shown:
                for secret in _parts(value):
                    self._secret(secret)

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The headers that say something about the traffic, those that may be shown."""
        kept: dict[str, str] = {}
        for name, value in headers:
            if _plain(name) in self._shown and self._is_harmless(value):
                kept[name] = value
            elif name.lower() not in _UNTOLD:
                self._names.add(f"{name} (header)" if self._is_name(name) else MASK)
        return kept

    def value(self, name: str, value: Any, parent: str = "") -> Any:
        """A JSON value as it may be written; numbers are `int` or `Decimal`, a body has no name."""
        if isinstance(value, Mapping):
            pairs = cast("Mapping[str, Any]", value).items()
            return {self.name(key): self.value(key, inner, name) for key, inner in pairs}
        if isinstance(value, list):
            return [self.value(name, inner, parent) for inner in cast("list[object]", value)]
        if value is None or isinstance(value, bool) or value in _FLAGS:
            return value
        return value if self._may_show(name, value, parent) else self._replaced(name, value)

    def name(self, name: str) -> str:
        """The name of a field; one that looks like data gets a stand-in."""
        return name if self._is_name(name) else self._stand_in(name)

    def text(self, name: str, text: str) -> str:
        """A text that stands under a name, such as a parameter of a query or a part of a path."""
        masked: str = self.value(name, text)
        return masked

    def table(self, text: str) -> str:
        """CSV: its first row are names, its cells stand under them."""
        rows = iter(csv.reader(io.StringIO(text)))
        names = next(rows, list[str]())
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow([self.name(name) for name in names])
        for row in rows:
            padded = names + [MASK] * (len(row) - len(names))
            pairs = zip(padded, row, strict=False)
            writer.writerow([self.text(name, cell) for name, cell in pairs])
        return made.getvalue()

    def form(self, text: str) -> list[list[str]]:
        """A query, or the body of a form."""
        pairs = parse_qsl(text, keep_blank_values=True)
        return [[self.name(name), self.text(name, value)] for name, value in pairs]

    def opaque(self, what: str) -> str:
        """What stands for a body that is none of these."""
        self._names.add(what)
        return MASK

    def _may_show(self, name: str, value: Any, parent: str) -> bool:
        plain = _plain(name)
        listed = plain in self._shown or f"{_plain(parent)}.{plain}" in self._shown
        return listed and self._is_harmless(str(value))

    def _is_harmless(self, text: str) -> bool:
        forms = (_WORDS, _NUMBER, _TIME, _HTTP_DATE)
        return any(each.fullmatch(text) for each in forms) and not self._has_secret(text)

    def _is_name(self, text: str) -> bool:
        return _NAME.fullmatch(text) is not None and not self._has_secret(text)

    def _has_secret(self, text: str) -> bool:
        lowered = text.lower()
        return any(secret.lower() in lowered for secret in self._secrets if len(secret) > 3)

    def _replaced(self, name: str, value: Any) -> Any:
        self._names.add(name if self._is_name(name) else MASK)
        if is_secret(name):
            return self._secret(str(value))
        return self._numeric(value) if not isinstance(value, str) else self._stand_in(value)

    def _secret(self, value: str) -> str:
        return self._secrets.setdefault(value, f"{MASK}{len(self._secrets) + 1}")

    def _numeric(self, value: int | Decimal) -> int | Decimal:
        number = self._number(str(value))
        return number if isinstance(value, int) else Decimal(f"{number}.25")

    def _stand_in(self, text: str) -> str:
        if text in self._secrets:
            return self._secrets[text]
        number = self._number(text)
        if moment := _TIME.fullmatch(text):
            return _other_time(moment, number)
        if _TEXT_NUMBER.fullmatch(text):
            return f"{number}.25" if "." in text else str(number)
        if text.startswith(("https://", "http://")):
            return f"https://example.com/masked-{number}"
        return f"masked-{number}@example.com" if "@" in text else f"masked-{number}"

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers) + 2)  # 0 and 1 are flags


_UNTOLD = frozenset({"accept", "accept-encoding", "connection", "content-length", "host"})


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _parts(value: str) -> Iterator[str]:
    """A header's value, and what is in it."""
    yield value
    _, _, credentials = value.partition(" ")
    if credentials:
        yield credentials
        with contextlib.suppress(binascii.Error, UnicodeDecodeError):
            yield from base64.b64decode(credentials, validate=True).decode().split(":", 1)


def _other_time(found: re.Match[str], number: int) -> str:
    """Another moment, written in the same way."""
    day = (_FIRST_DAY + timedelta(days=number)).isoformat()
    at, fraction, zone = (found[part] or "" for part in ("at", "fraction", "zone"))
    return day + re.sub(r"\d", "0", at) + re.sub(r"\d", "0", fraction) + zone
