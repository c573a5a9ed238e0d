"""Sharing: one act, each reader on a lawful basis, a link shown once, and a way to stop it."""

import re
from html import unescape

import pytest

from fhir import kept_shares
from fhir.store.tables import links
from plans.places import OrganisationKind, Role
from plans.sharing import Basis
from portal.actions.receipts.asked import acknowledge
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def school(store):
    return make_organisation(store)


@pytest.fixture
def ward(store):
    return make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")


@pytest.fixture
def child(store, gp, school):
    return make_child(store, gp.person, school_id=school.id)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def plan(store, child, gp):
    return make_plan(store, child, gp.person)


HOME = {"family": "direct-care"}
SAID = {
    "consent-how": "in-person",
    "consent-on-day": "23",
    "consent-on-month": "11",
    "consent-on-year": "2026",
}


def ticks(bases=(), **readers):
    """Return what a form holds where these are ticked, by kind, on these bases, by kind."""
    found, bases = {"reader": []}, dict(bases)
    for name, ids in readers.items():
        kind = name.replace("_", "-")
        for id in ids if isinstance(ids, list) else [ids]:
            found["reader"].append(f"{kind}.{id}")
            if kind in bases:
                found[f"basis-{kind}.{id}"] = bases[kind]
    return found


def agreed_by(member):
    return SAID | {"consent-by": f"RelatedPerson/{member.id}"}


def share(gp, child, bases=(), said=(), *, follow_redirects=True, **readers):
    data = ticks(bases, **readers) | dict(said)
    return gp.post(f"/children/{child.id}/share", data=data, follow_redirects=follow_redirects)


def look_for(gp, child, act, text="", **readers):
    data = ticks(**readers) | {"act": act, "find": text}
    return gp.post(f"/children/{child.id}/share/readers", data=data, follow_redirects=True)


def page_of(gp, child):
    return gp.get(f"/children/{child.id}/share").text


def addresses(answer):
    return [unescape(found) for found in re.findall(r"http://127\.0\.0\.1:8000(/\S+?)<", answer.text)]


def test_the_page_offers_the_school_the_hospitals_and_the_family(gp, child, plan, school, ward, mother):
    page = page_of(gp, child)

    for name in (school.name, ward.name, mother.name):
        assert name in page


def test_school_hospital_and_family_are_shared_with_in_one_act(store, gp, child, plan, school, ward, mother):
    bases = {"school": "consent", "family": "consent"}
    readers = {"school": school.id, "hospital": ward.id, "family": mother.id}
    answer = share(gp, child, bases, agreed_by(mother), **readers)

    shares = {one.reader_id: one.basis for one in kept_shares.shares_of(store, child.id)}
    assert answer.status_code == 200
    assert shares == {
        school.id: Basis.CONSENT,
        ward.id: Basis.DIRECT_CARE,
        mother.id: Basis.CONSENT,
    }


def test_a_link_is_shown_once_with_its_code_and_whom_to_give_it_to(store, gp, child, plan, mother):
    answer = share(gp, child, HOME, family=mother.id)

    address = addresses(answer)[0]
    assert "Give it to Sana Test only" in answer.text
    assert 'src="data:image/svg+xml' in answer.text
    assert gp.get(address).status_code == 200
    assert address not in page_of(gp, child)


def test_the_page_of_a_new_link_can_be_opened_again_and_neither_makes_another_nor_shows_it_twice(
    store, gp, child, plan, school, ward, mother
):
    bases = {"school": "consent", "family": "direct-care"}
    readers = {"school": school.id, "hospital": ward.id, "family": mother.id}
    sent_on = share(gp, child, bases, agreed_by(mother), follow_redirects=False, **readers)

    assert (sent_on.status_code, sent_on.location) == (303, f"/children/{child.id}/share/done")
    first = gp.get(sent_on.location)
    (address,) = addresses(first)
    again = gp.get(sent_on.location)
    assert "A link is shown once" in again.text
    assert addresses(again) == []
    assert len(links.of_child(store, child.id)) == 1
    assert gp.get(address).status_code == 200
    for page in (first, again):
        assert all(name in page.text for name in (school.name, ward.name, mother.name))


