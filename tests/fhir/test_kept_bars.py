"""Who at home is barred, whatever was shared with them before, and who still belongs to the family."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from fhir import kept_people, kept_shares
from fhir.related_person import to_related_person
from plans.people import FamilyMember
from plans.sharing import Basis, Reader, Share

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHILD, GP, ONE, OTHER = (f"9e107d9d-372b-4d28-9b0c-1c0e7d5f002{n}" for n in range(4))
MOTHER = FamilyMember(ONE, CHILD, "Sana Test", "mother", with_parental_responsibility=True)
FATHER = replace(MOTHER, id=OTHER, name="Omar Test", relationship="father")
BY_THE_CHILD, BY_A_COURT = f"Patient/{CHILD}", f"RelatedPerson/{FATHER.id}"


def consent(kind, *people, by=BY_A_COURT, on="2026-05-12", inside=(), **changes):
    actors = [
        {"role": {"text": "recipient"}, "reference": {"reference": f"RelatedPerson/{one.id}"}}
        for one in people
    ]
    rule = (
        {"type": kind}
        | ({"actor": actors} if actors else {})
        | ({"provision": list(inside)} if inside else {})
    )
    made = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "category": [{"text": "privacy"}],
        "patient": {"reference": f"Patient/{CHILD}"},
        "performer": [{"reference": by}],
        "policyRule": {"text": "As decided"},
        "provision": rule,
    }
    return made | ({"dateTime": on} if on else {}) | changes


@pytest.fixture
def barred(store):
    """Keep both parents and these consents; return who of them is barred."""

    def who(*consents):
        with store.write(by="system", at=NOON) as write:
            for resource in (to_related_person(MOTHER), to_related_person(FATHER), *consents):
                write.create(resource)
            write.audit("C", f"Patient/{CHILD}")
        return [one.relationship for one in kept_people.family(store, CHILD) if one.barred]

    return who


def test_a_court_order_bars(barred):
    assert barred(consent("deny", MOTHER)) == ["mother"]


def test_whoever_has_a_link_can_still_be_barred(barred, store):
    usual = {"reader_name": "Sana Test", "basis": Basis.CONSENT, "by": GP, "since": NOON}
    share = Share(str(uuid4()), CHILD, Reader.FAMILY, MOTHER.id, **usual)
    with store.write(by="system", at=NOON) as write:
        kept_shares.keep(write, share, str(uuid4()))
        write.audit("C", f"Consent/{share.id}")

    assert barred(consent("deny", MOTHER)) == ["mother"]


@pytest.mark.parametrize("by", [BY_A_COURT, BY_THE_CHILD])
def test_no_permission_lifts_a_court_order(barred, by):
    assert barred(consent("deny", MOTHER), consent("permit", MOTHER, by=by, on="2026-11-01")) == ["mother"]


def test_a_young_person_keeps_a_topic_from_whom_they_let_see_the_plan(barred):
    own = {"by": BY_THE_CHILD, "on": "2026-09-15"}

    assert barred(consent("permit", MOTHER, **own), consent("deny", MOTHER, FATHER, **own)) == ["father"]


@pytest.mark.parametrize(
    ("permitted", "denied"),
    [
        pytest.param("2026-09-14", "2026-09-15", id="a later decision"),
        pytest.param("2026-09-15", "2026-09", id="perhaps a later decision"),
        pytest.param("2026-09-15", "", id="nobody knows when it was denied"),
        pytest.param("", "2026-09-15", id="nobody knows when it was permitted"),
    ],
)
def test_a_young_person_may_take_back_what_they_permitted(barred, permitted, denied):
    permission = consent("permit", MOTHER, by=BY_THE_CHILD, on=permitted)

    assert barred(permission, consent("deny", MOTHER, by=BY_THE_CHILD, on=denied)) == ["mother"]


def test_a_permission_of_somebody_else_does_not_undo_a_young_persons_decision(barred):
    permission = consent("permit", MOTHER, by=BY_A_COURT, on="2026-11-01")

    assert barred(consent("deny", MOTHER, by=BY_THE_CHILD), permission) == ["mother"]


def test_a_denial_inside_a_permission_bars(barred):
    (inside,) = [consent("deny", MOTHER)["provision"]]

    assert barred(consent("permit", inside=[{"type": "permit", "provision": [inside]}])) == ["mother"]


def test_a_consent_that_is_no_longer_in_force_bars_nobody(barred):
    assert barred(consent("deny", MOTHER, status="inactive")) == []


def test_a_denial_of_somebody_without_an_address_bars_nobody_else(barred):
    unknown = consent("deny", MOTHER)
    unknown["provision"]["actor"][0]["reference"] = {"display": "Somebody"}

    assert barred(unknown) == []


@pytest.mark.parametrize(("name", "is_barred"), [("TEST Sána", True), ("Sana Testing", False), ("", False)])
def test_whoever_comes_again_by_another_export_stays_barred(barred, store, name, is_barred):
    again = replace(MOTHER, id=str(uuid4()), name="Sana Test", relationship="mother again")
    with store.write(by="system", at=NOON) as write:
        write.create(to_related_person(again) | {"name": [{"text": name}] if name else [{"use": "old"}]})
        write.audit("C", f"RelatedPerson/{again.id}")

    assert ("mother again" in barred(consent("deny", MOTHER))) is is_barred


def test_somebody_no_longer_in_the_childs_life_is_not_of_the_family(barred, store):
    gone = replace(MOTHER, id=str(uuid4()), name="Former Guardian")
    with store.write(by="system", at=NOON) as write:
        write.create(to_related_person(gone) | {"active": False})
        write.audit("C", f"RelatedPerson/{gone.id}")
    barred()

    assert "Former Guardian" not in [one.name for one in kept_people.family(store, CHILD)]
