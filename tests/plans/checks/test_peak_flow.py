"""Each check of peak flow fires at its edge, and not beside it; a plan by symptoms only fires none."""

from datetime import date

import pytest

from plans.checks import peak_flow as peak_flow_checks
from plans.peak_flow import Height, Reading

CASES = [
    ("peak-flow-missing", "peak-flow-best", {"peak-flow-best": ""}, {}),
    ("peak-flow-missing", "peak-flow-measured-on", {"peak-flow-measured-on": ""}, {}),
    ("peak-flow-missing", "peak-flow-scale", {"peak-flow-scale": ""}, {}),
    ("peak-flow-missing", "peak-flow-worse-below", {"peak-flow-worse-below": ""}, {}),
    ("peak-flow-missing", "peak-flow-attack-below", {"peak-flow-attack-below": "0"}, {}),
    ("peak-flow-not-believable", "peak-flow-best", {"peak-flow-best": "901"}, {"peak-flow-best": "900"}),
    ("peak-flow-not-believable", "peak-flow-best", {"peak-flow-best": "59"}, {"peak-flow-best": "60"}),
    ("peak-flow-wrong-scale", "peak-flow-scale", {"peak-flow-scale": "Wright"}, {}),
    (
        "peak-flow-in-future",
        "peak-flow-measured-on",
        {"peak-flow-measured-on": "2026-11-24"},
        {"peak-flow-measured-on": "2026-11-23"},
    ),
    (
        "peak-flow-out-of-date",
        "peak-flow-measured-on",
        {"peak-flow-measured-on": "2025-11-22"},
        {"peak-flow-measured-on": "2025-11-23"},
    ),
    (
        "peak-flow-out-of-date",
        "peak-flow-measured-on",
        {"peak-flow-measured-on": "2025-11-22"} | {"age": 17},
        {"peak-flow-measured-on": "2025-11-22"} | {"age": 18},
    ),
    (
        "peak-flow-outgrown",
        "peak-flow-best",
        {"heights": (Height(120, date(2026, 9, 1)), Height(125, date(2026, 11, 1)))},
        {"heights": (Height(120, date(2026, 9, 1)), Height(124, date(2026, 11, 1)))},
    ),
    (
        "peak-flow-exceeded",
        "peak-flow-best",
        {"readings": (Reading(301, date(2026, 10, 1)),)},
        {"readings": (Reading(300, date(2026, 10, 1)),)},
    ),
    (
        "peak-flow-out-of-order",
        "peak-flow-worse-below",
        {"peak-flow-worse-below": "301"},
        {"peak-flow-worse-below": "300"},
    ),
    (
        "peak-flow-out-of-order",
        "peak-flow-attack-below",
        {"peak-flow-attack-below": "225"},
        {"peak-flow-attack-below": "224"},
    ),
    (
        "peak-flow-attack-limit-low",
        "peak-flow-attack-below",
        {"peak-flow-attack-below": "98"},
        {"peak-flow-attack-below": "99"},
    ),
    ("peak-flow-under-5", "use-peak-flow", {"age": 4, "diagnosis": "confirmed"}, {"age": 5}),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, peak_flow, code, field, fires, quiet):
    assert (code, field) in found(peak_flow | fires)
    assert code not in dict(found(peak_flow | quiet))


def test_every_check_of_peak_flow_is_tested():
    assert {code for code, *_ in CASES} == {rule.code for rule in peak_flow_checks.CHECKS}


def test_a_routine_plan_with_peak_flow_has_no_problem(found, peak_flow):
    assert found(peak_flow) == []


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_a_plan_by_symptoms_only_is_always_possible(found, peak_flow, code, field, fires, quiet):
    assert found(peak_flow | fires | {"use-peak-flow": "no"}) == []
