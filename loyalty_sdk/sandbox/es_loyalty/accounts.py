"""The synthetic members of ES Loyalty and everything they can be called by.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

import attrs

from ..members import Member
from ..switches import IdentifierType


@attrs.frozen(kw_only=True)
class Account:
    """One synthetic account.

    Attributes:
        number: A small number that its data are derived from.
        account_id: ES Loyalty's own identifier.
        loyalty_id: The number on the member's card.
        email: The e-mail address.
        external_id: The identifier in the merchant's systems.
        locale: The language of its texts unless a call asks for another.
    """

    number: int
    account_id: str
    loyalty_id: str
    email: str
    external_id: str
    locale: str = "en-CA"

    def identifier(self, kind: IdentifierType) -> str:
        """What the account is called by identifiers of this kind."""
        return {
            "ACCOUNT_ID": self.account_id,
            "LOYALTY_ID": self.loyalty_id,
            "EXTERNAL_ID": self.external_id,
            "EMAIL": self.email,
            "PARTNER_LINK_ID": f"sandbox-link-{self.number}",
            "PHONE_NUMBER": f"+1555010{self.number:04}",
            "EXTERNAL_AGENT_ID": f"sandbox-agent-{self.number}",
        }[kind]


def account_of(member: Member) -> Account:
    """The account of somebody whom all vendors know."""
    return Account(
        number=member.number,
        account_id=member.es_loyalty_account_id,
        loyalty_id=member.es_loyalty_loyalty_id,
        email=member.spaaza_username,
        external_id=member.voucherify_source_id,
        locale="fr-CA" if member.name == "awkward" else "en-CA",
    )
