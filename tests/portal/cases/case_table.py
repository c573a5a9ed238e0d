"""Each case record: what a draft takes from it, what it asks, what its clinician answers, what is printed."""

from dataclasses import dataclass, field

from plans.regimens import Script

# What a form asks of every plan, however much the record says.
OF_ANY_PLAN = frozenset(
    {
        "dose-not-confirmed",
        "not-taught",
        "review-date-missing",
        "spacer-missing",
        "technique-not-seen",
        "wording-not-confirmed",
        "worse-puffs-missing",
    }
)
ANSWERS = {
    "use-peak-flow": "no",
    "review-by": "2027-05-20",
    "technique": "good",
    "taught-to": "The child and a parent",
    "teach-back-every-day": "own-words",
    "teach-back-attack": "own-words",
    "teach-back-emergency": "own-words",
    "attacks-in-year": "1",
}
WORSE = {"worse-puffs": "4", "worse-hours": "4"}
ALWAYS_HIDDEN = ("misuse", "over-reliance", "not collected", "not brought", "court", "barred", "vap")


@dataclass(frozen=True)
class Case:
    """One record. `filled` is all that a draft starts with, but for where each dose comes from.

    `asks` are the checks that fire before anybody typed, beyond those of any plan; `then` those that the
    first answers bring. `hidden` stands in no copy and in nothing that is kept of the plan.
    """

    file: str
    filled: dict[str, str]
    typed: dict[str, str]
    script: Script
    asks: frozenset[str] = frozenset()
    then: frozenset[str] = frozenset()
    reasons: dict[str, str] = field(default_factory=dict)
    family: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    not_at_school: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the places whose dose came from the record."""
        return tuple(name.removesuffix("-product") for name in self.filled if name.endswith("-product"))


def peak_flow(best: str, measured_on: str) -> dict[str, str]:
    """Return the fields of a best peak flow on the EU scale."""
    return {"peak-flow-best": best, "peak-flow-measured-on": measured_on, "peak-flow-scale": "EU"}


def score(tool: str, points: str, taken_on: str) -> dict[str, str]:
    """Return the fields of a control score."""
    return {"control-tool": tool, "control-score": points, "control-on": taken_on}


def dose(slot: str, product: str, **puffs: str) -> dict[str, str]:
    """Return the fields of a medicine; `_` in a name stands for `-`."""
    parts = {"product": product} | {name.replace("_", "-"): text for name, text in puffs.items()}
    return {f"{slot}-{part}": text for part, text in parts.items()}


def spacers(part: str, *slots: str) -> dict[str, str]:
    """Return the answer of which spacer is used."""
    return {f"{slot}-spacer": part for slot in slots}


CASES = (
    Case(
        file="a-urdu-7-high-risk.json",
        filled={
            "surgery-phone": "0121 496 0101",
            "regimen": "preventer-reliever",
            "allergy-1-severe": "yes",
            "allergy-2-severe": "yes",
            "trigger-tobacco-smoke": "yes",
            "language": "ur",
            "language-spoken": "Urdu, English (father); Urdu, Pahari-Pothwari (mother)",
            "interpreter": "yes",
        }
        | {"allergy-1-name": "Hen's egg", "allergy-2-name": "Peanut and tree nuts"}
        | dose("preventer", "flixotide-evohaler-50", morning="2", evening="2")
        | dose("reliever", "ventolin-evohaler-100", when_needed="2")
        | peak_flow("170", "2026-04-21")
        | score("C-ACT", "12", "2026-10-08"),
        asks=frozenset({"allergy-plan-missing", "nebuliser-not-said", "pens-not-said", "steroid-card"}),
        typed=WORSE
        | spacers("mouthpiece", "preventer", "reliever")
        | {
            "allergy-plan-confirmed": "yes",
            "pens-expire-on": "2026-06-30",
            "steroid-card": "yes",
            "nebuliser-at-home": "yes",
            "nebuliser-specialist": "Dr Helen Marsh",
            "nebuliser-hospital": "Northcliff Hospital",
        },
        then=frozenset({"pens-expired"}),
        script=Script.A,
        family=("Flixotide", "Ventolin", "anaphylaxis", "Tobacco smoke"),
        school=("Ventolin", "anaphylaxis", "Peanut and tree nuts"),
        record=("Flixotide", "GP record, repeat of 3 June 2025", "C-ACT: 12"),
        not_at_school=("Flixotide", "Tobacco smoke", "GP record"),
        hidden=("bought online", "12 blue", "58%", "65%"),
    ),
    Case(
        file="b-polish-13-mart.json",
        filled={
            "surgery-phone": "0161 496 0102",
            "regimen": "mart",
            "language": "pl",
            "language-spoken": "Polish",
        }
        | dose(
            "combination",
            "symbicort-turbohaler-200-6",
            morning="1",
            evening="1",
            when_needed="1",
            most_a_day="8",
        )
        | peak_flow("340", "2026-07-06")
        | score("ACT", "18", "2026-10-06"),
        typed={},
        script=Script.B,
        family=("Symbicort",),
        school=("Symbicort",),
        record=("GP record, repeat of 17 March 2026",),
        hidden=("Ventolin", "Clenil"),
    ),
    Case(
        file="c-english-15-air.json",
        filled={
            "surgery-phone": "0161 496 0102",
            "regimen": "air",
            "allergy-1-name": "Grass pollen",
            "language": "en",
        }
        | dose("combination", "symbicort-turbohaler-200-6", when_needed="1", most_a_day="8")
        | peak_flow("470", "2026-03-02")
        | score("ACT", "23", "2026-09-07"),
        typed={},
        script=Script.B,
        family=("Symbicort",),
        school=("Symbicort",),
        hidden=("Ventolin", "anaphylaxis"),
    ),
    Case(
        file="d-bengali-3-mask.json",
        filled={
            "surgery-phone": "0113 496 0104",
            "regimen": "preventer-reliever",
            "diagnosis": "suspected",
            "trial-until": "2026-12-22",
            "language": "bn",
            "language-spoken": "English (father); Sylheti (mother)",
            "interpreter": "yes",
        }
        | dose("preventer", "clenil-modulite-50", morning="2", evening="2", spacer="mask")
        | dose("reliever", "salamol-100", spacer="mask"),
        asks=frozenset({"puffs-missing"}),
        typed=WORSE | {"reliever-when-needed": "2", "review-by": "2026-12-22"},
        script=Script.A,
        family=("Clenil Modulite", "Salamol", "mask", "22 December 2026", "Do not use 111 online"),
        school=("Salamol", "mask"),
        not_at_school=("Clenil", "trial"),
        hidden=("111.nhs.uk", "L/min"),
    ),
    Case(
        file="e-punjabi-10-well.json",
        filled={"surgery-phone": "0116 496 0103", "regimen": "preventer-reliever", "language": "pa"}
        | dose("preventer", "clenil-modulite-100", morning="1", evening="1")
        | dose("reliever", "ventolin-evohaler-100", when_needed="2")
        | peak_flow("270", "2026-07-08")
        | score("C-ACT", "25", "2026-07-08"),
        typed=WORSE | spacers("mouthpiece", "preventer", "reliever"),
        script=Script.A,
        family=("Clenil Modulite", "Ventolin"),
        school=("Ventolin",),
        not_at_school=("Clenil",),
        hidden=("anaphylaxis",),
    ),
    Case(
        file="f-somali-9-reliever-only.json",
        filled={
            "surgery-phone": "0116 496 0103",
            "language": "so",
            "language-spoken": "Somali",
            "interpreter": "yes",
        }
        | dose("reliever", "ventolin-evohaler-100", when_needed="2")
        | score("C-ACT", "17", "2026-06-29"),
        asks=frozenset({"regimen-missing"}),
        typed=WORSE | spacers("mouthpiece", "reliever") | {"regimen": "preventer-reliever"},
        then=frozenset({"no-preventer"}),
        reasons={"no-preventer": "The father wants to hear about preventers first. Review on Tuesday."},
        script=Script.A,
        family=("Ventolin",),
        school=("Ventolin",),
        hidden=("Hodan", "Yusuf", "mother", "safeguarding"),
    ),
    Case(
        file="g-arabic-16-own-consent.json",
        filled={
            "surgery-phone": "0113 496 0104",
            "regimen": "preventer-reliever",
            "language": "ar",
            "language-spoken": "Arabic",
        }
        | dose("preventer", "relvar-ellipta-92-22")
        | dose("reliever", "salamol-100", when_needed="2")
        | peak_flow("380", "2026-02-16")
        | score("ACT", "16", "2026-09-15"),
        asks=frozenset({"puffs-missing"}),
        typed=WORSE | spacers("mouthpiece", "reliever") | {"preventer-morning": "1"},
        script=Script.A,
        family=("Relvar", "Salamol"),
        school=("Salamol",),
        not_at_school=("Relvar",),
        hidden=("nicotine", "49%"),
    ),
    Case(
        file="h-romanian-6-montelukast.json",
        filled={
            "surgery-phone": "0121 496 0101",
            "regimen": "preventer-reliever",
            "language": "ro",
            "language-spoken": "Romanian",
            "interpreter": "yes",
        }
        | dose("preventer", "soprobec-50", morning="2", evening="2")
        | dose("reliever", "airomir-100", when_needed="2")
        | dose("add-on", "montelukast-chewable-tablets-5mg", evening="1")
        | peak_flow("155", "2026-05-13")
        | score("C-ACT", "20", "2026-10-26"),
        asks=frozenset({"montelukast-warning"}),
        typed=WORSE | spacers("mouthpiece", "preventer", "reliever"),
        reasons={"montelukast-warning": "Night terrors since spring: the family is warned, review now."},
        script=Script.A,
        family=("Soprobec", "Airomir", "Montelukast"),
        school=("Airomir",),
        not_at_school=("Soprobec", "ontelukast"),
        hidden=("4mg", "4 mg", "sachet", "mould"),
    ),
)
