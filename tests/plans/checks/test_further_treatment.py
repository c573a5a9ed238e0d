"""Each check of increase, steroids, weaning, nebuliser and trial fires at its edge, and not beside it."""

from fractions import Fraction

import pytest

from plans.checks import increase, nebuliser, ready_to_sign, steroid_start, steroids, trial, weaning
from plans.checks.steroids import milligrams_each
from plans.medicines import read_medicines
from plans.products import Role

MART, OTHER = {"base": "mart"}, {"base": "other"}
ADULT = {"age": 34}
INCREASE = {"increase-morning": "8", "increase-evening": "8", "increase-days": "7"}
GROWN_UP_INCREASE = INCREASE | ADULT
ONLY_EVENING = {"preventer-morning": "", "increase-morning": ""}
NO_PREVENTER = {
    "preventer-product": "",
    "preventer-morning": "",
    "preventer-evening": "",
    "preventer-spacer": "",
}
PACK = {
    "steroids-supplied": "yes",
    "steroids-product": "prednisolone-tablets-5mg",
    "steroids-milligrams": "30",
    "steroids-amount": "6",
    "steroids-days": "3",
    "steroids-start": "told",
}
PEAK_FLOW_START = {"steroids-start": "peak-flow", "steroids-below": "200"}
WORDS_START = {"steroids-start": "written", "steroids-start-words": "When you cannot sleep for coughing."}
WEANING = {"weaning-puffs": "4", "weaning-hours": "4", "weaning-days": "2"}
NEBULISER = {
    "nebuliser-at-home": "yes",
    "nebuliser-specialist": "Dr Sam Test",
    "nebuliser-hospital": "Northfield Hospital",
}
TODDLER = {"age": 3, "diagnosis": "suspected", "trial-until": "2027-01-18"}

