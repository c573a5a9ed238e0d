"""What a draft takes from a record, and what it leaves to the clinician."""

import pytest

from plans.draft import read_draft
from plans.gp_record import Instruction, RecordAllergy
from plans.partial_date import partial_date
from plans.people import FamilyMember, Organisation, OrganisationKind
from plans.prefill import prefill
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    DOUBLE_BLUE,
    FLUTIFORM,
    MONTELUKAST,
    OTHER_BLUE,
    SYMBICORT,
    TODAY,
    TWICE_A_DAY,
    best,
    conventional,
    line,
    make_record,
    mart,
)

BLUE_LINE = line(BLUE, AS_NEEDED)
IN_THE_EVENING = Instruction("One tablet chewed in the evening", amount=1, unit="tablet", times_a_day=1)


def fields(**changes):
    return prefill(make_record(**changes), TODAY)


def unknown(found):
    return [value for name, value in found.items() if name.startswith("unknown-")]


def test_preventer_and_reliever_come_with_puffs_and_source():
    assert fields(lines=conventional()) == {
        "regimen": "preventer-reliever",
        "preventer-product": "clenil-modulite-100",
        "preventer-morning": "2",
        "preventer-evening": "2",
        "preventer-source": f"GP record, repeat of 1 January 2024: {TWICE_A_DAY.text}",
        "reliever-product": "ventolin-evohaler-100",
        "reliever-when-needed": "2",
        "reliever-source": "GP record, repeat of 1 January 2024: 2 puffs when needed",
    }


def test_a_copied_dose_is_never_confirmed():
    everything = fields(lines=(*conventional(), line(MONTELUKAST, IN_THE_EVENING)))

    assert not [name for name in everything if name.endswith("-confirmed")]


def test_no_dose_on_the_record_gives_none():
    found = fields(lines=(line(BROWN), BLUE_LINE))

    assert found["preventer-product"] == "clenil-modulite-100"
    assert found["preventer-source"] == "GP record, repeat of 1 January 2024: no dose is written"
    assert not {"preventer-morning", "preventer-evening", "preventer-when-needed"} & found.keys()


def test_numbers_that_the_words_hide_stand_in_the_source():
    found = fields(lines=(line(BROWN, Instruction("As directed", amount=2, unit="puff", times_a_day=2)),))

    assert found["preventer-morning"] == "2"
    assert found["preventer-source"].endswith("As directed (in numbers: 2 puffs, 2 times a day)")


def test_mart_is_one_inhaler_with_the_blue_one_as_backup():
    found = fields(lines=(mart(), BLUE_LINE))

    assert found["regimen"] == "mart"
    assert found["combination-product"] == "symbicort-turbohaler-200-6"
    assert (found["combination-morning"], found["combination-when-needed"]) == ("1", "1")
    assert found["backup-product"] == "ventolin-evohaler-100"
    assert not {"preventer-product", "reliever-product"} & found.keys()


def test_air_has_no_daily_puffs():
    found = fields(age=13, lines=(line(SYMBICORT, AS_NEEDED),))

    assert (found["regimen"], found["combination-when-needed"]) == ("air", "2")
    assert "combination-morning" not in found


def test_a_reliever_alone_is_no_regimen():
    found = fields(lines=(BLUE_LINE,))

    assert "regimen" not in found
    assert found["reliever-product"] == "ventolin-evohaler-100"


def test_of_two_relievers_none_is_chosen():
    found = fields(lines=(line(BROWN, TWICE_A_DAY), BLUE_LINE, line(OTHER_BLUE, AS_NEEDED)))

    assert "reliever-product" not in found
    assert unknown(found) == [BLUE, OTHER_BLUE]


def test_of_two_preventers_none_is_chosen():
    found = fields(lines=(line(BROWN, TWICE_A_DAY), line(FLUTIFORM, TWICE_A_DAY), BLUE_LINE))

    assert "preventer-product" not in found
    assert unknown(found) == [BROWN, FLUTIFORM]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Zorbix 50micrograms/dose inhaler", id="in no list"),
        pytest.param("Beclometasone 100micrograms/dose inhaler", id="without its brand"),
    ],
)
def test_a_medicine_without_a_product_is_shown_as_it_stands(text):
    found = fields(lines=(line(text, TWICE_A_DAY), BLUE_LINE))

    assert unknown(found) == [text]
    assert "preventer-product" not in found


def test_formoterol_every_day_without_a_reliever_is_for_a_clinician_to_place():
    found = fields(lines=(line(SYMBICORT, TWICE_A_DAY),))

    assert "regimen" not in found
    assert unknown(found) == [SYMBICORT]


def test_stopped_lines_never_come():
    stopped = line(DOUBLE_BLUE, AS_NEEDED, is_active=False)

    assert prefill(make_record(lines=(*conventional(), stopped)), TODAY) == fields(lines=conventional())


def test_a_trial_that_has_ended_is_not_copied_and_not_lost():
    found = fields(lines=(line(BROWN, TWICE_A_DAY, ended=TODAY.replace(day=20)), BLUE_LINE))

    assert "preventer-product" not in found
    assert unknown(found) == [f"{BROWN} (ended 20 November 2026)"]


def test_creams_and_pens_are_no_medicines_of_a_plan():
    found = fields(
        lines=(line("Emollient cream, 500 g pump"), line("EpiPen Jr. 150micrograms/0.3ml auto-injector"))
    )

    assert found == {}


