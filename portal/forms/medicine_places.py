"""The places of a plan's medicines on the form: which, with which boxes, offering which products."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.draft.names import SLOT_FIELDS
from plans.medicine_kinds import Kind, kind_of_product
from plans.medicines import Medicines
from plans.plan import UNLISTED, Plan, Regimen, Slot
from plans.problems import Problem
from plans.products import Device, Product, Role
from plans.regimens import PLACES, Asks, Place
from portal.forms.about_products import about
from portal.forms.choices import Choice

Fields = Mapping[str, str]

TITLES: Mapping[Slot, str] = {
    Slot.PREVENTER: "Preventer",
    Slot.RELIEVER: "Reliever",
    Slot.COMBINATION: "One inhaler for both jobs",
    Slot.BACKUP: "Blue inhaler as a backup",
    Slot.ADD_ON: "Add-on medicine",
}
GUIDANCE: Mapping[Slot, str] = {
    Slot.PREVENTER: "Taken every day, even when well.",
    Slot.RELIEVER: "Used when there are symptoms, and in an attack.",
    Slot.COMBINATION: "The only inhaler of MART or AIR. Choose it by brand and strength.",
    Slot.BACKUP: "Only if you keep one beside MART or AIR. You will be asked why.",
    Slot.ADD_ON: "Only if the child takes one, such as montelukast.",
}
BESIDE = frozenset({Slot.BACKUP, Slot.ADD_ON})  # most plans have none: folded until one is used
ROLES: Mapping[Slot, tuple[Role, ...]] = {
    Slot.PREVENTER: (Role.PREVENTER,),
    Slot.RELIEVER: (Role.RELIEVER,),
    Slot.COMBINATION: (Role.COMBINATION_MART, Role.COMBINATION_AIR),
    Slot.BACKUP: (Role.RELIEVER,),
    Slot.ADD_ON: (Role.ADD_ON,),
}
ROLE_OF: Mapping[Regimen, Role] = {Regimen.MART: Role.COMBINATION_MART, Regimen.AIR: Role.COMBINATION_AIR}
DEVICES: Mapping[Device, str] = {
    Device.PMDI: "aerosol",
    Device.BREATH_ACTUATED: "breath-actuated",
    Device.DRY_POWDER: "dry powder",
    Device.CAPSULE_DRY_POWDER: "dry powder capsules",
    Device.SOFT_MIST: "soft mist",
    Device.ORAL: "by mouth",
}
BY_HAND = Choice(UNLISTED, "It is not in the list: I write it")
WRITTEN = frozenset({"name", "strength", "device"})
NOT_SAID = Place(Asks.OPTIONAL, daily=Asks.OPTIONAL, when_needed=Asks.OPTIONAL)


@dataclass(frozen=True)
class MedicinePlace:
    """One medicine's part of the form. `boxes` are the fields shown; `source` where its dose came from."""

    slot: Slot
    title: str
    guidance: str
    products: tuple[Choice, ...]
    boxes: frozenset[str]
    source: str
    about: tuple[str, ...]
    is_used: bool
    belongs: bool
    is_folded: bool

    @property
    def devices(self) -> tuple[Choice, ...]:
        """Return the kinds of device that a medicine written by hand may be."""
        return tuple(Choice(device, words.capitalize()) for device, words in DEVICES.items())

    @property
    def shape(self) -> str:
        """Return what decides which boxes there are: the same shape needs no new form."""
        return f"{self.slot}:{'.'.join(sorted(self.boxes))}:{self.belongs}"


def medicine_places(
    fields: Fields, plan: Plan, age: int, problems: Iterable[Problem], medicines: Medicines
) -> tuple[MedicinePlace, ...]:
    """Return the places to show: those of the regimen, those in use, and those that a problem is about."""
    named = {problem.field for problem in problems}
    return tuple(
        _place(slot, fields, plan, age, named, medicines)
        for slot in Slot
        if _belongs(slot, plan) or _is_used(slot, fields) or any(one in named for one in _names(slot))
    )


