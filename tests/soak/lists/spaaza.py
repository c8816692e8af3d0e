"""Spaaza's vouchers, walked in both ways; a fast walk counts, so rows must not come or go."""

from __future__ import annotations

import itertools

import attrs

from loyalty_sdk.sandbox import Sandbox

from .listed import List


def _fill(sandbox: Sandbox, count: int) -> None:
    state = sandbox.spaaza_state
    forms = itertools.cycle(state.vouchers(sandbox.member.spaaza_chain_id))
    pairs = zip(range(1, count + 1), forms, strict=False)
    state.put(attrs.evolve(form, voucher_id=number) for number, form in pairs)


def _vouchers(walk: str, *ways: str) -> List:
    return List(
        operation="spaaza.vouchers.list",
        received="spaaza.get-vouchers",
        fill=_fill,
        there=lambda sandbox: map(str, sandbox.spaaza_state.voucher_ids()),
        identify=lambda voucher: voucher.voucher_id,
        arguments=lambda sandbox: {
            "chain_id": sandbox.member.spaaza_chain_id,
            "show_all_statuses": True,
            "walk": walk,
        },
        page_size=("number_results", 250),
        ways=("read ahead", *ways),
        about=walk,
    )


FAST = _vouchers("fast", "four at once")
LISTS = (FAST, _vouchers("anchored"))
