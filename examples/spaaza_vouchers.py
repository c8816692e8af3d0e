"""Spaaza: log in with a passcode, then read a chain's vouchers without losing any.

It uses the embedded sandbox; with `SPAAZA_TOKEN_ID` and `SPAAZA_TOKEN_SECRET` in the environment,
`Spaaza()` reaches your own chain with a privileged token, and needs no login.
"""

from __future__ import annotations

from loyalty_sdk import Spaaza
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.spaaza import PasscodeRequired, Relative

with Sandbox() as sandbox:
    base_url = sandbox.spaaza["base_url"]
    admin = sandbox.spaaza_admin_2fa

    with Spaaza(auth=None, base_url=base_url) as nobody:
        entered = nobody.sessions.login(admin["username"], admin["password"])
        if isinstance(entered, PasscodeRequired):
            passcode = sandbox.passcode_for(admin["username"])  # a person reads it in an e-mail
            entered = nobody.sessions.verify(passcode, entered.passcode_key)

    with Spaaza(auth=entered.auth, base_url=base_url) as spaaza:
        vouchers = spaaza.vouchers.list(
            sandbox.member.spaaza_chain_id,
            max_expiry_datetime_relative=Relative(months=1),
            walk="anchored",
        )
        for voucher in vouchers.collect(at_most=5):
            print(voucher.voucher_key[:8], voucher.voucher_amount, voucher.voucher_status)
        print(f"5 of {vouchers.total} that expire within a month")
        spaaza.sessions.logout()
