"""Logging in and out.

https://docs.spaaza.com/api/login
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.credentials import checked_secret
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import number, plain_text
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import Reader
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.model import evolved
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import APP_HOSTNAME, member, read_results
from loyalty_sdk.spaaza.auth import checked_hostname
from loyalty_sdk.spaaza.models.sessions import PasscodeRequired, Session

T = TypeVar("T")


class Sessions(Resource[R_co]):
    """Logging in and out.

    Logging in needs no credentials: `Spaaza(auth=None).sessions.login(...)`; then make a client
    with `Spaaza(auth=session.auth)`.
    """

    @endpoint
    def login(
        self, username: str, password: str | Secret, *, app_hostname: str | None = None
    ) -> Call[Session | PasscodeRequired]:
        """Log in; Spaaza ends every other session of the same user by this. Never repeated.

        The name is an e-mail address. A customer logs in to an app, such as `acme.spaaza.com`; for
        somebody on the staff it is left out.

        Returns:
            A `Session`, or a `PasscodeRequired` where a passcode was sent by e-mail, for `verify`.

        Raises:
            Unauthorized: The name or the password is wrong (code 5).

        https://docs.spaaza.com/api/login
        """
        app = {} if app_hostname is None else {APP_HOSTNAME: checked_hostname(app_hostname)}
        form = {"username": plain_text("username", username), "password": hidden(password)}
        return _entering("login", form, partial(_entered, app_hostname=app_hostname), app)

    @endpoint
    def verify(self, passcode: int | str | Secret, passcode_key: str | Secret) -> Call[Session]:
        """Finish logging in with the passcode that came by e-mail, and its key. Never repeated.

        Raises:
            Unauthorized: The passcode is wrong or has run out.

        https://docs.spaaza.com/api/session
        """
        key = checked_secret("passcode_key", passcode_key)
        form = {"session_passcode": _digits(passcode), "session_passcode_key": key}
        return _entering("session", form, partial(_session, app_hostname=None))

    @endpoint
    def logout(self) -> Call[None]:
        """End the session that the client was made with. Never repeated.

        https://docs.spaaza.com/api/logout
        """
        return Call(method="DELETE", path=("auth", "logout"), read=_nothing)


def _entering(
    path: str,
    form: Mapping[str, Any],
    making: Callable[[Any, Reader, str], T],
    headers: Mapping[str, str] = EMPTY,
) -> Call[T]:
    """A call that proves by what it sends who one is."""
    return Call(
        method="POST",
        path=("auth", path),
        form=form,
        headers=headers,
        read=lambda response: read_results(response, making),
        signed=False,
        gives_secrets=True,
    )


def _entered(
    results: Any, read: Reader, path: str, app_hostname: str | None
) -> Session | PasscodeRequired:
    keys = coerce.object_or_empty(results).keys()
    if "session_info" not in keys and keys & _OF_A_PASSCODE:
        return read.one(PasscodeRequired, results, path)
    return _session(results, read, path, app_hostname)


def _session(results: Any, read: Reader, path: str, app_hostname: str | None) -> Session:
    session = read.one(Session, member(results, "session_info", path), f"{path}.session_info")
    return evolved(session, app_hostname=app_hostname)


_OF_A_PASSCODE = frozenset({"session_passcode_key", "session_passcode_expiry_date"})


def _nothing(response: Response) -> None:
    def read(_results: Any, _reader: Reader, _path: str) -> None:
        return None

    return read_results(response, read)


def hidden(password: str | Secret) -> Secret:
    """A password, as it is sent and never shown.

    Raises:
        InvalidArgument: It is no text, or empty.
    """
    text = password.reveal() if isinstance(password, Secret) else password
    if not isinstance(text, str) or not text:
        raise InvalidArgument("password", "must be text that is not empty")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise InvalidArgument("password", "must not have half a surrogate pair in it")
    return Secret(str.__str__(text))


def _digits(passcode: int | str | Secret) -> Secret:
    """The passcode, without the white space that is pasted with it."""
    given = passcode.reveal() if isinstance(passcode, Secret) else passcode
    return Secret(number("passcode", given.strip() if isinstance(given, str) else given, 0))
