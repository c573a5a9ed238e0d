"""A no before anything was shared stands where the plan is shared, is answered there, and is taken back."""

import pytest

from fhir import kept_people, kept_refusals, kept_shares
from plans.consent import How, Word
from plans.places import Role
from plans.refusal import RefusalNotKept
from plans.sharing import Basis, Reader, ShareNotAllowed
from portal.actions.circle.refusing import take_back
from portal.actions.circle.sharing import Wanted
from portal.actions.circle.sharing import share as act_share
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import keep_refusal, make_child, make_family_member, make_organisation, make_plan
from tests.portal.test_sharing import SAID, agreed_by, page_of, share, ticks

SCHOOL = (Reader.SCHOOL, "")


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    child = make_child(store, gp.person, school_id=make_organisation(store).id)
    make_plan(store, child, gp.person)
    return child


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def father(store, child):
    return make_family_member(store, child, name="Omar Test", relationship="father", phone="07700 900222")


def word_of(member):
    return Word(f"RelatedPerson/{member.id}", member.name, How.IN_PERSON, MONDAY_9AM.date())


def said_no(store, child, member, gp, whom=SCHOOL):
    return keep_refusal(store, child.id, whom, word_of(member), by=gp.person)


def give_to_school(store, child, gp, basis=Basis.CONSENT, word=None, reason=""):
    wanted = Wanted(Reader.SCHOOL, child.school_id, basis, reason, consent=word)
    return act_share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)


def test_a_no_is_recorded_with_who_how_when_and_why_and_stands_where_the_plan_is_shared(
    store, gp, child, mother
):
    typed = SAID | {"consent-by": f"RelatedPerson/{mother.id}", "whom": "school.", "reason": "Teased there"}
    page = f"/children/{child.id}/share/no"

    assert gp.post(page, data=typed | {"whom": ""}).status_code == 422
    assert gp.post(page, data=typed | {"reason": ""}).status_code == 422
    assert gp.post(page, data=typed | {"consent-by": ""}).status_code == 422
    assert kept_refusals.refusals_of(store, child.id) == []
    assert gp.post(page, data=typed).status_code == 303

    (kept,) = kept_refusals.refusals_of(store, child.id)
    assert (kept.reader, kept.word, kept.reason) == (Reader.SCHOOL, word_of(mother), "Teased there")
    consent = store.read("Consent", kept.id)
    assert (consent["provision"]["type"], consent["status"]) == ("deny", "active")
    assert "Sana Test said no to School on 23 November 2026." in page_of(gp, child)
    assert "Why: Teased there" in page_of(gp, child)
    why = gp.post(
        f"/children/{child.id}/share/readers",
        data=ticks(school=child.school_id) | {"act": "next"},
        follow_redirects=True,
    ).text
    assert "Sana Test said no to Oak School on 23 November 2026." in why


def test_the_yes_of_who_said_no_takes_it_back_and_that_of_the_other_parent_needs_an_answer(
    store, gp, child, mother, father
):
    said_no(store, child, mother, gp)

    refused = share(gp, child, {"school": "consent"}, agreed_by(father), school=child.school_id)
    assert refused.status_code == 422
    assert "write why you share all the same" in refused.text
    with pytest.raises(ShareNotAllowed, match="Sana Test said no to Oak School"):
        give_to_school(store, child, gp, word=word_of(father))
    answer = {f"answer-school.{child.school_id}": "Mr Test has just agreed at length"}
    assert (
        share(
            gp, child, {"school": "consent"}, agreed_by(father) | answer, school=child.school_id
        ).status_code
        == 200
    )
    (one,) = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    assert one.reason == "Mr Test has just agreed at length"
    assert kept_refusals.refusals_of(store, child.id)[0].holds

    give_to_school(store, child, gp, word=word_of(mother))
    assert not kept_refusals.refusals_of(store, child.id)[0].holds


def test_safeguarding_is_never_stopped_by_a_no(store, gp, child, mother):
    said_no(store, child, mother, gp)

    give_to_school(store, child, gp, Basis.SAFEGUARDING, reason="At risk")

    assert kept_refusals.refusals_of(store, child.id)[0].holds
    assert said_no(store, child, mother, gp).holds  # nor is a no stopped by such a share


def test_a_no_to_a_parent_bars_nobody_and_direct_care_has_to_answer_it(store, gp, child, mother, father):
    said_no(store, child, mother, gp, (Reader.FAMILY, father.id))

    assert not any(one.barred for one in kept_people.family(store, child.id))
    wanted = Wanted(Reader.FAMILY, father.id, Basis.DIRECT_CARE)
    with pytest.raises(ShareNotAllowed, match="said no to Omar Test"):
        act_share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)


def test_only_who_said_no_takes_it_back_and_nothing_is_shared_by_that(store, gp, child, mother, father):
    one = said_no(store, child, mother, gp)
    page = f"/children/{child.id}/share/no/{one.id}/taken-back"

    with pytest.raises(RefusalNotKept):
        take_back(store, child.id, one.id, word_of(father), by=gp.person, at=MONDAY_9AM)
    assert gp.post(page, data=agreed_by(father)).status_code == 422
    assert gp.post(page, data=agreed_by(mother)).status_code == 303

    assert "Sana Test took it back on 23 November 2026." in page_of(gp, child)
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == []
    assert give_to_school(store, child, gp, word=word_of(father)) == []


def test_who_has_the_plan_is_not_refused_but_ended(store, gp, child, mother):
    give_to_school(store, child, gp, word=word_of(mother))

    with pytest.raises(RefusalNotKept, match="Oak School has the plan now"):
        said_no(store, child, mother, gp)
