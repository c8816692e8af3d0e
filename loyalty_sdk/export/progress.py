"""A progress bar on a terminal: items, rate, and the time left where the vendor gives a total."""

from __future__ import annotations

import sys
from typing import Any

from loyalty_sdk.errors import MissingExtra
from loyalty_sdk.export import libraries


class Bar:
    """Shows how far an export is.

    Args:
        wanted: `None`: where standard error is a terminal, and tqdm is there; `False`: never.
        rows: How many rows there are already.

    Raises:
        MissingExtra: It is wanted, and tqdm is not installed.
    """

    def __init__(self, wanted: bool | None, rows: int) -> None:
        self._bar: Any = None
        if wanted is False or (wanted is None and not sys.stderr.isatty()):
            return
        try:
            self._bar = libraries.tqdm()(initial=rows, unit=" rows", unit_scale=True)
        except MissingExtra:
            if wanted:
                raise

    def moved(self, rows: int, total: int | None) -> None:
        """So many more rows are there."""
        if self._bar is not None:
            self._bar.total = total
            self._bar.update(rows)

    def close(self) -> None:
        """Leave the line as it is."""
        if self._bar is not None:
            self._bar.close()
