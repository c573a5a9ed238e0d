"""Whether these devices can be used: spacers, and dry powder in an attack."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation, named
from plans.plan import Plan, Spacer
from plans.problems import Kind
from plans.products import Device
from plans.regimens import RELIEVING

DRY_POWDER_ALONE_FROM = 12  # years. Source: hazard 3 of the safety list
WITHOUT_SPACER = frozenset(
    {Device.BREATH_ACTUATED, Device.DRY_POWDER, Device.CAPSULE_DRY_POWDER, Device.ORAL}
)


def _dry_powder_only(plan: Plan, situation: Situation) -> Iterator[str]:
    relieving = [(slot, product) for slot, _, product in named(plan, situation) if slot in RELIEVING]
    if situation.age < DRY_POWDER_ALONE_FROM and all(product.is_dpi for _slot, product in relieving):
        yield from (f"{slot}-product" for slot, _product in relieving[:1])


def _spacer_missing(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, medicine, product in named(plan, situation):
        if product.needs_spacer and medicine.spacer in (None, Spacer.NONE):
            yield f"{slot}-spacer"


def _spacer_not_for_device(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, medicine, product in named(plan, situation):
        if product.device in WITHOUT_SPACER and medicine.spacer not in (None, Spacer.NONE):
            yield f"{slot}-spacer"


CHECKS = (
    Check(
        "dry-powder-only-under-12",
        Kind.MUST_BE_EXPLAINED,
        "A child under 12 may not manage dry powder in an attack: add an aerosol, or say why not.",
        "Clinical reference, section 4 (tag U); hazard 3 of the safety list",
        _dry_powder_only,
    ),
    Check(
        "spacer-missing",
        Kind.MUST_BE_EXPLAINED,
        "Choose a spacer for the {what}, or say why there is none.",
        "Clinical reference, section 4",
        _spacer_missing,
    ),
    Check(
        "spacer-not-for-device",
        Kind.MUST_BE_PUT_RIGHT,
        "The {what} is used without a spacer: choose none.",
        "Clinical reference, section 4",
        _spacer_not_for_device,
    ),
)
