"""Plans of every kind, with invented people, whose words are measured: one for each way of saying things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from plans.content import Copy, People, discharge_sheet, sections
from plans.content.copies import copies_for
from plans.further_treatment import (
    Diagnosis,
    Increase,
    Nebuliser,
    StartRule,
    SteroidPack,
    Trial,
    Weaning,
)
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
from plans.triggers import TRIGGERS
from plans.understanding import Answer, ControlTool, Technique, Understanding

TODAY = date(2026, 11, 22)
PRACTICE = Organisation("o1", OrganisationKind.PRACTICE, "Larkhill Surgery", "Y99901", "0121 496 0123")
HOSPITAL = Organisation("o2", OrganisationKind.HOSPITAL, "Northfield Hospital", "Y99902", "0161 496 0123")
AUTHOR = Professional("p1", "Dr Amina Lee", "GP", "o1")
LEFT_HOSPITAL = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
BORN = {3: date(2023, 3, 14), 7: date(2019, 3, 14), 13: date(2013, 3, 14), 34: date(1992, 3, 14)}


@dataclass(frozen=True)
class Template:
    """A plan and the age of its owner, in whole years."""

    plan: Plan
    age: int

    @property
    def people(self) -> People:
        return People(Child("c1", "Rayyan", "Test", BORN[self.age], "9991047077"), PRACTICE, AUTHOR)

    def copies(self) -> Iterator[tuple[Copy, tuple[Section, ...]]]:
        """Yield every copy of the plan that is made for this age, with what it says."""
        for copy in copies_for(self.age):
            yield copy, sections(self.plan, self.people, copy, read_medicines(), TODAY)


def inhaler(key: str, *, daily: int | None = None, needed: int | None = None, mask: bool = False) -> Medicine:
    """Return an inhaler, with a spacer where it is an aerosol."""
    product = read_medicines().by_key(key)
    spacer = (Spacer.MASK if mask else Spacer.MOUTHPIECE) if product and product.needs_spacer else None
    return Medicine(key, product.colour if product else "", daily, daily, needed, spacer)


PLAIN = Plan(
    id="plan1",
    child_id="c1",
    triggers=("colds", "pollen"),
    review_by=date(2027, 11, 1),
    status=Status.SIGNED,
    author=AUTHOR,
    signed_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
)
# Whatever else a plan can say, beside its medicines.
FULL = replace(
    PLAIN,
    peak_flow=PeakFlow(170, date(2026, 4, 21), "EU", 130, 85),
    allergies=(Allergy("Peanut and tree nuts", True), Allergy("Egg", False)),
    allergy_care=AllergyCare(True, date(2027, 6, 30)),
    triggers=tuple(TRIGGERS),
    school=SchoolCare("In the school office", True, True, "Mrs Test", "07700 900123"),
    child_words="It feels like an elephant sits on my chest.",
    reasons=(Reason("adult-product", "It went well last year."),),
    exercise_puffs=2,
    increase=Increase(morning=4, evening=4, days=7),
    weaning=Weaning(puffs=4, hours=4, days=2),
    steroids=SteroidPack(
        True, "prednisolone-soluble-tablets-5mg", 20, 4, 3, StartRule.WRITTEN, None, "When the nurse says so."
    ),
    steroid_card=True,
    nebuliser=Nebuliser(True, "Dr Grey", "Northfield Hospital"),
    trial=Trial(Diagnosis.SUSPECTED, date(2027, 1, 31)),
    override=Override("It went well last year.", "Dr Grey"),
    surgery_phone="0121 496 0123",
    open_access_phone="0161 496 0124",
    language="ur",
    language_spoken="Urdu",
    interpreter=True,
    understanding=Understanding(
        given_to="Mother",
        taught_to="Mother",
        technique=Technique.CORRECTED,
        every_day=Answer.OWN_WORDS,
        attack=Answer.WITH_HELP,
        emergency=Answer.OWN_WORDS,
        control_tool=ControlTool.CHILDHOOD_ACT,
        control_score=Decimal(19),
        control_on=date(2026, 11, 21),
        attacks_in_year=2,
    ),
    wordings_confirmed=("danger-signs",),
)
# What can be said in another way.
OTHERWISE = replace(
    FULL,
    allergies=(Allergy("Peanut", True),),
    allergy_care=AllergyCare(False, None, "The allergy clinic has not seen her yet."),
    school=SchoolCare("", False, False, "Mrs Test"),
    steroids=SteroidPack(True, "prednisolone-tablets-5mg", 30, 6, 5, StartRule.TOLD),
    steroid_card=False,
    interpreter=False,
    peak_flow=replace(PeakFlow(170, date(2026, 4, 21), "EU", 130, 85), scale="Wright"),
    trial=Trial(Diagnosis.CONFIRMED),
)


def _two(preventer: str, reliever: str, plan: Plan = PLAIN, *, mask: bool = False) -> Plan:
    slots = {Slot.PREVENTER: inhaler(preventer, daily=2, mask=mask)}
    slots[Slot.RELIEVER] = inhaler(reliever, needed=2, mask=mask)
    return replace(plan, regimen=Regimen.PREVENTER_RELIEVER, medicines=slots, worse_puffs=4, worse_hours=4)


def _one(regimen: Regimen, key: str, plan: Plan = PLAIN, **more: Medicine) -> Plan:
    daily = 1 if regimen is Regimen.MART else None
    slots = {Slot.COMBINATION: inhaler(key, daily=daily, needed=1)}
    return replace(plan, regimen=regimen, medicines=slots | {Slot(slot): one for slot, one in more.items()})


def _written(plan: Plan) -> Plan:
    return replace(plan, attack_steps=AttackSteps(puffs=1, gap_seconds=120, maximum=4))


BACKUP = inhaler("salamol-100", needed=2)
BY_HAND = Medicine(
    UNLISTED, "blue", None, None, 2, unlisted=Unlisted("Breathewell", "100 microgram", Device.DRY_POWDER)
)
ON_ITS_OWN = {Slot.RELIEVER: inhaler("salamol-100", needed=2, mask=True)}

TEMPLATES: Mapping[str, Template] = {
    "Draft that says nothing yet": Template(Plan("draft", "c1"), 7),
    "Mask": Template(_two("clenil-modulite-50", "salamol-100", mask=True), 3),
    "Mask, all else": Template(_two("clenil-modulite-50", "salamol-100", FULL, mask=True), 3),
    "Reliever alone": Template(
        replace(OTHERWISE, regimen=Regimen.PREVENTER_RELIEVER, medicines=ON_ITS_OWN), 3
    ),
    "Two inhalers": Template(_two("flixotide-evohaler-50", "ventolin-evohaler-100"), 7),
    "Two inhalers, all else": Template(_two("flixotide-evohaler-50", "ventolin-evohaler-100", FULL), 7),
    "Two inhalers, written steps": Template(
        _written(_two("qvar-easi-breathe-50", "salamol-easi-breathe-100", FULL)), 7
    ),
    "MART, written steps": Template(_written(_one(Regimen.MART, "symbicort-turbohaler-100-6", FULL)), 7),
    "Another way": Template(
        replace(
            _two("clenil-modulite-50", "salamol-100", FULL),
            regimen=Regimen.OTHER,
            attack_steps=AttackSteps(puffs=2, gap_seconds=45, maximum=6, slot=Slot.RELIEVER),
        ),
        7,
    ),
    "Another way, a medicine by hand": Template(
        replace(
            OTHERWISE,
            regimen=Regimen.OTHER,
            medicines={Slot.RELIEVER: BY_HAND},
            attack_steps=AttackSteps(puffs=1, gap_seconds=60, maximum=6, slot=Slot.RELIEVER),
        ),
        13,
    ),
    "Two powder inhalers": Template(
        _written(_two("flixotide-accuhaler-100", "easyhaler-salbutamol-100")), 13
    ),
    "MART": Template(_one(Regimen.MART, "symbicort-turbohaler-200-6"), 13),
    "MART, backup, add-on": Template(
        _one(
            Regimen.MART,
            "duoresp-spiromax-160-4-5",
            FULL,
            backup=BACKUP,
            **{"add-on": Medicine("montelukast-chewable-tablets-5mg", evening=1)},
        ),
        13,
    ),
    "MART, said otherwise": Template(_one(Regimen.MART, "fobumix-easyhaler-160-4-5", OTHERWISE), 13),
    "AIR": Template(_one(Regimen.AIR, "symbicort-turbohaler-200-6"), 13),
    "AIR, all else": Template(_one(Regimen.AIR, "symbicort-turbohaler-200-6", FULL, backup=BACKUP), 13),
    "Adult, two inhalers": Template(_two("relvar-ellipta-92-22", "bricanyl-turbohaler-500", FULL), 34),
    "Adult, MART": Template(
        _one(Regimen.MART, "fostair-100-6", FULL, **{"add-on": Medicine("spiriva-respimat-2-5", morning=2)}),
        34,
    ),
    "Adult, AIR": Template(_one(Regimen.AIR, "symbicort-turbohaler-200-6", FULL), 34),
}


def after_hospital() -> Iterator[tuple[str, tuple[Section, ...]]]:
    """Yield the family's sheet after hospital: for a family with a plan and without, at either age."""
    due = date(2026, 11, 24)
    late = date(2026, 11, 25)
    for name, age, practice, has_plan, today in (
        ("with a plan", 7, PRACTICE, True, due),
        ("without a plan", 3, PRACTICE, False, due),
        ("without a GP", 13, None, False, due),
        ("with a plan, late", 7, PRACTICE, True, late),
        ("without a plan, late", 3, PRACTICE, False, late),
    ):
        yield (
            name,
            discharge_sheet(
                Template(PLAIN, age).people.child,
                practice,
                due=due,
                discharged_at=LEFT_HOSPITAL,
                hospital=HOSPITAL,
                has_plan=has_plan,
                today=today,
            ),
        )
