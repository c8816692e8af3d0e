"""What customers earned by redeeming ads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any, Unpack, cast

from loyalty_sdk._core.calls import Call, Query, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import query
from loyalty_sdk._core.given.inputs import check_names
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import Reader
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk.cardlytics._calls import customer, hidden, reading, whole
from loyalty_sdk.cardlytics._index import json_object, with_ads
from loyalty_sdk.cardlytics._times import sent_time
from loyalty_sdk.cardlytics._wire import zone_of
from loyalty_sdk.cardlytics.inputs.places import RedemptionSpan
from loyalty_sdk.cardlytics.models.ads import Ad
from loyalty_sdk.cardlytics.models.redemptions import RedemptionList
from loyalty_sdk.errors import UnreadableAnswer


class Redemptions(Resource[R_co]):
    """The redemptions of a customer. Servers have them from version 4 on.

    `token` is the one from `cardlytics.tokens.get`. It is part of the URL, and shown nowhere.
    """

    @endpoint
    def list(self, token: str | Secret, **which: Unpack[RedemptionSpan]) -> Call[RedemptionList]:
        """All redemptions of a customer, and the ads that they belong to; see `RedemptionSpan`.

        There are no pages: the whole list comes at once. Repeated after a failure.

        Raises:
            TokenExpired: The token is over.
            NotFound: The server is older than version 4 and has no such call.

        https://docs.cardlytics.com/ads/v1/endpoints/get-redemptions.html
        """
        token = hidden(token)  # first, so that no traceback of what follows has its text
        params = _span(which, zone_of(self._runner.session.vendor))
        read = _read_as_sent(reading(self, _read_list, _SHAPE))
        path = customer(token, "redemptions")
        return Call(method="GET", path=path, params=params, read=read, repeatable=True)


def _span(which: Mapping[str, Any], zone: tzinfo | None) -> Query:
    """The query that selects redemptions."""
    check_names(RedemptionSpan, which)
    return query(
        channelId=whole("channel_id", which.get("channel_id")),
        locationId=whole("location_id", which.get("location_id")),
        startDate=sent_time("start_date", which.get("start_date"), zone),
        endDate=sent_time("end_date", which.get("end_date"), zone),
    )


def _read_as_sent(
    read: Callable[[Response], RedemptionList],
) -> Callable[[Response], RedemptionList]:
    """The same, with problems by the names that the server gave."""

    def as_sent(response: Response) -> RedemptionList:
        try:
            return read(response)
        except UnreadableAnswer as unreadable:
            problem = _by_names_sent(unreadable, response)
        raise problem

    return as_sent


_SHAPE = Shape(RedemptionList)


def _read_list(body: Any, to: Reader) -> RedemptionList:
    """Read the list in each of its documented forms."""
    _settle_dates((json_object(body) or {}).get("redemptions"))
    return _with_ads(body, to)


_with_ads = with_ads(RedemptionList, Ad)


def _settle_dates(redemptions: Any) -> None:
    """The sample says `date` where the type's own page says `redemptionDate`."""
    if not isinstance(redemptions, list):
        return
    for redemption in cast("list[object]", redemptions):
        known = json_object(redemption) or {}
        if known.get("date") is None and "redemptionDate" in known:
            known["date"] = known.pop("redemptionDate")


def _by_names_sent(unreadable: UnreadableAnswer, response: Response) -> UnreadableAnswer:
    """The same problems, a date's under the name that the server gave it."""

    def name(found: re.Match[str]) -> str:
        redemption = response.json()["redemptions"][int(found[2])]
        return found[0] if redemption.get("date") is not None else f"{found[1]}redemptionDate:"

    return UnreadableAnswer([_DATE.sub(name, problem) for problem in unreadable.problems])


_DATE = re.compile(r"^(\$\.redemptions\[(\d+)\]\.)date:")
