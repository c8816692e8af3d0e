"""Somebody who is logged in, or is about to be.

https://docs.spaaza.com/api/login
"""

from __future__ import annotations

import attrs

from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.spaaza.auth import AdminSession, UserSession
from loyalty_sdk.spaaza.models.values import Instant


@attrs.frozen(kw_only=True, weakref_slot=False)
class Session(Model):
    """Somebody is logged in. The key is a `Secret`; the value can be neither pickled nor shown.

    Attributes:
        session_key: The key.
        session_user_id: Who is logged in.
        session_username: Their name.
        session_auth_method: How they logged in.
        session_key_validity: For how many hours the key is good.
        session_expires_date: Until when.
        app_hostname: The app they logged in to, for a customer; `None` for somebody on the staff.
    """

    session_key: Hidden = promised()
    session_user_id: str = promised()
    session_username: str | None = None
    session_auth_method: str | None = None
    session_key_validity: int | None = None
    session_expires_date: Instant | None = None
    app_hostname: str | None = None

    @property
    def auth(self) -> AdminSession | UserSession:
        """What a client of this session is made with: `Spaaza(auth=session.auth)`."""
        if self.app_hostname is None:
            return AdminSession(self.session_user_id, self.session_key)
        return UserSession(self.session_user_id, self.session_key, self.app_hostname)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PasscodeRequired(Model):
    """A passcode was sent by e-mail: `spaaza.sessions.verify(passcode, this.passcode_key)`.

    Attributes:
        passcode_key: What goes with the passcode; a `Secret`.
        passcode_expiry_date: Until when the passcode is good.
    """

    passcode_key: Hidden = promised("session_passcode_key")
    passcode_expiry_date: Instant | None = renamed("session_passcode_expiry_date")
