"""Tests of the sandbox without sockets."""

from __future__ import annotations

import socket

import pytest

from loyalty_sdk import AsyncVoucherify, Voucherify
from loyalty_sdk.sandbox import FaultPlan, Sandbox
from loyalty_sdk.testing import InProcessSandbox, SandboxTransport


def test_nobody_is_connected_to(colour, monkeypatch):
    """Clients of both colours reach the sandbox in this process."""
    monkeypatch.setattr(socket.socket, "connect", None)
    with InProcessSandbox(seed=9) as sandbox:
        kind = colour.pick(Voucherify, AsyncVoucherify)
        client = colour.keep(kind(**sandbox.voucherify, transport=sandbox.transport))
        member = sandbox.member.voucherify_customer_id
        assert colour(client.customers.get(member)).id == member
    assert sandbox.count(vendor="voucherify") == 1


def test_it_answers_as_the_server_does():
    """A client sees the same over a transport as over a socket."""
    with Sandbox() as server, Voucherify(**server.voucherify) as over_a_socket:
        member = server.member.voucherify_customer_id
        seen = over_a_socket.customers.get(member)
        with Voucherify(**server.voucherify, transport=SandboxTransport(server)) as without:
            assert without.customers.get(member) == seen


def test_faults_need_sockets():
    """A fault plan says that it cannot happen here."""
    with pytest.raises(RuntimeError, match="need sockets"):
        InProcessSandbox().faulty(FaultPlan("reset_in_body"))
