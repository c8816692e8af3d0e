"""The only place that imports what comes with extras, when it is needed."""

from __future__ import annotations

import importlib
from typing import Any

from loyalty_sdk.errors import MissingExtra


def pyarrow() -> Any:
    """The package, with the parts that write files.

    Raises:
        MissingExtra: It is not installed.
    """
    for part in ("parquet", "ipc"):
        _needed(f"pyarrow.{part}", "Parquet and Arrow need pyarrow", "export")
    return _needed("pyarrow", "Parquet and Arrow need pyarrow", "export")


def pandas() -> Any:
    """The package."""
    return _needed("pandas", "a pandas DataFrame needs pandas", "pandas")


def polars() -> Any:
    """The package."""
    return _needed("polars", "a polars DataFrame needs polars", "polars")


def tqdm() -> Any:
    """The class of progress bars."""
    return _needed("tqdm", "a progress bar needs tqdm", "export").tqdm


def limits() -> Any:
    """The package of rate limits, with its stores and strategies."""
    for part in ("errors", "storage", "strategies"):
        _needed(f"limits.{part}", "a rate needs limits", "export")
    return _needed("limits", "a rate needs limits", "export")


def distributed() -> Any:
    """Dask's package for clusters."""
    return _needed("distributed", "a cluster needs Dask", "dask")


def _needed(name: str, purpose: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        problem = MissingExtra(f"{purpose}: pip install 'loyalty-sdk[{extra}]'")
    raise problem
