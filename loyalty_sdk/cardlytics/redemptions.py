"""What customers earned by redeeming ads."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, cast

from loyalty_sdk._core.arguments import number, path_part, query
from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.convert import Reader, decode
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.forms import Shape
from loyalty_sdk._core.model import evolved
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._times import naive_times_in, sent_time
from loyalty_sdk.cardlytics._wire import zone_of
from loyalty_sdk.cardlytics.models import Ad, Location, RedemptionList
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer


class Redemptions(Resource[R_co]):
    """The redemptions of a customer. Servers have them from version 4 on."""

    @endpoint
    def list(
        self,
        token: str | Secret,
        *,
        channel_id: int | str | None = None,
        location_id: Location | int | str | None = None,
        start_date: datetime | date | str | None = None,
        end_date: datetime | date | str | None = None,
    ) -> Call[RedemptionList]:
        """All redemptions of a customer, and the ads that they belong to.

        There are no pages: the whole list comes at once.

        Args:
            token: The customer's security token, from `cardlytics.tokens.get`. It is part of the
                URL, and shown nowhere.
            channel_id: Where the customer is served, a number that Cardlytics gave you. The
                server requires it; `None` leaves it out.
            location_id: The place there, see `Location`; others are taken too. The server
                requires it; `None` leaves it out.
            start_date: Redeemed (processed, not bought) from then on. A naive datetime, a date
                and ISO 8601 text are sent as they are; an aware datetime is converted to the
                client's `timezone`, which it needs. `None` leaves it out.
            end_date: Redeemed until then; the same forms.

        Returns:
            The `RedemptionList`; `ad_for` finds the ad of a redemption.

        Raises:
            InvalidArgument: Before anything is sent: an argument cannot be used.
            TokenExpired: The token is over.
            BadRequest: The token is malformed, or the server refuses a parameter.
            NotFound: The server is older than version 4 and has no such call.
            LoyaltyError: Anything else.

        https://docs.cardlytics.com/ads/v1/endpoints/get-redemptions.html
        """
        token = _hidden(token)  # first, so that no traceback of what follows has its text
        zone = zone_of(self._runner.session.vendor)

        def read(response: Response) -> RedemptionList:
            try:
                with naive_times_in(zone):
                    return decode(response.content, _read_list, _SHAPE)
            except UnreadableAnswer as unreadable:
                problem = _by_names_sent(unreadable, response)
            raise problem

        return Call(
            method="GET",
            path=("api", "v1", "customers", token, "redemptions"),
            params=query(
                channelId=_whole("channel_id", channel_id),
                locationId=_whole("location_id", location_id),
                startDate=sent_time("start_date", start_date, zone),
                endDate=sent_time("end_date", end_date, zone),
            ),
            read=read,
            repeatable=True,
        )


def _hidden(token: str | Secret) -> Secret:
    if not isinstance(token, (str, Secret)):
        raise InvalidArgument("token", "must be text or a Secret")
    hidden = token if isinstance(token, Secret) else Secret(token)
    path_part("token", hidden)
    return hidden


def _whole(argument: str, value: int | str | None) -> str | None:
    return None if value is None else number(argument, value, 0)


_SHAPE = Shape(RedemptionList)


def _read_list(body: Any, to: Reader) -> RedemptionList:
    """Read the list in each of its documented forms."""
    whole = _object(body) or {}
    _settle_dates(whole.get("redemptions"))
    ads = _object(whole.get("ads"))
    if ads is None:
        return to.one(RedemptionList, body)
    present = {key: ad for key, ad in ads.items() if ad is not None}
    listed = tuple(to.one(Ad, _with_id(ad, key), f"$.ads.{key}") for key, ad in present.items())
    return evolved(to.one(RedemptionList, {**whole, "ads": []}), ads=listed)


def _settle_dates(redemptions: Any) -> None:
    """The sample says `date` where the type's own page says `redemptionDate`."""
    if not isinstance(redemptions, list):
        return
    for redemption in cast("list[object]", redemptions):
        known = _object(redemption) or {}
        if known.get("date") is None and "redemptionDate" in known:
            known["date"] = known.pop("redemptionDate")


def _by_names_sent(unreadable: UnreadableAnswer, response: Response) -> UnreadableAnswer:
    """The same problems, a date's under the name that the server gave it."""

    def name(found: re.Match[str]) -> str:
        redemption = response.json()["redemptions"][int(found[2])]
        return found[0] if redemption.get("date") is not None else f"{found[1]}redemptionDate:"

    return UnreadableAnswer([_DATE.sub(name, problem) for problem in unreadable.problems])


_DATE = re.compile(r"^(\$\.redemptions\[(\d+)\]\.)date:")


def _with_id(ad: Any, key: str) -> Any:
    """An ad of a map from ad id to ad need not repeat its id."""
    known = _object(ad)
    return ad if known is None else {"adId": key, **known}


def _object(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None
