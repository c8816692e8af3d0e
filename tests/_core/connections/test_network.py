from __future__ import annotations

import base64
import ssl

import attrs
import httpx
import pytest
import trustme

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.connections import network as subject
from loyalty_sdk._core.connections.network import Network, own_ssl_context, shared_ssl_context
from loyalty_sdk._core.connections.transport import Origin, pool_arguments
from loyalty_sdk.errors import InvalidArgument, NotSent

from ..servers import Server, keeping, proxying

ONCE = Retry(attempts=1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


# --- proxies


def test_the_environments_proxy_is_used(colour, toy, monkeypatch):
    """`HTTPS_PROXY` and `HTTP_PROXY` are honoured, `NO_PROXY` too."""
    seen = []
    with Server(proxying(seen)) as proxy, Server(keeping()) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{proxy.port}")
        with pytest.raises(NotSent):
            colour(toy(base_url="https://toy.test", retry=ONCE).cards.get("c1"))
        assert seen == [b"CONNECT toy.test:443 HTTP/1.1"]
        assert colour(toy(base_url="http://toy.test", allow_http=True).cards.get("c1")).id == "c1"
        assert seen[1:] == [b"GET http://toy.test/cards/c1 HTTP/1.1"]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        colour(toy(base_url=server.url).cards.get("c1"))
        assert (len(seen), len(server.requests)) == (2, 1)


def test_a_proxy_of_ones_own(colour, toy, monkeypatch):
    """`proxy=` wins over the environment, and its password goes to the proxy only."""
    seen = []
    with Server(proxying(seen)) as proxy:
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        url = f"http://user:pass-PLANTED@127.0.0.1:{proxy.port}"
        client = toy(base_url="http://toy.test", allow_http=True, proxy=url)
        colour(client.cards.get("c1"))
        assert b"proxy-authorization: basic" in proxy.requests[0].lower()
        network = client._runner.session.network
        assert "PLANTED" not in repr(network) + repr(attrs.asdict(network))
        assert Network(proxy=Secret(url)) == Network(proxy=url)


def test_plain_and_encrypted_have_their_own_proxies(colour, toy, monkeypatch):
    """One host by two schemes goes by each scheme's own proxy."""
    seen = []
    with Server(proxying(seen)) as proxy, Server(keeping()) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        network = Network()
        for scheme, through in (("http", False), ("https", True)):
            arguments = pool_arguments(network, httpx.URL(f"{scheme}://toy.test"))
            assert (arguments["proxy"] is not None) is through
        client = toy(base_url=server.url, retry=ONCE)
        colour(client.cards.get("c1"))
        transport = client._runner.session.door._own
        assert len(transport._pools) == 1
        transport._pool(Origin(f"https://127.0.0.1:{server.port}"))
        assert len(transport._pools) == 2


@pytest.mark.parametrize(
    "wrong", ["ftp://user:pass-PLANTED@h", "http://[::1", "http://h:x", 5, Secret("http://h:x")]
)
def test_a_proxy_that_is_none(toy, wrong):
    """It is refused by name, without its password, when the client is made."""
    with pytest.raises(InvalidArgument) as caught:
        toy(base_url="https://toy.test", proxy=wrong)
    assert caught.value.argument == "proxy"
    assert "PLANTED" not in repr(caught.value)


def test_an_environment_s_proxy_that_is_none(colour, toy, monkeypatch):
    """It is only met when a call is made, and refused by name all the same."""
    monkeypatch.setenv("HTTPS_PROXY", "ftp://user:pass-PLANTED@h")
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(base_url="https://toy.test").cards.get("c1"))
    assert caught.value.argument == "proxy"
    assert "PLANTED" not in repr(caught.value)


def test_what_a_proxy_is_told(monkeypatch):
    """Name, password and what goes into the header; nothing where no proxy is asked."""
    network = Network(proxy="http://us%2Fer:p%40ss@h:1")
    told = [secret.reveal() for secret in network.secrets("https://toy.test/a")]
    assert told == ["us/er", "p@ss", base64.b64encode(b"us/er:p@ss").decode()]
    assert Network(proxy="http://h:1").secrets("https://toy.test") == ()
    assert Network().secrets("https://toy.test") == ()
    monkeypatch.setenv("HTTPS_PROXY", "http://u:p@h:1")
    assert Network().secrets("https://toy.test")[1] == Secret("p")
    monkeypatch.setenv("HTTPS_PROXY", "ftp://u:p@h:1")
    assert Network().secrets("https://toy.test") == ()


def test_a_library_that_logs_what_a_proxy_is_told():
    """What is handed to it has a repr that shows nothing: it logs the pair when it speaks SOCKS."""
    network = Network(proxy="socks5://user:pass-PLANTED@h:1")
    proxy = pool_arguments(network, httpx.URL("https://toy.test"))["proxy"]
    assert proxy.auth == (b"user", b"pass-PLANTED")
    assert "PLANTED" not in f"auth={proxy.auth!r}"


# --- TLS settings


def test_one_tls_context_is_shared(monkeypatch):
    """All clients share one context, which verifies; a client's own certificate is not in it."""
    monkeypatch.setattr(subject, "_ssl_contexts", [])
    shared = shared_ssl_context()
    url = httpx.URL("https://toy.test")
    assert pool_arguments(Network(), url)["ssl_context"] is shared
    assert pool_arguments(Network(), url)["ssl_context"] is shared_ssl_context()
    assert (shared.verify_mode, shared.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_what_is_not_encrypted_needs_no_tls_context(monkeypatch):
    """Making one takes longer than many calls to this machine."""
    monkeypatch.setattr(subject, "_ssl_contexts", [])
    assert pool_arguments(Network(), httpx.URL("http://127.0.0.1:1"))["ssl_context"] is None
    assert subject._ssl_contexts == []


def test_a_client_certificate_has_a_context_of_its_own(authority, tmp_path):
    """Or every other vendor would be shown it."""
    certificate = authority.issue_cert("client.test")
    path = tmp_path / "client.pem"
    certificate.private_key_and_cert_chain_pem.write_to_path(path)
    context = own_ssl_context(str(path))
    assert context is not shared_ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    with pytest.raises(OSError, match="No such file"):
        own_ssl_context(str(tmp_path / "none.pem"))
