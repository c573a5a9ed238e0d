"""The hazard log reads as a clinical safety officer needs it, and says what is not there."""

from pathlib import Path

import pytest

from docs.generated import HERE
from docs.hazard_log import as_a_sentence, hazard_log_page
from docs.hazards.hazard import State
from docs.hazards.table import HAZARDS

INTENDED_USE = Path("clinical-safety/intended-use.md")


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: f"hazard {hazard.number}")
def test_a_hazard_stands_on_the_page_with_its_controls_its_tests_and_what_is_missing(hazard):
    page = hazard_log_page()

    assert f"| {hazard.number} | {hazard.harm} | {hazard.state} |" in page
    for control in hazard.controls:
        assert f"| {control.says} |" in page
        assert all(as_a_sentence(test) in page for test in control.tests)
    assert all(f"Not built yet: {missing}" in page for missing in hazard.not_built)


def test_only_a_hazard_with_nothing_missing_is_called_built():
    for hazard in HAZARDS:
        assert (hazard.state is State.BUILT) == (bool(hazard.controls) and not hazard.not_built)


def test_what_puffin_is_not_for_stands_beside_the_log():
    text = (HERE / INTENDED_USE).read_text(encoding="utf-8")

    for words in ("decides nothing clinical", "computes no dose", "no score and no rank of risk"):
        assert words in text
    assert "(intended-use.md)" in hazard_log_page()
