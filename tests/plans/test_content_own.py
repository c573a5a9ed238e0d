"""The child's own version: for the age it is made for, with a grown-up in every attack."""

from dataclasses import replace
from datetime import date

import pytest

from plans.content import Copy
from plans.content.attack import attack
from plans.content.copies import copies_for
from plans.content.readers import Subject
from plans.errors import CopyNotForThisAge
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import Regimen, Slot
from plans.sections import Kind, Line
from tests.plans import examples
from tests.plans.examples import AIR, FULL, MART, MASK, OTHER, PLANS, TWO_INHALERS, copy_of, said

# Said of a blue reliever beside a preventer, and never true of MART, AIR or another way.
OF_TWO_INHALERS = ("preventer", "reliever", "blue inhaler", "It does not help in an attack.")
OWN = [(name, age) for name in PLANS for age in (7, 13) if name != "draft"]


@pytest.fixture
def at_age(monkeypatch):
    """Give the sections of a copy for somebody of any age on the day of signing."""

    def made(plan, age, copy=Copy.CHILD):
        born = date(2026 - age, 3, 14)
        monkeypatch.setattr(examples, "child", lambda _age: Child("c1", "Rayyan", "Test", born, "9991047077"))
        return copy_of(plan, age, copy)

    return made


def own(plan, age):
    return copy_of(plan, age, Copy.CHILD)


def band(parts, end):
    return next(part for part in parts if part.code.endswith(end))


@pytest.mark.parametrize(
    ("age", "child", "school"),
    [
        (2, False, True),
        (3, True, True),
        (15, True, True),
        (16, False, True),
        (18, False, True),
        (19, False, False),
    ],
)
def test_a_copy_is_made_for_the_ages_that_read_it(age, child, school):
    copies = copies_for(age)

    assert (Copy.CHILD in copies, Copy.SCHOOL in copies) == (child, school)
    assert {Copy.FAMILY, Copy.RECORD, Copy.WALLET} <= set(copies)


@pytest.mark.parametrize(("copy", "age"), [(Copy.CHILD, 16), (Copy.CHILD, 2), (Copy.SCHOOL, 19)])
def test_a_copy_for_another_age_is_refused_with_what_to_do(at_age, copy, age):
    with pytest.raises(CopyNotForThisAge, match=f"No {copy} copy .* print the family copy"):
        at_age(TWO_INHALERS, age, copy)


def test_the_version_changes_at_10(at_age):
    assert band(at_age(TWO_INHALERS, 9), "-well").code == "younger-well"
    assert band(at_age(TWO_INHALERS, 10), "-well").code == "older-well"


def test_the_younger_have_a_picture_for_every_line():
    lines = [item for part in own(TWO_INHALERS, 7) for item in part.items if isinstance(item, Line)]

    assert len(lines) > 20
    assert all(line.picture for line in lines)


def test_the_younger_see_their_puffs_as_dots_of_the_number_entered():
    dots = [item.puffs for part in own(TWO_INHALERS, 7) for item in part.items if isinstance(item, Line)]

    assert [count for count in dots if count] == [2, 2, 4]


@pytest.mark.parametrize(("name", "age"), OWN)
def test_every_line_of_the_attack_that_others_read_is_there(name, age):
    plan, _age = PLANS[name]
    subject = Subject(plan, age, read_medicines())
    here = [item for part in own(plan, age) for item in part.items]
    needed = {Kind.ALARM, Kind.STEP, Kind.DANGER}

    wanted = [item for item in attack(subject).items if item.kind in needed]

    assert [item for item in wanted if item not in here] == []
    for kind in needed:
        assert of(kind, here) == of(kind, wanted)


@pytest.mark.parametrize(("name", "age"), OWN)
def test_a_grown_up_comes_before_the_steps_and_has_no_number(name, age):
    """The steps say "Do step 2 again": a step more before them would send people to the wrong one."""
    here = [item for part in own(PLANS[name][0], age) for item in part.items]
    fetch = next(
        i for i, item in enumerate(here) if isinstance(item, Line) and "I get a grown-up." in said_in(item)
    )
    first_step = next((i for i, item in enumerate(here) if item.kind == Kind.STEP), len(here))

    assert fetch < first_step
    assert here[fetch].kind == Kind.DO


