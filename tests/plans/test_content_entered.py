"""Whatever a clinician enters is printed where its reader looks for it, and in no copy that is not for it."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest

from plans.content import Copy
from plans.plan import Plan
from plans.seen_by import seen_by
from tests.plans.examples import FULL, copy_of

BOTH = frozenset({Copy.FAMILY, Copy.RECORD})
RECORD = frozenset({Copy.RECORD})
NOWHERE: frozenset[Copy] = frozenset()

# Where a reader sees that a field says something else. A part stands below its whole, as in "increase.days".
SHOWN = {
    **dict.fromkeys(
        ("regimen", "worse_puffs", "worse_hours", "exercise_puffs", "steroid_card", "triggers", "review_by"),
        BOTH,
    ),
    **{
        f"medicines.{part}": BOTH
        for part in ("product", "colour", "morning", "evening", "when_needed", "spacer", "most_a_day")
    },
    **{f"medicines.unlisted.{part}": BOTH for part in ("name", "strength", "device")},
    **{f"attack_steps.{part}": BOTH for part in ("puffs", "gap_seconds", "maximum", "slot")},
    **{f"increase.{part}": BOTH for part in ("morning", "evening", "days")},
    **{f"weaning.{part}": BOTH for part in ("puffs", "hours", "days")},
    **{
        f"steroids.{part}": BOTH
        for part in ("supplied", "product", "milligrams", "amount", "days", "start", "below", "start_words")
    },
    **{f"nebuliser.{part}": BOTH for part in ("at_home", "specialist", "hospital")},
    **{f"trial.{part}": BOTH for part in ("diagnosis", "decide_by")},
    **dict.fromkeys(("peak_flow.worse_below", "peak_flow.attack_below"), BOTH),
    **dict.fromkeys(("allergies.name", "allergies.severe", "allergy_care.pens_expire_on"), BOTH),
    **dict.fromkeys(("surgery_phone", "open_access_phone", "child_words"), BOTH),
    **dict.fromkeys(("version", "signed_at", "author.name", "author.job"), BOTH),
    "medicines.source": RECORD,
    **{f"override.{part}": RECORD for part in ("reason", "by")},
    **{f"peak_flow.{part}": RECORD for part in ("best", "measured_on", "scale")},
    **dict.fromkeys(("allergy_care.plan_confirmed", "allergy_care.no_pens_reason"), RECORD),
    **{
        f"school.{part}": RECORD
        for part in (
            "inhaler_place",
            "spacer_at_school",
            "emergency_inhaler_consent",
            "contact_name",
            "contact_phone",
        )
    },
    **dict.fromkeys(("language", "language_spoken", "interpreter"), RECORD),
    **{
        f"understanding.{part}": RECORD
        for part in (
            "given_to",
            "taught_to",
            "technique",
            "every_day",
            "attack",
            "emergency",
            "control_tool",
            "control_score",
            "control_on",
            "attacks_in_year",
        )
    },
    **dict.fromkeys(("wordings_confirmed", "reasons.check", "reasons.text", "fired"), RECORD),
    # What keeps a plan apart from others, and a line that no signed plan has unconfirmed.
    **dict.fromkeys(("id", "child_id", "replaces", "author.id", "author.organisation_id"), NOWHERE),
    "medicines.confirmed": NOWHERE,
}
# How a plan ends is said by a notice, with the day on which it ended.
ENDING = {"status", "ended_at"}


def changes(value):
    """Yield the path of each part that is entered, and the whole with that one part changed."""
    if is_dataclass(value):
        yield from changes_of_fields(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ((path, {**value, key: changed}) for path, changed in changes(one))
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from ((path, (*value[:at], changed, *value[at + 1 :])) for path, changed in changes(one))
    elif value not in {None, ""}:
        yield "", another(value)


def changes_of_fields(value):
    for field in fields(value):
        for path, changed in changes(getattr(value, field.name)):
            yield f"{field.name}.{path}".rstrip("."), replace(value, **{field.name: changed})


def another(value):
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, StrEnum):
        members = list(type(value))
        return members[(members.index(value) + 1) % len(members)]
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, (date, datetime)):
        return value + timedelta(days=1)
    assert isinstance(value, (int, Decimal))
    return value + 1


def every_change():
    for plan, age in FULL.values():
        for path, changed in changes(plan):
            if path not in ENDING:
                yield path, plan, changed, age


def parts_of(value):
    """Yield each field of a plan and of what stands in it, with what it says."""
    if is_dataclass(value):
        for field in fields(value):
            yield (type(value).__name__, field.name), getattr(value, field.name)
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, (dict, tuple)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from parts_of(one)


def test_everything_that_a_plan_can_hold_is_entered_on_a_full_one():
    said = [part for plan, _ in FULL.values() for part in parts_of(plan)]
    entered = {name for name, value in said if value not in (None, "", (), {})}

    assert {name for name, _ in said} - entered == {(Plan.__name__, "ended_at")}


def test_the_table_names_everything_that_can_be_entered():
    assert set(SHOWN) == {path for path, *_ in every_change()}


@pytest.mark.parametrize("path", SHOWN)
def test_what_is_entered_is_printed_for_its_readers_alone(path):
    seen = {
        copy
        for changed_path, plan, changed, age in every_change()
        for copy in BOTH
        if changed_path == path and copy_of(plan, age, copy) != copy_of(changed, age, copy)
    }

    assert seen == SHOWN[path]


@pytest.mark.parametrize("name", ["two inhalers", "mart"])
def test_the_school_reads_nothing_that_it_is_not_handed(name):
    plan, age = FULL[name]
    for path, changed in changes(plan):
        if seen_by(Copy.SCHOOL, plan) == seen_by(Copy.SCHOOL, changed):
            assert copy_of(plan, age, Copy.SCHOOL) == copy_of(changed, age, Copy.SCHOOL), path


@pytest.mark.parametrize(
    "private",
    ["rednisolone", "Dr Grey", "0161 496 0124", "steroid card", "trial", "It is on order."],
)
@pytest.mark.parametrize("name", ["two inhalers", "mart"])
def test_the_school_does_not_read_of_further_treatment(name, private):
    assert private not in repr(copy_of(*FULL[name], Copy.SCHOOL))
