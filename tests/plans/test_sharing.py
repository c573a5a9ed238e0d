"""Shares: each reader has its parts and its reasons in law, and every table is complete."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.bar import Bar, BarNeedsName, BarNeedsReason, lifted
from plans.bar import checked as checked_bar
from plans.consent import How, Word
from plans.people import FamilyMember
from plans.sharing import (
    BASES,
    BY_LINK,
    PLACES,
    SEES,
    Basis,
    Part,
    Reader,
    Share,
    ShareNotAllowed,
    agreed_again,
    checked,
    given,
    may_read_as,
    parts_for,
    sees,
    stated_basis,
    stopped,
    withdrawn,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
WORD = Word("RelatedPerson/m", "Sana Test", How.BY_PHONE, TODAY)
SCHOOL = Share("s", "c", Reader.SCHOOL, "o", "Oak School", Basis.CONSENT, "p", NOON, consent=WORD)
MEMBER = FamilyMember("m", "c", "Sana Test", "mother", with_parental_responsibility=True)


def test_every_reader_has_reasons_in_law_and_parts_and_a_place_or_a_link():
    assert set(BASES) == set(SEES) == set(Reader)
    assert set(PLACES) | BY_LINK == set(Reader)
    assert not set(PLACES) & BY_LINK


def test_a_young_person_has_a_link_by_their_own_word_alone_and_sees_who_else_has_the_plan():
    own = replace(SCHOOL, reader=Reader.YOUNG_PERSON, consent=replace(WORD, by="Patient/c"))

    assert checked(own) == own
    for other in (replace(own, consent=WORD), replace(own, basis=Basis.SAFEGUARDING, reason="At risk")):
        with pytest.raises(ShareNotAllowed):
            checked(other)
    assert set(parts_for(Reader.YOUNG_PERSON)) == {*parts_for(Reader.FAMILY), Part.CIRCLE}


@pytest.mark.parametrize("reader", sorted(set(Reader) - {Reader.YOUNG_PERSON}))
def test_safeguarding_without_consent_is_offered_for_every_other_reader(reader):
    assert Basis.SAFEGUARDING in BASES[reader]


def test_only_direct_care_is_stated_and_everybody_else_is_chosen_for():
    stated = {reader for reader in Reader if stated_basis(reader)}

    assert stated == {
        Reader.SCHOOL_NURSE,
        Reader.HOSPITAL,
        Reader.COMMUNITY_NURSE,
        Reader.PHARMACIST,
    }
    assert {stated_basis(reader) for reader in stated} == {Basis.DIRECT_CARE}


def test_other_carers_and_school_staff_see_the_emergency_card_alone():
    assert parts_for(Reader.CARER) == parts_for(Reader.SCHOOL) == (Part.EMERGENCY_CARD,)


def test_misuse_is_read_by_the_hospital_alone_of_all_readers():
    assert [reader for reader in Reader if sees(reader, Part.MISUSE)] == [Reader.HOSPITAL]


@pytest.mark.parametrize(
    ("reader", "changes", "may"),
    [
        (Reader.FAMILY, {}, True),
        (Reader.FAMILY, {"with_parental_responsibility": False}, False),
        (Reader.FAMILY, {"barred": True}, False),
        (Reader.CARER, {"with_parental_responsibility": False}, True),
        (Reader.CARER, {"with_parental_responsibility": False, "barred": True}, False),
        (Reader.SCHOOL, {}, False),
        (Reader.YOUNG_PERSON, {}, False),
        (Reader.YOUNG_PERSON, {"is_themself": True}, True),
        (Reader.FAMILY, {"is_themself": True}, False),
        (Reader.CARER, {"is_themself": True}, False),
        (Reader.YOUNG_PERSON, {"is_themself": True, "barred": True}, False),
    ],
)
def test_nobody_who_is_barred_gets_a_link_and_family_needs_parental_responsibility(reader, changes, may):
    assert may_read_as(reader, replace(MEMBER, **changes)) is may


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": Basis.DIRECT_CARE, "consent": None},
        {"basis": Basis.SAFEGUARDING, "reason": "At risk"},
        {"consent": None},
        {"basis": Basis.SAFEGUARDING, "reason": " ", "consent": None},
        {"until": date(2026, 11, 22)},
    ],
)
def test_a_share_that_the_law_or_the_calendar_does_not_allow_is_refused(changes):
    with pytest.raises(ShareNotAllowed):
        checked(replace(SCHOOL, **changes))


def test_a_share_may_end_on_the_day_that_it_begins():
    assert checked(replace(SCHOOL, until=TODAY)).until == TODAY


def test_nobody_has_agreed_on_a_day_to_come():
    assert given(SCHOOL, WORD).consent == WORD
    for act in (
        lambda word: given(SCHOOL, word),
        lambda word: withdrawn(SCHOOL, word, NOON),
        lambda word: agreed_again(SCHOOL, word, None, NOON),
    ):
        with pytest.raises(ShareNotAllowed):
            act(replace(WORD, on=TOMORROW))


def test_a_withdrawal_ends_the_share_and_says_whose_word_it_was():
    ended = withdrawn(SCHOOL, WORD, NOON)

    assert (ended.stopped_at, ended.withdrawn) == (NOON, WORD)
    assert withdrawn(ended, replace(WORD, by_name="Other"), NOON) == ended


def test_a_share_that_was_stopped_keeps_its_first_moment():
    assert stopped(stopped(SCHOOL, NOON), NOON.replace(hour=14)).stopped_at == NOON


def test_who_agrees_again_gives_the_share_their_word_its_scope_and_its_end():
    direct = replace(SCHOOL, reader=Reader.FAMILY, basis=Basis.DIRECT_CARE, consent=None)

    again = agreed_again(direct, WORD, TOMORROW, NOON)

    assert (again.basis, again.consent, again.until) == (Basis.CONSENT, WORD, TOMORROW)
    assert again.scope == parts_for(Reader.FAMILY)
    with pytest.raises(ShareNotAllowed):
        agreed_again(direct, WORD, date(2026, 11, 22), NOON)


# Bars

BAR = Bar("b", "c", "Omar Test", "Court order of 3 May 2026", "p", NOON)


def test_a_bar_has_a_name_and_a_reason():
    assert checked_bar(BAR) is BAR
    with pytest.raises(BarNeedsName):
        checked_bar(replace(BAR, name=" "))
    with pytest.raises(BarNeedsReason):
        checked_bar(replace(BAR, reason=""))


def test_a_bar_is_lifted_once_with_a_reason():
    ended = lifted(BAR, because="The order ended", by="q", at=NOON)

    assert BAR.holds
    assert not ended.holds
    assert lifted(ended, because="Again", by="r", at=NOON) == ended
    with pytest.raises(BarNeedsReason):
        lifted(BAR, because=" ", by="q", at=NOON)
