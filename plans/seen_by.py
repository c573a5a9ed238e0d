"""A plan as one kind of reader may see it: what their copy does not print is not handed to them either."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from plans.content import Copy
from plans.plan import Allergy, AllergyCare, AttackSteps, Medicine, PeakFlow, Plan, SchoolCare, Slot
from plans.regimens import RELIEVING, attack_slot
from plans.triggers import TRIGGERS

# How the plan came to be is for professionals.
MAKING_OF = frozenset({"wordings_confirmed", "reasons", "fired", "understanding", "override"})
FAMILY_ONLY = frozenset({"increase", "weaning", "steroids", "steroid_card", "nebuliser", "trial"})
# What a card for a wallet leaves to the plan: all but the attack and whom to phone.
NOT_ON_A_CARD = frozenset(
    {"worse_puffs", "worse_hours", "exercise_puffs", "peak_flow", "allergy_care", "triggers", "child_words"}
)
SPOKEN = frozenset({"language", "language_spoken", "interpreter"})
NOT_IN_AN_EMERGENCY = (NOT_ON_A_CARD - {"allergy_care"}) | {"open_access_phone"}
# What a pharmacist reads beside what names and dates every plan.
TELLS_IT_APART = frozenset(
    {"id", "child_id", "version", "status", "author", "signed_at", "ended_at", "review_by"}
)
OF_THE_MEDICINES = (
    TELLS_IT_APART
    | {"regimen", "medicines", "attack_steps", "exercise_puffs", "steroids", "allergies", "surgery_phone"}
    | SPOKEN
)
HIDDEN: Mapping[Copy, frozenset[str]] = {
    Copy.RECORD: frozenset(),
    Copy.FAMILY: MAKING_OF | {"replaces"},
    Copy.CHILD: MAKING_OF
    | FAMILY_ONLY
    | SPOKEN
    | {"allergy_care", "school", "child_words", "peak_flow", "replaces"},
    Copy.SCHOOL: MAKING_OF
    | FAMILY_ONLY
    | {"worse_puffs", "worse_hours", "child_words", "replaces", "open_access_phone"},
    Copy.WALLET: MAKING_OF | FAMILY_ONLY | SPOKEN | NOT_ON_A_CARD | {"replaces", "open_access_phone"},
    Copy.EMERGENCY: MAKING_OF | FAMILY_ONLY | SPOKEN | NOT_IN_AN_EMERGENCY | {"replaces"},
    Copy.MEDICINES: frozenset(field.name for field in fields(Plan)) - OF_THE_MEDICINES,
    Copy.DISCHARGE: frozenset(field.name for field in fields(Plan)),  # it is not made from a plan
}
# What a plan cannot be without, so that it can be kept and told apart.
ALWAYS = frozenset({"id", "child_id"})


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
    medicines = {slot: replace(m, source="") for slot, m in plan.medicines.items()}
    return replace(plan, medicines=medicines, allergy_care=_pens(plan))


def _pens(plan: Plan) -> AllergyCare:
    """Return when the pens run out; why there are none is for professionals."""
    return AllergyCare(pens_expire_on=plan.allergy_care.pens_expire_on)


def _for_a_child(plan: Plan) -> Plan:
    return replace(_for_family(plan), allergies=_severe(plan))


def _for_school(plan: Plan) -> Plan:
    return replace(
        plan,
        medicines=_for_an_attack(plan),
        allergies=_severe(plan),
        allergy_care=_pens(plan),
        peak_flow=PeakFlow(attack_below=plan.peak_flow.attack_below) if plan.peak_flow else None,
        triggers=tuple(key for key in plan.triggers if key in TRIGGERS and TRIGGERS[key].at_school),
    )


def _for_a_wallet(plan: Plan) -> Plan:
    medicines = {
        slot: replace(medicine, colour="", when_needed=None)
        for slot, medicine in _for_an_attack(plan).items()
    }
    contact = SchoolCare(contact_name=plan.school.contact_name, contact_phone=plan.school.contact_phone)
    return replace(plan, medicines=medicines, allergies=_severe(plan), school=contact)


def _for_an_emergency(plan: Plan) -> Plan:
    return replace(_for_a_wallet(plan), school=plan.school, allergy_care=_pens(plan))


def _for_a_pharmacist(plan: Plan) -> Plan:
    """Return the plan without where its doses came from, and of the attack which inhaler is for it."""
    medicines = {slot: replace(m, source="") for slot, m in plan.medicines.items()}
    attack = AttackSteps(slot=plan.attack_steps.slot) if plan.attack_steps else None
    return replace(plan, medicines=medicines, attack_steps=attack)


def _for_an_attack(plan: Plan) -> dict[Slot, Medicine]:
    """Return the inhalers that somebody may turn to in an attack, without the doses of a day."""
    return {
        slot: replace(medicine, source="", morning=None, evening=None, most_a_day=None)
        for slot, medicine in plan.medicines.items()
        if slot in RELIEVING or slot is attack_slot(plan)
    }


def _severe(plan: Plan) -> tuple[Allergy, ...]:
    return tuple(allergy for allergy in plan.allergies if allergy.severe)


PARTLY: Mapping[Copy, Callable[[Plan], Plan]] = {
    Copy.FAMILY: _for_family,
    Copy.CHILD: _for_a_child,
    Copy.WALLET: _for_a_wallet,
    Copy.SCHOOL: _for_school,
    Copy.EMERGENCY: _for_an_emergency,
    Copy.MEDICINES: _for_a_pharmacist,
}
