"""What a validation says of each redeemable.

https://docs.voucherify.io/api-reference/validations/validate-stackable-discounts
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.eligibility import (
    ApplicableTo,
    OutcomeDetails,
    RedeemableResult,
)
from loyalty_sdk.voucherify.models.orders import CalculatedOrder
from loyalty_sdk.voucherify.models.vouchers import Category

OutcomeStatus: TypeAlias = Literal["APPLICABLE", "INAPPLICABLE", "SKIPPED"] | str
TtlUnit: TypeAlias = (
    Literal["DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS"]
    | str
)


@attrs.frozen(kw_only=True, weakref_slot=False)
class ValidationSession(Model):
    """A session that holds what was validated for one buyer.

    Attributes:
        key: Its key, to be given to the redemption.
        type: What kind it is, `LOCK`.
        ttl: How long it lives; the vendor lets it live for 7 days unless told otherwise.
        ttl_unit: The unit of that.
    """

    key: str | None = None
    type: Literal["LOCK"] | str | None = None
    ttl: int | None = None
    ttl_unit: TtlUnit | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class StackingRules(Model):
    """The project's rules for several redeemables at once.

    Attributes:
        redeemables_limit: How many may be sent at once.
        applicable_redeemables_limit: How many may be applied at once.
        applicable_redeemables_per_category_limit: How many of one category.
        applicable_redeemables_category_limits: How many of each category, by its id.
        applicable_exclusive_redeemables_limit: How many of exclusive categories.
        applicable_exclusive_redeemables_per_category_limit: How many of one exclusive category.
        exclusive_categories: The ids of the exclusive categories.
        joint_categories: The ids of the categories that are applied in spite of exclusive ones.
        redeemables_application_mode: Whether all must be applicable, or some are enough.
        redeemables_sorting_rule: In which order they are applied.
        redeemables_products_application_mode: Whether several may be applied to one product.
        redeemables_no_effect_rule: What happens to those without an effect.
        no_effect_skip_categories: The ids of categories that are skipped then all the same.
        no_effect_redeem_anyway_categories: The ids of categories that are not.
        redeemables_rollback_order_mode: Whether the order is undone with a redemption.
    """

    redeemables_limit: int | None = None
    applicable_redeemables_limit: int | None = None
    applicable_redeemables_per_category_limit: int | None = None
    applicable_redeemables_category_limits: Mapping[str, Any] | None = None
    applicable_exclusive_redeemables_limit: int | None = None
    applicable_exclusive_redeemables_per_category_limit: int | None = None
    exclusive_categories: tuple[str, ...] | None = None
    joint_categories: tuple[str, ...] | None = None
    redeemables_application_mode: Literal["ALL", "PARTIAL"] | str | None = None
    redeemables_sorting_rule: Literal["CATEGORY_HIERARCHY", "REQUESTED_ORDER"] | str | None = None
    redeemables_products_application_mode: Literal["STACK", "ONCE"] | str | None = None
    redeemables_no_effect_rule: Literal["REDEEM_ANYWAY", "SKIP"] | str | None = None
    no_effect_skip_categories: tuple[str, ...] | None = None
    no_effect_redeem_anyway_categories: tuple[str, ...] | None = None
    redeemables_rollback_order_mode: Literal["WITH_ORDER", "WITHOUT_ORDER"] | str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Outcome(Model):
    """What a validation says of one redeemable.

    Attributes:
        id: The redeemable: the code of a voucher, or an id.
        object: What it is: a `voucher`, a `promotion_tier`, a `promotion_stack`.
        status: Whether it can be applied.
        result: What it would take off, or why it cannot be applied.
        order: The order with it applied.
        applicable_to: What it applies to.
        inapplicable_to: What it does not apply to.
        name: The name of a promotion; only where `redeemable` was expanded.
        campaign_name: The name of its campaign; likewise.
        campaign_id: The id of its campaign; likewise.
        categories: Its categories; only where `category` was expanded.
        metadata: Whatever you keep with it; only where `redeemable` was expanded.
    """

    id: str = promised()
    object: Literal["voucher", "promotion_tier", "promotion_stack"] | str = promised()
    status: OutcomeStatus = promised()
    result: RedeemableResult | None = None
    order: CalculatedOrder | None = None
    applicable_to: ApplicableTo | None = None
    inapplicable_to: ApplicableTo | None = None
    name: str | None = None
    campaign_name: str | None = None
    campaign_id: str | None = None
    categories: tuple[Category, ...] | None = None
    metadata: Mapping[str, Any] | None = None

    @property
    def reason(self) -> OutcomeDetails | None:
        """Why it is not applied, where the vendor says so: its word (`key`) and its message."""
        if self.result is None:
            return None
        error = self.result.error
        if self.result.details is not None or error is None:
            return self.result.details
        return OutcomeDetails(key=error.key, message=error.message)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Validation(Model):
    """What a validation says: a value also where the answer is no.

    Attributes:
        valid: Whether what was asked for can be redeemed.
        id: Its id, `valid_...`.
        redeemables: What it says of each redeemable.
        inapplicable_redeemables: Of each that cannot be applied.
        skipped_redeemables: Of each that was left out.
        order: The order with everything applied to it.
        session: The session that holds what was validated, where one was asked for.
        tracking_id: Your id of the customer, hashed.
        stacking_rules: The project's rules for several redeemables at once.
    """

    valid: bool = promised()
    id: str | None = None
    redeemables: tuple[Outcome, ...] | None = None
    inapplicable_redeemables: tuple[Outcome, ...] | None = None
    skipped_redeemables: tuple[Outcome, ...] | None = None
    order: CalculatedOrder | None = None
    session: ValidationSession | None = None
    tracking_id: str | None = None
    stacking_rules: StackingRules | None = None

    @property
    def not_applied(self) -> tuple[Outcome, ...]:
        """Everything that is not applied, each once, wherever the vendor lists it."""
        found = {(one.object, one.id): one for one in self._outcomes() if _is_refused(one)}
        return tuple(found.values())

    def _outcomes(self) -> Iterator[Outcome]:
        yield from self.redeemables or ()
        yield from self.inapplicable_redeemables or ()
        yield from self.skipped_redeemables or ()


def _is_refused(outcome: Outcome) -> bool:
    return outcome.status != "APPLICABLE"