@pytest.mark.parametrize(("name", "age"), OWN)
def test_999_stands_above_the_steps(name, age):
    here = [item for part in own(PLANS[name][0], age) for item in part.items]
    call = next(i for i, item in enumerate(here) if item.kind == Kind.ALARM and "999" in str(said_in(item)))

    assert call < next((i for i, item in enumerate(here) if item.kind == Kind.STEP), len(here))


def test_the_younger_leave_a_severe_allergy_to_the_grown_up_and_the_pen_still_comes_first():
    """Hazard 1."""
    mine, helps = (band(own(TWO_INHALERS, 7), code) for code in ("-attack", "-grown-up"))
    lines = [" ".join(said_in(item)) for item in mine.items]

    pen = lines.index("If I have a pen, a grown-up uses it first.")
    assert pen < lines.index("A grown-up helps me take my puffs.")
    assert "anaphylaxis" not in repr(mine)
    assert "If there is an adrenaline pen, use it first." in said_in(helps.items[0])


def test_a_severe_allergy_opens_the_attack_of_the_older_and_the_pen_comes_first():
    opening = band(own(TWO_INHALERS, 13), "-attack").items[0]

    assert opening.kind == Kind.ALARM
    assert "If there is an adrenaline pen, use it first." in said_in(opening)


@pytest.mark.parametrize("age", [7, 13])
@pytest.mark.parametrize("plan", [MART, AIR, FULL["mart"][0], FULL["air"][0]])
def test_on_one_inhaler_nothing_is_said_of_two(plan, age):
    plain = replace(plan, medicines={s: m for s, m in plan.medicines.items() if s is not Slot.BACKUP})
    text = " ".join(said(own(plain, age)))

    assert [words for words in OF_TWO_INHALERS if words in text] == []


@pytest.mark.parametrize("age", [7, 13])
def test_another_way_is_not_taken_for_a_preventer_to_take_when_well(age):
    text = " ".join(said(own(OTHER, age)))

    assert OTHER.regimen is Regimen.OTHER
    assert "I take it even when I feel well." not in text
    assert "I keep taking my preventer." not in text
    assert "I keep my reliever with me." not in text


@pytest.mark.parametrize("age", [7, 13])
def test_on_air_nothing_is_taken_every_day(age):
    text = " ".join(said(own(AIR, age)))

    assert [words for words in ("morning", "evening", "every day", "daily") if words in text] == []


def test_a_child_of_3_has_the_danger_signs_of_that_age():
    assert any("ribs" in sentence for sentence in said(own(MASK, 3)))
    assert not any("ribs" in sentence for sentence in said(own(TWO_INHALERS, 7)))


@pytest.mark.parametrize(("plan", "drawn"), [(TWO_INHALERS, True), (MART, False)])
def test_a_spacer_is_drawn_only_where_there_is_one(plan, drawn):
    pictures = {getattr(item, "picture", "") for part in own(plan, 7) for item in part.items}

    assert ("spacer-in-hand" in pictures) == drawn


def test_with_a_mask_the_face_is_washed():
    assert "Then I wash my face and clean my teeth." in said(own(MASK, 3))


def test_the_older_read_what_their_inhalers_do_what_sets_it_off_and_whom_to_phone():
    codes = {part.code for part in own(TWO_INHALERS, 13)}

    assert {"preventer", "reliever", "triggers", "who-to-phone"} <= codes
    assert "GP surgery: 0121 496 0123." in said(own(TWO_INHALERS, 13))


def test_the_older_read_when_puffs_may_be_taken_again():
    assert "I can take it again after 4 hours." in said(own(TWO_INHALERS, 13))
    assert not [words for words in said(own(MART, 13)) if "again after" in words]


def of(kind, items):
    return [item for item in items if item.kind == kind]


def said_in(line):
    return [sentence.english() for sentence in line.words]