CASES = [
    ("increase-not-in-regimen", "increase-morning", INCREASE | MART, INCREASE),
    ("increase-not-in-regimen", "increase-days", {"increase-days": "7", "base": "air"}, INCREASE),
    ("increase-not-in-regimen", "increase-evening", INCREASE | OTHER, INCREASE),
    ("increase-without-preventer", "increase-morning", INCREASE | NO_PREVENTER, INCREASE),
    ("increase-incomplete", "increase-morning", INCREASE | {"increase-morning": ""}, INCREASE),
    ("increase-incomplete", "increase-evening", INCREASE | {"increase-evening": ""}, INCREASE),
    (
        "increase-incomplete",
        "increase-evening",
        INCREASE | {"increase-evening": ""},
        INCREASE | {"increase-evening": "", "preventer-evening": ""},
    ),
    ("increase-incomplete", "increase-days", INCREASE | {"increase-days": "0"}, INCREASE),
    (
        "increase-not-more",
        "increase-morning",
        INCREASE | {"increase-morning": "4", "increase-evening": "0"},
        INCREASE | {"increase-morning": "5", "increase-evening": "0"},
    ),
    (
        "increase-not-more",
        "increase-evening",
        INCREASE | ONLY_EVENING | {"preventer-evening": "2", "increase-evening": "2"},
        INCREASE | ONLY_EVENING | {"preventer-evening": "2", "increase-evening": "3"},
    ),
    ("increase-under-17", "increase-morning", INCREASE | {"age": 16}, INCREASE | {"age": 17}),
    (
        "increase-unusual",
        "increase-morning",
        GROWN_UP_INCREASE | {"increase-morning": "9"},
        GROWN_UP_INCREASE,
    ),
    ("increase-unusual", "increase-days", GROWN_UP_INCREASE | {"increase-days": "8"}, GROWN_UP_INCREASE),
    (
        "increase-unusual",
        "increase-morning",
        GROWN_UP_INCREASE | {"preventer-product": "seretide-evohaler-125"},
        GROWN_UP_INCREASE,
    ),
    ("steroids-not-supplied", "steroids-supplied", PACK | {"steroids-supplied": ""}, PACK),
    ("steroids-not-supplied", "steroids-supplied", {"steroids-days": "3"}, {}),
    ("steroids-incomplete", "steroids-product", PACK | {"steroids-product": ""}, PACK),
    ("steroids-incomplete", "steroids-milligrams", PACK | {"steroids-milligrams": "0"}, PACK),
    ("steroids-incomplete", "steroids-amount", PACK | {"steroids-amount": ""}, PACK),
    ("steroids-incomplete", "steroids-days", PACK | {"steroids-days": "0"}, PACK),
    ("steroids-not-a-course", "steroids-product", PACK | {"steroids-product": "salamol-100"}, PACK),
    ("steroids-not-a-course", "steroids-product", PACK | {"steroids-product": "unlisted"}, PACK),
    ("steroids-do-not-add-up", "steroids-amount", PACK | {"steroids-amount": "5"}, PACK),
    (
        "steroids-do-not-add-up",
        "steroids-amount",
        PACK | {"steroids-product": "prednisolone-oral-solution-sugar-free-10mg-ml", "steroids-amount": "30"},
        PACK | {"steroids-product": "prednisolone-oral-solution-sugar-free-10mg-ml", "steroids-amount": "3"},
    ),
    (
        "steroids-do-not-add-up",
        "steroids-amount",
        PACK | {"steroids-product": "prednisolone-oral-solution-5mg-5ml", "steroids-amount": "6"},
        PACK | {"steroids-product": "prednisolone-oral-solution-5mg-5ml", "steroids-amount": "30"},
    ),
    ("steroids-without-start", "steroids-start", PACK | {"steroids-start": ""}, PACK),
    ("steroids-start-incomplete", "steroids-below", PACK | {"steroids-start": "peak-flow"}, PACK),
    (
        "steroids-start-incomplete",
        "steroids-start-words",
        PACK | {"steroids-start": "written"},
        PACK | WORDS_START,
    ),
    ("steroids-start-left-over", "steroids-below", PACK | {"steroids-below": "200"}, PACK | PEAK_FLOW_START),
    (
        "steroids-start-left-over",
        "steroids-start-words",
        PACK | {"steroids-start-words": "Soon."},
        PACK | WORDS_START,
    ),
    ("steroids-words-not-translated", "steroids-start-words", PACK | WORDS_START | {"language": "ur"}, PACK),
    (
        "steroids-words-not-translated",
        "steroids-start-words",
        PACK | WORDS_START | {"language": "ur"},
        PACK | WORDS_START,
    ),
    (
        "steroids-over-reference",
        "steroids-milligrams",
        PACK | {"steroids-milligrams": "41"},
        PACK | {"steroids-milligrams": "40"},
    ),
    (
        "steroids-over-reference",
        "steroids-milligrams",
        PACK | {"steroids-milligrams": "51"} | ADULT,
        PACK | {"steroids-milligrams": "50"} | ADULT,
    ),
    (
        "steroids-over-reference",
        "steroids-milligrams",
        PACK | {"steroids-milligrams": "21", "age": 5},
        PACK | {"steroids-milligrams": "21", "age": 6},
    ),
    (
        "steroids-over-reference",
        "steroids-days",
        PACK | {"steroids-days": "4", "age": 17},
        PACK | {"steroids-days": "4", "age": 18},
    ),
    ("steroid-card", "steroid-card", PACK | {"steroid-card": "no"}, PACK | {"steroid-card": "yes"}),
    ("steroid-card", "steroid-card", INCREASE, {}),
    ("steroid-card", "steroid-card", {"steroid_courses": 2}, {"steroid_courses": 1}),
    ("weaning-incomplete", "weaning-puffs", WEANING | {"weaning-puffs": "0"}, WEANING),
    ("weaning-incomplete", "weaning-hours", WEANING | {"weaning-hours": ""}, WEANING),
    ("weaning-incomplete", "weaning-days", WEANING | {"weaning-days": ""}, WEANING),
    ("weaning-without-reliever", "weaning-puffs", WEANING | MART, WEANING),
    ("weaning-by-the-clock", "weaning-puffs", WEANING, {}),
    ("nebuliser-not-said", "nebuliser-at-home", {"has_nebuliser_liquid": True}, {}),
    (
        "nebuliser-not-said",
        "nebuliser-at-home",
        {"has_nebuliser_liquid": True},
        {"has_nebuliser_liquid": True, "nebuliser-at-home": "no"},
    ),
    (
        "nebuliser-without-specialist",
        "nebuliser-specialist",
        NEBULISER | {"nebuliser-specialist": ""},
        NEBULISER,
    ),
    ("nebuliser-without-specialist", "nebuliser-hospital", NEBULISER | {"nebuliser-hospital": ""}, NEBULISER),
    (
        "nebuliser-without-specialist",
        "nebuliser-hospital",
        {"nebuliser-at-home": "yes", "age": 17},
        {"nebuliser-at-home": "yes", "age": 18},
    ),
    ("nebuliser-left-over", "nebuliser-at-home", NEBULISER | {"nebuliser-at-home": "no"}, NEBULISER),
    ("diagnosis-missing", "diagnosis", {"age": 4}, {"age": 5}),
    ("diagnosis-missing", "diagnosis", {"age": 4}, {"age": 4, "diagnosis": "confirmed"}),
    (
        "trial-over",
        "trial-until",
        TODDLER | {"trial-until": "2026-11-22"},
        TODDLER | {"trial-until": "2026-11-23"},
    ),
    ("trial-of-nothing", "trial-until", TODDLER | NO_PREVENTER, TODDLER),
    ("trial-without-end", "trial-until", TODDLER | {"trial-until": ""}, TODDLER),
    (
        "trial-without-end",
        "trial-until",
        TODDLER | {"trial-until": ""},
        TODDLER | {"trial-until": "", "diagnosis": "confirmed"},
    ),
    (
        "trial-over-12-weeks",
        "trial-until",
        TODDLER | {"trial-until": "2027-02-16"},
        TODDLER | {"trial-until": "2027-02-15"},
    ),
]
RULES = (
    *increase.CHECKS,
    *steroids.CHECKS,
    *steroid_start.CHECKS,
    *weaning.CHECKS,
    *nebuliser.CHECKS,
    *trial.CHECKS,
)
WITH_PEAK_FLOW = {"steroids-start-without-peak-flow", "steroids-limit-out-of-order", "steroids-limit-low"}


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


