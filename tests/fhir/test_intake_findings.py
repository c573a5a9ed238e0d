"""Diagnoses, allergies, measurements and what is known of the child's life."""

import pytest

from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_record
from plans.gp_record import Diagnosed, Fact, RecordAllergy
from plans.understanding import ControlTool
from tests.fhir.gp_records import (
    LOINC,
    about_the_child,
    allergy,
    bundle,
    concept,
    condition,
    entry,
    observation,
    raw,
)

ASTHMA = concept("195967001")
HOSPITAL_DIAGNOSIS = {"category": [{"coding": [{"code": "encounter-diagnosis"}]}]}


def reading(*resources):
    return read_record(parse_bundle(raw(bundle(*map(entry, resources)))))


def read(*resources):
    return reading(*resources).record


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param(condition(ASTHMA), Diagnosed.CONFIRMED, id="confirmed"),
        pytest.param(condition(concept(text="Asthma")), Diagnosed.CONFIRMED, id="in words"),
        pytest.param(condition(ASTHMA, verified="provisional"), Diagnosed.SUSPECTED, id="provisional"),
        pytest.param(condition(concept(text="Suspected asthma")), Diagnosed.SUSPECTED, id="suspected"),
        pytest.param(condition(ASTHMA, **HOSPITAL_DIAGNOSIS), Diagnosed.SUSPECTED, id="of one visit"),
        pytest.param(condition(ASTHMA, status="resolved"), Diagnosed.NO, id="resolved"),
        pytest.param(condition(ASTHMA, verified="refuted"), Diagnosed.NO, id="refuted"),
        pytest.param(condition(ASTHMA, verified="entered-in-error"), Diagnosed.NO, id="in error"),
        pytest.param(condition(concept(text="Recurrent viral wheeze")), Diagnosed.NO, id="wheeze"),
    ],
)
def test_asthma_is_confirmed_suspected_or_not_said(resource, expected):
    assert read(resource).asthma is expected


@pytest.mark.parametrize("order", [1, -1])
def test_a_suspicion_never_takes_back_a_diagnosis(order):
    problems = [condition(ASTHMA), condition(ASTHMA, verified="provisional")]

    assert read(*problems[::order]).asthma is Diagnosed.CONFIRMED


class TestAllergies:
    def test_carry_what_makes_them_severe(self):
        reaction = [{"manifestation": [{"text": "Anaphylaxis"}]}]

        record = read(
            allergy("Peanut", category=["food"], criticality="high"),
            allergy("Wasp", reaction=reaction),
            allergy("Dust"),
        )

        assert record.allergies == (
            RecordAllergy("Peanut", is_food=True, is_high=True),
            RecordAllergy("Wasp", had_anaphylaxis=True),
            RecordAllergy("Dust"),
        )

    @pytest.mark.parametrize(
        "resource",
        [
            allergy("Egg", clinicalStatus=concept("resolved")),
            allergy("Egg", verificationStatus=concept("refuted")),
            allergy("Egg", verificationStatus=concept("entered-in-error")),
            allergy("No known allergies"),
        ],
    )
    def test_that_are_none_are_not_among_them(self, resource):
        assert read(resource).allergies == ()