def _place(
    slot: Slot, fields: Fields, plan: Plan, age: int, named: set[str], medicines: Medicines
) -> MedicinePlace:
    chosen = medicines.by_key(fields.get(f"{slot}-product", ""))
    return MedicinePlace(
        slot=slot,
        title=TITLES[slot],
        guidance=GUIDANCE[slot],
        products=_products(slot, fields, plan, medicines),
        boxes=_boxes(slot, fields, plan, named),
        source=fields.get(f"{slot}-source", ""),
        about=about(chosen, slot, plan.regimen, age) if chosen else (),
        is_used=_is_used(slot, fields),
        belongs=plan.regimen is None or _belongs(slot, plan),
        is_folded=slot in BESIDE and not _is_used(slot, fields) and named.isdisjoint(_names(slot)),
    )


def _products(slot: Slot, fields: Fields, plan: Plan, medicines: Medicines) -> tuple[Choice, ...]:
    """Return the products of this place, any other that was chosen, and writing by hand."""
    only = ROLE_OF.get(plan.regimen) if plan.regimen and slot is Slot.COMBINATION else None
    roles = (only,) if only else ROLES[slot]
    offered = {product.key: named(product) for role in roles for product in medicines.that_may(role)}
    others = _not_listed(medicines, plan.regimen) if only and plan.regimen else {}
    others = {key: text for key, text in others.items() if key not in offered}
    chosen = fields.get(f"{slot}-product", "")
    strange = {}
    if chosen not in ("", UNLISTED, *offered, *others):
        known = medicines.by_key(chosen)
        strange = {chosen: named(known) if known else f"{chosen} (not in the list)"}
    return (*_in_order(offered), *_in_order(others), *_in_order(strange), BY_HAND)


def _not_listed(medicines: Medicines, regimen: Regimen) -> dict[str, str]:
    """Return the inhalers that a clinician may still choose for MART or AIR, with a reason and a name."""
    combinations = (
        one for one in medicines if one.may_be_offered and kind_of_product(one) is Kind.COMBINATION
    )
    return {one.key: f"Not listed for {regimen.upper()}: {named(one)}" for one in combinations}


def _in_order(choices: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(key, text) for key, text in sorted(choices.items(), key=lambda one: one[1].casefold())
    )


def named(product: Product) -> str:
    """Return a product as a list offers it: brand, strength and what kind of device it is."""
    return f"{product.printed_name}, {DEVICES[product.device]}" if product.device else product.printed_name


def _boxes(slot: Slot, fields: Fields, plan: Plan, named: set[str]) -> frozenset[str]:
    """Return the boxes that the regimen asks for, and any in which something stands or is wrong."""
    place = PLACES[plan.regimen][slot] if plan.regimen else NOT_SAID
    place = place if place.presence is not Asks.FORBIDDEN else NOT_SAID
    asked = {"product", "colour"}
    asked |= {"morning", "evening"} if place.daily is not Asks.FORBIDDEN else set()
    asked |= {"when-needed"} if place.when_needed is not Asks.FORBIDDEN else set()
    asked |= {"spacer"} if slot is not Slot.ADD_ON else set()
    asked |= {"most-a-day"} if slot is Slot.COMBINATION else set()
    asked |= {"confirmed"} if fields.get(f"{slot}-source") else set()
    asked |= WRITTEN if fields.get(f"{slot}-product") == UNLISTED else set()
    filled = {part for part in SLOT_FIELDS if fields.get(f"{slot}-{part}") or f"{slot}-{part}" in named}
    return frozenset(asked | filled - {"source"})


def _belongs(slot: Slot, plan: Plan) -> bool:
    return plan.regimen is not None and PLACES[plan.regimen][slot].presence is not Asks.FORBIDDEN


def _is_used(slot: Slot, fields: Fields) -> bool:
    return any(fields.get(name) for name in _names(slot))


def _names(slot: Slot) -> tuple[str, ...]:
    return tuple(f"{slot}-{part}" for part in SLOT_FIELDS)
