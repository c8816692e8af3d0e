"""Cardlytics' numbers with a meaning; it has others too, which pass as they are."""

from __future__ import annotations

import enum


class AdStatus(enum.IntFlag):
    """The states of an ad, as bits; an ad has one of them. Unknown bits are kept.

    https://docs.cardlytics.com/ads/v1/enums/ad-status.html

    Attributes:
        UNDEFINED: No bit; never answered.
        NEW: Not served yet.
        SERVED: It was shown.
        ACTIVATED: The customer activated it.
        PROCESSING: A purchase was seen, and its redemption is pending; counts as activated.
        REDEEMED: Fully redeemed.
        EXPIRED: No days remain, and it was not fully redeemed.
    """

    UNDEFINED = 0
    NEW = 1
    SERVED = 2
    ACTIVATED = 4
    PROCESSING = 8
    REDEEMED = 16
    EXPIRED = 32


class Location(enum.IntEnum):
    """The known places in which ads are shown; Cardlytics has others too.

    https://docs.cardlytics.com/ads/v1/enums/location.html
    """

    OTHER = 1
    EMAIL = 2
    SMS = 3
    MMS = 4
    TRANSACTION = 5
    ALTERNATE = 6
    SUMMARY = 7
    DASHBOARD = 8
    LANDING = 9
    WIDGET_ACCOUNT_OVERVIEW = 11
    WIDGET_DEBIT = 12
    WIDGET_CREDIT = 13
    MAP = 15
    MAP_LIST = 16


class ClientEvent(enum.IntEnum):
    """What can be told of a customer, as `event_type_id`; Cardlytics has others too.

    https://platform.cardlytics.com/publisher-integrations/reference/clientevent
    """

    DISPLAY_ELEMENT_EXPANDED = 1
    DISPLAY_ELEMENT_COLLAPSED = 2
    URL_LINK_CLICKED = 3
    URL_LINK_CONTINUE = 4
    ACTIVATE_OFFER = 5
    PARK_OFFER = 9
    UN_PARK_OFFER = 10
    UN_PARK_ALL_OFFERS = 11
    AD_VIEWABLE_IMPRESSION = 24
    LOG_ENROLLMENT = 515
    REWARD_SUMMARY_LINK_CLICKED = 516
    LEARN_MORE_LINK_CLICKED = 518
    FAQ_LINK_CLICKED = 519
    EXPIRED_OFFERS_LINK_CLICKED = 520


class GroupType(enum.IntEnum):
    """What a group of ads is, as `group_type_id`.

    https://platform.cardlytics.com/publisher-integrations/reference/grouptype
    """

    NULL = 0
    CATEGORY = 1
    COLLECTION = 2
    MODAL_1 = 3
