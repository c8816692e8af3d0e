"""Who may call Spaaza: privileged tokens, and sessions of admins and of users.

https://docs.spaaza.com/api/authentication
"""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from ..members import SPAAZA_CHAIN_ID
from ..switches import Switches
from ..synthetic import HEX_DIGITS, Clock, characters, credential, dice
from ..wire import Request
from .answers import Refused, denied, invalid, no_session, wrong_password
from .state import APP_HOSTNAME, CHAINS
from .vouchers import Json, User, naive

HOSTNAME_HEADER = "x-spaaza-myprice-app-hostname"


@attrs.frozen(kw_only=True)
class PrivilegedToken:
    """A token of a trusted third party and the chains it is good for."""

    id: str
    secret: str = attrs.field(repr=False)
    chains: frozenset[int]


@attrs.frozen(kw_only=True)
class Account:
    """Somebody who can log in.

    Attributes:
        user: Who it is.
        password: The password.
        app_hostname: The app of an end customer; `None` for an admin.
        two_factor: Whether a passcode is asked for from version 1.5.8 on.
    """

    user: User
    password: str = attrs.field(repr=False)
    app_hostname: str | None = None
    two_factor: bool = False


@attrs.frozen(kw_only=True)
class Session:
    """A session that was opened."""

    key: str = attrs.field(repr=False)
    user: User
    app_hostname: str | None
    expires_at: datetime
    lifetime: float
    method: str

    def content(self) -> Json:
        """The session as the vendor shows it."""
        return {
            "session_key": self.key,
            "session_key_validity": str(int(self.lifetime // 3600)),
            "session_auth_method": self.method,
            "session_user_id": self.user.user_id,
            "session_username": self.user.username,
            "session_expires_date": naive(self.expires_at),
        }


@attrs.frozen(kw_only=True)
class Passcode:
    """A passcode that was mailed, as far as a sandbox mails."""

    account: Account
    key: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    expires_at: datetime


@attrs.frozen(kw_only=True)
class AppRule:
    """Whether the header with the app's hostname goes with a call: "must", "may" or "never".

    Attributes:
        user: With a customer's session.
        admin: With an admin's session.
        privileged: With a privileged token.
    """

    user: str = "must"
    admin: str = "never"
    privileged: str = "may"


@attrs.frozen(kw_only=True)
class Caller:
    """Who makes a call.

    Attributes:
        kind: "privileged", "admin" or "user".
        chains: The chains the caller may see.
        user: Who it is; `None` for a privileged token.
    """

    kind: str
    chains: frozenset[int]
    user: User | None = None


class Access:
    """The tokens, the accounts and the sessions that live."""

    def __init__(self, seed: int, everyday: User, now: Clock) -> None:
        """Make tokens and accounts from the seed; `everyday` is the user who can log in."""
        self._dice = dice(seed, "spaaza-sessions")
        self._now = now
        self._sessions: dict[int, Session] = {}
        self._passcodes: dict[str, Passcode] = {}
        self.token: PrivilegedToken = _token(seed, "token", CHAINS)
        self.powerless: PrivilegedToken = _token(seed, "powerless-token", frozenset())
        self.admin: Account = _admin(seed, 1, "admin")
        self.admin_2fa: Account = _admin(seed, 2, "admin-2fa", two_factor=True)
        self.user: Account = Account(
            user=everyday, password=credential(seed, "user-password"), app_hostname=APP_HOSTNAME
        )

    def caller(self, request: Request, app: AppRule) -> Caller:
        """Who makes this request.

        Raises:
            Refused: Error 6: the credentials are missing, wrong or over; or 269: the app is.
        """
        if "authorization" in request.headers:
            token = self._token(request)
            _check_app(request.headers.get(HOSTNAME_HEADER), app.privileged)
            return Caller(kind="privileged", chains=token.chains)
        session = self.session(request, app)
        kind = "admin" if session.app_hostname is None else "user"
        return Caller(kind=kind, chains=frozenset({SPAAZA_CHAIN_ID}), user=session.user)

    def session(self, request: Request, app: AppRule = AppRule()) -> Session:
        """The session in the headers; the app hostname has to be there for users alone, mostly.

        Raises:
            Refused: Error 6.
        """
        headers = request.headers
        session = self.find_session(
            headers.get("x-spaaza-session-user-id"),
            headers.get("x-spaaza-session-username"),
            headers.get("x-spaaza-session-key", ""),
        )
        need = app.admin if session.app_hostname is None else app.user
        hostname = headers.get(HOSTNAME_HEADER)
        if (need == "must" and hostname is None) or (need == "never" and hostname is not None):
            raise no_session()
        if hostname not in (None, session.app_hostname or APP_HOSTNAME):
            raise no_session()
        return session

    def find_session(self, user_id: str | None, username: str | None, key: str) -> Session:
        """The living session with this key, of the user with this id or name.

        Raises:
            Refused: Error 6.
        """
        for session in self._sessions.values():
            same_user = user_id == str(session.user.user_id) or (
                user_id is None and username == session.user.username
            )
            if same_user and key == session.key and session.expires_at > self._now():
                return session
        raise no_session()

    def log_in(self, username: str, password: str, app_hostname: str | None) -> Account:
        """The account with these credentials; its old session ends.

        Raises:
            Refused: Error 5.
        """
        for account in (self.admin, self.admin_2fa, self.user):
            known = account.user.username, account.password, account.app_hostname
            if known == (username, password, app_hostname):
                self._sessions.pop(account.user.user_id, None)
                return account
        raise wrong_password("The password is not correct or the user does not exist")

    def open_session(self, user: User, app_hostname: str | None, switches: Switches) -> Session:
        """Open a session; an older one of the same user ends."""
        session = Session(
            key="sandbox-" + characters(self._dice, 56, HEX_DIGITS),
            user=user,
            app_hostname=app_hostname,
            expires_at=self._now() + timedelta(seconds=switches.spaaza_session_lifetime),
            lifetime=switches.spaaza_session_lifetime,
            method="password",
        )
        self._sessions[user.user_id] = session
        return session

    def send_passcode(self, account: Account, switches: Switches) -> Passcode:
        """Make up a passcode; an older one of the same account ends."""
        passcode = Passcode(
            account=account,
            key="sandbox-passcode-key-" + characters(self._dice, 24),
            code=str(self._dice.randrange(100_000, 1_000_000)),
            expires_at=self._now() + timedelta(seconds=switches.spaaza_passcode_lifetime),
        )
        self._passcodes[account.user.username] = passcode
        return passcode

    def passcode_for(self, username: str) -> str:
        """The passcode that waits to be used.

        Raises:
            LookupError: None does.
        """
        return self._passcodes[username].code

    def use_passcode(self, code: str, key: str) -> Account:
        """The account whose passcode this is; it is good for one use.

        Raises:
            Refused: Error 5, or the code is not a number.
        """
        if not (code.isascii() and code.isdigit()):
            raise invalid("The parameter session_passcode must be a whole number")
        for username, waiting in self._passcodes.items():
            if (waiting.code, waiting.key) == (code, key) and waiting.expires_at > self._now():
                del self._passcodes[username]
                return waiting.account
        raise wrong_password("The passcode is not correct or over")

    def end_session(self, session: Session) -> None:
        """End a session."""
        del self._sessions[session.user.user_id]

    def expire_sessions(self) -> None:
        """End all sessions."""
        self._sessions.clear()

    def _token(self, request: Request) -> PrivilegedToken:
        for token in (self.token, self.powerless):
            if request.headers["authorization"] == f"Bearer {token.id}:{token.secret}":
                return token
        raise no_session()


def _check_app(hostname: str | None, need: str) -> None:
    if need == "must" and hostname is None:
        raise Refused("no_myprice_app", "Myprice app is required")
    if need == "must" and hostname != APP_HOSTNAME:
        raise denied()
    if need == "never" and hostname is not None:
        raise invalid("The header X-Spaaza-MyPrice-App-Hostname must not be sent with this call")


def _token(seed: int, label: str, chains: frozenset[int]) -> PrivilegedToken:
    return PrivilegedToken(
        id=credential(seed, f"{label}-id"),
        secret=credential(seed, f"{label}-secret"),
        chains=chains,
    )


def _admin(seed: int, number: int, name: str, two_factor: bool = False) -> Account:
    user = User(
        user_id=10_000 + number,
        username=f"sandbox-{name}@example.com",
        member_number=None,
        authentication_point_identifier=None,
        last_name="Admin",
    )
    password = credential(seed, f"{name}-password")
    return Account(user=user, password=password, two_factor=two_factor)
