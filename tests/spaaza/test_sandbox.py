"""The clients of both colours against the sandbox, over real sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import attrs
import pytest
from conftest import Colour

from loyalty_sdk import AsyncSpaaza, Secret, Spaaza
from loyalty_sdk.errors import APIError, BadRequest, NotFound, PermissionDenied, Unauthorized
from loyalty_sdk.sandbox import Sandbox, Switches, SwitchOptions
from loyalty_sdk.spaaza import AdminSession, PasscodeRequired, Relative, UserSession

CHAIN = 1743
ORDERS = ("id", "-id", "shuffled")
WALKS = ("fast", "anchored")
UNREDEEMED = ("generated", "claimed")


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox(seed=11) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The running sandbox, its switches where they are by default."""
    running.turn(**cast("SwitchOptions", attrs.asdict(Switches())))
    running.forget_requests()
    running.expire_sessions()
    return running


@pytest.fixture
def changing() -> Iterator[Sandbox]:
    """A sandbox of one test's own, whose vouchers it changes."""
    with Sandbox(seed=12) as sandbox:
        yield sandbox


def client(colour: Colour, sandbox: Sandbox, **arguments: Any) -> Any:
    """A client with the sandbox's privileged token, unless it has other credentials."""
    made = {**sandbox.spaaza, **arguments}
    if "auth" in arguments:
        del made["token_id"], made["token_secret"]
    return colour.keep(colour.pick(Spaaza, AsyncSpaaza)(**made))


def held(sandbox: Sandbox, keep: Callable[[Any], object], chain_id: int = CHAIN) -> set[str]:
    """The ids of what the chain holds and a rule keeps."""
    return {str(one.voucher_id) for one in sandbox.spaaza_state.vouchers(chain_id) if keep(one)}


def alive(voucher: Any) -> bool:
    """Whether it is not expired."""
    return bool(voucher.expires_at > datetime.now(timezone.utc))


def listed(colour: Colour, sandbox: Sandbox, **arguments: Any) -> set[str]:
    """The ids that a call lists, each of them once."""
    items = colour.items(client(colour, sandbox).vouchers.list(CHAIN, **arguments))
    ids = {item.voucher_id for item in items}
    assert len(ids) == len(items)
    return ids


# --- walks


