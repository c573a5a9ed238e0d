"""Plans of every kind, complete as a clinician would sign them, to test what they say and how they print."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from plans.content import Copy, People, sections
from plans.further_treatment import Diagnosis, Increase, Nebuliser, StartRule, SteroidPack, Trial, Weaning
from plans.medicines import read_medicines
from plans.people import Child, Professional
from plans.places import Organisation, OrganisationKind
from plans.plan import (
    UNLISTED,
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    Override,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
    Unlisted,
)
from plans.products import Device
from plans.sections import Section
from plans.sentences import Day, Moment, Number, Sentence, Value
from plans.understanding import Answer, ControlTool, Technique, Understanding

TODAY = date(2026, 11, 22)
PRACTICE = Organisation("o1", OrganisationKind.PRACTICE, "Larkhill Surgery", "Y99901", "0121 496 0123")
GP = Professional("p1", "Dr Amina Lee", "GP", "o1")

FLIXOTIDE = Medicine("flixotide-evohaler-50", "orange", 2, 2, None, Spacer.MOUTHPIECE)
VENTOLIN = Medicine("ventolin-evohaler-100", "blue", None, None, 2, Spacer.MOUTHPIECE)
SYMBICORT_MART = Medicine("symbicort-turbohaler-200-6", "white, red grip", 1, 1, 1)
SYMBICORT_AIR = Medicine("symbicort-turbohaler-200-6", "white, red grip", None, None, 1)
BACKUP = Medicine("salamol-100", "blue", None, None, 2, Spacer.MOUTHPIECE)
MONTELUKAST = Medicine("montelukast-tablets-10mg", evening=1)

TWO_INHALERS = Plan(
    id="plan1",
    child_id="c1",
    regimen=Regimen.PREVENTER_RELIEVER,
    medicines={Slot.PREVENTER: FLIXOTIDE, Slot.RELIEVER: VENTOLIN},
    worse_puffs=4,
    worse_hours=4,
    peak_flow=PeakFlow(170, date(2026, 4, 21), "EU", 130, 85),
    allergies=(Allergy("Peanut and tree nuts", True), Allergy("Egg", True)),
    allergy_care=AllergyCare(True, date(2027, 6, 30)),
    triggers=("colds", "tobacco-smoke", "pollen", "feelings"),
    school=SchoolCare("In the school office", True, True, "Mrs Test", "07700 900123"),
    child_words="It feels like an elephant sits on my chest.",
    language="ur",
    review_by=date(2027, 11, 1),
    understanding=Understanding(taught_to="Mother"),
    version=2,
    status=Status.SIGNED,
    author=GP,
    signed_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
)
MART = replace(
    TWO_INHALERS,
    regimen=Regimen.MART,
    medicines={Slot.COMBINATION: SYMBICORT_MART},
    worse_puffs=None,
    worse_hours=None,
    allergies=(),
)
AIR = replace(MART, regimen=Regimen.AIR, medicines={Slot.COMBINATION: SYMBICORT_AIR})
MASK = replace(
    TWO_INHALERS,
    medicines={
        Slot.PREVENTER: Medicine("clenil-modulite-50", "brown", 2, 2, None, Spacer.MASK),
        Slot.RELIEVER: Medicine("salamol-100", "blue", None, None, 2, Spacer.MASK),
    },
    peak_flow=None,
    allergies=(),
    child_words="",
)
MART_WITH_BACKUP = replace(
    MART, medicines={Slot.COMBINATION: SYMBICORT_MART, Slot.BACKUP: BACKUP, Slot.ADD_ON: MONTELUKAST}
)
WRITTEN = replace(MART, attack_steps=AttackSteps(puffs=1, gap_seconds=120, maximum=4))
TERBUTALINE = replace(
    TWO_INHALERS,
    medicines={
        Slot.PREVENTER: FLIXOTIDE,
        Slot.RELIEVER: Medicine("bricanyl-turbohaler-500", "blue base", None, None, 1),
    },
    attack_steps=AttackSteps(puffs=2, gap_seconds=45, maximum=8),
)
OTHER = replace(
    TWO_INHALERS,
    regimen=Regimen.OTHER,
    attack_steps=AttackSteps(puffs=2, gap_seconds=60, maximum=6, slot=Slot.RELIEVER),
)
DRAFT = Plan(id="draft", child_id="c1")

AGES = {
    7: date(2019, 3, 14),
    13: date(2013, 3, 14),
    15: date(2011, 3, 14),
    3: date(2023, 3, 14),
    34: date(1992, 3, 14),
}

# All that can be entered beside the inhalers and their doses.
EVERYTHING = replace(
    TWO_INHALERS,
    exercise_puffs=2,
    steroids=SteroidPack(
        True, "prednisolone-soluble-tablets-5mg", 20, 4, 3, StartRule.PEAK_FLOW, 100, "When the nurse says."
    ),
    steroid_card=True,
    nebuliser=Nebuliser(True, "Dr Grey", "Northfield Hospital"),
    trial=Trial(Diagnosis.SUSPECTED, date(2027, 1, 31)),
    allergies=(Allergy("Peanut", True), Allergy("Grass pollen", False)),
    allergy_care=AllergyCare(True, date(2027, 6, 30), "The clinic has not seen her yet."),
    surgery_phone="0121 496 0199",
    open_access_phone="0161 496 0124",
    language_spoken="Pahari",
    interpreter=True,
    understanding=Understanding(
        given_to="Mother",
        taught_to="Rayyan",
        technique=Technique.CORRECTED,
        every_day=Answer.OWN_WORDS,
        attack=Answer.WITH_HELP,
        emergency=Answer.NOT_YET,
        control_tool=ControlTool.CHILDHOOD_ACT,
        control_score=Decimal(19),
        control_on=date(2026, 11, 20),
        attacks_in_year=2,
    ),
    wordings_confirmed=("danger-signs",),
    reasons=(Reason("spacer-missing", "It is on order."),),
    fired=("no-preventer",),
    replaces="plan0",
)
FROM_RECORD = "GP record, 1 October 2026"
BY_HAND = Medicine(
    UNLISTED, morning=1, unlisted=Unlisted("Breathewell Mist", "2.5 microgram", Device.SOFT_MIST)
)
# Plans on which all that their regimen allows is entered, with the age of the person.
FULL: dict[str, tuple[Plan, int]] = {
    "two inhalers": (
        replace(
            EVERYTHING,
            medicines={
                Slot.PREVENTER: replace(FLIXOTIDE, source=FROM_RECORD),
                Slot.RELIEVER: VENTOLIN,
                Slot.ADD_ON: MONTELUKAST,
            },
            attack_steps=AttackSteps(puffs=2, gap_seconds=45, maximum=8, slot=Slot.RELIEVER),
            increase=Increase(morning=4, evening=6, days=7),
            weaning=Weaning(puffs=4, hours=6, days=2),
        ),
        7,
    ),
    "mart": (
        replace(
            EVERYTHING,
            regimen=Regimen.MART,
            medicines={
                Slot.COMBINATION: replace(SYMBICORT_MART, most_a_day=12),
                Slot.BACKUP: BACKUP,
                Slot.ADD_ON: MONTELUKAST,
            },
            worse_puffs=None,
            worse_hours=None,
            steroids=replace(EVERYTHING.steroids, start=StartRule.WRITTEN),
            override=Override("It went well last year.", "Dr Grey"),
        ),
        13,
    ),
    "air": (
        replace(
            EVERYTHING,
            regimen=Regimen.AIR,
            medicines={Slot.COMBINATION: replace(SYMBICORT_AIR, most_a_day=12), Slot.ADD_ON: BY_HAND},
            worse_puffs=None,
            worse_hours=None,
            trial=Trial(Diagnosis.CONFIRMED),
            steroids=SteroidPack(
                True, "prednisolone-oral-solution-sugar-free-10mg-ml", 40, 4, 5, StartRule.TOLD
            ),
        ),
        34,
    ),
}
# Every kind of plan, with the age of its child in years.
PLANS: dict[str, tuple[Plan, int]] = {
    "two inhalers": (TWO_INHALERS, 7),
    "mart": (MART, 13),
    "air": (AIR, 15),
    "mask": (MASK, 3),
    "mart with backup": (MART_WITH_BACKUP, 13),
    "written for mart": (WRITTEN, 7),
    "written for terbutaline": (TERBUTALINE, 7),
    "other": (OTHER, 7),
    "draft": (DRAFT, 7),
}
# Those that a family gets every day of the week, and that must keep to two pages.
ORDINARY = ("two inhalers", "mart", "air", "mask")


def child(age: int) -> Child:
    """Return an invented child who was this old on the day of signing."""
    return Child("c1", "Rayyan", "Test", AGES[age], "9991047077")


def people(age: int) -> People:
    """Return everybody around a child of this age."""
    return People(child(age), PRACTICE, GP)


def copy_of(plan: Plan, age: int, copy: Copy = Copy.FAMILY, today: date = TODAY) -> tuple[Section, ...]:
    """Return the sections of one copy of a plan."""
    return sections(plan, people(age), copy, read_medicines(), today)


def said(parts: Iterable[Section]) -> list[str]:
    """Return every sentence of these sections in English, its values put in."""
    return [in_english(sentence) for part in parts for sentence in part.sentences()]


def in_english(value: Value) -> str:
    """Return a value, or a sentence with its values, as a bare English text."""
    if isinstance(value, Sentence):
        return value.english().format(**{name: in_english(inner) for name, inner in value.values.items()})
    if isinstance(value, Number):
        return str(value.count)
    if isinstance(value, Day):
        return value.day.isoformat()
    if isinstance(value, Moment):
        return value.at.isoformat()
    return value.text
