"""Plans of every kind, complete as a clinician would sign them, to test what they say and how they print."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from plans.content import Copy, People, sections
from plans.medicines import read_medicines
from plans.people import Child, Organisation, OrganisationKind, Professional
from plans.plan import (
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    PeakFlow,
    Plan,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
)
from plans.sections import Section
from plans.sentences import Day, Moment, Number, Sentence, Value
from plans.understanding import Understanding

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

AGES = {7: date(2019, 3, 14), 13: date(2013, 3, 14), 15: date(2011, 3, 14), 3: date(2023, 3, 14)}

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
