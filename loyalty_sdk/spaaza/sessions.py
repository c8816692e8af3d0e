"""Logging in and out.

https://docs.spaaza.com/api/login
"""

from __future__ import annotations

from typing import Any

from loyalty_sdk._core import coerce
from loyalty_sdk._core.arguments import number, plain_text
from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.convert import Reader
from loyalty_sdk._core.credentials import checked_secret
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.model import evolved
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import APP_HOSTNAME, member, read_results
from loyalty_sdk.spaaza.auth import checked_hostname
from loyalty_sdk.spaaza.models import PasscodeRequired, Session


class Sessions(Resource[R_co]):
    """Logging in and out."""

    @endpoint
    def login(
        self, username: str, password: str | Secret, *, app_hostname: str | None = None
    ) -> Call[Session | PasscodeRequired]:
        """Log in. Spaaza ends every other session of the same user by this.

        It needs no credentials: `Spaaza(auth=None).sessions.login(...)`; then make a client with
        `Spaaza(auth=session.auth)`. Never repeated.

        Args:
            username: The name, an e-mail address.
            password: The password.
            app_hostname: The app that a customer logs in to, such as `acme.spaaza.com`; left out
                for somebody on the staff.

        Returns:
            A `Session`, or a `PasscodeRequired` where a passcode was sent by e-mail, to be given
            to `verify`.

        Raises:
            InvalidArgument: Before anything is sent: one of them is empty.
            Unauthorized: The name or the password is wrong (code 5).
            LoyaltyError: Anything else.

        https://docs.spaaza.com/api/login
        """
        headers = {} if app_hostname is None else {APP_HOSTNAME: checked_hostname(app_hostname)}
        return Call(
            method="POST",
            path=("auth", "login"),
            form={"username": plain_text("username", username), "password": hidden(password)},
            headers=headers,
            read=lambda response: read_results(
                response, lambda results, read, path: _entered(results, read, path, app_hostname)
            ),
            signed=False,
            gives_secrets=True,
        )

    @endpoint
    def verify(self, passcode: int | str | Secret, passcode_key: str | Secret) -> Call[Session]:
        """Finish logging in with the passcode that came by e-mail. Never repeated.

        Args:
            passcode: The passcode: digits.
            passcode_key: The key of `PasscodeRequired`.

        Returns:
            The session.

        Raises:
            InvalidArgument: Before anything is sent: the passcode is no number, or the key empty.
            Unauthorized: The passcode is wrong or has run out.
            LoyaltyError: Anything else.

        https://docs.spaaza.com/api/session
        """
        return Call(
            method="POST",
            path=("auth", "session"),
            form={
                "session_passcode": _digits(passcode),
                "session_passcode_key": checked_secret("passcode_key", passcode_key),
            },
            read=lambda response: read_results(
                response, lambda results, read, path: _session(results, read, path, None)
            ),
            signed=False,
            gives_secrets=True,
        )

    @endpoint
    def logout(self) -> Call[None]:
        """End the session that the client was made with. Never repeated.

        Raises:
            Unauthorized: There is no such session any more (code 6).
            LoyaltyError: Anything else.

        https://docs.spaaza.com/api/logout
        """
        return Call(method="DELETE", path=("auth", "logout"), read=_nothing)


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
