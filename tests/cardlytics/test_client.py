from __future__ import annotations

import inspect
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
import trustme

import loyalty_sdk.cardlytics
from loyalty_sdk import Secret
from loyalty_sdk._core.connections import network
from loyalty_sdk.cardlytics import AsyncCardlytics, Cardlytics
from loyalty_sdk.errors import InvalidArgument, MissingCredentials, ServerError

from .colours import BASE_URL, TOKEN, Colour, recorded
from .loopback import Loopback, serving

PATH = f"/api/v1/customers/{TOKEN}/redemptions"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs the certificates of both sides."""
    return trustme.CA()


@pytest.fixture(scope="module")
def pem(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a client certificate: apart, together with its key, and of another key."""
    folder = tmp_path_factory.mktemp("pem")
    bank, other = authority.issue_cert("bank.example.com"), authority.issue_cert("other.example")
    bank.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    bank.private_key_pem.write_to_path(folder / "key.pem")
    bank.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    other.private_key_pem.write_to_path(folder / "other.pem")
    (folder / "locked.pem").write_bytes(_locked(bank.private_key_pem.bytes()))
    authority.cert_pem.write_to_path(folder / "ca.pem")
    return folder


def _locked(key: bytes) -> bytes:
    from cryptography.hazmat.primitives import serialization as form

    return form.load_pem_private_key(key, None).private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.BestAvailableEncryption(b"synthetic")
    )


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Loopback]:
    """A server that would like to see a certificate, and notes whose it was shown."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    identity: Any = authority.issue_cert("localhost")
    identity.configure_cert(context)
    context.load_verify_locations(cadata=authority.cert_pem.bytes().decode())
    context.verify_mode = ssl.CERT_OPTIONAL
    with serving(context) as server:
        yield server


@pytest.fixture
def _trusting(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process trusts the server; the shared TLS settings are made anew, to know of it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem / "ca.pem"))
    monkeypatch.setattr(network, "_ssl_contexts", [])


def shown(server: Loopback) -> list[str | None]:
    """The names in the certificates that the server was shown."""
    return [
        asked.certificate["subjectAltName"][0][1] if asked.certificate else None
        for asked in server.asked
    ]


# --- the client certificate


@pytest.mark.usefixtures("_trusting")
@pytest.mark.parametrize("files", [("cert.pem", "key.pem"), ("both.pem", None)])
@pytest.mark.parametrize("way", ["argument", "text", "environment"])
def test_the_certificate_is_shown_by_this_client_only(
    colour: Colour,
    server: Loopback,
    pem: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: tuple[str, str | None],
    way: str,
) -> None:
    """The server sees it from this client, and from no other client of the process."""
    cert, key = (None if name is None else pem / name for name in files)
    before = colour.client(server.base_url)
    if way == "environment":
        monkeypatch.setenv("CARDLYTICS_CERT", str(cert))
        if key is not None:
            monkeypatch.setenv("CARDLYTICS_KEY", str(key))
        ours = colour.client(server.base_url)
        monkeypatch.delenv("CARDLYTICS_CERT")
        monkeypatch.delenv("CARDLYTICS_KEY", raising=False)
    elif way == "text":
        ours = colour.client(server.base_url, cert=str(cert), key=None if key is None else str(key))
    else:
        ours = colour.client(server.base_url, cert=cert, key=key)
    after = colour.client(server.base_url)
    for client in (before, ours, after, ours):
        server.answers.append(recorded("redemptions.list.200"))
        colour.run(client.redemptions.list(TOKEN))
    assert shown(server) == [None, "bank.example.com", None, "bank.example.com"]


@pytest.mark.usefixtures("_trusting")
def test_each_client_has_tls_settings_of_its_own(pem: Path) -> None:
    """Two clients with one certificate share no context, and the shared one has none."""
    made = [Cardlytics(BASE_URL, cert=pem / "both.pem") for _ in range(2)]
    contexts = {id(one._runner.session.door._network.ssl_context) for one in made}
    contexts.add(id(network.shared_ssl_context()))
    assert len(contexts) == 3


@pytest.mark.parametrize(
    ("cert", "key"),
    [
        ("missing.pem", None),
        ("cert.pem", "missing.pem"),
        ("cert.pem", None),
        ("cert.pem", "other.pem"),
        ("cert.pem", "locked.pem"),
        ("cert.pem", "cert.pem"),
        ("", "key.pem"),
    ],
)
def test_a_bad_certificate_is_refused(
    colour: Colour, pem: Path, cert: str, key: str | None
) -> None:
    """Missing files, keys of others and keys with passwords are found at once, unasked."""
    with pytest.raises(InvalidArgument, match="cert: cannot be used"):
        colour.client(cert=pem / cert, key=None if key is None else pem / key)


@pytest.mark.parametrize("cert", [5, b"\0", "a\0b"])
def test_what_is_no_file_is_refused(colour: Colour, cert: Any) -> None:
    """A certificate is the path of a file."""
    with pytest.raises(InvalidArgument, match="cert: must"):
        colour.client(cert=cert)


def test_a_key_needs_its_certificate(colour: Colour, pem: Path) -> None:
    """A key alone proves nothing."""
    with pytest.raises(InvalidArgument, match="key: goes with a cert"):
        colour.client(key=pem / "key.pem")


@pytest.mark.parametrize("given", ["cert", "key"])
@pytest.mark.parametrize("other", ["http_client", "transport", "ssl_context"])
def test_a_certificate_goes_with_tls_of_the_clients_own(
    colour: Colour, pem: Path, given: str, other: str
) -> None:
    """Beside TLS that is somebody else's, it is an error and not silently left out."""
    theirs: Any = {
        "http_client": colour.http_client(),
        "transport": httpx.MockTransport(lambda _: httpx.Response(500)),
        "ssl_context": ssl.create_default_context(),
    }[other]
    arguments: dict[str, Any] = {given: pem / "both.pem", other: theirs}
    with pytest.raises(InvalidArgument, match=f"cert: belongs to the {other}"):
        colour.client(**arguments)