def test_the_same_form_sent_twice_makes_one_link_and_says_so(store, gp, child, plan, mother):
    once = re.search(r'name="once" value="([^"]+)"', look_for(gp, child, "next", family=mother.id).text)[1]

    address = addresses(share(gp, child, HOME, {"once": once}, family=mother.id))[0]
    again = share(gp, child, HOME, {"once": once}, family=mother.id)

    assert "This form was sent before. Nothing was done again." in again.text
    assert len(links.of_child(store, child.id)) == len(kept_shares.shares_of(store, child.id)) == 1
    assert gp.get(address).status_code == 200


def test_a_new_link_is_shown_to_nobody_but_who_made_it_just_now(
    store, gp, child, plan, mother, make_person, clock, client_for
):
    sent_on = share(gp, child, HOME, follow_redirects=False, family=mother.id)
    kept = sent_on.headers["Set-Cookie"]
    cookie = kept.partition(";")[0]
    assert all(word in kept for word in ("HttpOnly", "SameSite=Strict", f"Path={sent_on.location}"))
    other = client_for(Role.CLINICIAN, make_person(username="dr.two", name="Dr Two"))
    other.set_cookie(*cookie.split("="), path=sent_on.location)

    assert "Link of" not in other.get(sent_on.location, follow_redirects=True).text
    clock.let_pass(minutes=11)
    assert addresses(gp.get(sent_on.location)) == []


def test_who_has_a_link_already_is_said_to_lose_it_before_anybody_shares_again(gp, child, plan, mother):
    warning = "Their old link stops working when you share again."
    assert warning not in page_of(gp, child)
    assert warning not in look_for(gp, child, "next", family=mother.id).text

    share(gp, child, HOME, family=mother.id)

    assert page_of(gp, child).count(warning) == 1
    assert look_for(gp, child, "next", family=mother.id).text.count(warning) == 1


def test_who_gets_the_plan_is_chosen_on_a_page_that_can_be_gone_back_to(gp, child, plan, mother):
    data = ticks(family=mother.id) | {"act": "next"}

    sent_on = gp.post(f"/children/{child.id}/share/readers", data=data)

    assert sent_on.status_code == 303
    assert f'name="basis-family.{mother.id}"' in gp.get(sent_on.location).text


def test_what_is_kept_of_a_link_does_not_open_it(store, gp, child, plan, mother):
    token = addresses(share(gp, child, HOME, family=mother.id))[0].rpartition("/")[2]

    kept = links.of_child(store, child.id)
    assert [link.related_person_id for link in kept] == [mother.id]
    assert token not in repr(kept)


def test_a_barred_parent_is_not_offered_and_nothing_says_why(store, gp, child, plan, mother):
    barred = make_family_member(store, child, name="Omar Test", relationship="father", barred=True)

    page = page_of(gp, child)

    assert "Omar" not in page
    assert "barred" not in page.casefold()
    assert share(gp, child, HOME, family=barred.id).status_code == 422
    assert kept_shares.shares_of(store, child.id) == []


def test_who_has_no_parental_responsibility_is_not_offered_as_family(store, gp, child, plan, mother):
    aunt = make_family_member(
        store, child, name="Nadia Test", relationship="aunt", with_parental_responsibility=False
    )

    assert f'value="family.{aunt.id}"' not in page_of(gp, child)
    assert share(gp, child, HOME, family=aunt.id).status_code == 422


@pytest.mark.parametrize("kind", ["school", "family"])
def test_who_is_not_in_direct_care_alone_needs_a_reason_in_law(store, gp, child, plan, school, mother, kind):
    reader = {"school": school, "family": mother}[kind]

    answer = share(gp, child, **{kind: reader.id})

    assert answer.status_code == 422
    assert f'href="#basis-{kind}.{reader.id}"' in answer.text
    assert kept_shares.shares_of(store, child.id) == []


def test_sharing_without_consent_needs_the_reason_in_words(store, gp, child, plan, school):
    bases = {"school": "safeguarding"}
    refused = share(gp, child, bases, school=school.id)
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.text

    shared = share(gp, child, bases, {"reason": "Not brought 4 times"}, school=school.id)

    assert shared.status_code == 200
    (one,) = kept_shares.shares_of(store, child.id)
    assert (one.reason, one.by) == ("Not brought 4 times", gp.person.practitioner_id)


