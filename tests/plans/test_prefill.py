"""What a draft takes from a record, and what it leaves to the clinician."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.draft import read_draft
from plans.gp_record import (
    ControlScore,
    Diagnosed,
    Fact,
    Instruction,
    RecordAllergy,
    Score,
    Statement,
    TimeOfDay,
)
from plans.partial_date import partial_date
from plans.people import FamilyMember
from plans.places import Organisation, OrganisationKind
from plans.plan import Slot
from plans.prefill import prefill
from plans.recorded_dose import WORDS
from plans.understanding import ControlTool
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    DOUBLE_BLUE,
    FLUTIFORM,
    MONTELUKAST,
    OTHER_BLUE,
    PREDNISOLONE,
    SYMBICORT,
    TODAY,
    TWICE_A_DAY,
    best,
    conventional,
    line,
    make_record,
    mart,
    supplies,
    visit,
)

LETTERS = {number: word for word, number in WORDS.items()}
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


def test_the_most_in_a_day_comes_with_the_one_inhaler_only():
    needed = Instruction("1 puff when needed (AIR)", as_needed=True, amount=1, most_a_day=8)

    assert fields(age=13, lines=(line(SYMBICORT, needed),))["combination-most-a-day"] == "8"
    assert "reliever-most-a-day" not in fields(lines=(line(BLUE, needed),))


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
        values = {
            "id": f"reads {reads}",
            "name": f"Alex {reads}",
            "relationship": "",
            "with_parental_responsibility": True,
        } | changes
        return FamilyMember(child_id="c", reads=reads, **values)

    def test_is_what_somebody_with_parental_responsibility_reads(self):
        family = (self.member("pl", with_parental_responsibility=False), self.member(""), self.member("ur"))

        assert fields(family=family, reads="en") == {"language": "ur"}

    def test_is_never_that_of_somebody_barred(self):
        assert fields(family=(self.member("ur", barred=True), self.member("so"))) == {"language": "so"}

    def test_is_never_that_of_the_same_person_without_the_court_order(self):
        family = (self.member("ur", name="Kim Example", barred=True), self.member("ur", name="Kim Example"))

        assert fields(family=family, reads="en") == {"language": "en"}

    def test_is_chosen_by_a_clinician_where_the_parents_read_different_ones(self):
        assert fields(family=(self.member("ur"), self.member("pl")), reads="en") == {}

    def test_spoken_is_what_the_parents_speak_and_who_where_they_differ(self):
        parents = (
            self.member("bn", id="m", name="Kim", relationship="mother"),
            self.member("bn", id="f", name="Alex", relationship="father"),
        )

        def spoken(*mother):
            said = {"m": mother, "f": ("English",), "": ("Bengali",)}
            return fields(family=parents, spoken=said)["language-spoken"]

        assert spoken("Sylheti", "Bengali") == "English (father); Sylheti, Bengali (mother)"
        assert spoken("English") == "English"

    def test_spoken_is_never_what_somebody_barred_speaks(self):
        family = (self.member("so", barred=True), self.member("so", id="f", name="Alex"))

        assert fields(family=family, spoken={"reads so": ("Somali",)}) == {"language": "so"}

    def test_spoken_is_what_the_child_speaks_where_nobody_else_is_known(self):
        assert fields(reads="ar", spoken={"": ("Arabic",)}) == {"language": "ar", "language-spoken": "Arabic"}

    @pytest.mark.parametrize(("said", "expected"), [(True, {"interpreter": "yes"}), (False, {}), (None, {})])
    def test_an_interpreter_comes_only_where_one_is_needed(self, said, expected):
        assert fields(needs_interpreter=said) == expected

    def test_is_what_the_child_reads_where_nobody_else_is_known(self):
        assert fields(reads="ar") == {"language": "ar"}

    def test_punjabi_in_gurmukhi_has_one_name(self):
        assert fields(family=(self.member("pa-Guru"),)) == {"language": "pa"}


class TestControl:
    def score(self, value=21, day="2026-06-01", tool=ControlTool.ACT):
        return ControlScore(value, partial_date(day), tool)

    def test_the_last_score_comes_with_its_tool_and_day(self):
        scores = (self.score(12, "2026-01-01"), self.score(), self.score(9, "2026-12-01"))

        assert fields(control_scores=scores) == {
            "control-tool": "ACT",
            "control-score": "21",
            "control-on": "2026-06-01",
        }

    def test_a_score_with_a_decimal_stays_as_it_is(self):
        assert fields(control_scores=(self.score(1.5, tool=ControlTool.ACQ),))["control-score"] == "1.5"

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"tool": None}, id="nothing names the tool"),
            pytest.param({"day": "2026-06"}, id="no day"),
            pytest.param({"day": "2025-11-21"}, id="older than 12 months"),
            pytest.param({"day": "2026-11-22"}, id="still to come"),
            pytest.param({"value": 26}, id="off its scale"),
            pytest.param({"value": 20.5}, id="no whole number"),
        ],
    )
    def test_a_score_that_a_plan_cannot_carry_is_left_out(self, changes):
        assert fields(control_scores=(self.score(**changes),)) == {}

    def test_attacks_are_never_counted_for_anybody(self):
        found = fields(
            supplies=supplies(PREDNISOLONE, "2026-06-01"),
            visits=(visit("2026-09-24 13:00"),),
            attacks_counted=(Score(2, partial_date("2026-06-01")),),
        )

        assert found == {}


class TestSmoke:
    def stated(self, is_so=True, day="2026-06-01", fact=Fact.SMOKE_AT_HOME, **changes):
        return Statement(fact, is_so, partial_date(day), **changes)

    def test_at_home_is_a_trigger(self):
        assert fields(statements=(self.stated(),)) == {"trigger-tobacco-smoke": "yes"}

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"is_so": False}, id="denied"),
            pytest.param({"may_print": False}, id="restricted, or elsewhere"),
            pytest.param({"fact": Fact.VAPES}, id="vaping"),
            pytest.param({"fact": Fact.SMOKES}, id="smokes"),
            pytest.param({"fact": Fact.LOOKED_AFTER}, id="looked after"),
        ],
    )
    def test_of_any_other_kind_is_none(self, changes):
        assert fields(statements=(self.stated(**changes),)) == {}

    def test_that_is_over_is_none(self):
        assert fields(statements=(self.stated(), self.stated(is_so=False, day="2026-07-01"))) == {}


class TestTrial:
    def fields(self, *, age=3, asthma=Diagnosed.SUSPECTED, text="2 puffs. Trial of 8 to 12 weeks", **changes):
        end = changes.pop("ended", date(2026, 12, 22))
        tried = line(BROWN, Instruction(text), ended=end)
        found = fields(age=age, asthma=asthma, lines=(tried, *changes.pop("more", ())))
        return {name: value for name, value in found.items() if name in {"diagnosis", "trial-until"}}

    def test_is_filled_with_the_one_day_of_the_record(self):
        assert self.fields() == {"diagnosis": "suspected", "trial-until": "2026-12-22"}

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"ended": None}, id="no day"),
            pytest.param({"text": "2 puffs until further notice"}, id="not called a trial"),
            pytest.param({"text": "Trial until 24 November"}, id="another day in words"),
            pytest.param({"text": "Trial to 24/11"}, id="another day in figures"),
            pytest.param({"more": (line(FLUTIFORM, Instruction("Trial"), ended=TODAY),)}, id="two trials"),
        ],
    )
    def test_without_one_day_is_for_a_clinician_to_end(self, changes):
        assert self.fields(**changes) == {"diagnosis": "suspected"}

    def test_of_confirmed_asthma_has_no_day(self):
        assert self.fields(asthma=Diagnosed.CONFIRMED) == {"diagnosis": "confirmed"}

    def test_is_none_where_the_record_names_no_asthma(self):
        assert self.fields(asthma=Diagnosed.NO) == {}

    def test_is_none_from_5_years_on(self):
        assert self.fields(age=5) == {}


DOSES = st.builds(
    Instruction,
    text=st.sampled_from(
        [
            "", "As directed", "2 puffs twice a day", "Two puffs", "1 to 2 puffs", "Inhale 3", "4p bd",
            "2 puffs in the morning and 1 at night", "100 micrograms", "One in the evening",
        ]
    ),
    as_needed=st.booleans(),
    amount=st.none() | st.integers(1, 10),
    most_a_day=st.none() | st.integers(1, 12),
    unit=st.sampled_from(["", "puff", "tablet"]),
    times_a_day=st.none() | st.integers(1, 4),
    times=st.lists(st.sampled_from(TimeOfDay), max_size=2).map(tuple),
)  # fmt: skip
NUMBERS = ("morning", "evening", "when-needed", "most-a-day")


@given(st.lists(st.tuples(st.sampled_from([BROWN, SYMBICORT, BLUE, MONTELUKAST]), DOSES), max_size=4))
def test_every_number_of_a_dose_stands_in_the_line_of_the_record_and_waits_to_be_confirmed(doses):
    found = fields(lines=tuple(line(text, dose) for text, dose in doses))

    for slot in Slot:
        given_by = {number for _, dose in doses for number in (dose.amount, dose.most_a_day)}
        said = found.get(f"{slot}-source", "").lower()
        for number in (found[name] for part in NUMBERS if (name := f"{slot}-{part}") in found):
            assert int(number) in given_by
            assert re.search(rf"\b({number}|{LETTERS.get(int(number), number)})\b", said), said
    assert not [name for name in found if name.endswith("-confirmed")]
    assert all(
        not medicine.confirmed or not medicine.source
        for medicine in read_draft(found, draft_id="d", child_id="c").plan.medicines.values()
    )


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
