"""Drafts that are ready to sign, one for each regimen, and what the checks say when something is changed."""

from dataclasses import replace
from datetime import date

import pytest

from plans.checks import Situation, check
from plans.confirmations import needed
from plans.draft import read_draft
from plans.medicines import read_medicines
from plans.people import Child

TODAY = date(2026, 11, 23)

EVERY_PLAN = {
    "surgery-phone": "0121 496 0123",
    "language": "en",
    "review-by": "2027-11-23",
    "taught-to": "Mother",
    "technique": "good",
    "teach-back-every-day": "own-words",
    "teach-back-attack": "own-words",
    "teach-back-emergency": "with-help",
}
READY = {
    "preventer-reliever": EVERY_PLAN
    | {
        "regimen": "preventer-reliever",
        "preventer-product": "clenil-modulite-50",
        "preventer-morning": "2",
        "preventer-evening": "2",
        "preventer-spacer": "mouthpiece",
        "reliever-product": "salamol-100",
        "reliever-when-needed": "2",
        "reliever-spacer": "mouthpiece",
        "worse-puffs": "4",
        "worse-hours": "4",
    },
    "mart": EVERY_PLAN
    | {
        "regimen": "mart",
        "combination-product": "symbicort-turbohaler-200-6",
        "combination-morning": "1",
        "combination-evening": "1",
        "combination-when-needed": "1",
        "combination-most-a-day": "8",
    },
    "air": EVERY_PLAN
    | {
        "regimen": "air",
        "combination-product": "symbicort-turbohaler-200-6",
        "combination-when-needed": "1",
        "combination-most-a-day": "8",
    },
    "other": EVERY_PLAN
    | {
        "regimen": "other",
        "preventer-product": "clenil-modulite-50",
        "preventer-morning": "2",
        "preventer-evening": "2",
        "preventer-spacer": "mouthpiece",
        "reliever-product": "bricanyl-turbohaler-500",
        "reliever-when-needed": "1",
        "attack-inhaler": "reliever",
        "attack-puffs": "1",
        "attack-gap-seconds": "60",
        "attack-maximum": "6",
    },
}
AGES = {"preventer-reliever": 9, "mart": 13, "air": 15, "other": 13}

# A plan with peak flow, to change in tests of it.
PEAK_FLOW = {
    "use-peak-flow": "yes",
    "peak-flow-best": "300",
    "peak-flow-measured-on": "2026-09-01",
    "peak-flow-scale": "EU",
    "peak-flow-worse-below": "225",
    "peak-flow-attack-below": "150",
}


# What a changed draft may say of where it stands; every other key is a field.
ABOUT = (
    "base",
    "age",
    "wordings",
    "live_plan_id",
    "readings",
    "heights",
    "steroid_courses",
    "has_nebuliser_liquid",
)


@pytest.fixture
def plan_and_situation():
    """Give the ready draft of a regimen ("base") with some fields changed, and where it stands."""

    def make(changes):
        about = {key: changes[key] for key in ABOUT if key in changes}
        base, wordings = about.pop("base", "preventer-reliever"), about.pop("wordings", "confirmed")
        age = about.pop("age", AGES[base])
        fields = READY[base] | {name: text for name, text in changes.items() if name not in ABOUT}
        reading = read_draft(fields, draft_id="p1", child_id="c1")
        child = Child("c1", "Ada", "Test", born=date(TODAY.year - age, 1, 1))
        left_over = {"unread": reading.problems, "unknown": reading.unknown}
        situation = Situation(child, TODAY, read_medicines(), **left_over, **about)
        keys = tuple(wording.key for wording in needed(reading.plan, age, read_medicines()))
        plan = replace(reading.plan, wordings_confirmed=keys) if wordings == "confirmed" else reading.plan
        return plan, situation

    return make


@pytest.fixture
def found(plan_and_situation):
    """Give the (code, field) of each problem of a changed draft; see plan_and_situation."""

    def find(changes):
        return [(problem.code, problem.field) for problem in check(*plan_and_situation(changes))]

    return find


@pytest.fixture
def peak_flow():
    return PEAK_FLOW
