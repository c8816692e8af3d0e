"""What the sandbox's Spaaza holds: chains, users, campaigns and vouchers.

All data are synthetic: made here from the seed, and about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import RLock

import attrs

from ..members import SPAAZA_CHAIN_ID, Member, Members
from ..synthetic import FIRST_NAMES, LAST_NAMES, Clock, dice
from .ledger import Basket, Entry
from .select import Selection
from .view import View
from .vouchers import Amount, Campaign, Json, Kind, Status, User, Voucher

OTHER_CHAIN_ID = SPAAZA_CHAIN_ID + 1
CHAINS = frozenset({SPAAZA_CHAIN_ID, OTHER_CHAIN_ID})
APP_HOSTNAME = "sandbox.spaaza.example.com"

USERS = 60
HEAVY_VOUCHERS = 1_300
OTHER_VOUCHERS = 1_100
FIRST_VOUCHER_ID = 100_001
NEVER = datetime(2050, 1, 1, tzinfo=UTC)

_CAMPAIGN_TYPES = ("signup", "birthday", "loyalty", "wallet", "basket", "referral")
_KINDS: tuple[Kind, ...] = ("basket", "basket_pct", "honour", "basket_fixed_unit")
_STATUSES: tuple[Status, ...] = ("generated", "claimed", "redeemed", "generated", "claimed")


class SpaazaState:
    """Everything the chains hold. Thread-safe; vouchers are made when first asked for."""

    def __init__(self, seed: int, members: Members, now: Clock) -> None:
        """Fill the chains from the seed; dates count from the moment `now` gives."""
        self._seed = seed
        self._members = members
        self._lock = RLock()
        self._origin = now().replace(microsecond=0)
        self._vouchers: dict[int, Voucher] | None = None
        self._view: View | None = None
        self.users: tuple[User, ...] = tuple(_users(seed, members))
        self.campaigns: tuple[Campaign, ...] = _campaigns()
        self.ledger: list[Entry] = []
        self.baskets: list[Basket] = []

    def vouchers(self, chain_id: int) -> tuple[Voucher, ...]:
        """All vouchers of a chain."""
        with self._lock:
            return tuple(one for one in self._all().values() if one.chain_id == chain_id)

    def selected(self, selection: Selection, now: datetime) -> Sequence[Voucher]:
        """What a call asks for, in its order: the pages of one walk are cut from one piece."""
        with self._lock:
            if self._view is None or not self._view.serves(selection, now):
                self._view = View.of(self.vouchers(selection.chain_id), selection, now)
            return self._view.vouchers

    def voucher_ids(self, chain_id: int = SPAAZA_CHAIN_ID) -> tuple[int, ...]:
        """The identifiers of all vouchers of a chain, ascending."""
        return tuple(sorted(one.voucher_id for one in self.vouchers(chain_id)))

    def voucher(self, chain_id: int, key: str | None, voucher_id: int | None) -> Voucher | None:
        """The voucher of a chain with this key or this identifier."""
        with self._lock:
            held = self._all()
            found = held.get(voucher_id) if voucher_id is not None else None
            if found is None and key is not None:
                found = next((one for one in held.values() if one.key == key), None)
            return found if found is not None and found.chain_id == chain_id else None

    def keep(self, voucher: Voucher) -> Voucher:
        """Keep a voucher in place of the one with its identifier, if there is one."""
        with self._lock:
            self._changing()[voucher.voucher_id] = voucher
            return voucher

    def next_voucher_id(self) -> int:
        """An identifier that no voucher has."""
        with self._lock:
            return max(self._all(), default=FIRST_VOUCHER_ID) + 1

    def keep_user(self, user: User) -> User:
        """Keep a user in place of the one with the same identifier, if there is one."""
        with self._lock:
            held = tuple(self._all().values())  # made before there is somebody new to own them
            places = {one.user_id: one for one in self.users}
            self.users = tuple({**places, user.user_id: user}.values())
            for one in held:
                if one.user is not None and one.user.user_id == user.user_id:
                    self.keep(attrs.evolve(one, user=user))
            return user

    def campaign(self, campaign_id: int | None) -> Campaign | None:
        """The campaign with this identifier."""
        return next((one for one in self.campaigns if one.campaign_id == campaign_id), None)

    def balance(self, user_id: int, campaign_id: int) -> Decimal:
        """What a user has in a wallet."""
        mine = (one for one in self.ledger if one.user_id == user_id)
        return sum((one.amount for one in mine if one.campaign_id == campaign_id), Decimal(0))

    def put(self, vouchers: Iterable[Voucher]) -> None:
        """Replace all vouchers."""
        with self._lock:
            self._vouchers = {one.voucher_id: one for one in vouchers}
            self._view = None

    def add_voucher(
        self,
        *,
        voucher_id: int | None = None,
        chain_id: int = SPAAZA_CHAIN_ID,
        user_id: int | None = None,
        status: Status = "generated",
        expires_in: timedelta = timedelta(days=30),
    ) -> int:
        """Add a voucher, as another client of the chain might while a list is being walked.

        Args:
            voucher_id: Its identifier; the next one unless given.
            chain_id: Its chain.
            user_id: Whose it is; nobody's unless given.
            status: Its status.
            expires_in: How long from the start of the sandbox it is good for.

        Returns:
            Its identifier.

        Raises:
            ValueError: The identifier is taken.
        """
        with self._lock:
            held = self._changing()
            chosen = max(held, default=FIRST_VOUCHER_ID) + 1 if voucher_id is None else voucher_id
            if chosen in held:
                raise ValueError(f"voucher {chosen} exists")
            held[chosen] = Voucher(
                voucher_id=chosen,
                chain_id=chain_id,
                created_at=self._origin,
                expires_at=self._origin + expires_in,
                status=status,
                redeemed_at=self._origin if status == "redeemed" else None,
                user=None if user_id is None else self._user(user_id),
            )
            return chosen

    def remove_voucher(self, voucher_id: int) -> None:
        """Remove a voucher.

        Raises:
            LookupError: There is none.
        """
        with self._lock:
            del self._changing()[voucher_id]

    def redeem_voucher(self, voucher_id: int) -> None:
        """Redeem a voucher, whereby it leaves the lists of what is unredeemed.

        Raises:
            LookupError: There is none.
        """
        with self._lock:
            held = self._changing()
            held[voucher_id] = attrs.evolve(
                held[voucher_id], status="redeemed", redeemed_at=self._origin
            )

    def _user(self, user_id: int) -> User:
        return next(one for one in self.users if one.user_id == user_id)

    def _changing(self) -> dict[int, Voucher]:
        """All vouchers, one of which is about to change: nothing that was selected holds then."""
        self._view = None
        return self._all()

    def _all(self) -> dict[int, Voucher]:
        if self._vouchers is None:
            made = _vouchers(self._seed, self._origin, self._members, self.users, self.campaigns)
            self._vouchers = {one.voucher_id: one for one in made}
        return self._vouchers


def _users(seed: int, members: Members) -> Iterable[User]:
    special = {
        one.number: one for one in (members.everyday, members.heavy, members.empty, members.awkward)
    }
    for number in range(USERS):
        source = dice(seed, "spaaza-user", number)
        names = {"first_name": source.choice(FIRST_NAMES), "last_name": source.choice(LAST_NAMES)}
        if number in special:
            yield _special_user(special[number], **names)
            continue
        yield User(
            user_id=50_000 + number,
            username=f"shopper-{number:03}@example.com",
            member_number=None if number % 7 == 0 else f"{400 + number:07}",
            authentication_point_identifier=None,
            sparse=number % 2 == 0,
            first_name=names["first_name"],
            last_name=names["last_name"],
        )


def _special_user(member: Member, first_name: str, last_name: str) -> User:
    return User(
        user_id=member.spaaza_user_id,
        username=member.spaaza_username,
        member_number=member.spaaza_member_number,
        authentication_point_identifier=member.spaaza_authentication_point_identifier,
        first_name=first_name,
        last_name=last_name,
    )


def _campaigns() -> tuple[Campaign, ...]:
    made = [
        Campaign(
            campaign_id=300 + number,
            chain_id=SPAAZA_CHAIN_ID,
            campaign_type=kind,
            title=f"Sandbox {kind} campaign",
            active=kind != "referral",
            assignments=number,
        )
        for number, kind in enumerate(_CAMPAIGN_TYPES)
    ]
    huge = attrs.evolve(made[0], campaign_id=320, title="Sandbox huge campaign", assignments=700)
    other = attrs.evolve(made[0], campaign_id=340, chain_id=OTHER_CHAIN_ID)
    return (*made, huge, other)


def _vouchers(
    seed: int,
    origin: datetime,
    members: Members,
    users: tuple[User, ...],
    campaigns: tuple[Campaign, ...],
) -> Iterable[Voucher]:
    everyday, heavy = users[members.everyday.number], users[members.heavy.number]
    main = [one for one in campaigns if one.chain_id == SPAAZA_CHAIN_ID]
    yield from _handful(origin, everyday, main)
    first = FIRST_VOUCHER_ID + 100
    for number in range(HEAVY_VOUCHERS + OTHER_VOUCHERS):
        source = dice(seed, "spaaza-voucher", number)
        others = users[members.awkward.number :]
        owner = heavy if number < HEAVY_VOUCHERS else source.choice((None, *others))
        yield _voucher(first + number, origin, owner, source.choice((None, *main)))
    for number in range(3):
        made = _voucher(first + 10_000 + number, origin, None, campaigns[-1])
        yield attrs.evolve(made, chain_id=OTHER_CHAIN_ID)


def _handful(origin: datetime, user: User, campaigns: list[Campaign]) -> Iterable[Voucher]:
    """One voucher of each sort that matters: six unredeemed and unexpired ones among ten."""
    for number in range(10):
        made = _voucher(FIRST_VOUCHER_ID + number, origin, user, campaigns[number % 3])
        yield attrs.evolve(
            made,
            status=_STATUSES[number % 5],
            redeemed_at=origin - timedelta(days=number) if number % 5 == 2 else None,
            expires_at=origin - timedelta(days=2) if number >= 8 else made.expires_at,
            basket=_basket(number) if number % 5 == 2 else None,
            locked_until=origin + timedelta(days=365) if number == 1 else None,
        )


def _voucher(
    number: int, origin: datetime, user: User | None, campaign: Campaign | None
) -> Voucher:
    # Strides without common factors bring every combination about.
    kind = _KINDS[number % 4]
    status = _STATUSES[number % 5]
    created = origin - timedelta(hours=3 * (number % 2_000) + 5)
    redeemed = created + timedelta(hours=2) if status == "redeemed" else None
    return Voucher(
        voucher_id=number,
        chain_id=SPAAZA_CHAIN_ID,
        created_at=created,
        expires_at=_expiry(number, origin),
        status=status,
        redeemed_at=redeemed,
        locked_until=_lock(number, origin),
        regenerated=number % 13 == 0,
        kind=kind,
        campaign=campaign,
        user=user,
        amount=None if kind == "honour" else _amount(number),
        amount_redeemed=_redeemed_amount(number, status),
        basket=_basket(number) if redeemed is not None else None,
        iso_expiry=number % 6 == 0,
        text="Your voucher" if number % 2 else None,
        honour_code=f"HONOUR{number % 1000:03}" if kind == "honour" else _no_code(number),
        euros=kind != "honour",
    )


def _expiry(number: int, origin: datetime) -> datetime:
    if number % 9 == 0:
        return origin - timedelta(days=number % 40 + 1)
    return NEVER if number % 3 == 0 else origin + timedelta(days=number % 300 + 1)


def _lock(number: int, origin: datetime) -> datetime | None:
    if number % 11 == 0:
        return origin + timedelta(days=1)
    return origin - timedelta(days=1) if number % 11 == 1 else None


def _amount(number: int) -> Amount:
    forms: tuple[Amount, ...] = (number % 50 + 1, number % 50 + 0.25, f"{number % 50}.10", "1.0000")
    return forms[number % 7 % 4]


def _redeemed_amount(number: int, status: Status) -> Amount:
    if status != "redeemed":
        return None if number % 2 else 0
    return _amount(number)


def _no_code(number: int) -> str | None:
    return "" if number % 2 else None


def _basket(number: int) -> Json | list[object]:
    if number % 2:
        return []
    return {
        "basket_id": 700_000 + number,
        "retailer_basket_code": f"sandbox-{number}",
        "basket_platform_type": "online" if number % 4 else "in_store",
        "branch_business_id": 9_001,
        "branch_business_owner_code": "SANDBOX-1",
        "basket_total_value": "25.50",
    }
