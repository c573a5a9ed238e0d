"""The table of checks as a whole: what is ready is signed, what is not is refused with every problem."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.checks import CHECKS, Situation, check, open_problems, ready_to_sign
from plans.checks.field_words import what
from plans.draft import FIELDS, is_field, read_draft
from plans.errors import PlanNotSafeToSign
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import UNLISTED, Status
from plans.problems import Kind

UNDER_5 = {"preventer-spacer": "mask", "reliever-spacer": "mask", "diagnosis": "confirmed", "age": 3}
CODES = [rule.code for rule in CHECKS]
TODAY = date(2026, 11, 23)
ONLY_FOR_CHILDREN = {"peak-flow-outgrown"}


@pytest.mark.parametrize("base", ["preventer-reliever", "mart", "air", "other"])
def test_a_routine_plan_of_each_regimen_has_no_problem(found, base):
    assert found({"base": base}) == []


@pytest.mark.parametrize("age", [5, 11, 12, 17, 18, 34])
def test_a_routine_plan_has_no_problem_at_any_age_from_5(found, age):
    assert found({"age": age}) == []


def test_a_routine_plan_with_a_mask_has_no_problem_under_5(found):
    assert found(UNDER_5) == []


def test_no_two_checks_share_a_code():
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize("rule", CHECKS, ids=CODES)
def test_each_check_has_a_source_and_one_short_sentence_that_says_what_to_do(rule):
    assert rule.source
    assert rule.sentence.endswith(".")
    assert rule.sentence.count(". ") == 0
    assert len(rule.sentence.split()) <= 20


def test_a_sentence_names_the_medicine_or_number_it_is_about(plan_and_situation):
    changes = {"preventer-product": "", "reliever-when-needed": "", "worse-hours": "", "wordings": "open"}

    said = {problem.field: problem.sentence for problem in check(*plan_and_situation(changes))}

    assert said["preventer-product"] == "Choose the preventer by its brand and strength."
    assert said["reliever-when-needed"] == "Type how much of the reliever to take when needed."
    assert said["worse-hours"] == "Type the hours between puffs when asthma gets worse."
    assert said["wording-danger-signs"].endswith(": Danger signs, and 999 above step 1.")


@pytest.mark.parametrize("rule", CHECKS, ids=CODES)
def test_the_reason_for_each_check_has_a_field(rule):
    assert is_field(f"reason-{rule.code}")


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_has_plain_words(field):
    words = what(field)

    assert words
    assert "{" not in words
    assert "child" not in words


@pytest.mark.parametrize("rule", CHECKS, ids=CODES)
def test_no_sentence_calls_an_adult_a_child(rule):
    assert "child" not in rule.sentence or "under" in rule.code or rule.code in ONLY_FOR_CHILDREN


def test_an_empty_draft_is_refused_at_fields_of_the_form():
    reading = read_draft({}, draft_id="p1", child_id="c1")
    problems = check(
        reading.plan, Situation(Child("c1", "A", "B", date(2017, 1, 1)), TODAY, read_medicines())
    )

    assert "regimen-missing" in {problem.code for problem in problems}
    assert all(is_field(problem.field) for problem in problems)


def test_a_plan_with_a_problem_is_refused_and_says_which(plan_and_situation):
    plan, situation = plan_and_situation({"surgery-phone": "", "review-by": ""})

    with pytest.raises(PlanNotSafeToSign, match="2 things") as refused:
        ready_to_sign(plan, situation)

    assert [p.field for p in refused.value.problems] == ["surgery-phone", "review-by"]


def test_a_reason_settles_what_must_be_explained_and_is_kept_with_the_code(plan_and_situation):
    plan, situation = plan_and_situation({"taught-to": "", "reason-not-taught": "Taught on Tuesday."})

    ready = ready_to_sign(plan, situation)

    assert ready.fired == ("not-taught",)
    assert ready.reason_for("not-taught") == "Taught on Tuesday."
    assert ready.status is Status.DRAFT


def test_an_empty_reason_settles_nothing(plan_and_situation):
    plan, situation = plan_and_situation({"taught-to": "", "reason-not-taught": "   "})

    assert [p.code for p in open_problems(plan, situation)] == ["not-taught"]


def test_a_reason_never_settles_what_must_be_put_right(plan_and_situation):
    plan, situation = plan_and_situation({"surgery-phone": "", "reason-surgery-phone-missing": "None."})

    assert [p.code for p in open_problems(plan, situation)] == ["surgery-phone-missing"]


def test_what_could_not_be_read_stands_in_the_way_and_nothing_else_is_said_there(plan_and_situation):
    plan, situation = plan_and_situation({"review-by": "2027-02-30"})

    assert [(p.code, p.field) for p in open_problems(plan, situation)] == [("date-not-readable", "review-by")]


def test_a_plan_that_fires_nothing_keeps_no_codes(plan_and_situation):
    assert ready_to_sign(*plan_and_situation({})).fired == ()


WORDLESS = re.compile(r"[{}]|  | [,.:]")  # a sentence with a gap where words of its field should stand
SLOTS = ["preventer", "reliever", "combination", "backup", "add-on"]
PRODUCTS = st.sampled_from([UNLISTED, *(product.key for product in read_medicines())])
TYPED = st.one_of(
    st.sampled_from(
        ["", "yes", "no", "0", "1", "4", "11", "2026-01-01", "mask", "EU", "preventer", "ACT", "written"]
    ),
    st.text(max_size=5),
)
DRAFTS = st.builds(
    lambda typed, products, regimen: typed | products | {"regimen": regimen},
    st.dictionaries(st.sampled_from(sorted(FIELDS)), TYPED, max_size=40),
    st.dictionaries(st.sampled_from([f"{slot}-product" for slot in SLOTS]), PRODUCTS),
    st.sampled_from(["", "preventer-reliever", "mart", "air", "other"]),
)


@given(fields=DRAFTS, age=st.integers(0, 40))
def test_whatever_is_typed_is_read_and_checked_without_failing(fields, age):
    reading = read_draft(fields, draft_id="p1", child_id="c1")
    child = Child("c1", "A", "B", born=date(TODAY.year - age, 1, 1))
    situation = Situation(child, TODAY, read_medicines(), unread=reading.problems, unknown=reading.unknown)

    for problem in check(reading.plan, situation):
        assert problem.kind in Kind
        assert is_field(problem.field)
        assert not WORDLESS.search(problem.sentence)
