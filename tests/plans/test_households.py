"""Two households: whom to phone reaches the person themselves, and no other home."""

from dataclasses import replace

import pytest

from plans.households import seen_by_a_carer, seen_in_one_home
from plans.people import FamilyMember
from plans.plan import Plan, SchoolCare

MOTHER = FamilyMember(
    "m", "c", "Sana Test", "mother", with_parental_responsibility=True, phone="07700 900111"
)
FATHER = replace(MOTHER, id="f", name="Omar Test", relationship="father", phone="07700 900124")
AUNT = replace(MOTHER, id="a", name="Nadia Test", relationship="aunt", with_parental_responsibility=False)


def plan_with(name, phone):
    school = SchoolCare(inhaler_place="Office", contact_name=name, contact_phone=phone)
    return Plan(id="p", child_id="c", school=school)


@pytest.mark.parametrize(
    ("name", "phone", "hers", "his"),
    [
        ("Sana Test", "07700 900111", True, False),
        ("SANA test", "+44 7700 900111", True, False),
        ("", "07700900124", False, True),
        ("Sana Test", "07700 900124", False, False),
        ("Sana Test", "", True, False),
        ("Home", "0121 496 0999", False, False),
        ("Nadia Test", "07700 900111", False, False),
    ],
)
def test_whom_to_phone_is_read_by_that_person_alone(name, phone, hers, his):
    plan = plan_with(name, phone)

    for member, sees in ((MOTHER, hers), (FATHER, his)):
        seen = seen_in_one_home(plan, member, (MOTHER, FATHER))
        expected = plan.school if sees else replace(plan.school, contact_name="", contact_phone="")
        assert seen.school == expected


def test_where_nobody_else_is_responsible_there_is_no_other_home():
    plan = plan_with("Gran", "0121 496 0999")

    assert seen_in_one_home(plan, MOTHER, (MOTHER, AUNT)) == plan


@pytest.mark.parametrize(
    ("name", "phone", "sees"),
    [
        ("Sana Test", "07700 900111", False),
        ("Home", "0121 496 0999", False),
        ("", "07700 900111", False),
        ("Nadia Test", "07700 900125", True),
        ("", "+44 7700 900125", True),
        ("Nadia Test", "07700 900111", False),
    ],
)
def test_a_carer_reads_whom_to_phone_only_if_it_is_the_carers_own(name, phone, sees):
    plan, aunt = plan_with(name, phone), replace(AUNT, phone="07700 900125")

    seen = seen_by_a_carer(plan, aunt)

    assert seen.school == (plan.school if sees else replace(plan.school, contact_name="", contact_phone=""))


def test_somebody_barred_hides_her_details_from_nobody_else_and_his_own_from_her():
    plan = plan_with(FATHER.name, FATHER.phone)

    assert seen_in_one_home(plan, MOTHER, (MOTHER, replace(FATHER, barred=True))).school.contact_phone == ""
