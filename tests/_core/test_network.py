from __future__ import annotations

import ssl

import httpx
import pytest
import trustme

from loyalty_sdk._core import network as subject
from loyalty_sdk._core.network import Network, own_ssl_context, shared_ssl_context
from loyalty_sdk._core.transport import pool_arguments


def test_one_tls_context_is_shared(monkeypatch):
    """All clients share one context, which verifies; a client's own certificate is not in it."""
    monkeypatch.setattr(subject, "_ssl_contexts", [])
    shared = shared_ssl_context()
    url = httpx.URL("https://toy.test")
    assert pool_arguments(Network(), url)["ssl_context"] is shared
    assert shared_ssl_context() is shared
    assert (shared.verify_mode, shared.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_what_is_not_encrypted_needs_no_tls_context(monkeypatch):
    """Making one takes longer than many calls to this machine."""
    monkeypatch.setattr(subject, "_ssl_contexts", [])
    assert pool_arguments(Network(), httpx.URL("http://127.0.0.1:1"))["ssl_context"] is None
    assert subject._ssl_contexts == []


def test_a_client_certificate_has_a_context_of_its_own(tmp_path):
    """Or every other vendor would be shown it."""
    certificate = trustme.CA().issue_cert("client.test")
    path = tmp_path / "client.pem"
    certificate.private_key_and_cert_chain_pem.write_to_path(path)
    context = own_ssl_context(str(path))
    assert context is not shared_ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    with pytest.raises(OSError, match="No such file"):
        own_ssl_context(str(tmp_path / "none.pem"))
