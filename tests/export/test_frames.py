"""Lists as tables in memory, in both colours."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest

from loyalty_sdk.errors import InvalidArgument, MissingExtra, UnreadableAnswer
from loyalty_sdk.export.frames import Frame
from loyalty_sdk.spaaza import Voucher

from .test_writing import SOME, table


def test_a_list_as_a_table(exporter, tmp_path):
    """The table has what an export has."""
    made = exporter.colour(exporter.vouchers().to_arrow())
    done = exporter.export(exporter.vouchers(), tmp_path / "v.parquet")
    rows = table(done.parts[0])
    for row in (*rows, *(listed := made.to_pylist())):
        row.pop("voucher_expiry_seconds_remaining")
    assert listed == rows


def test_a_list_as_a_data_frame_of_pandas(exporter):
    """Objects are flattened, and decimals and times keep their types."""
    frame = exporter.colour(exporter.vouchers().to_pandas())
    assert len(frame) == SOME
    assert "user.country_code" in frame.columns
    assert isinstance(frame["voucher_amount"].iloc[0], Decimal)
    assert str(frame["voucher_created_datetime"].dtype) == "timestamp[us, tz=UTC][pyarrow]"


def test_a_list_as_a_data_frame_of_polars(exporter):
    """Objects are structs, and decimals are decimals."""
    frame = exporter.colour(exporter.vouchers().to_polars())
    assert frame.height == SOME
    assert str(frame.schema["voucher_amount"]) == "Decimal(precision=38, scale=18)"
    assert str(frame.schema["user"]).startswith("Struct")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_what_is_not_installed_is_named_before_anything_is_sent(exporter, monkeypatch, library):
    """The extra to install is in the error, and so is the operation."""
    monkeypatch.setitem(sys.modules, library, None)
    pager = exporter.vouchers()
    with pytest.raises(MissingExtra, match=rf"vouchers.list: .*loyalty-sdk\[{library}\]"):
        exporter.colour(getattr(pager, f"to_{library}")())
    with pytest.raises(InvalidArgument, match="nested"):
        exporter.colour(pager.to_arrow(nested="deep"))


def test_a_number_without_an_exact_place_is_refused(exporter):
    """It is the same error as in an export."""
    frame = Frame(exporter.vouchers()._listing, "arrow", "struct")
    with pytest.raises(UnreadableAnswer, match="voucher_amount: the number"):
        frame.add([Voucher(voucher_amount=Decimal("1e-19"))])
