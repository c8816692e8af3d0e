"""A few synthetic people whom every vendor of the sandbox knows.

A vendor that joins the sandbox adds its identifiers as fields of `Member`.
"""

from __future__ import annotations

import attrs

from .switches import IdentifierType
from .synthetic import characters, dice, uuid_text

SPAAZA_CHAIN_ID = 1743


@attrs.frozen(kw_only=True)
class Member:
    """One synthetic person and what each vendor calls them.

    Attributes:
        name: What is special about this member.
        number: A small number that all vendors derive this member's data from.
        es_loyalty_identifier: What to start a session of ES Loyalty with.
        es_loyalty_identifier_type: What kind of identifier that is.
        es_loyalty_account_id: ES Loyalty's own identifier.
        es_loyalty_loyalty_id: The number on the card in ES Loyalty.
        voucherify_customer_id: Voucherify's own identifier.
        voucherify_source_id: The merchant's identifier in Voucherify.
        cardlytics_source_customer_id: The bank's identifier, for Cardlytics.
        spaaza_chain_id: The chain the member belongs to.
        spaaza_user_id: Spaaza's own identifier.
        spaaza_username: The e-mail address in Spaaza.
        spaaza_member_number: The card number in Spaaza, with leading zeros.
        spaaza_authentication_point_identifier: The identity in the merchant's web shop.
    """

    name: str
    number: int
    es_loyalty_identifier: str
    es_loyalty_identifier_type: IdentifierType
    es_loyalty_account_id: str
    es_loyalty_loyalty_id: str
    voucherify_customer_id: str
    voucherify_source_id: str
    cardlytics_source_customer_id: str
    spaaza_chain_id: int
    spaaza_user_id: int
    spaaza_username: str
    spaaza_member_number: str
    spaaza_authentication_point_identifier: str


@attrs.frozen(kw_only=True)
class Members:
    """The members a test or an example can count on.

    Attributes:
        everyday: Holds one of every documented shape in ES Loyalty, none too old to be a cursor,
            and in Voucherify, and a handful in Spaaza.
        heavy: Holds thousands of things, for walking long lists.
        empty: Exists, and holds nothing.
        awkward: Has identifiers with a slash, a blank, a percent sign, a plus and an umlaut, and
            in ES Loyalty few transactions over many years.
    """

    everyday: Member
    heavy: Member
    empty: Member
    awkward: Member


def voucherify_customer_id(seed: int, number: int) -> str:
    """The identifier of the customer with this number."""
    return "cust_" + characters(dice(seed, "voucherify-customer", number), 24)


def well_known_members(seed: int) -> Members:
    """The members that exist with this seed."""
    return Members(
        everyday=_member(seed, 0, "everyday"),
        heavy=_member(seed, 1, "heavy"),
        empty=_member(seed, 2, "empty"),
        awkward=_member(
            seed,
            3,
            "awkward",
            source_id="store/nl 50%+ü@example.com",
            tag="+plus",
            shop="web/ü 3&4",
            bank="bank/nl 50%+ü",
        ),
    )


def _member(
    seed: int,
    number: int,
    name: str,
    *,
    source_id: str = "",
    tag: str = "",
    shop: str = "",
    bank: str = "",
) -> Member:
    source_id = source_id or f"{name}@example.com"
    account_id = uuid_text(dice(seed, "es-loyalty-account", number))
    return Member(
        name=name,
        number=number,
        es_loyalty_identifier=source_id if name == "awkward" else account_id,
        es_loyalty_identifier_type="EXTERNAL_ID" if name == "awkward" else "ACCOUNT_ID",
        es_loyalty_account_id=account_id,
        es_loyalty_loyalty_id=f"60141600{number:08}",
        voucherify_customer_id=voucherify_customer_id(seed, number),
        voucherify_source_id=source_id,
        cardlytics_source_customer_id=bank or f"bank-{number:08}",
        spaaza_chain_id=SPAAZA_CHAIN_ID,
        spaaza_user_id=50_000 + number,
        spaaza_username=f"{name}{tag}@example.com",
        spaaza_member_number=f"{400 + number:07}",
        spaaza_authentication_point_identifier=shop or f"web-{name}",
    )
