"""Every record check at the edge of its rule."""

from datetime import date

import pytest

from plans.gp_record import Instruction, Measure
from plans.partial_date import partial_date
from plans.record_checks import CHECKS, best_peak_flow, check_record
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    DOUBLE_BLUE,
    FLUTIFORM,
    HALF_PUFFS,
    MONTELUKAST,
    OTHER_BLUE,
    SYMBICORT,
    SYMBICORT_LOW,
    TODAY,
    TWICE_A_DAY,
    best,
    conventional,
    line,
    make_record,
    mart,
)

BLUE_LINE = line(BLUE, AS_NEEDED)
QVAR = "Qvar 50 inhaler (Teva UK Ltd)"
WITHOUT_NUMBER = make_record().child.__class__(id="c", given="A", family="B", born=date(2016, 1, 1))
EDGES = {
    "no-preventer": (make_record(lines=(BLUE_LINE,)), make_record(lines=conventional())),
    "unknown-medicine": (
        make_record(lines=(line("Zorbix 50micrograms/dose inhaler", TWICE_A_DAY),)),
        make_record(lines=(line("Emollient cream, 500 g pump", Instruction("Apply often")),)),
    ),
    "montelukast-mood-and-sleep": (
        make_record(lines=(line(MONTELUKAST),)),
        make_record(lines=(line(MONTELUKAST, is_active=False),)),
    ),
    "nhs-number-missing": (make_record(), make_record()),
    "air-under-12": (
        make_record(age=11, lines=(line(SYMBICORT, AS_NEEDED),)),
        make_record(age=12, lines=(line(SYMBICORT, AS_NEEDED),)),
    ),
    "product-not-licensed-for-mart": (
        make_record(age=13, lines=(mart(FLUTIFORM),)),
        make_record(age=13, lines=(mart(),)),
    ),
    "two-active-relievers": (
        make_record(lines=(BLUE_LINE, line(OTHER_BLUE, AS_NEEDED))),
        make_record(lines=(BLUE_LINE, line(OTHER_BLUE, AS_NEEDED, is_active=False))),
    ),
    "attack-steps-need-clinician": (
        make_record(lines=(line(DOUBLE_BLUE, AS_NEEDED),)),
        make_record(lines=(BLUE_LINE,)),
    ),
    "brand-missing": (
        make_record(lines=(line("Beclometasone 100micrograms/dose inhaler", TWICE_A_DAY),)),
        make_record(lines=(line(BROWN, TWICE_A_DAY),)),
    ),
    "best-pef-out-of-date": (
        make_record(peak_flows=(best(day="2025-11-20"),)),
        make_record(peak_flows=(best(day="2025-11-21"),)),
    ),
    "best-pef-exceeded": (
        make_record(peak_flows=(best(300), best(301, "2026-06-02", is_best=False))),
        make_record(peak_flows=(best(300), best(301, "2026-05-31", is_best=False))),
    ),
    "best-pef-scale": (make_record(peak_flows=(best(scale=""),)), make_record(peak_flows=(best(),))),
    "best-pef-unit": (
        make_record(peak_flows=(best(5, unit="L/s"),)),
        make_record(peak_flows=(best(unit="l/min"),)),
    ),
    "implausible-value": (
        make_record(peak_flows=(best(901, is_best=False),)),
        make_record(peak_flows=(best(900, is_best=False),)),
    ),
    "duplicates": (
        make_record(lines=(BLUE_LINE, BLUE_LINE)),
        make_record(lines=tuple(line(SYMBICORT, one) for one in mart().instructions)),
    ),
    "imprecise-dates": (make_record(has_imprecise_dates=True), make_record()),
    "under-licensed-age": (
        make_record(age=4, lines=(line(QVAR, TWICE_A_DAY),)),
        make_record(age=5, lines=(line(QVAR, TWICE_A_DAY),)),
    ),
}


def names(record):
    return {doubt.name for doubt in check_record(record, TODAY)}


@pytest.mark.parametrize("name", [check.name for check in CHECKS if check.name != "nhs-number-missing"])
def test_a_check_fires_just_inside_its_rule_and_not_outside(name):
    inside, outside = EDGES[name]

    assert name in names(inside)
    assert name not in names(outside)


def test_a_missing_nhs_number_is_named():
    record = make_record()

    assert "nhs-number-missing" not in names(record)
    assert "nhs-number-missing" in names(record.__class__(child=WITHOUT_NUMBER))


