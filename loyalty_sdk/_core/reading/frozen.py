"""A mapping that nobody can change: what a model keeps of free-form objects and unknown keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn, cast


class FrozenDict(dict[str, Any]):
    """A read-only dict that hashes; `json.dumps` and pickle take it like any dict.

    (`types.MappingProxyType` can be neither pickled nor deep-copied.)
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # the checkers know a dict's own signatures; these only ever raise

        def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
            raise TypeError("this mapping is read-only; make a dict(...) of it to change it")

        __setitem__ = __delitem__ = __ior__ = _refuse
        update = setdefault = pop = popitem = clear = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # a dict says None: it can change
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenDict:
        return self

    def __deepcopy__(self, memo: object) -> FrozenDict:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)


EMPTY = FrozenDict()


def freeze(value: Any) -> Any:
    """The value with every object in it read-only and every array a tuple."""
    if value.__class__ in _SCALARS:  # to ask for a Mapping takes far longer
        return value
    if isinstance(value, list):
        return tuple([freeze(item) for item in cast("list[object]", value)])
    return frozen_dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else value


_SCALARS = frozenset({str, int, bool, Decimal, type(None)})


def frozen_dict(pairs: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> FrozenDict:
    """The same pairs as a read-only mapping, whatever is nested in them frozen too."""
    if isinstance(pairs, FrozenDict):
        return pairs
    plain = FrozenDict(pairs)
    nested = {k: freeze(item) for k, item in plain.items() if item.__class__ not in _SCALARS}
    return FrozenDict({**plain, **nested}) if nested else plain or EMPTY
