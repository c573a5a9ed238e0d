"""Whether a hospital visit was for asthma."""

import pytest

from plans.diagnosis import SNOMED_ASTHMA, Asthma, Diagnosis, was_asthma, was_wheeze


@pytest.mark.parametrize("code", ["J45", "J45.9", "J459", "J46", "J46X", "j46x", *sorted(SNOMED_ASTHMA)])
def test_a_code_for_asthma_is_a_yes(code):
    assert was_asthma([Diagnosis(code)]) is Asthma.YES


@pytest.mark.parametrize("text", ["Acute asthma", "ASTHMA ATTACK", "Asthma, unspecified"])
def test_asthma_in_words_is_a_yes(text):
    assert was_asthma([Diagnosis("", text)]) is Asthma.YES


@pytest.mark.parametrize(
    "diagnoses",
    [
        pytest.param([], id="no diagnosis yet"),
        pytest.param([Diagnosis("", "")], id="an empty diagnosis"),
        pytest.param([Diagnosis("", "Viral wheeze")], id="wheeze"),
        pytest.param([Diagnosis("", "?asthma")], id="a question"),
        pytest.param([Diagnosis("", "Suspected asthma")], id="suspected"),
        pytest.param([Diagnosis("", "History of asthma")], id="history"),
        pytest.param([Diagnosis("735587000")], id="a code without words that is not listed here"),
        pytest.param([Diagnosis("S52.5", "Fracture"), Diagnosis("J45.9", "Asthma")], id="named second"),
    ],
)
def test_somebody_is_asked_where_it_is_not_clear(diagnoses):
    assert was_asthma(diagnoses) is Asthma.UNCLEAR


@pytest.mark.parametrize("code", ["S52.5", "J44", "J4", "195967002"])
def test_any_other_diagnosis_is_a_no(code):
    assert was_asthma([Diagnosis(code, "Something else")]) is Asthma.NO


def test_asthma_as_the_main_diagnosis_needs_no_second():
    assert was_asthma([Diagnosis("J46X"), Diagnosis("S52.5", "Fracture")]) is Asthma.YES


def test_wheeze_counts_as_an_attack_unless_it_is_denied():
    assert was_wheeze([Diagnosis("", "Recurrent viral wheeze")])
    assert not was_wheeze([Diagnosis("", "No wheeze, croup")])