class TestPeakFlow:
    def measured(self, code="251936000", system="http://snomed.info/sct", **changes):
        value = {"valueQuantity": {"value": 300, "unit": "L/min"}} | changes
        return read(observation(concept(code, system=system), **value)).peak_flows[0]

    @pytest.mark.parametrize(
        ("code", "system", "is_best"),
        [
            ("251936000", "http://snomed.info/sct", True),
            ("83368-1", LOINC, True),
            ("18491006", "http://snomed.info/sct", False),
            ("19935-6", LOINC, False),
        ],
    )
    def test_is_a_best_where_it_is_recorded_as_such(self, code, system, is_best):
        assert self.measured(code, system).is_best is is_best

    @pytest.mark.parametrize("code", ["313192007", "401163005"])
    def test_is_never_what_was_predicted_or_a_percentage(self, code):
        assert (
            read(observation(concept(code), valueQuantity={"value": 300, "unit": "L/min"})).peak_flows == ()
        )

    @pytest.mark.parametrize(
        ("method", "scale"),
        [
            ("Mini-Wright meter, EU scale (EN 13826)", "EU"),
            ("EN 13826", "EU"),
            ("Wright scale", "Wright"),
            ("Mini-Wright meter", ""),
            ("Wright scale, not EU scale", ""),
        ],
    )
    def test_is_on_the_scale_that_its_method_names(self, method, scale):
        assert self.measured(method={"text": method}).scale == scale

    def test_keeps_its_unit_and_day(self):
        found = self.measured(valueQuantity={"value": 5, "unit": "L/s"})

        assert (found.value, found.unit, found.day.first.isoformat()) == (5, "L/s", "2026-06-01")

    def test_in_error_is_left_out(self):
        wrong = observation(concept("251936000"), valueQuantity={"value": 300}) | {
            "status": "entered-in-error"
        }

        assert read(wrong).peak_flows == ()

    def test_without_a_number_is_doubtful(self):
        assert "no number" in reading(observation(concept("251936000"))).doubtful[0]


def test_heights_are_in_cm_or_left_out():
    height = concept("8302-2", system=LOINC)
    found = reading(
        observation(height, valueQuantity={"value": 121, "unit": "cm"}),
        observation(height, valueQuantity={"value": 4, "unit": "ft"}),
    )

    assert [one.centimetres for one in found.record.heights] == [121]
    assert "not in cm" in found.doubtful[0]


@pytest.mark.parametrize("value", [{"valueInteger": 17}, {"valueQuantity": {"value": 17}}])
@pytest.mark.parametrize("code", ["443117005", "905301000000103"])
def test_both_control_tests_give_a_score(code, value):
    assert [one.value for one in read(observation(concept(code), **value)).control_scores] == [17]


class TestControlScore:
    def tools(self, code, value=17):
        return [one.tool for one in read(observation(code, valueInteger=value)).control_scores]

    @pytest.mark.parametrize(
        ("code", "tool"),
        [
            ("443117005", ControlTool.ACT),
            ("905301000000103", ControlTool.CHILDHOOD_ACT),
            ("763077003", ControlTool.ACQ),
            ("448003001", ControlTool.RCP_3),
        ],
    )
    def test_is_of_the_tool_that_its_code_names(self, code, tool):
        assert self.tools(concept(code)) == [tool]

    @pytest.mark.parametrize(
        ("text", "tool"),
        [
            ("Asthma control test score", ControlTool.ACT),
            ("Childhood Asthma Control Test", ControlTool.CHILDHOOD_ACT),
            ("C-ACT", ControlTool.CHILDHOOD_ACT),
            ("Asthma Control Questionnaire", ControlTool.ACQ),
        ],
    )
    def test_without_a_code_is_of_the_tool_that_its_words_name(self, text, tool):
        assert self.tools(concept(text=text)) == [tool]

    def test_of_a_code_and_words_that_differ_names_no_tool_and_is_doubtful(self):
        resource = observation(concept("443117005", "Childhood Asthma Control Test"), valueInteger=17)

        assert [one.tool for one in read(resource).control_scores] == [None]
        assert "which test" in reading(resource).doubtful[0]

    @pytest.mark.parametrize(
        "code", [concept("82674-3", "Asthma control test", system=LOINC), concept(text="Pain score")]
    )
    def test_is_nothing_else(self, code):
        assert self.tools(code) == []


def test_attacks_that_a_clinician_counted_are_read_with_their_day():
    found = read(observation(concept("366874008"), valueInteger=2)).attacks_counted

    assert [(one.value, one.day.in_words) for one in found] == [(2, "1 June 2026")]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param(condition(concept("228524006")), True, id="at home"),
        pytest.param(condition(concept("43381005")), False, id="somewhere"),
        pytest.param(
            condition(concept("228524006")) | {"meta": {"security": [{"code": "R"}]}}, False, id="restricted"
        ),
        pytest.param(
            condition(concept("228524006")) | {"meta": {"security": [{"code": "NOPAT"}]}},
            False,
            id="not for them",
        ),
    ],
)
def test_smoke_may_be_printed_only_where_the_record_names_the_home_and_restricts_it_to_nobody(
    resource, expected
):
    assert [one.may_print for one in read(resource).statements] == [expected]