def test_the_environment_leaves_others_tls_alone(
    colour: Colour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate in the environment is for connections that the SDK makes."""
    monkeypatch.setenv("CARDLYTICS_CERT", "/nowhere/cert.pem")
    colour.client(http_client=colour.http_client())


# --- the other arguments


def test_the_base_url_may_come_from_the_environment(
    colour: Colour, vendor: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an argument the variable says where the server is; slashes at its end are one."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    monkeypatch.setenv("CARDLYTICS_BASE_URL", f"{BASE_URL}/")
    colour.run(colour.client(None).redemptions.list(TOKEN))
    assert route.called


@pytest.mark.parametrize("kind", [Cardlytics, AsyncCardlytics])
def test_the_base_url_may_be_a_keyword(kind: Any) -> None:
    """It is the one argument that may be given by position or by name."""
    assert repr(kind(base_url=BASE_URL)) == repr(kind(BASE_URL))


def test_a_missing_base_url_is_named(colour: Colour) -> None:
    """The error says the argument and the variable."""
    with pytest.raises(MissingCredentials, match=r"base_url=.*CARDLYTICS_BASE_URL"):
        colour.client(None)


@pytest.mark.parametrize("end", ["/api/v1", "/bank/api/v1/"])
def test_the_base_url_ends_before_the_api(colour: Colour, end: str) -> None:
    """Or every call would be a `NotFound` that looks like an older server's."""
    with pytest.raises(InvalidArgument, match="base_url: must end before /api/v1"):
        colour.client(BASE_URL + end)


def test_plain_http_is_refused(colour: Colour) -> None:
    """The token is in the URL, so it must not go in the clear to another machine."""
    with pytest.raises(InvalidArgument, match="base_url: must be https"):
        colour.client("http://cardlytics.example.com")


def test_both_headers_are_sent_when_given(colour: Colour, vendor: respx.MockRouter) -> None:
    """The session's id and the metadata go with every call of the client."""
    vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    vendor.get("/api/v1/token").mock(return_value=recorded("tokens.get.200"))
    client = colour.client(session_id="checkout 7", meta="app=synthetic; v=1")
    colour.run(client.redemptions.list(TOKEN))
    colour.run(client.tokens.get("1"))
    calls: list[Any] = list(vendor.calls)
    assert len(calls) == 2
    for call in calls:
        assert call.request.headers["x-cdlx-session"] == "checkout 7"
        assert call.request.headers["x-cdlx-meta"] == "app=synthetic; v=1"


@pytest.mark.parametrize(
    "argument", [{"session_id": "x" * 513}, {"meta": ""}, {"timezone": "Mars/Olympus"}]
)
def test_a_bad_argument_is_named(colour: Colour, argument: dict[str, str]) -> None:
    """Nothing is opened before all arguments are checked."""
    with pytest.raises(InvalidArgument) as caught:
        colour.client(**argument)
    assert caught.value.argument == next(iter(argument))


def test_a_view_keeps_headers_zone_and_certificate(
    colour: Colour, vendor: respx.MockRouter
) -> None:
    """`with_options` changes how calls are made, not who makes them."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    view = colour.client(session_id="s", timezone="Asia/Tokyo").with_options(timeout=5)
    answer = colour.run(view.redemptions.list(TOKEN))
    assert answer.redemptions[0].redemption_date.tzname() == "JST"
    assert route.calls.last.request.headers["x-cdlx-session"] == "s"


def test_a_call_that_the_sdk_lacks_can_be_made(colour: Colour, vendor: respx.MockRouter) -> None:
    """`request` needs no credentials of its own, and sends a write once, whatever comes back."""
    route = vendor.post(f"/api/v1/customers/{TOKEN}/session")
    route.mock(return_value=recorded("redemptions.list.500"))
    call = ("POST", "api", "v1", "customers", Secret(TOKEN), "session")
    with pytest.raises(ServerError) as caught:
        colour.run(colour.client().request(*call, params={"channelId": 5}))
    assert route.call_count == 1
    assert TOKEN not in repr(caught.value.request)


def test_both_colours_take_the_same_arguments() -> None:
    """The constructors differ in `sockets`, and the kinds of `transport` and `http_client`."""
    names = [list(inspect.signature(kind).parameters) for kind in (Cardlytics, AsyncCardlytics)]
    assert names[0] == [name for name in names[1] if name != "sockets"]
    assert names[0][:6] == ["base_url", "cert", "key", "timezone", "session_id", "meta"]


def test_the_public_names_are_sorted_and_there() -> None:
    """`__all__` is what the package shows."""
    package = loyalty_sdk.cardlytics
    assert package.__all__ == sorted(package.__all__)
    assert dir(package) == package.__all__
