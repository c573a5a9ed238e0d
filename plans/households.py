"""Two households: what one parent reads holds nothing of the other's details."""

from collections.abc import Iterable
from dataclasses import replace

from plans.people import FamilyMember, phone_digits
from plans.plan import Plan
from plans.similar_names import is_same_name


def seen_in_one_home(plan: Plan, member: FamilyMember, family: Iterable[FamilyMember]) -> Plan:
    """Return the plan as one person at home may read it: whom to phone stays only if that is this person.

    Where nobody else is responsible for the child it stays as it is: there is no other home.
    """
    others = [one for one in family if one.id != member.id and one.with_parental_responsibility]
    if not others or _is_of(plan, member):
        return plan
    return replace(plan, school=replace(plan.school, contact_name="", contact_phone=""))


def seen_by_a_carer(plan: Plan, carer: FamilyMember) -> Plan:
    """Return the plan as another carer may read it: whom to phone stays only if that is this carer."""
    if _is_of(plan, carer):
        return plan
    return replace(plan, school=replace(plan.school, contact_name="", contact_phone=""))


def _is_of(plan: Plan, member: FamilyMember) -> bool:
    name, number = plan.school.contact_name, phone_digits(plan.school.contact_phone)
    has_their_number = bool(number) and number == phone_digits(member.phone)
    if not name.strip():
        return has_their_number
    return is_same_name(name, member.name) and (not number or not member.phone or has_their_number)
