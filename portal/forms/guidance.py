"""What a clinician may read at each section of a plan's form, with its source. Nothing is filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plans.plan import Regimen
from plans.regimens import ONE_INHALER


@dataclass(frozen=True)
class Advice:
    """One or two plain lines, where they were read, and for whom they are: an age in years, a regimen."""

    text: str
    source: str
    fits: Callable[[int, Regimen | None], bool] = lambda _age, _regimen: True


def under(years: int) -> Callable[[int, Regimen | None], bool]:
    return lambda age, _regimen: age < years


def between(first: int, last: int) -> Callable[[int, Regimen | None], bool]:
    return lambda age, _regimen: first <= age <= last


def at_least(years: int) -> Callable[[int, Regimen | None], bool]:
    return lambda age, _regimen: age >= years


def _one_inhaler(_age: int, regimen: Regimen | None) -> bool:
    return regimen in ONE_INHALER


def _separate(_age: int, regimen: Regimen | None) -> bool:
    return regimen not in ONE_INHALER


# Source: the clinical reference, sections 1, 2 and 8 to 12, its meaning kept. Each names the text behind it.
ADVICE: Mapping[str, tuple[Advice, ...]] = {
    "regimen": (
        Advice(
            "Under 5, with symptoms between episodes or a severe episode: a low-dose preventer twice a "
            "day on trial for 8 to 12 weeks, with a reliever as needed. MART and AIR are not in this "
            "pathway.",
            "NG245 1.9.1",
            under(5),
        ),
        Advice(
            "5 to 11: a low-dose preventer twice a day with a reliever comes first. If that does not "
            "control it: low-dose MART where child and family can manage it. AIR is never for a child "
            "under 12.",
            "NG245 1.8.1; gpnotebook on NG245; Asthma + Lung UK AIR guide",
            between(5, 11),
        ),
        Advice(
            "12 and over: AIR comes first, or low-dose MART for somebody very symptomatic or after a "
            "severe attack. Somebody stable on a preventer and a reliever may stay on them.",
            "gpnotebook on NG245; GGC Medicines",
            at_least(12),
        ),
    ),
    "medicines": (
        Advice(
            "Before any change, check technique, whether it is taken, triggers, smoke and vaping at "
            "home, and whether it is asthma. Choose by brand and strength: brands of beclometasone are "
            "not interchangeable.",
            "NG245 1.6.1; MHRA July 2008",
        ),
    ),
    "worse": (
        Advice(
            "Plans differ: one children's hospital writes 2 to 4 puffs, 4-hourly as needed. Needed more"
            " often than every 4 hours: that is an attack.",
            "UHSussex plan; Asthma + Lung UK",
            _separate,
        ),
        Advice(
            "MART and AIR have no other dose here: leave these empty. The 1 puff when needed goes on, "
            "within the maximum.",
            "Asthma + Lung UK MART and AIR guides",
            _one_inhaler,
        ),
    ),
    "increase": (
        Advice(
            "17 and over, with one steroid inhaler: up to 4 times the dose for 7 days, never above the "
            "licensed maximum of a day. Doubling does not work.",
            "NG245 1.14.4; NI formulary",
            at_least(17),
        ),
        Advice(
            "Under 17 no increase by itself: who gets worse contacts a professional. Only one that is "
            "already agreed, and inside the licensed dose. Doubling does not work.",
            "NICE NG80 rationale, carried into NG245; NI formulary",
            under(17),
        ),
    ),
    "steroids": (
        Advice(
            "Printed only if a pack is supplied: which tablets, how much, how many days, and when to "
            "start. Any course counts as an attack, and the family tells the surgery the day it starts.",
            "Clinical reference 2.3: doses are not confirmed here",
        ),
    ),
    "steroid-card": (
        Advice(
            "High doses for a long time can stop the body making its own steroid: a Steroid Emergency "
            "Card says so.",
            "NI formulary",
        ),
    ),
    "attack": (
        Advice(
            "Steps are never mixed: a blue reliever has one set, the inhaler of MART or AIR another, "
            "anything else the steps that you write.",
            "Asthma + Lung UK; NHS asthma text",
        ),
    ),
    "weaning": (
        Advice(
            "London's clinical group advises against plans that wean salbutamol by the clock. Some "
            "hospitals use them.",
            "London Asthma Toolkit",
        ),
    ),
    "nebuliser": (
        Advice(
            "Under 18 only a specialist starts and manages one. It can hide that asthma gets worse, and"
            " delay help.",
            "MHRA Drug Safety Update, August 2022",
        ),
    ),
    "allergies": (
        Advice(
            "Food or another severe allergy: the attack part then begins with the adrenaline pen and "
            "999, before the inhaler.",
            "Spare Pens in Schools; BSACI plans",
        ),
    ),
    "triggers": (
        Advice(
            "Personal triggers, and air pollution indoors and outdoors.",
            "NG245 1.14.1; London Asthma Toolkit",
        ),
    ),
    "peak-flow": (
        Advice("Plans for children usually go by symptoms.", "NG245 1.14.1", under(17)),
        Advice(
            "Plans for adults go by symptoms, peak flow, or both.",
            "NG245 1.14.1",
            at_least(17),
        ),
    ),
    "school": (
        Advice(
            "Leave empty what nobody has said yet: the school's copy then says so. The school's own "
            "inhaler needs written consent, and asthma that is diagnosed or a reliever that is "
            "prescribed.",
            "DHSC guidance on emergency inhalers in schools",
        ),
    ),
    "review": (
        Advice(
            "8 to 12 weeks after a treatment starts or changes, else within 12 months.",
            "gpnotebook on NG245",
        ),
    ),
    "understanding": (
        Advice(
            "Given and taught are two facts. Check understanding at each review, and at each contact "
            "for an attack.",
            "NG245 1.14.2",
        ),
    ),
}  # fmt: skip


def advice(age: int, regimen: Regimen | None) -> Mapping[str, tuple[Advice, ...]]:
    """Return what is to be read at each section for a person of `age` whole years on this regimen."""
    return {
        section: tuple(one for one in lines if one.fits(age, regimen)) for section, lines in ADVICE.items()
    }
