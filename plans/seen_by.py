"""A plan as one kind of reader may see it: what their copy does not print is not handed to them either."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from plans.content import Copy
from plans.plan import Plan, Slot
from plans.triggers import TRIGGERS

# How the plan came to be is for professionals.
MAKING_OF = frozenset({"wordings_confirmed", "reasons", "fired", "understanding", "override"})
FAMILY_ONLY = frozenset(
    {"increase", "weaning", "steroids", "steroid_card", "nebuliser", "trial", "open_access_phone"}
)
HIDDEN: Mapping[Copy, frozenset[str]] = {
    Copy.RECORD: frozenset(),
    Copy.FAMILY: MAKING_OF,
    Copy.CHILD: MAKING_OF | FAMILY_ONLY | {"allergy_care", "triggers", "school", "child_words", "peak_flow"},
    Copy.SCHOOL: MAKING_OF | FAMILY_ONLY | {"worse_puffs", "worse_hours", "child_words", "replaces"},
    Copy.DISCHARGE: frozenset(field.name for field in fields(Plan)),  # it is not made from a plan
}
# What a plan cannot be without, so that it can be kept and told apart.
ALWAYS = frozenset({"id", "child_id"})
SCHOOL_SLOTS = frozenset({Slot.RELIEVER, Slot.COMBINATION, Slot.BACKUP})


def seen_by(copy: Copy, plan: Plan) -> Plan:
    """Return the plan with everything left out that the readers of this copy do not see.

    The copy made from it says word for word what the copy made from the whole plan says.
    """
    usual = Plan(id=plan.id, child_id=plan.child_id)
    hidden: dict[str, Any] = {name: getattr(usual, name) for name in HIDDEN[copy] - ALWAYS}
    return PARTLY.get(copy, _whole)(replace(plan, **hidden))


def _whole(plan: Plan) -> Plan:
    return plan


def _for_family(plan: Plan) -> Plan:
    return replace(plan, medicines={slot: replace(m, source="") for slot, m in plan.medicines.items()})


def _for_school(plan: Plan) -> Plan:
    medicines = {
        slot: replace(medicine, source="", morning=None, evening=None, most_a_day=None)
        for slot, medicine in plan.medicines.items()
        if slot in SCHOOL_SLOTS
    }
    return replace(
        plan,
        medicines=medicines,
        allergies=tuple(allergy for allergy in plan.allergies if allergy.severe),
        triggers=tuple(key for key in plan.triggers if key in TRIGGERS and TRIGGERS[key].at_school),
    )


PARTLY: Mapping[Copy, Callable[[Plan], Plan]] = {
    Copy.FAMILY: _for_family,
    Copy.CHILD: _for_family,
    Copy.SCHOOL: _for_school,
}
