"""A draft is read strictly, loses nothing, and starts a new version without anybody's confirmation."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from plans.draft import FIELDS, UnknownChoice, UnknownMedicine, every_field, fields_of, is_field, read_draft
from plans.draft.field_words import FIELD_WORDS
from plans.further_treatment import (
    Diagnosis,
    Increase,
    Nebuliser,
    StartRule,
    SteroidPack,
    Trial,
    Weaning,
)
from plans.plan import (
    UNLISTED,
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    Override,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
    Unlisted,
)
from plans.problems import Kind
from plans.products import Device
from plans.understanding import Answer, ControlTool, Technique, Understanding

TODAY = date(2026, 11, 22)


def full_plan(**changes):
    """A plan that says everything a draft can say."""
    said = {
        "id": "p1",
        "child_id": "c1",
        "regimen": Regimen.PREVENTER_RELIEVER,
        "medicines": {
            Slot.PREVENTER: Medicine("clenil-modulite-50", "brown", 2, 0, None, Spacer.MASK),
            Slot.RELIEVER: Medicine(
                "salamol-100", "blue", when_needed=2, spacer=Spacer.MASK, source="GP record", confirmed=True
            ),
            Slot.ADD_ON: Medicine("montelukast-tablets-10mg", evening=1, source="GP record", confirmed=False),
            Slot.COMBINATION: Medicine(
                UNLISTED, unlisted=Unlisted("Newhaler", "10 microgram", Device.DRY_POWDER), most_a_day=8
            ),
        },
        "worse_puffs": 4,
        "worse_hours": 4,
        "attack_steps": AttackSteps(2, 120, 8, Slot.RELIEVER),
        "peak_flow": PeakFlow(300, date(2026, 9, 1), "EU", 240, 150),
        "allergies": (Allergy("Peanut", True), Allergy("Dust", False)),
        "allergy_care": AllergyCare(True, date(2027, 5, 1), "None at school yet"),
        "triggers": ("colds", "cold-air"),
        "school": SchoolCare("Red bag", True, False, "Ms Cole", "0121 496 0007"),
        "surgery_phone": "0121 496 0123",
        "child_words": "My chest feels like a 🐘.\n<b>Big</b> & سينه",
        "language": "ur",
        "review_by": date(2027, 8, 6),
        "understanding": Understanding(
            given_to="Both parents",
            taught_to="Mother",
            technique=Technique.CORRECTED,
            every_day=Answer.OWN_WORDS,
            attack=Answer.WITH_HELP,
            emergency=Answer.NOT_YET,
            control_tool=ControlTool.ACQ,
            control_score=Decimal("1.5"),
            control_on=date(2026, 8, 1),
            attacks_in_year=2,
        ),
        "exercise_puffs": 2,
        "increase": Increase(4, 4, 7),
        "weaning": Weaning(4, 4, 2),
        "steroids": SteroidPack(
            True, "prednisolone-tablets-5mg", 30, 6, 3, StartRule.PEAK_FLOW, 150, "Phone us first."
        ),
        "steroid_card": True,
        "nebuliser": Nebuliser(True, "Dr Lee", "Larkhill Hospital"),
        "trial": Trial(Diagnosis.SUSPECTED, date(2026, 12, 22)),
        "override": Override("The specialist chose it.", "Dr Lee"),
        "open_access_phone": "0121 496 0999",
        "language_spoken": "Pahari",
        "interpreter": True,
        "wordings_confirmed": ("adrenaline-first", "backup"),
        "reasons": (Reason("montelukast", "Told mother today."),),
        "replaces": "p0",
    }
    return Plan(**(said | changes))


def read(**fields):
    """Read a draft; underscores stand for hyphens."""
    return read_draft(
        {name.replace("_", "-"): text for name, text in fields.items()}, draft_id="p1", child_id="c1"
    )


def signed_plan():
    return full_plan(status=Status.SIGNED, signed_at=datetime(2026, 8, 5, 23, 30, tzinfo=UTC), version=2)


def test_a_full_plan_turned_into_fields_reads_as_the_same_plan():
    reading = read_draft(every_field(full_plan()), draft_id="p1", child_id="c1")

    assert reading.plan == full_plan()
    assert reading.problems == ()


def test_an_empty_draft_says_nothing_and_has_nothing_unreadable():
    reading = read_draft({}, draft_id="p1", child_id="c1")

    assert reading.plan == Plan(id="p1", child_id="c1")
    assert reading.problems == ()


def test_empty_fields_are_not_said():
    fields = dict.fromkeys(FIELDS, " ")

    assert read_draft(fields, draft_id="p1", child_id="c1").plan == Plan(id="p1", child_id="c1")


def test_every_field_of_a_plan_is_a_field_that_a_draft_may_have():
    assert [name for name in every_field(full_plan()) if not is_field(name)] == []


@pytest.mark.parametrize("typed", ["two", "2.5", "-1", "+2", "1 2", "100", "²", "٢", "1e1", "0x2"])
def test_puffs_are_whole_numbers_from_0_to_99(typed):
    reading = read(preventer_morning=typed)

    assert [(p.code, p.field, p.kind) for p in reading.problems] == [
        ("number-not-readable", "preventer-morning", Kind.MUST_BE_PUT_RIGHT)
    ]
    assert reading.plan.medicines[Slot.PREVENTER].morning is None


def test_each_number_and_day_that_cannot_be_read_is_named_by_words_of_its_own():
    typed = {name: "nonsense" for name in FIELDS if not name.startswith("unknown-")}
    problems = read_draft(typed, draft_id="p1", child_id="c1").problems
    figures = [one for one in problems if one.code.split("-")[0] in ("number", "score", "date")]

    sentences = [one.sentence for one in figures]
    assert len(set(sentences)) == len(sentences) > 30
    assert {one.field for one in figures} == set(FIELD_WORDS)
    assert "Best peak flow: type a whole number here, with figures only." in sentences


@pytest.mark.parametrize(("typed", "puffs"), [("0", 0), (" 2 ", 2), ("99", 99)])
def test_puffs_that_are_plain_figures_are_read(typed, puffs):
    assert read(preventer_morning=typed).plan.medicines[Slot.PREVENTER].morning == puffs


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "2026-13-01", "23/11/2026", "2026-11-3", "20261123", "2026-W48-1", "soon"]
)
def test_a_date_must_exist_and_be_written_in_full(typed):
    reading = read(review_by=typed)

    assert [(p.code, p.field) for p in reading.problems] == [("date-not-readable", "review-by")]
    assert reading.plan.review_by is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("regimen", "MART"),
        ("preventer-spacer", "yes"),
        ("peak-flow-scale", "eu"),
        ("use-peak-flow", "true"),
        ("school-spacer", "maybe"),
        ("allergy-plan-confirmed", "no"),
        ("preventer-confirmed", "on"),
        ("trigger-colds", "1"),
        ("wording-backup", "true"),
        ("unknown-1-choice", "inhaler"),
    ],
)
def test_an_answer_that_was_not_offered_is_a_problem_at_its_field(field, typed):
    reading = read_draft({field: typed}, draft_id="p1", child_id="c1")

    assert [(p.code, p.field) for p in reading.problems] == [("answer-not-readable", field)]


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("child-words", "a" * 301, "text-too-long"),
        ("child-words", "null\x00byte", "text-with-hidden-characters"),
        ("child-words", "\u202e turned round", "text-with-hidden-characters"),
        ("child-words", "half a pair \ud83d", "text-with-hidden-characters"),
        ("child-words", "no character \ufffe", "text-with-hidden-characters"),
        ("surgery-phone", "one\ntwo", "text-over-lines"),
        ("language", "ur; drop", "key-not-readable"),
        ("preventer-product", "<b>", "key-not-readable"),
    ],
)
def test_text_that_paper_cannot_show_is_a_problem_at_its_field(field, typed, code):
    reading = read_draft({field: typed}, draft_id="p1", child_id="c1")

    assert [(p.code, p.field) for p in reading.problems] == [(code, field)]


def test_text_is_kept_as_typed_in_any_script_and_with_markup():
    words = "<script>alert(1)</script> 🐘 سينه تنگ है"

    assert read(child_words=words).plan.child_words == words


def test_an_entry_without_a_place_is_never_dropped_unseen():
    reading = read_draft({"rescue-pack": "yes", "csrf_token": "t"}, draft_id="p1", child_id="c1")

    assert [(p.code, p.field) for p in reading.problems] == [("field-not-known", "rescue-pack")]


def test_a_dose_typed_here_needs_no_tick_and_one_from_elsewhere_does():
    typed = read(preventer_morning="2")
    imported = read(preventer_morning="2", preventer_source="GP record, 3 November 2026")
    ticked = read(preventer_morning="2", preventer_source="GP record", preventer_confirmed="yes")

    assert [r.plan.medicines[Slot.PREVENTER].confirmed for r in (typed, imported, ticked)] == [
        True,
        False,
        True,
    ]


def test_a_source_that_cannot_be_read_does_not_make_its_dose_confirmed():
    reading = read(preventer_morning="2", preventer_source="s" * 201)

    assert reading.plan.medicines[Slot.PREVENTER].confirmed is False


def test_limits_typed_without_choosing_peak_flow_are_a_problem():
    unsaid = read(peak_flow_worse_below="240")
    refused = read(peak_flow_worse_below="240", use_peak_flow="no")

    assert [(p.code, p.field) for p in unsaid.problems] == [("peak-flow-not-chosen", "use-peak-flow")]
    assert (refused.problems, refused.plan.peak_flow) == ((), None)


def test_a_severe_allergy_without_a_name_is_a_problem():
    reading = read(allergy_2_severe="yes")

    assert [(p.code, p.field) for p in reading.problems] == [("allergy-without-name", "allergy-2-name")]


def test_a_medicine_in_no_list_is_shown_as_it_stands_with_what_was_chosen():
    reading = read(unknown_1="Old inhaler", unknown_3="Tablets", unknown_3_choice="not-for-this-plan")

    assert reading.unknown == (
        UnknownMedicine("unknown-1", "Old inhaler"),
        UnknownMedicine("unknown-3", "Tablets", UnknownChoice.NOT_FOR_THIS_PLAN),
    )


def test_copied_doses_wait_for_a_tick_and_name_the_plan_that_they_come_from():
    medicines = read_draft(fields_of(signed_plan(), today=TODAY), draft_id="p2", child_id="c1").plan.medicines

    assert {(m.source, m.confirmed) for m in medicines.values()} == {
        ("Plan of 6 August 2026, version 2", False)  # in the UK it was already the 6th
    }
    assert medicines[Slot.PREVENTER].morning == 2


@pytest.mark.parametrize(
    "unset",
    [
        "review_by",
        "reasons",
        "wordings_confirmed",
        "worse_puffs",
        "worse_hours",
        "attack_steps",
        "override",
        "exercise_puffs",
        "increase",
        "weaning",
        "steroids",
    ],  # fmt: skip
)
def test_what_a_clinician_gave_for_one_version_is_asked_for_anew(unset):
    amended = read_draft(fields_of(signed_plan(), today=TODAY), draft_id="p2", child_id="c1").plan

    assert not getattr(amended, unset)


def test_what_was_seen_and_heard_on_the_day_is_asked_for_anew():
    amended = read_draft(fields_of(signed_plan(), today=TODAY), draft_id="p2", child_id="c1").plan

    assert amended.understanding == Understanding()
    assert amended.trial == Trial()


@pytest.mark.parametrize(("late", "is_copied"), [(0, True), (1, False)])
def test_a_preventer_is_copied_until_its_trial_is_over(late, is_copied):
    today = signed_plan().trial.decide_by + timedelta(days=late)

    amended = read_draft(fields_of(signed_plan(), today=today), draft_id="p2", child_id="c1").plan

    assert (Slot.PREVENTER in amended.medicines) is is_copied
    assert Slot.RELIEVER in amended.medicines


def test_limits_and_confirmations_are_asked_for_anew():
    amended = read_draft(fields_of(signed_plan(), today=TODAY), draft_id="p2", child_id="c1").plan

    assert amended.peak_flow == PeakFlow(300, date(2026, 9, 1), "EU")
    assert amended.allergy_care == AllergyCare(pens_expire_on=date(2027, 5, 1))


def test_what_is_true_of_the_child_is_copied():
    amended = read_draft(fields_of(signed_plan(), today=TODAY), draft_id="p2", child_id="c1").plan

    for same in (
        "regimen", "allergies", "triggers", "school", "surgery_phone", "open_access_phone", "child_words",
        "language", "language_spoken", "interpreter", "nebuliser", "steroid_card",
    ):  # fmt: skip
        assert getattr(amended, same) == getattr(full_plan(), same)


@pytest.mark.parametrize(
    ("status", "names"), [(Status.SIGNED, "p1"), (Status.REPLACED, ""), (Status.WITHDRAWN, "")]
)
def test_a_new_version_of_the_live_plan_says_that_it_replaces_it(status, names):
    ended = full_plan(status=status, signed_at=datetime(2026, 8, 6, 12, tzinfo=UTC))

    assert read_draft(fields_of(ended, today=TODAY), draft_id="p2", child_id="c1").plan.replaces == names
