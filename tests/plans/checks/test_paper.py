"""Each check of allergies, of the paper and of what is confirmed fires at its edge, and not beside it."""

import pytest

from plans.checks import allergy, check, confirming, paper

PEANUT = {"allergy-1-name": "Peanut", "allergy-1-severe": "yes"}
CARED_FOR = PEANUT | {"allergy-plan-confirmed": "yes", "pens-expire-on": "2027-05-01"}
RECORD = "GP record, 3 November 2026"

CASES = [
    ("allergy-plan-missing", "allergy-plan-confirmed", CARED_FOR | {"allergy-plan-confirmed": ""}, CARED_FOR),
    (
        "pens-not-said",
        "pens-expire-on",
        CARED_FOR | {"pens-expire-on": ""},
        CARED_FOR | {"pens-expire-on": "", "no-pens-reason": "Clinic will supply them."},
    ),
    ("pens-not-said", "pens-expire-on", PEANUT, {"allergy-1-name": "Dust"}),
    (
        "pens-expired",
        "pens-expire-on",
        CARED_FOR | {"pens-expire-on": "2026-11-22"},
        CARED_FOR | {"pens-expire-on": "2026-11-23"},
    ),
    ("allergy-not-marked-severe", "allergy-1-severe", CARED_FOR | {"allergy-1-severe": ""}, CARED_FOR),
    ("allergy-not-marked-severe", "allergy-1-name", {"pens-expire-on": "2027-05-01"}, {}),
    (
        "food-allergy-not-severe",
        "allergy-1-severe",
        {"allergy-1-name": "Tree nuts"},
        {"allergy-1-name": "House dust mites"},
    ),
    ("food-allergy-not-severe", "allergy-1-severe", {"allergy-1-name": "Peanut"}, CARED_FOR),
    ("surgery-phone-missing", "surgery-phone", {"surgery-phone": ""}, {}),
    ("phone-too-short", "surgery-phone", {"surgery-phone": "496 0123"}, {"surgery-phone": "01214960123"}),
    (
        "phone-too-short",
        "school-contact-phone",
        {"school-contact-phone": "0123"},
        {"school-contact-phone": "+44 121 496 0007"},
    ),
    (
        "phone-too-short",
        "open-access-phone",
        {"open-access-phone": "496"},
        {"open-access-phone": "0121 496 0199"},
    ),
    ("language-missing", "language", {"language": ""}, {}),
    ("trigger-not-listed", "trigger-moonlight", {"trigger-moonlight": "yes"}, {"trigger-pollen": "yes"}),
    ("review-date-missing", "review-by", {"review-by": ""}, {}),
    ("review-date-past", "review-by", {"review-by": "2026-11-22"}, {"review-by": "2026-11-23"}),
    ("review-after-12-months", "review-by", {"review-by": "2027-11-24"}, {"review-by": "2027-11-23"}),
    (
        "dose-not-confirmed",
        "preventer-confirmed",
        {"preventer-source": RECORD},
        {"preventer-source": RECORD, "preventer-confirmed": "yes"},
    ),
    (
        "dose-not-confirmed",
        "combination-confirmed",
        {"combination-source": RECORD} | {"base": "mart"},
        {"base": "mart"},
    ),
    ("wording-not-confirmed", "wording-danger-signs", {"wordings": "not confirmed"}, {}),
    (
        "unknown-medicine-not-chosen",
        "unknown-1-choice",
        {"unknown-1": "Old inhaler"},
        {"unknown-1": "Old inhaler", "unknown-1-choice": "not-for-this-plan"},
    ),
    (
        "unknown-medicine-not-placed",
        "add-on-product",
        {"unknown-2": "Old tablets", "unknown-2-choice": "add-on"},
        {"unknown-2": "Brown inhaler", "unknown-2-choice": "preventer"},
    ),
    (
        "live-plan-not-replaced",
        "replaces",
        {"live_plan_id": "p0"},
        {"replaces": "p0"} | {"live_plan_id": "p0"},
    ),
    ("live-plan-not-replaced", "replaces", {"replaces": "p9"} | {"live_plan_id": "p0"}, {}),
    ("replaced-plan-not-live", "replaces", {"replaces": "p0"}, {"replaces": "p0"} | {"live_plan_id": "p0"}),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


def test_every_check_of_allergy_paper_and_confirming_is_tested():
    rules = (*allergy.CHECKS, *paper.CHECKS, *confirming.CHECKS)

    assert {code for code, *_ in CASES} == {rule.code for rule in rules}


def test_each_copied_dose_is_confirmed_on_its_own_line(found):
    copied = {"preventer-source": RECORD, "reliever-source": RECORD, "preventer-confirmed": "yes"}

    assert found(copied) == [("dose-not-confirmed", "reliever-confirmed")]


def test_a_severe_allergy_that_is_cared_for_has_no_problem(found):
    assert found(CARED_FOR) == []


def test_a_second_live_plan_is_never_signed_whatever_the_reason(plan_and_situation):
    plan, situation = plan_and_situation(
        {"reason-live-plan-not-replaced": "Two is fine.", "live_plan_id": "p0"}
    )

    assert "live-plan-not-replaced" in {problem.code for problem in check(plan, situation)}
