"""Shares with their consent, bars and judgements of competence as FHIR, there and back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_bars, kept_competence, kept_people, kept_shares
from fhir.bar import from_bar_consent, to_bar_consent
from fhir.competence import from_competence, is_competence, to_competence
from fhir.consent import from_consent, to_consent
from fhir.patient import to_patient
from fhir.related_person import to_related_person
from fhir.store.errors import ResourceNotFound
from plans.bar import Bar, lifted
from plans.competence import Finding, Judgement
from plans.consent import How, Word
from plans.people import Child, FamilyMember
from plans.sharing import Basis, Reader, Share, parts_for, stopped, withdrawn

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHILD, GP, MOTHER, SCHOOL, SHARED, BARRED, DAD = (f"9e107d9d-372b-4d28-9b0c-1c0e7d5f002{n}" for n in range(7))
WORD = Word(f"RelatedPerson/{MOTHER}", "Sana Test", How.BY_PHONE, date(2026, 11, 19))
SHARE = Share(
    SHARED,
    CHILD,
    Reader.SCHOOL,
    SCHOOL,
    "Oak School",
    Basis.CONSENT,
    GP,
    NOON,
    until=date(2027, 7, 31),
    consent=WORD,
    scope=parts_for(Reader.SCHOOL),
)
BAR = Bar(BARRED, CHILD, "Omar Test", "Court order of 3 May 2026", GP, NOON)
FATHER = FamilyMember(DAD, CHILD, "Omar Test", "father", with_parental_responsibility=True)


def keep(store, *resources):
    with store.write(by="system", at=NOON) as write:
        for resource in resources:
            write.create(resource)
        write.audit("C", f"Patient/{CHILD}")


@pytest.mark.parametrize(
    "share",
    [
        SHARE,
        withdrawn(SHARE, replace(WORD, how=How.IN_WRITING, on=NOON.date()), NOON),
        stopped(SHARE, NOON),
        replace(
            SHARE, reader=Reader.CARER, consent=replace(WORD, by=f"Patient/{CHILD}", by_name="Amina Test")
        ),
        replace(SHARE, basis=Basis.SAFEGUARDING, consent=None, reason="Not brought 4 times", scope=()),
    ],
)
def test_a_share_comes_back_from_the_store_as_it_was(store, share):
    amina = Child(id=CHILD, given="Amina", family="Test", born=date(2018, 5, 1))
    keep(store, to_patient(amina), to_consent(share, str(uuid4())))

    assert kept_shares.shares_of(store, CHILD) == [share]


def test_who_agreed_is_a_performer_and_what_they_said_is_verified():
    consent = to_consent(withdrawn(SHARE, WORD, NOON), str(uuid4()))

    assert [one["reference"] for one in consent["performer"]] == [WORD.by, f"Practitioner/{GP}"]
    assert [(one["verified"], one["verificationDate"]) for one in consent["verification"]] == [
        (True, "2026-11-19"),
        (False, "2026-11-19"),
    ]


def test_a_share_of_an_earlier_version_says_of_nobody_that_they_agreed():
    older = to_consent(replace(SHARE, consent=None, scope=()), str(uuid4()))

    assert from_consent(older).consent is None
    assert from_consent(older).scope == ()


@pytest.mark.parametrize(
    "bar", [BAR, replace(BAR, member_id=FATHER.id), lifted(BAR, because="It ended", by=MOTHER, at=NOON)]
)
def test_a_bar_comes_back_from_the_store_as_it_was(store, bar):
    keep(store, to_bar_consent(bar))

    assert kept_bars.bars_of(store, CHILD) == [bar]
    assert kept_bars.bar(store, CHILD, bar.id) == bar
    assert from_bar_consent(to_bar_consent(bar)) == bar


def test_a_bar_is_no_share_and_belongs_to_its_child_alone(store):
    keep(store, to_bar_consent(BAR), to_consent(SHARE, str(uuid4())))

    assert kept_shares.shares_of(store, CHILD) == [SHARE]
    with pytest.raises(ResourceNotFound):
        kept_bars.bar(store, GP, BAR.id)
    with pytest.raises(ResourceNotFound):
        kept_bars.bar(store, CHILD, SHARE.id)


@pytest.mark.parametrize("name", ["Omar Test", "TEST Omár"])
def test_a_name_that_is_barred_bars_whoever_has_it(store, name):
    keep(store, to_related_person(replace(FATHER, name=name)), to_bar_consent(BAR))

    assert [one.barred for one in kept_people.family(store, CHILD)] == [True]


def test_a_bar_that_was_lifted_bars_nobody(store):
    keep(store, to_related_person(FATHER), to_bar_consent(lifted(BAR, because="It ended", by=GP, at=NOON)))

    assert [one.barred for one in kept_people.family(store, CHILD)] == [False]


def test_somebody_of_the_same_name_whom_a_clinician_told_apart_is_not_barred(store):
    grandfather = kept_bars.told_apart(
        to_related_person(replace(FATHER, id=str(uuid4()), relationship="grandfather")),
        "The father of the father",
        NOON,
    )
    keep(store, to_related_person(FATHER), grandfather, to_bar_consent(BAR))

    barred = {one.relationship: one.barred for one in kept_people.family(store, CHILD)}
    assert barred == {"father": True, "grandfather": False}


@pytest.mark.parametrize(("told", "is_barred"), [(NOON, False), (NOON - timedelta(seconds=1), True)])
def test_told_apart_holds_against_an_order_of_the_record_that_was_there_by_then(store, told, is_barred):
    grandfather = replace(FATHER, id=str(uuid4()), relationship="grandfather")
    order = to_bar_consent(replace(BAR, name="Somebody", member_id=FATHER.id))
    apart = kept_bars.told_apart(to_related_person(grandfather), "The father of the father", told)
    keep(store, to_related_person(FATHER), apart, order)

    barred = {one.relationship: one.barred for one in kept_people.family(store, CHILD)}
    assert barred == {"father": True, "grandfather": is_barred}


def test_who_is_barred_in_person_stays_so_though_told_apart_by_name(store):
    keep(
        store,
        kept_bars.told_apart(to_related_person(FATHER), "A mistake", NOON),
        to_bar_consent(replace(BAR, member_id=FATHER.id)),
    )

    assert [one.barred for one in kept_people.family(store, CHILD)] == [True]


@pytest.mark.parametrize("finding", Finding)
def test_a_judgement_comes_back_from_the_store_as_it_was(store, finding):
    one = Judgement(
        str(uuid4()), CHILD, finding, "Whether school has the plan", GP, "Dr Ada Lee", NOON.date()
    )
    keep(store, to_competence(one))

    assert kept_competence.judgements_of(store, CHILD) == [one]
    assert is_competence(to_competence(one))
    assert from_competence(to_competence(one)) == one
