"""What many members hold, exported by the workers of a Dask cluster: here two on this machine.

It needs `loyalty-sdk[sandbox,dask]`. Run as it is, it starts the sandbox and a local cluster. With
a cluster of your own, give `Client("tcp://scheduler:8786")`, a folder that all machines share, a
`rate`, and `store="redis://..."` so that they share it.
"""

from __future__ import annotations

import importlib
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from loyalty_sdk import Pager, Voucherify
from loyalty_sdk.export import export_members_on_dask, join
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.voucherify import CustomerRedeemable


def held(voucherify: Voucherify, member: str) -> Pager[CustomerRedeemable]:
    """What one member holds."""
    return voucherify.customers.list_redeemables(member, limit=100)


def main() -> None:
    """Export what three customers hold, and join it."""
    client: Any = importlib.import_module("distributed").Client
    cluster = client(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0)
    with cluster, Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        people = sandbox.members
        members = [
            person.voucherify_customer_id
            for person in (people.everyday, people.heavy, people.awkward)
        ]
        done = export_members_on_dask(
            cluster,
            partial(Voucherify, **sandbox.voucherify),
            [*members, "cust_nobody"],
            held,
            Path(folder, "held.parquet"),
            partition_members=2,
        )
        print(done.rows, "rows in", len(done.parts), "parts")
        for member, error in done.errors.items():
            print(f"{member} failed: {error}")

        whole = export_members_on_dask(
            cluster,
            partial(Voucherify, **sandbox.voucherify),
            members,
            held,
            Path(folder, "whole.parquet"),
            partition_members=2,
        )
        print(join(whole.path, Path(folder, "all.parquet")).name, "has", whole.rows, "rows")


if __name__ == "__main__":
    main()