@pytest.mark.parametrize("through", WALKS)
@pytest.mark.parametrize("order", ORDERS)
def test_thousands_are_walked_in_any_order(
    order: Any, through: Any, colour: Colour, sandbox: Sandbox
) -> None:
    """Every voucher comes once, in either walk and whatever order the vendor has."""
    sandbox.turn(spaaza_order=order)
    pager = client(colour, sandbox).vouchers.list(CHAIN, show_all_statuses=True, walk=through)
    ids = [item.voucher_id for item in colour.items(pager)]
    assert len(ids) == len(set(ids)) == pager.total > 2_000
    assert set(ids) == held(sandbox, lambda _: True)
    assert sandbox.count("spaaza.get-vouchers", status=200) == -(-len(ids) // 500)


@pytest.mark.parametrize("through", WALKS)
@pytest.mark.parametrize("default", [1, 3, 500])
def test_pages_of_the_vendors_own_size_are_walked(
    default: int, through: Any, colour: Colour, sandbox: Sandbox
) -> None:
    """Without `number_results` the vendor's own page size, even one of 1, loses nothing."""
    sandbox.turn(spaaza_default_page_size=default)
    user = sandbox.member.spaaza_user_id
    arguments = {"user_id": user, "show_all_statuses": True, "number_results": None}
    found = listed(colour, sandbox, walk=through, **arguments)
    assert found == held(sandbox, lambda one: one.user and one.user.user_id == user)
    assert len(found) == 10


@pytest.mark.parametrize("through", WALKS)
def test_a_walk_resumes_over_sockets(through: Any, colour: Colour, sandbox: Sandbox) -> None:
    """A cursor laid down in the middle of a page is good in another client."""
    pager = client(colour, sandbox).vouchers.list(CHAIN, number_results=100, walk=through)
    first = [item.voucher_id for item in colour(pager.collect(at_most=250))]
    again = client(colour, sandbox).vouchers.list(CHAIN, number_results=100, walk=through)
    pages = colour.items(again.pages(pager.cursor))
    rest = [item.voucher_id for page in pages for item in page.items]
    assert [*first, *rest] == [item.voucher_id for item in colour.items(again)]


def test_anchored_loses_nothing_while_the_list_changes(colour: Colour, changing: Sandbox) -> None:
    """Vouchers are redeemed, removed and added between pages; those that stay come once."""
    changing.turn(spaaza_order="shuffled")
    state = changing.spaaza_state
    lasting = held(changing, lambda one: one.status != "redeemed" and alive(one))
    pager = client(colour, changing).vouchers.list(CHAIN, number_results=200, walk="anchored")
    pages = pager.pages()
    seen: list[str] = []
    for turn in range(1_000):
        page = colour(anext(pages, None)) if colour.is_async else next(pages, None)
        if page is None:
            break
        seen += [item.voucher_id for item in page.items]
        for number in seen[turn::7][:30]:
            if number in lasting:
                state.redeem_voucher(int(number))
                lasting.remove(number)
        for number in sorted(lasting - set(seen))[:5]:
            state.remove_voucher(int(number))
            lasting.remove(number)
        for _ in range(25 if turn < 8 else 0):
            state.add_voucher()
    assert len(seen) == len(set(seen))
    assert lasting <= set(seen)
    assert len(lasting) > 500


# --- filters, against what is written here by hand


def test_what_is_listed_by_default(colour: Colour, sandbox: Sandbox) -> None:
    """Without options, what is neither redeemed nor expired is listed."""
    expected = held(sandbox, lambda one: one.status in UNREDEEMED and alive(one))
    assert listed(colour, sandbox) == expected


FILTERS: dict[str, tuple[dict[str, Any], Callable[[Any], object]]] = {
    "campaign": (
        {"campaign_id": 302},
        lambda one: (
            one.status in UNREDEEMED
            and alive(one)
            and one.campaign is not None
            and one.campaign.campaign_id == 302
        ),
    ),
    "regenerated": (
        {"exclude_regenerated": True},
        lambda one: one.status in UNREDEEMED and alive(one) and not one.regenerated,
    ),
    "redeemed": ({"show_redeemed": True}, lambda one: one.status == "redeemed"),
    "expired": (
        {"show_expired": True},
        lambda one: one.status in UNREDEEMED and not alive(one),
    ),
    "created, relative": (
        {"min_created_datetime_relative": timedelta(days=-30)},
        lambda one: (
            one.status in UNREDEEMED
            and alive(one)
            and one.created_at >= datetime.now(timezone.utc) - timedelta(days=30)
        ),
    ),
    "expiring, relative": (
        {"max_expiry_datetime_relative": Relative(weeks=+3, days=-1, hours=+12)},
        lambda one: (
            one.status in UNREDEEMED
            and alive(one)
            and one.expires_at <= datetime.now(timezone.utc) + timedelta(days=20, hours=12)
        ),
    ),
    "expiring, in words": (
        {"min_expiry_datetime_relative": "+6 days"},
        lambda one: (
            one.status in UNREDEEMED
            and one.expires_at >= datetime.now(timezone.utc) + timedelta(days=6)
        ),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_select_what_they_say(name: str, colour: Colour, sandbox: Sandbox) -> None:
    """Each filter arrives in a form that the vendor reads, and selects by it."""
    arguments, keep = FILTERS[name]
    expected = held(sandbox, keep)
    assert expected
    assert listed(colour, sandbox, **arguments) == expected


def test_moments_arrive_whatever_their_zone(colour: Colour, sandbox: Sandbox) -> None:
    """A moment east of Greenwich has a plus sign in it, which has to arrive as one."""
    east = timezone(timedelta(hours=5, minutes=45))
    when = (datetime.now(timezone.utc) - timedelta(days=60)).astimezone(east)
    created = listed(colour, sandbox, show_all_statuses=True, max_created_datetime=when)
    assert created == held(sandbox, lambda one: one.created_at <= when)
    redeemed = listed(colour, sandbox, show_redeemed=True, min_redeemed_datetime=when)
    assert redeemed == held(sandbox, lambda one: one.redeemed_at and one.redeemed_at >= when)
    ahead = when + timedelta(days=90)
    expiring = listed(
        colour, sandbox, min_expiry_datetime=ahead, max_expiry_datetime=ahead + timedelta(days=9)
    )
    between = held(
        sandbox,
        lambda one: (
            one.status in UNREDEEMED and ahead <= one.expires_at <= ahead + timedelta(days=9)
        ),
    )
    assert expiring == between
    assert expiring


@pytest.mark.parametrize(
    "name", ["user_id", "username", "member_number", "authentication_point_identifier"]
)
@pytest.mark.parametrize("who", ["everyday", "heavy", "awkward"])
def test_a_user_is_found_by_any_name(who: str, name: str, colour: Colour, sandbox: Sandbox) -> None:
    """Each identifier finds the user's vouchers, with signs that mean something in a URL too."""
    member = getattr(sandbox.members, who)
    found = listed(colour, sandbox, **{name: getattr(member, f"spaaza_{name}")})
    assert found
    assert found == held(
        sandbox,
        lambda one: (
            one.user is not None
            and one.user.user_id == member.spaaza_user_id
            and one.status in UNREDEEMED
            and alive(one)
        ),
    )


def test_one_voucher_is_found_by_its_id(colour: Colour, sandbox: Sandbox) -> None:
    """The id of an answer is good as an argument, and everything in the answer can be read."""
    pager = client(colour, sandbox).vouchers.list(CHAIN, show_all_statuses=True)
    some = colour(pager.collect(at_most=40))
    for one in some[::13]:
        again = client(colour, sandbox).vouchers.list(
            CHAIN, voucher_id=one.voucher_id, show_all_statuses=True
        )
        assert colour(again.first()).voucher_key == one.voucher_key
        assert again.total == 1


def test_an_empty_answer_is_no_error(colour: Colour, sandbox: Sandbox) -> None:
    """A member without vouchers has none."""
    pager = client(colour, sandbox).vouchers.list(
        CHAIN, user_id=sandbox.members.empty.spaaza_user_id
    )
    assert colour.items(pager) == []
    assert pager.total == 0
    assert colour(pager.first()) is None


# --- every switch


@pytest.mark.parametrize(
    ("switches", "arguments", "keep"),
    [
        (
            {"spaaza_show_expired": "including"},
            {"show_expired": True},
            lambda one: one.status in UNREDEEMED,
        ),
        (
            {"spaaza_show_expired": "only"},
            {"show_expired": True},
            lambda one: one.status in UNREDEEMED and not alive(one),
        ),
        (
            {"spaaza_expiry_under_all_statuses": "kept"},
            {"show_all_statuses": True},
            alive,
        ),
        (
            {"spaaza_expiry_under_all_statuses": "dropped"},
            {"show_all_statuses": True},
            lambda one: True,
        ),
    ],
)
def test_what_the_documents_leave_open_works_either_way(
    switches: Any, arguments: Any, keep: Any, colour: Colour, sandbox: Sandbox
) -> None:
    """Whichever reading of the documents is right, the call gives what the vendor gives."""
    sandbox.turn(**switches)
    assert listed(colour, sandbox, **arguments) == held(sandbox, keep)


@pytest.mark.parametrize("version", ["1.3.0", "1.4.1", "1.4.2", "1.6.3", "1.6.5", None])
@pytest.mark.parametrize("campaign", ["flat", "nested"])
def test_every_version_reads_the_same(
    campaign: Any, version: str | None, colour: Colour, sandbox: Sandbox
) -> None:
    """The list's old name and the campaign's new form make no difference to an application."""
    sandbox.turn(spaaza_campaign=campaign, spaaza_default_version="1.4.1")
    pager = client(colour, sandbox, api_version=version).vouchers.list(
        CHAIN, user_id=sandbox.member.spaaza_user_id, show_all_statuses=True
    )
    items = colour.items(pager)
    state = {str(one.voucher_id): one for one in sandbox.spaaza_state.vouchers(CHAIN)}
    assert len(items) == 10
    for item in items:
        assert item.voucher_key == state[item.voucher_id].key
        assert item.campaign_id == str(state[item.voucher_id].campaign.campaign_id)
        assert item.campaign_title == state[item.voucher_id].campaign.title
        assert item.user.username == sandbox.member.spaaza_username
        assert not item.extra
    nested = campaign == "nested" and version == "1.6.5"
    assert all((item.campaign is not None) is nested for item in items)


@pytest.mark.parametrize("in_list", [False, True])
@pytest.mark.parametrize("in_200", [False, True])
@pytest.mark.parametrize("version", ["1.3.9", "1.6.3"])
@pytest.mark.parametrize("denied", [403, 500])
def test_every_shape_of_error_reads_the_same(
    denied: Any, version: str, in_200: bool, in_list: bool, colour: Colour, sandbox: Sandbox
) -> None:
    """A denial is a denial under any status, in either version and in a list, and sent once."""
    sandbox.turn(
        spaaza_denied_status=denied, spaaza_errors_in_200=in_200, spaaza_body_in_list=in_list
    )
    arguments = {**sandbox.spaaza_powerless, "api_version": version}
    with pytest.raises(PermissionDenied) as caught:
        colour.items(client(colour, sandbox, **arguments).vouchers.list(CHAIN))
    error = caught.value
    assert error.code == "permission_denied_or_non_existent"
    assert (error.number, error.status) == ("68", 200 if in_200 else denied)
    assert sandbox.count("spaaza.get-vouchers") == 1


def test_lists_and_warnings_are_opened(colour: Colour, sandbox: Sandbox) -> None:
    """A body in a list, and a warning that no document names, disturb nothing."""
    sandbox.turn(spaaza_body_in_list=True, spaaza_extra_warning=True)
    pager = client(colour, sandbox).vouchers.list(CHAIN, user_id=sandbox.member.spaaza_user_id)
    [page] = colour.items(pager.pages())
    assert len(page.items) == 6
    assert page.response.json()[0]["warnings"][-1]["name"] == "sandbox_warning"


def test_wrong_credentials_are_said(colour: Colour, sandbox: Sandbox) -> None:
    """A token that is not known is code 6, and sent once: the same secret is no fresh one."""
    arguments = {**sandbox.spaaza, "token_secret": "wrong"}
    with pytest.raises(Unauthorized) as caught:
        colour.items(client(colour, sandbox, **arguments).vouchers.list(CHAIN))
    assert (caught.value.number, caught.value.status) == ("6", 401)
    assert sandbox.count("spaaza.get-vouchers") == 1


# --- sessions


def log_in(colour: Colour, sandbox: Sandbox, login: Any, **arguments: Any) -> Any:
    """Log in as somebody of the sandbox."""
    nobody = client(colour, sandbox, auth=None, **arguments)
    app = login["app_hostname"]
    return colour(nobody.sessions.login(login["username"], login["password"], app_hostname=app))


@pytest.mark.parametrize("in_list", [False, True])
def test_an_admin_logs_in_reads_and_logs_out(
    in_list: bool, colour: Colour, sandbox: Sandbox
) -> None:
    """A session reads vouchers until it is ended."""
    sandbox.turn(spaaza_body_in_list=in_list)
    session = log_in(colour, sandbox, sandbox.spaaza_admin)
    assert isinstance(session.auth, AdminSession)
    assert session.session_key_validity == 336
    assert session.session_expires_date > datetime.now(timezone.utc) + timedelta(days=13)
    admin = client(colour, sandbox, auth=session.auth)
    pager = admin.vouchers.list(CHAIN, user_id=sandbox.member.spaaza_user_id)
    assert len(colour.items(pager)) == 6
    assert colour(admin.sessions.logout()) is None
    for call in (lambda: colour(admin.sessions.logout()), lambda: colour.items(pager)):
        with pytest.raises(Unauthorized) as caught:
            call()
        assert caught.value.number == "6"


def test_an_admin_with_two_factors_logs_in(colour: Colour, sandbox: Sandbox) -> None:
    """The passcode of the e-mail opens the session; a wrong one does not, nor does it twice."""
    login = sandbox.spaaza_admin_2fa
    asked = log_in(colour, sandbox, login)
    assert isinstance(asked, PasscodeRequired)
    assert asked.passcode_expiry_date is not None
    nobody = client(colour, sandbox, auth=None)
    passcode = sandbox.passcode_for(login["username"])
    for wrong in ("000000", str(int(passcode) + 1)):
        with pytest.raises(Unauthorized) as caught:
            colour(nobody.sessions.verify(wrong, asked.passcode_key))
        assert caught.value.number == "5"
    session = colour(nobody.sessions.verify(passcode, asked.passcode_key))
    assert isinstance(session.auth, AdminSession)
    admin = client(colour, sandbox, auth=session.auth)
    assert colour(admin.vouchers.list(CHAIN).first()) is not None
    with pytest.raises(Unauthorized):
        colour(nobody.sessions.verify(passcode, asked.passcode_key))
    assert sandbox.count("spaaza.session") == 4


def test_an_older_version_asks_for_no_passcode(colour: Colour, sandbox: Sandbox) -> None:
    """Before 1.5.8 the same login gives a session at once."""
    session = log_in(colour, sandbox, sandbox.spaaza_admin_2fa, api_version="1.5.7")
    assert isinstance(session.auth, AdminSession)


def test_a_customer_logs_in_and_may_not_list(colour: Colour, sandbox: Sandbox) -> None:
    """A customer's session works with the app's hostname, and is no right to a chain's list."""
    session = log_in(colour, sandbox, sandbox.spaaza_user)
    assert isinstance(session.auth, UserSession)
    customer = client(colour, sandbox, auth=session.auth)
    body = colour(customer.request("GET", "get-campaigns"))
    assert body["results"]["campaigns"]
    with pytest.raises(PermissionDenied):
        colour.items(customer.vouchers.list(CHAIN))
    colour(customer.sessions.logout())
    with pytest.raises(Unauthorized):
        colour(customer.request("GET", "get-campaigns"))


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize("in_200", [False, True])
def test_a_wrong_password_is_sent_once(
    in_200: bool, status: Any, colour: Colour, sandbox: Sandbox
) -> None:
    """Code 5 is raised under whatever status, and the password is never sent again."""
    sandbox.turn(spaaza_password_status=status, spaaza_errors_in_200=in_200)
    login = {**sandbox.spaaza_admin, "password": "wrong & +wörse"}
    with pytest.raises(Unauthorized) as caught:
        log_in(colour, sandbox, login)
    assert (caught.value.number, caught.value.status) == ("5", 200 if in_200 else status)
    assert sandbox.count("spaaza.login") == 1


def test_a_session_that_ends_in_the_middle_is_taken_up_by_the_next(
    colour: Colour, sandbox: Sandbox
) -> None:
    """After code 6 the cursor of the error goes on with a new session, without a gap."""
    admin = client(colour, sandbox, auth=log_in(colour, sandbox, sandbox.spaaza_admin).auth)
    pager = admin.vouchers.list(CHAIN, number_results=100)
    pages = pager.pages()
    first = colour(anext(pages)) if colour.is_async else next(pages)
    sandbox.expire_sessions()
    with pytest.raises(Unauthorized) as caught:
        colour(anext(pages)) if colour.is_async else next(pages)
    again = client(colour, sandbox, auth=log_in(colour, sandbox, sandbox.spaaza_admin).auth)
    rest = colour.items(again.vouchers.list(CHAIN, number_results=100).pages(caught.value.cursor))
    walked = [item.voucher_id for page in (first, *rest) for item in page.items]
    assert walked == [item.voucher_id for item in colour.items(again.vouchers.list(CHAIN))]


def test_a_rotated_key_is_picked_up(colour: Colour, sandbox: Sandbox) -> None:
    """A function that gives the key is asked again when the old session is refused."""
    old = log_in(colour, sandbox, sandbox.spaaza_admin)
    new = log_in(colour, sandbox, sandbox.spaaza_admin)
    keys: list[Secret] = [new.session_key, old.session_key]
    auth = AdminSession(old.session_user_id, lambda: keys.pop() if len(keys) > 1 else keys[0])
    admin = client(colour, sandbox, auth=auth)
    assert colour(admin.vouchers.list(CHAIN).first()) is not None
    assert sandbox.count("spaaza.get-vouchers", status=401) == 1
    assert sandbox.count("spaaza.get-vouchers", status=200) == 1


def test_sessions_and_passcodes_run_out(colour: Colour, sandbox: Sandbox) -> None:
    """What has run out is code 6 for a session and code 5 for a passcode."""
    sandbox.turn(spaaza_session_lifetime=0, spaaza_passcode_lifetime=0)
    session = log_in(colour, sandbox, sandbox.spaaza_admin)
    with pytest.raises(Unauthorized) as caught:
        colour(client(colour, sandbox, auth=session.auth).vouchers.list(CHAIN).first())
    assert caught.value.number == "6"
    login = sandbox.spaaza_admin_2fa
    asked = log_in(colour, sandbox, login)
    nobody = client(colour, sandbox, auth=None)
    with pytest.raises(Unauthorized) as caught:
        colour(nobody.sessions.verify(sandbox.passcode_for(login["username"]), asked.passcode_key))
    assert caught.value.number == "5"


# --- calls that the SDK does not have


def test_any_other_call_works(colour: Colour, sandbox: Sandbox) -> None:
    """`request` reaches what has no method, and its errors are the same."""
    privileged = client(colour, sandbox)
    given = privileged.request("GET", "get-campaigns", params={"chain_id": CHAIN})
    body = colour(given)
    assert {"Sandbox signup campaign", "Sandbox loyalty campaign"} <= {
        one["title"] for one in body["results"]["campaigns"]
    }
    for path, params, kind in (
        ("get-nothing", {}, NotFound),
        ("get-vouchers", {"chain_id": CHAIN, "misspelt": 1}, BadRequest),
        ("get-vouchers", {}, BadRequest),
    ):
        with pytest.raises(APIError) as caught:
            colour(privileged.request("GET", path, params=params))
        assert type(caught.value) is kind
    assert caught.value.code == "http_vars_missing"


@pytest.mark.parametrize("alone", ["refused", "ignored"])
def test_what_is_refused_here_may_still_be_requested(
    alone: Any, colour: Colour, sandbox: Sandbox
) -> None:
    """Redeemed dates on their own are for `request`, which asks the vendor what it thinks."""
    sandbox.turn(spaaza_redeemed_dates_alone=alone)
    params = {"chain_id": CHAIN, "min_redeemed_datetime": "2020-01-01T00:00:00+00:00"}
    privileged = client(colour, sandbox)
    if alone == "ignored":
        body = colour(privileged.request("GET", "get-vouchers", params=params))
        assert body["results"]["vouchers"]
        return
    with pytest.raises(BadRequest) as caught:
        colour(privileged.request("GET", "get-vouchers", params=params))
    assert caught.value.number == "52"


def test_raw_calls_work(colour: Colour, sandbox: Sandbox) -> None:
    """`raw` gives the response beside the session."""
    login = sandbox.spaaza_admin
    nobody = client(colour, sandbox, auth=None)
    answer = colour(nobody.raw.sessions.login(login["username"], login["password"]))
    assert answer.data.session_username == login["username"]
    assert answer.response.status == 200
    assert answer.response.json()["results"]["result_type"] == "login"