def test_a_child_on_preventer_and_reliever_gives_no_doubt():
    assert names(make_record(lines=conventional(), peak_flows=(best(),))) == set()


def test_every_check_has_an_edge_a_source_and_a_sentence():
    assert {check.name for check in CHECKS} == EDGES.keys()
    assert all(check.source and check.sentence.endswith(".") for check in CHECKS)


def test_a_doubt_says_what_it_is_about():
    found = check_record(make_record(lines=(BLUE_LINE,)), TODAY)

    assert [(doubt.name, doubt.about) for doubt in found] == [("no-preventer", (BLUE,))]


@pytest.mark.parametrize(
    ("record", "name"),
    [
        pytest.param(
            make_record(lines=(line("Bricanyl 500micrograms/dose Turbohaler", AS_NEEDED),)),
            "attack-steps-need-clinician",
            id="terbutaline",
        ),
        pytest.param(
            make_record(lines=(line("Terbutaline 500micrograms/dose dry powder inhaler", AS_NEEDED),)),
            "attack-steps-need-clinician",
            id="terbutaline in no list",
        ),
        pytest.param(
            make_record(age=13, lines=(mart(HALF_PUFFS),)),
            "attack-steps-need-clinician",
            id="half-size puffs",
        ),
        pytest.param(
            make_record(age=11, lines=(mart(SYMBICORT_LOW),)),
            "attack-steps-need-clinician",
            id="MART under 12",
        ),
        pytest.param(
            make_record(age=11, lines=(mart(SYMBICORT_LOW),)),
            "product-not-licensed-for-mart",
            id="a licence that sources disagree on",
        ),
        pytest.param(
            make_record(lines=(line("Zorbix", Instruction("2 puffs twice a day")),)),
            "unknown-medicine",
            id="unknown, and breathed in",
        ),
        pytest.param(
            make_record(lines=(line("Zorbix tablets", is_for_asthma=True),)),
            "unknown-medicine",
            id="unknown, and for asthma",
        ),
        pytest.param(make_record(twice=("MedicationRequest",)), "duplicates", id="twice in the file"),
        pytest.param(
            make_record(
                peak_flows=(best(day="2026-06-01"),),
                heights=(Measure(130, partial_date("2026-05-01")), Measure(135, partial_date("2026-11-01"))),
            ),
            "best-pef-out-of-date",
            id="grown 5 cm",
        ),
    ],
)
def test_what_else_makes_a_record_doubtful(record, name):
    assert name in names(record)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        pytest.param(
            make_record(
                peak_flows=(best(day="2026-06-01"),),
                heights=(
                    Measure(130, partial_date("2026-05-01")),
                    Measure(134.9, partial_date("2026-11-01")),
                ),
            ),
            "best-pef-out-of-date",
            id="grown less than 5 cm",
        ),
        pytest.param(
            make_record(age=18, peak_flows=(best(day="2020-06-01"),)),
            "best-pef-out-of-date",
            id="adults do not outgrow",
        ),
        pytest.param(
            make_record(peak_flows=(best(300), best(950, "2026-07-01", is_best=False))),
            "best-pef-exceeded",
            id="what no meter shows exceeds nothing",
        ),
        pytest.param(
            make_record(peak_flows=(best(300), best(350, "2026-07-01", is_best=False, scale="Wright"))),
            "best-pef-exceeded",
            id="another scale exceeds nothing",
        ),
        pytest.param(
            make_record(lines=(mart(), BLUE_LINE)), "two-active-relievers", id="a blue one beside MART"
        ),
        pytest.param(
            make_record(age=13, lines=(mart(),)), "attack-steps-need-clinician", id="MART at 12 or over"
        ),
        pytest.param(
            make_record(lines=(line("Cetirizine 10mg tablets", Instruction("One a day")),)),
            "unknown-medicine",
            id="tablets for something else",
        ),
    ],
)
def test_what_is_no_doubt(record, name):
    assert name not in names(record)


def test_the_best_peak_flow_is_the_one_recorded_last():
    record = make_record(
        peak_flows=(best(300, "2026-06-01"), best(350, "2025-06-01"), best(400, "2026-07-01", is_best=False))
    )

    assert best_peak_flow(record).value == 300
    assert best_peak_flow(make_record()) is None
