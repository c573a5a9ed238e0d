"""A copy is built from what its reader may see: nothing it prints is missing, nothing else is handed over."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from plans.content import Copy, People, sections
from plans.medicines import read_medicines
from plans.people import Child, Professional
from plans.places import Organisation, OrganisationKind
from plans.plan import (
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
)
from plans.seen_by import HIDDEN, seen_by
from plans.triggers import TRIGGERS
from plans.understanding import Understanding

PRACTICE = Organisation(id="o1", kind=OrganisationKind.PRACTICE, name="Oak House", phone="0121 496 0200")
SCHOOL = Organisation(id="o2", kind=OrganisationKind.SCHOOL, name="Hillside School")
CHILD = Child(id="c1", given="Amina", family="Test", born=date(2012, 5, 1), nhs_number="9991047077")
AUTHOR = Professional(id="p1", name="Dr Amara Okoro", job="GP", organisation_id="o1")
PEOPLE = People(child=CHILD, practice=PRACTICE, author=AUTHOR, school=SCHOOL)
TODAY = date(2026, 11, 23)
HIDDEN_WORD = "Zanzibar"

PLAN = Plan(
    id="p1",
    child_id="c1",
    regimen=Regimen.PREVENTER_RELIEVER,
    medicines={
        Slot.PREVENTER: Medicine(
            "clenil-modulite-50", morning=2, evening=2, spacer=Spacer.MOUTHPIECE, source=HIDDEN_WORD
        ),
        Slot.RELIEVER: Medicine(
            "ventolin-evohaler-100", when_needed=2, spacer=Spacer.MOUTHPIECE, source=HIDDEN_WORD
        ),
        Slot.ADD_ON: Medicine("montelukast-5-chewable", evening=1, source=HIDDEN_WORD),
    },
    worse_puffs=4,
    worse_hours=4,
    attack_steps=AttackSteps(puffs=1, gap_seconds=60, maximum=10),
    peak_flow=PeakFlow(best=300, measured_on=TODAY, scale="EU", worse_below=240, attack_below=150),
    allergies=(Allergy("Peanut", severe=True), Allergy("Grass pollen", severe=False)),
    allergy_care=AllergyCare(True, date(2027, 3, 1), no_pens_reason=HIDDEN_WORD),
    triggers=tuple(TRIGGERS),
    school=SchoolCare("The office", True, True, "Hodan Test", "07700 900123"),
    surgery_phone="0121 496 0200",
    child_words="I like football.",
    language="en",
    review_by=date(2027, 11, 1),
    understanding=Understanding(taught_to=HIDDEN_WORD),
    wordings_confirmed=(HIDDEN_WORD.lower(),),
    reasons=(Reason("no-preventer", HIDDEN_WORD),),
    fired=(HIDDEN_WORD.lower(),),
    status=Status.SIGNED,
    author=AUTHOR,
    signed_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
)
PLAN_COPIES = [copy for copy in Copy if copy is not Copy.DISCHARGE]


def test_the_table_says_for_every_copy_what_is_hidden_and_names_only_what_there_is():
    assert set(HIDDEN) == set(Copy)
    assert set().union(*HIDDEN.values()) <= {field.name for field in fields(Plan)}


@pytest.mark.parametrize("regimen", Regimen)
@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_a_copy_made_from_what_its_reader_sees_says_the_same(copy, regimen):
    one = Medicine("symbicort-turbohaler-200-6", morning=1, evening=1, when_needed=1)
    combined = {Slot.COMBINATION: one, Slot.BACKUP: PLAN.medicines[Slot.RELIEVER]}
    plan = replace(
        PLAN,
        regimen=regimen,
        medicines=PLAN.medicines if regimen is Regimen.PREVENTER_RELIEVER else combined,
    )

    whole = sections(plan, PEOPLE, copy, read_medicines(), TODAY)
    seen = sections(seen_by(copy, plan), PEOPLE, copy, read_medicines(), TODAY)

    assert seen == whole


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.CHILD, Copy.SCHOOL])
def test_how_a_plan_came_to_be_is_never_handed_over(copy):
    assert HIDDEN_WORD.lower() not in str(seen_by(copy, PLAN)).lower()


def test_a_school_is_handed_neither_the_preventer_nor_the_childs_own_words():
    seen = str(seen_by(Copy.SCHOOL, PLAN))

    for hidden in ("clenil", "montelukast", "football", "Grass"):
        assert hidden not in seen


def test_a_school_is_handed_of_the_pens_and_of_peak_flow_what_it_reads_alone():
    seen = seen_by(Copy.SCHOOL, PLAN)

    assert seen.allergy_care == AllergyCare(pens_expire_on=date(2027, 3, 1))
    assert seen.peak_flow == PeakFlow(attack_below=150)
