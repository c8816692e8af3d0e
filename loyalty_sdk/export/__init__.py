"""Rows into files: JSON Lines, CSV, Parquet and Arrow, resumable and in constant memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.export.cluster import export_members_on_dask
    from loyalty_sdk.export.columns import schema_of
    from loyalty_sdk.export.job import Exported
    from loyalty_sdk.export.members import export_members
    from loyalty_sdk.export.writing import export, join
    from loyalty_sdk.export.writing_async import export_async

__all__ = [
    "Exported",
    "export",
    "export_async",
    "export_members",
    "export_members_on_dask",
    "join",
    "schema_of",
]

_MODULES = ("writing", "job", "columns", "writing_async", "members", "cluster")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
