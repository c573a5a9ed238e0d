"""What changed between two versions: everything that did, in plain words, medicines and doses first."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.choice_words import CHOICES
from plans.differences import differences
from plans.medicines import read_medicines
from plans.people import Professional
from plans.plan import (
    UNLISTED,
    Allergy,
    AttackSteps,
    Medicine,
    Override,
    PeakFlow,
    Plan,
    Reason,
    Slot,
    Spacer,
    Status,
    Unlisted,
)
from plans.plan_rows import Items, Names, Parts, Slots, Value
from plans.plan_words import BOOKKEEPING, SAID_WHOLE, TABLE
from plans.products import Device
from plans.triggers import TRIGGERS
from tests.plans.examples import MART, MONTELUKAST, TWO_INHALERS, VENTOLIN

NAMES = Names(read_medicines(), {"en": "English", "ur": "Urdu"})
SALAMOL = replace(VENTOLIN, product="salamol-100")


def changed(before, after):
    """Return each difference as one line."""
    return [str(one) for one in differences(before, after, NAMES)]


def with_medicine(slot, medicine, plan=TWO_INHALERS):
    medicines = {**plan.medicines, slot: medicine}
    return replace(plan, medicines={key: one for key, one in medicines.items() if one})


def kinds_in(hint):
    """Yield each type that stands in a type hint, however deep."""
    for inner in get_args(hint) or (hint,):
        yield from kinds_in(inner) if get_args(inner) else [inner]


def records_in(kind):
    """Yield a record and every record inside it; who signed a plan is no part of what it says."""
    yield kind
    for hint in get_type_hints(kind).values():
        for inner in kinds_in(hint):
            if is_dataclass(inner) and inner is not Professional:
                yield from records_in(inner)


RECORDS = set(records_in(Plan))


def test_the_table_has_every_record_that_a_plan_holds_and_no_other():
    assert set(TABLE) | SAID_WHOLE == RECORDS


@pytest.mark.parametrize("record", TABLE, ids=lambda kind: kind.__name__)
def test_every_field_is_either_said_in_words_or_named_as_bookkeeping(record):
    in_words, kept = set(TABLE[record]), BOOKKEEPING.get(record, frozenset())

    assert in_words | kept == {field.name for field in fields(record)}
    assert in_words & kept == set()


@pytest.mark.parametrize("record", TABLE, ids=lambda kind: kind.__name__)
def test_each_field_has_a_row_of_its_kind(record):
    hints = get_type_hints(record)

    for name, row in TABLE[record].items():
        held = [kind for kind in kinds_in(hints[name]) if is_dataclass(kind)]
        expected = {
            Value: not held or held == [Unlisted],
            Parts: held == [row.kind] if isinstance(row, Parts) else False,
            Items: str(hints[name]).startswith("tuple"),
            Slots: name == "medicines",
        }
        assert expected[type(row)], name


def test_each_kind_of_choice_has_words_for_every_choice():
    choices = {
        kind
        for record in TABLE
        for name, hint in get_type_hints(record).items()
        for kind in kinds_in(hint)
        if name not in BOOKKEEPING.get(record, ()) and hasattr(kind, "__members__")
    }

    assert choices <= set(CHOICES)
    assert [kind for kind, words in CHOICES.items() if set(words) != set(kind)] == []


def test_no_two_values_have_the_same_words():
    words = [row.words for table in TABLE.values() for row in table.values() if isinstance(row, Value)]

    assert len(words) == len(set(words))


# Any two plans

LETTERS = st.text("abc", max_size=3)
SIMPLE = {
    str: LETTERS,
    int: st.integers(0, 30),
    bool: st.booleans(),
    date: st.dates(date(2024, 1, 1), date(2024, 1, 9)),
    Decimal: st.sampled_from([Decimal("1.5"), Decimal("2")]),
    NoneType: st.none(),
}


def built(kind):
    """Return a strategy for a record of this kind: something in every field."""
    hints = get_type_hints(kind)
    own = {name: value_of(hints[name]) for name in TABLE.get(kind, hints)}
    if kind is Medicine:
        own["product"] = st.sampled_from([UNLISTED, "salamol-100", "montelukast-tablets-10mg", "no-such"])
    if kind is Plan:
        return st.builds(Plan, id=st.just("p"), child_id=st.just("c"), **own | {"medicines": PLACES})
    return st.builds(kind, **own)


def value_of(hint):
    if str(hint).startswith("tuple"):
        return st.lists(one_of(get_args(hint)[0]), max_size=3).map(tuple)
    return st.one_of(*(one_of(kind) for kind in kinds_in(hint)))


def one_of(kind):
    if is_dataclass(kind):
        return built(kind)
    return SIMPLE[kind] if kind in SIMPLE else st.sampled_from(list(kind))


PLACES = st.dictionaries(st.sampled_from(Slot), built(Medicine), max_size=3)
PLANS = built(Plan)


def bare(record):
    """Return what a record says: lists in any order, and a record in which nothing stands as none."""
    if isinstance(record, dict):
        return {key: bare(one) for key, one in record.items()}
    if isinstance(record, tuple):
        return sorted(map(repr, record))
    if not is_dataclass(record) or isinstance(record, Unlisted):
        return None if record == "" else record
    table = TABLE[type(record)]
    return {name: bare(_or_empty(table[name], getattr(record, name))) for name in table}


def _or_empty(row, value):
    is_said_by_itself = isinstance(row, Parts) and row.words
    return row.kind() if isinstance(row, Parts) and value is None and not is_said_by_itself else value


@settings(max_examples=40)
@given(PLANS)
def test_a_plan_differs_in_nothing_from_itself(plan):
    assert differences(plan, replace(plan, id="other", version=9), NAMES) == ()


@settings(max_examples=40)
@given(PLANS, PLANS)
def test_two_plans_that_say_something_else_differ_in_at_least_one_thing(one, other):
    assert bool(differences(one, other, NAMES)) == (bare(one) != bare(other))


@settings(max_examples=40)
@given(st.data())
def test_a_change_of_any_one_field_is_seen(data):
    plan = data.draw(PLANS)
    name = data.draw(st.sampled_from(sorted(TABLE[Plan])))
    value = getattr(data.draw(PLANS), name)
    other = replace(plan, **{name: value})

    assert bool(differences(plan, other, NAMES)) == (bare(plan) != bare(other))


@settings(max_examples=40)
@given(PLANS, PLANS)
def test_the_way_back_has_the_same_differences_turned_round(one, other):
    there = {(each.words, each.before, each.after) for each in differences(one, other, NAMES)}
    back = {(each.words, each.after, each.before) for each in differences(other, one, NAMES)}

    assert there == back


# In plain words


def test_another_reliever_is_named_before_and_after():
    assert changed(TWO_INHALERS, with_medicine(Slot.RELIEVER, SALAMOL)) == [
        "Reliever: Ventolin Evohaler 100 microgram -> Salamol 100 microgram"
    ]


def test_another_dose_says_which_and_how_much():
    preventer = replace(TWO_INHALERS.medicines[Slot.PREVENTER], morning=4, evening=1)

    assert changed(TWO_INHALERS, with_medicine(Slot.PREVENTER, preventer)) == [
        "Preventer in the morning: 2 puffs -> 4 puffs",
        "Preventer in the evening: 2 puffs -> 1 puff",
    ]


def test_a_medicine_that_is_no_longer_on_the_plan_is_said_with_its_dose():
    before = with_medicine(Slot.ADD_ON, MONTELUKAST)

    (line,) = changed(before, TWO_INHALERS)

    assert line.startswith("Extra medicine no longer on the plan: ")
    assert "tablet in the evening" in line
    assert "ontelukast" in line


def test_a_new_medicine_is_said_with_its_dose():
    added = Medicine("salamol-100", "blue", when_needed=2, spacer=Spacer.MOUTHPIECE)

    assert changed(MART, with_medicine(Slot.BACKUP, added, MART)) == [
        "Backup inhaler added: Salamol 100 microgram, 2 puffs when needed, with a spacer, blue"
    ]


def test_a_medicine_written_by_hand_says_so():
    written = replace(VENTOLIN, product=UNLISTED, unlisted=Unlisted("Elmhaler", "50", Device.DRY_POWDER))

    assert changed(TWO_INHALERS, with_medicine(Slot.RELIEVER, written)) == [
        "Reliever: Ventolin Evohaler 100 microgram -> written by hand",
        "Reliever, written by hand: not said -> Elmhaler, 50, dry powder",
    ]


def test_allergies_come_and_go_and_become_severe():
    before = replace(TWO_INHALERS, allergies=(Allergy("egg", True), Allergy("cats", False)))
    after = replace(TWO_INHALERS, allergies=(Allergy("cats", True), Allergy("peanut", True)))

    assert changed(before, after) == [
        "Allergy no longer on the plan: egg (severe)",
        "Allergy: cats -> cats (severe)",
        "Allergy added: peanut (severe)",
    ]


def test_no_puffs_are_not_the_same_as_nothing_said():
    before = with_medicine(Slot.PREVENTER, replace(TWO_INHALERS.medicines[Slot.PREVENTER], evening=None))
    after = with_medicine(Slot.PREVENTER, replace(TWO_INHALERS.medicines[Slot.PREVENTER], evening=0))

    assert changed(before, after) == ["Preventer in the evening: not said -> 0 puffs"]


def test_going_by_symptoms_only_is_said_before_the_numbers_that_go_with_it():
    lines = changed(TWO_INHALERS, replace(TWO_INHALERS, peak_flow=None))

    assert lines[0] == "Goes by: peak flow and symptoms -> symptoms only"
    assert "Attack below: 85 L/min -> not said" in lines


def test_a_peak_flow_in_which_nothing_stands_is_still_a_plan_by_peak_flow():
    before, after = replace(TWO_INHALERS, peak_flow=None), replace(TWO_INHALERS, peak_flow=PeakFlow())

    assert changed(before, after) == ["Goes by: symptoms only -> peak flow and symptoms"]


def test_medicines_and_attack_steps_come_before_all_else():
    after = replace(
        with_medicine(Slot.RELIEVER, SALAMOL),
        attack_steps=AttackSteps(puffs=2),
        surgery_phone="0121 496 0199",
        language="en",
        reasons=(Reason("not-taught", "No time"),),
        override=Override("Specialist", "Dr Grey"),
    )

    first_words = [line.partition(":")[0] for line in changed(TWO_INHALERS, after)]

    assert first_words == [
        "Reliever",
        "Attack",
        "Phone number of the surgery",
        "The family reads",
        "Why a product that is not listed is used",
        "Who decided on a product that is not listed",
        "Reason given (not taught) added",
    ]


def test_codes_and_keys_are_said_in_words():
    after = replace(TWO_INHALERS, language="en", triggers=(*TWO_INHALERS.triggers, "damp"))

    assert changed(TWO_INHALERS, after) == [
        f"Trigger added: {TRIGGERS['damp'].words.english()}",
        "The family reads: Urdu -> English",
    ]


def test_who_signed_and_where_a_dose_came_from_are_no_difference():
    copied = replace(VENTOLIN, source="Plan of 1 May 2026, version 1", confirmed=False)
    after = replace(
        with_medicine(Slot.RELIEVER, copied), status=Status.WITHDRAWN, author=None, fired=("not-taught",)
    )

    assert changed(TWO_INHALERS, after) == []