def test_montelukast_is_an_add_on():
    found = fields(lines=(*conventional(), line(MONTELUKAST, IN_THE_EVENING)))

    assert (found["add-on-product"], found["add-on-evening"]) == ("montelukast-chewable-tablets-5mg", "1")
    assert "add-on-morning" not in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 puffs through spacer with mask", "mask"),
        ("2 puffs through a spacer with a mouthpiece", "mouthpiece"),
        ("2 puffs through a spacer", None),
    ],
)
def test_the_part_of_the_spacer_comes_only_where_it_is_named(text, expected):
    assert fields(lines=(line(BLUE, Instruction(text, as_needed=True)),)).get("reliever-spacer") == expected


def test_more_unknown_medicines_than_fields_are_not_lost():
    lines = tuple(line(f"Zorbix {n} inhaler") for n in range(11))

    found = fields(lines=lines)

    assert len(unknown(found)) == 9
    assert found["unknown-9"] == "Zorbix 8 inhaler; Zorbix 9 inhaler; Zorbix 10 inhaler"


class TestAllergies:
    @pytest.mark.parametrize(
        "allergy",
        [
            RecordAllergy("Peanut", is_food=True),
            RecordAllergy("Wasp sting", is_high=True),
            RecordAllergy("Penicillin", had_anaphylaxis=True),
        ],
    )
    def test_what_may_be_mistaken_for_asthma_is_severe(self, allergy):
        assert fields(allergies=(allergy,))["allergy-1-severe"] == "yes"

    def test_another_allergy_is_named_and_not_severe(self):
        assert fields(allergies=(RecordAllergy("Grass pollen"),)) == {"allergy-1-name": "Grass pollen"}

    def test_severe_ones_come_first(self):
        found = fields(allergies=(RecordAllergy("Grass pollen"), RecordAllergy("Peanut", is_food=True)))

        assert found == {
            "allergy-1-name": "Peanut",
            "allergy-1-severe": "yes",
            "allergy-2-name": "Grass pollen",
        }

    def test_none_is_lost_where_there_are_more_than_fields(self):
        found = fields(allergies=tuple(RecordAllergy(f"Food {n}", is_food=True) for n in range(10)))

        assert found["allergy-8-name"] == "Food 7; Food 8; Food 9"
        assert found["allergy-8-severe"] == "yes"


class TestPeakFlow:
    def test_the_best_comes_with_its_day_and_scale(self):
        assert fields(peak_flows=(best(300, "2026-06-01"),)) == {
            "peak-flow-best": "300",
            "peak-flow-measured-on": "2026-06-01",
            "peak-flow-scale": "EU",
        }

    @pytest.mark.parametrize(
        "reading",
        [
            pytest.param(best(day="2025-06-01"), id="out of date"),
            pytest.param(best(scale="Wright"), id="another scale"),
            pytest.param(best(scale=""), id="no scale"),
            pytest.param(best(5, unit="L/s"), id="another unit"),
            pytest.param(best(950), id="implausible"),
            pytest.param(best(day="2026-06"), id="no day"),
            pytest.param(best(is_best=False), id="not the best"),
        ],
    )
    def test_a_best_that_cannot_set_limits_is_left_out(self, reading):
        assert fields(peak_flows=(reading,)) == {}

    def test_a_best_that_was_exceeded_is_left_out(self):
        assert fields(peak_flows=(best(300), best(350, "2026-07-01", is_best=False))) == {}


class TestLanguage:
    def member(self, reads, **changes):
        values = {"with_parental_responsibility": True} | changes
        return FamilyMember(id="m", child_id="c", name="Alex Example", relationship="", reads=reads, **values)

    def test_is_what_somebody_with_parental_responsibility_reads(self):
        family = (self.member("pl", with_parental_responsibility=False), self.member(""), self.member("ur"))

        assert fields(family=family, reads="en") == {"language": "ur"}

    def test_is_never_that_of_somebody_barred(self):
        assert fields(family=(self.member("ur", barred=True), self.member("so"))) == {"language": "so"}

    def test_is_what_the_child_reads_where_nobody_else_is_known(self):
        assert fields(reads="ar") == {"language": "ar"}

    def test_punjabi_in_gurmukhi_has_one_name(self):
        assert fields(family=(self.member("pa-Guru"),)) == {"language": "pa"}


def test_the_phone_number_of_the_surgery_comes_from_the_practice():
    practice = Organisation("p", OrganisationKind.PRACTICE, "Example Surgery", phone="0121 496 0101")

    assert fields(practice=practice) == {"surgery-phone": "0121 496 0101"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2025-06-03", "repeat of 3 June 2025"), ("2025-06", "repeat of June 2025"), ("2025", "repeat of 2025")],
)
def test_the_source_names_the_date_as_precisely_as_it_is_known(written, expected):
    found = fields(lines=(line(BLUE, AS_NEEDED, written=partial_date(written)),))

    assert found["reliever-source"] == f"GP record, {expected}: 2 puffs when needed"


def test_a_line_without_a_date_says_so():
    found = fields(lines=(line(BLUE, AS_NEEDED, started=""),))

    assert found["reliever-source"] == "GP record, repeat list: 2 puffs when needed"


def test_a_dose_written_on_several_lines_becomes_one():
    found = fields(lines=(line(BLUE, Instruction("2 puffs\n\u202ewhen   needed", as_needed=True)),))

    assert found["reliever-source"] == "GP record, repeat of 1 January 2024: 2 puffs when needed"


def test_a_draft_can_be_read_as_it_was_filled():
    long_dose = Instruction(
        "2 puffs when needed. " + "Shake the inhaler and use a spacer each time. " * 6, as_needed=True
    )
    filled = fields(
        lines=(*conventional(), line(OTHER_BLUE, long_dose), line("Zorbix inhaler")), peak_flows=(best(),)
    )

    reading = read_draft(filled | fields(lines=(line(BLUE, long_dose),)), draft_id="d", child_id="c")

    assert reading.problems == ()
