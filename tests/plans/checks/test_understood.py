"""Each check of what was seen, told back and scored fires at its edge, and not beside it."""

import pytest

from plans.checks import understood

ACT = {"control-tool": "ACT", "control-score": "20"}
ACQ = {"control-tool": "ACQ", "control-score": "1.5"}
NOT_ASKED = {"teach-back-every-day": "", "teach-back-attack": "", "teach-back-emergency": ""}

CASES = [
    ("technique-not-seen", "technique", {"technique": ""}, {"technique": "corrected"}),
    ("technique-not-seen", "technique", {"technique": "not-seen"}, {}),
    ("not-taught", "taught-to", {"taught-to": ""}, {"taught-to": "Grandfather"}),
    ("not-taught", "teach-back-attack", {"teach-back-attack": ""}, {"teach-back-attack": "with-help"}),
    ("not-taught", "teach-back-emergency", {"teach-back-emergency": "not-yet"}, {}),
    ("control-score-incomplete", "control-tool", {"control-score": "20"}, ACT),
    ("control-score-incomplete", "control-score", {"control-tool": "ACT"}, ACT),
    ("control-score-incomplete", "control-score", {"control-on": "2026-11-01"}, {}),
    ("control-score-off-scale", "control-score", ACT | {"control-score": "4"}, ACT | {"control-score": "5"}),
    (
        "control-score-off-scale",
        "control-score",
        ACT | {"control-score": "26"},
        ACT | {"control-score": "25"},
    ),
    ("control-score-off-scale", "control-score", ACT | {"control-score": "20.5"}, ACQ),
    (
        "control-score-in-future",
        "control-on",
        ACT | {"control-on": "2026-11-24"},
        ACT | {"control-on": "2026-11-23"},
    ),
    ("attacks-not-believable", "attacks-in-year", {"attacks-in-year": "53"}, {"attacks-in-year": "52"}),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


def test_every_check_of_understanding_is_tested():
    assert {code for code, *_ in CASES} == {rule.code for rule in understood.CHECKS}


def test_one_reason_settles_all_that_was_not_taught(found):
    assert found({"taught-to": ""} | NOT_ASKED) == [("not-taught", "taught-to")]


def test_that_the_plan_was_given_is_not_asked_before_it_is_signed(found):
    assert found({"given-to": ""}) == []