def test_what_is_over_is_not_stated():
    assert read(condition(concept("228524006"), status="resolved")).statements == ()


@pytest.mark.parametrize("code", ["527171000000103", "811921000000103", "810901000000102"])
def test_a_plan_is_on_file_where_an_entry_says_so(code):
    assert [day.first.isoformat() for day in read(observation(concept(code))).plans_on_file] == ["2026-06-01"]


def test_a_plan_of_our_own_is_on_file_too():
    plan = about_the_child(
        "CarePlan",
        status="active",
        intent="plan",
        category=[concept("736056000")],
        period={"start": "2026-05-01"},
    )
    other = plan | {"category": [concept("53950000")]}

    assert len(read(plan, other).plans_on_file) == 1


@pytest.mark.parametrize(
    ("text", "value", "missed"),
    [
        ("School attendance this term", 61, 39),
        ("School absence this term", 12, 12),
        ("Attendance at clinic", 61, None),
        ("School lunches", 61, None),
    ],
)
def test_school_missed_is_told_by_attendance_or_absence(text, value, missed):
    found = read(observation(concept(text=text), valueQuantity={"value": value, "unit": "%"})).absences

    assert [one.value for one in found] == ([] if missed is None else [missed])


class TestStatements:
    def stated(self, *resources):
        return [(one.fact, one.is_so) for one in read(*resources).statements]

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("228524006", (Fact.SMOKE_AT_HOME, True)),
            ("43381005", (Fact.SMOKE_AT_HOME, True)),
            ("711563001", (Fact.SMOKE_AT_HOME, False)),
            ("77176002", (Fact.SMOKES, True)),
            ("764841000000100", (Fact.LOOKED_AFTER, True)),
        ],
    )
    def test_come_by_code_as_name_or_as_value(self, code, expected):
        by_value = observation(concept(text="Tobacco smoke exposure"), valueCodeableConcept=concept(code))

        assert self.stated(observation(concept(code))) == [expected]
        assert self.stated(by_value) == [expected]

    def test_are_taken_back_by_a_no(self):
        assert self.stated(observation(concept("228524006"), valueBoolean=False)) == [
            (Fact.SMOKE_AT_HOME, False)
        ]

    @pytest.mark.parametrize(
        ("name", "said", "expected"),
        [
            ("Vaping", "Vapes most days; asks that parents are not told", [(Fact.VAPES, True)]),
            ("Vaping", "Does not vape", [(Fact.VAPES, False)]),
            ("Vaping", "Never", [(Fact.VAPES, False)]),
            ("Home", "Black mould on bedroom wall", [(Fact.DAMP_OR_MOULD, True)]),
            ("Home", "Damp, not treated", [(Fact.DAMP_OR_MOULD, True)]),
            ("Home", "No damp or mould", [(Fact.DAMP_OR_MOULD, False)]),
            ("Home", "Lives with grandmother", []),
            ("Sleep", "Mould in dreams", []),
        ],
    )
    def test_come_by_words_where_no_code_is_confirmed(self, name, said, expected):
        assert self.stated(observation(concept(text=name), valueString=said)) == expected

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Vaping", [(Fact.VAPES, True)]),
            ("Damp or mould at home", [(Fact.DAMP_OR_MOULD, True)]),
            ("Home", []),
        ],
    )
    def test_come_by_a_yes(self, name, expected):
        assert self.stated(observation(concept(text=name), valueBoolean=True)) == expected

    def test_a_habit_named_without_a_word_is_doubtful(self):
        found = reading(observation(concept(text="Vaping")))

        assert found.record.statements == ()
        assert "in private" in found.doubtful[0]

    def test_a_flag_tells_that_a_child_is_looked_after(self):
        flag = about_the_child("Flag", status="active", code=concept("764841000000100"))

        assert self.stated(flag) == [(Fact.LOOKED_AFTER, True)]

    def test_near_fatal_asthma_stands_with_intensive_care(self):
        assert (Fact.INTENSIVE_CARE, True) in self.stated(condition(concept("786836003")))