def test_every_check_of_further_treatment_is_tested():
    assert {code for code, *_ in CASES} | WITH_PEAK_FLOW == {rule.code for rule in RULES}


def test_a_start_by_peak_flow_needs_a_plan_with_peak_flow(found, peak_flow):
    by_peak_flow = PACK | PEAK_FLOW_START

    assert ("steroids-start-without-peak-flow", "steroids-start") in found(by_peak_flow)
    assert "steroids-start-without-peak-flow" not in dict(found(by_peak_flow | peak_flow))


def test_steroids_do_not_start_before_asthma_is_getting_worse(found, peak_flow):
    by_peak_flow = PACK | peak_flow | {"steroids-start": "peak-flow"}

    assert ("steroids-limit-out-of-order", "steroids-below") in found(
        by_peak_flow | {"steroids-below": "226"}
    )
    assert "steroids-limit-out-of-order" not in dict(found(by_peak_flow | {"steroids-below": "225"}))


def test_steroids_that_start_only_below_an_attack_are_explained(found, peak_flow):
    by_peak_flow = PACK | peak_flow | {"steroids-start": "peak-flow"}

    assert ("steroids-limit-low", "steroids-below") in found(by_peak_flow | {"steroids-below": "149"})
    assert "steroids-limit-low" not in dict(found(by_peak_flow | {"steroids-below": "150"}))


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        pytest.param(PACK | {"steroid-card": "yes"}, [], id="steroids at home"),
        pytest.param(GROWN_UP_INCREASE | {"steroid-card": "yes"}, [], id="an increase at 34"),
        pytest.param(WEANING, ["weaning-by-the-clock"], id="weaning"),
        pytest.param(NEBULISER, [], id="a nebuliser"),
        pytest.param(TODDLER | {"preventer-spacer": "mask", "reliever-spacer": "mask"}, [], id="a trial"),
        pytest.param({"exercise-puffs": "2"}, [], id="exercise"),
    ],
)
def test_whatever_is_complete_asks_for_no_more_than_its_reason(found, changes, asked):
    assert [code for code, _ in found(changes)] == asked


def test_every_course_of_the_list_has_a_strength_that_can_be_reckoned_with():
    courses = [product for product in read_medicines() if Role.ATTACK_COURSE in product.roles]

    assert all(milligrams_each(product.strength) for product in courses)


def test_strengths_are_read_as_they_stand_on_the_box():
    assert milligrams_each("5mg") == 5
    assert milligrams_each("5mg/5ml") == 1
    assert milligrams_each("10mg/ml") == 10
    assert milligrams_each("5mg/10ml") == Fraction(1, 2)
    assert milligrams_each("100 microgram") is None


def test_a_steroid_card_is_asked_for_once_and_a_reason_settles_it(plan_and_situation):
    fields = PACK | GROWN_UP_INCREASE | {"steroid_courses": 3, "reason-steroid-card": "Carries one already."}

    assert ready_to_sign(*plan_and_situation(fields)).fired == ("steroid-card",)
