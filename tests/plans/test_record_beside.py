"""What the record says beside the fields of a draft: with its day, and without what is private."""

import pytest

from plans.draft import is_field
from plans.gp_record import ControlScore, Diagnosed, Fact, Instruction, RecordAllergy, Score, Statement
from plans.partial_date import partial_date
from plans.people import FamilyMember
from plans.record_beside import BESIDE, said_beside
from plans.understanding import ControlTool
from tests.plans.records import (
    BROWN,
    NEBULISER,
    PREDNISOLONE,
    TODAY,
    best,
    line,
    make_record,
    supplies,
    visit,
)

PEN = "EpiPen Jr. 150micrograms/0.3ml auto-injector"


def said(field, **changes):
    return said_beside(make_record(**changes), TODAY).get(field, "")


def test_every_place_is_a_field_of_a_draft():
    assert all(map(is_field, BESIDE))


def test_a_record_that_says_nothing_says_only_that_it_counts_no_attacks():
    assert said_beside(make_record(), TODAY).keys() == {"attacks-in-year"}


def test_the_last_score_stands_with_its_day_and_the_name_of_the_test():
    score = ControlScore(12, partial_date("2026-10-08"), ControlTool.CHILDHOOD_ACT)

    assert (
        said("control-score", control_scores=(score,))
        == "GP record, 8 October 2026: Childhood Asthma Control Test, 12."
    )


def test_a_score_that_was_not_filled_in_says_so():
    score = ControlScore(12, partial_date("2024-10"), None)

    assert said("control-score", control_scores=(score,)) == (
        "GP record, October 2024: a score of control that names no test, 12. "
        "It was not filled in: take a new one."
    )


def test_attacks_stand_as_the_record_counts_them_and_are_left_to_the_clinician():
    words = said(
        "attacks-in-year",
        supplies=supplies(PREDNISOLONE, "2026-06-01", "2026-09-20"),
        visits=(visit("2026-09-24 13:00"),),
        attacks_counted=(Score(2, partial_date("2026-06-01")),),
    )

    assert "courses of oral steroids 2, stays in hospital 1, emergency visits 0" in words
    assert "count the attacks" in words
    assert "Counted in the record on 1 June 2026: 2 in the year before." in words


def test_the_best_peak_flow_stands_with_its_age():
    assert said("peak-flow-best", peak_flows=(best(270, "2026-07-06"),)) == (
        "GP record, 6 July 2026 (4 months old): best 270 L/min, EU scale."
    )


def test_a_best_that_cannot_set_limits_says_why():
    words = said("peak-flow-best", peak_flows=(best(270, "2025-07-06", scale=""),))

    assert "(16 months old)" in words
    assert "scale not said" in words
    assert "older than 12 months" in words


def test_nebuliser_liquid_stands_with_its_last_day():
    assert said("nebuliser-at-home", supplies=supplies(NEBULISER, "2026-03-01", "2026-10-02")) == (
        "GP record: nebuliser liquid issued 2 times in 12 months, last on 2 October 2026."
    )


def test_adrenaline_pens_stand_with_the_day_of_their_last_issue():
    words = said("pens-expire-on", supplies=supplies(PEN, "2025-06-12"), lines=(line(PEN),))

    assert words == f"GP record: {PEN}, last issued 12 June 2025. The record has no expiry date."
    assert said("pens-expire-on", lines=(line(PEN),)) == f"GP record: {PEN} on repeat, no issue on record."


def test_allergies_stand_with_their_day_and_why_they_are_severe():
    nuts = RecordAllergy("Peanut", is_food=True, day=partial_date("2021-05-04"))

    assert said("allergy-1-name", allergies=(nuts, RecordAllergy("Grass pollen"))) == (
        "GP record: Peanut, 4 May 2021, severe: food; Grass pollen."
    )


def test_a_trial_stands_with_its_days_and_the_time_to_decide():
    text = Instruction("2 puffs. Trial of 8 to 12 weeks")
    tried = line(BROWN, text, started="2026-09-29", ended=TODAY.replace(month=12, day=22))
    record = {"age": 3, "asthma": Diagnosed.SUSPECTED, "lines": (tried,)}

    assert said("diagnosis", **record) == "GP record: asthma, not confirmed."
    assert said("trial-until", **record) == (
        f"GP record: {BROWN} is called a trial, started 29 September 2026, valid until 22 December 2026. "
        "8 to 12 weeks from the start: 24 November 2026 to 22 December 2026."
    )


def test_languages_stand_with_who_uses_them():
    mother = FamilyMember("m", "c", "Kim Example", "mother", with_parental_responsibility=True, reads="ur")
    record = {"family": (mother,), "spoken": {"m": ("Pahari",)}, "needs_interpreter": False}

    assert said("language", **record) == "GP record: what the family reads."
    assert said("language-spoken", **record) == "GP record: Pahari."
    assert "does not say whether the parents do" in said("interpreter", **record)


@pytest.mark.parametrize("fact", sorted(set(Fact) - {Fact.SMOKE_AT_HOME}))
def test_what_is_private_or_restricted_stands_beside_no_field(fact):
    stated = Statement(fact, True, partial_date("2026-06-01"))
    barred = FamilyMember(
        "m", "c", "Kim Example", "mother", with_parental_responsibility=True, barred=True, reads="so"
    )
    record = {"statements": (stated,), "family": (barred,), "flags": ("Court order",)}

    assert said_beside(make_record(**record, spoken={"m": ("Somali",)}), TODAY) == said_beside(
        make_record(), TODAY
    )


def test_smoke_at_home_stands_with_its_day():
    stated = Statement(Fact.SMOKE_AT_HOME, True, partial_date("2026-06-11"))
    hidden = Statement(Fact.SMOKE_AT_HOME, True, partial_date("2026-06-12"), may_print=False)

    assert said("trigger-tobacco-smoke", statements=(stated,)) == (
        "GP record, 11 June 2026: exposed to tobacco smoke at home."
    )
    assert said("trigger-tobacco-smoke", statements=(stated, hidden)) == ""