@pytest.mark.parametrize("basis", ["direct-care", "nonsense"])
def test_a_basis_that_a_school_cannot_have_is_refused(gp, child, plan, school, mother, basis):
    assert share(gp, child, {"school": basis}, agreed_by(mother), school=school.id).status_code == 422


def test_nobody_ticked_shares_nothing(store, gp, child, plan):
    answer = share(gp, child)

    assert answer.status_code == 422
    assert "Tick at least one reader" in answer.text


def test_all_of_it_lands_or_none(store, gp, child, plan, school, mother):
    stranger = make_family_member(store, make_child(store, gp.person, nhs_number=""))

    bases = {"school": "consent", "family": "direct-care"}
    answer = share(gp, child, bases, agreed_by(mother), school=school.id, family=stranger.id)

    assert answer.status_code == 422
    assert kept_shares.shares_of(store, child.id) == []
    assert links.of_child(store, child.id) == []


def test_without_a_signed_plan_there_is_nothing_to_share(gp, child, school):
    assert "There is no signed plan to share." in page_of(gp, child)
    answer = share(gp, child, {"school": "safeguarding"}, {"reason": "At risk"}, school=school.id)
    assert answer.status_code == 422


def test_the_page_says_who_has_it_and_who_has_read_it(store, gp, child, plan, school, ward, mother):
    share(gp, child, {"school": "consent"}, agreed_by(mother), school=school.id, hospital=ward.id)
    acknowledge(store, plan, school.id, by="Practitioner/nurse", at=MONDAY_9AM)

    page = page_of(gp, child)

    assert page.count("Read version 1 on 23 November 2026 at 9:00am.") == 1
    assert page.count("Has not said yet that they read version 1.") == 1


def test_a_new_version_asks_everybody_again(store, gp, child, plan, school, mother):
    share(gp, child, {"school": "consent"}, agreed_by(mother), school=school.id)
    acknowledge(store, plan, school.id, by="Practitioner/nurse", at=MONDAY_9AM)

    make_plan(store, child, gp.person, replaces=plan.id)

    assert "Has not said yet that they read version 2." in page_of(gp, child)


def test_sharing_stops_at_once_and_so_does_the_link(store, gp, child, plan, mother):
    address = addresses(share(gp, child, HOME, family=mother.id))[0]
    one = kept_shares.shares_of(store, child.id)[0]

    answer = gp.post(f"/children/{child.id}/share/{one.id}/stop")

    assert answer.location == f"/children/{child.id}/share"
    assert "Nobody yet." in gp.get(answer.location).text
    assert gp.get(address).status_code == 404


def test_a_fresh_link_ends_the_old_one(gp, child, plan, mother):
    old = addresses(share(gp, child, HOME, family=mother.id))[0]

    new = addresses(share(gp, child, HOME, family=mother.id))[0]

    assert gp.get(old).status_code == 404
    assert gp.get(new).status_code == 200


def test_a_reader_who_is_sent_twice_is_given_the_plan_once(store, gp, child, plan, school, ward, mother):
    answer = share(gp, child, HOME, hospital=[ward.id, ward.id], family=[mother.id, mother.id])

    assert len(kept_shares.shares_of(store, child.id)) == 2
    (address,) = addresses(answer)
    assert gp.get(address).status_code == 200


def test_a_child_of_another_practice_cannot_be_shared(store, gp, child, school):
    elsewhere = make_organisation(store, OrganisationKind.PRACTICE, "Yew Surgery")
    stranger = make_child(store, gp.person, nhs_number="", practice_id=elsewhere.id)

    assert gp.get(f"/children/{stranger.id}/share").status_code == 404
    assert share(gp, stranger, school=school.id).status_code == 404
    for address in (
        "readers",
        "any/stop",
        "any/said",
        "people/any/stop",
        "carers",
        "barred",
        "understanding",
    ):
        assert gp.post(f"/children/{stranger.id}/share/{address}").status_code == 404
