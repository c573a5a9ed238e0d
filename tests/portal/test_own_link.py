"""A young person's own link: by their own word alone, to a contact of theirs that no parent sees."""

from datetime import date, timedelta

import pytest

from docs.access_links import OPENED_BY_LINK
from fhir import kept_bars, kept_people, kept_shares
from fhir.store.tables import links
from plans.bar import Bar
from plans.competence import Finding
from plans.consent import How, Word
from plans.places import Role
from plans.sharing import Basis, Reader, ShareNotAllowed
from portal.actions.circle.deciding import Talk, judge
from portal.actions.circle.ending import bar, withdraw
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.family.contacts import Contacts, keep_contacts
from portal.actions.family.one_time_code import send_code
from portal.actions.undelivered import tell_what_did_not_arrive
from tests.portal.conftest import MONDAY_9AM
from tests.portal.family_making import kept, waiting
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan, open_by_link

BORN = {14: date(2012, 5, 1), 17: date(2009, 5, 1)}
OWN_PHONE = "07700 900777"


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def age():
    return 17


@pytest.fixture
def child(store, gp, age):
    school = make_organisation(store)
    child = make_child(store, gp, born=BORN[age], school_id=school.id, reads="ur")
    make_plan(store, child, gp)
    return child


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


def own_word(child):
    return Word(f"Patient/{child.id}", child.name, How.IN_PERSON, MONDAY_9AM.date())


def own_link(store, child, gp, word=None, at=MONDAY_9AM):
    """Give the young person a link by their own word; return its path."""
    who = kept_people.young_person(store, child.id)
    wanted = Wanted(Reader.YOUNG_PERSON, who.id, Basis.CONSENT, consent=word or own_word(child))
    (made,) = share(store, child.id, [wanted], by=gp, at=at)
    return f"/f/{made.token}"


def understands(store, child, gp, finding=Finding.UNDERSTANDS):
    judge(store, child.id, Talk(finding, "A link of their own", MONDAY_9AM.date()), by=gp, at=MONDAY_9AM)


def to_their_phone(store, child, gp, phone=OWN_PHONE):
    who = kept_people.young_person(store, child.id)
    keep_contacts(store, child.id, who.id, Contacts(phone, "", True, False), by=gp, at=MONDAY_9AM)


def opened(portal, store, child, link, gp):
    browser = portal.test_client()
    open_by_link(browser, store, link, gp, child.born)
    return browser


def test_who_decides_reads_their_own_plan_in_their_language_and_sees_who_else_has_it(
    portal, store, child, mother, gp
):
    at_risk = Wanted(Reader.SCHOOL, child.school_id, Basis.SAFEGUARDING, reason="At risk")
    at_home = Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=own_word(child))
    share(store, child.id, [at_risk, at_home], by=gp, at=MONDAY_9AM)
    link = own_link(store, child, gp)
    browser = opened(portal, store, child, link, gp)

    for name in ("plan", "card", "plan.pdf", "questions", "words", "tell/no-inhaler", "who-looked"):
        assert browser.get(f"{link}/{name}?lang=en").status_code == 200, name
    assert kept_people.young_person(store, child.id).reads == "ur"
    assert browser.get(f"{link}/plan").status_code == 422  # no copy in a language that is not signed off
    page = browser.get(f"{link}/who-looked?lang=en").text
    assert "Who has your plan now?" in page
    assert "<bdi>Sana Test</bdi>: The whole plan" in page
    assert "Oak School" not in page
    assert OPENED_BY_LINK[Reader.YOUNG_PERSON] == OPENED_BY_LINK[Reader.FAMILY]


def test_who_is_barred_is_not_said_to_have_the_plan(portal, store, child, mother, gp):
    at_home = Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=own_word(child))
    share(store, child.id, [at_home], by=gp, at=MONDAY_9AM)
    link = own_link(store, child, gp)
    with store.write(by="system", at=MONDAY_9AM) as write:  # what barred her is kept, and nothing ended yet
        kept_bars.keep(write, Bar("bar", child.id, mother.name, "Court order", "reed", MONDAY_9AM))
        write.audit("C", "Consent/bar", f"Patient/{child.id}")

    page = opened(portal, store, child, link, gp).get(f"{link}/who-looked?lang=en").text

    assert "Who has your plan now?" in page
    assert mother.name not in page


def test_each_page_that_lists_a_young_persons_share_can_stop_every_access_of_theirs(
    client_for, store, child, gp
):
    own_link(store, child, gp)
    who, doctor = kept_people.young_person(store, child.id), client_for(Role.CLINICIAN, gp)

    for page in (f"/children/{child.id}", f"/children/{child.id}/share"):
        assert f"/people/{who.id}/stop" in doctor.get(page).text, page


def test_a_parent_reads_neither_who_has_it_nor_the_contact_nor_what_the_young_person_told(
    portal, store, child, mother, gp
):
    link = own_link(store, child, gp)
    to_their_phone(store, child, gp)
    browser = opened(portal, store, child, link, gp)
    browser.post(f"{link}/words", data={"words": "Secretword"})
    browser.post(f"{link}/tell/no-inhaler")
    word = Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=own_word(child))
    (made,) = share(store, child.id, [word], by=gp, at=MONDAY_9AM)
    hers = f"/f/{made.token}"
    parent = opened(portal, store, child, hers, gp)

    for name in ("plan", "words", "tell/no-inhaler", "who-looked"):
        page = parent.get(f"{hers}/{name}?lang=en").text
        for hidden in ("Secretword", "900777", "You told the surgery", "Who has your plan now"):
            assert hidden not in page, name


@pytest.mark.parametrize("age", [14])
def test_below_16_a_clinician_has_to_have_found_that_they_understand(store, child, mother, gp):
    for word in (own_word(child), Word(f"RelatedPerson/{mother.id}", mother.name, How.IN_PERSON, BORN[14])):
        with pytest.raises(ShareNotAllowed):
            own_link(store, child, gp, word)
    assert not any(one.is_themself for one in kept_people.family(store, child.id))

    understands(store, child, gp)

    assert own_link(store, child, gp)


def test_no_word_but_their_own_gives_or_ends_it(store, child, mother, gp):
    own_link(store, child, gp)
    (one,) = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    no = Word(f"RelatedPerson/{mother.id}", mother.name, How.IN_PERSON, MONDAY_9AM.date())

    with pytest.raises(ShareNotAllowed):
        own_link(store, child, gp, no)
    with pytest.raises(ShareNotAllowed):
        withdraw(store, child.id, one.id, no, by=gp, at=MONDAY_9AM)
    withdraw(store, child.id, one.id, own_word(child), by=gp, at=MONDAY_9AM)

    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == []


def test_the_code_goes_to_their_own_phone_and_to_no_number_that_a_parent_has(store, child, mother, gp):
    link = kept(store, own_link(store, child, gp))

    to_their_phone(store, child, gp, mother.phone)
    send_code(store, link.id, at=MONDAY_9AM)
    assert waiting(store) == []

    to_their_phone(store, child, gp)
    send_code(store, link.id, at=MONDAY_9AM + timedelta(minutes=2))
    assert [one.recipient for one in waiting(store)] == [OWN_PHONE]
    (task,) = tell_what_did_not_arrive(store, now=MONDAY_9AM + timedelta(hours=2))
    assert "the young person" in task.words
    assert child.given not in task.words


def test_it_ends_and_is_renewed_as_any_link_and_a_bar_on_a_namesake_is_not_theirs(portal, store, child, gp):
    first = own_link(store, child, gp)
    second = own_link(store, child, gp, at=MONDAY_9AM + timedelta(hours=1))
    make_family_member(store, child, name=child.name, relationship="father")
    bar(store, child.id, child.name, "Court order", by=gp, at=MONDAY_9AM)

    browser = portal.test_client()
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)
    live = [one for one in links.of_child(store, child.id) if one.revoked_at is None]
    assert [one.expires_at for one in live] == [MONDAY_9AM + timedelta(days=28, hours=1)]

    for one in kept_shares.live_shares_of(store, child.id, MONDAY_9AM):
        stop(store, child.id, one.id, by=gp, at=MONDAY_9AM)
    assert browser.get(second).status_code == 404


def test_the_page_offers_the_link_to_who_decides_alone(client_for, store):
    gp = client_for(Role.CLINICIAN)
    young = make_child(store, gp.person, born=BORN[14], nhs_number="")
    grown = make_child(store, gp.person, born=BORN[17], nhs_number="9990000026")
    for child in (young, grown):
        make_plan(store, child, gp.person)
    who = kept_people.young_person(store, grown.id)
    ticked = {"reader": f"young-person.{who.id}"}

    assert "young-person." not in gp.get(f"/children/{young.id}/share").text
    assert f'value="young-person.{who.id}"' in gp.get(f"/children/{grown.id}/share").text
    chosen = f"/children/{grown.id}/share/readers"
    why = gp.post(chosen, data=ticked | {"act": "next"}, follow_redirects=True).text
    assert f'name="basis-young-person.{who.id}"' in why
    said = {"consent-by": f"Patient/{grown.id}", "consent-how": "in-person"} | {
        f"consent-on-{part}": value for part, value in (("day", "23"), ("month", "11"), ("year", "2026"))
    }
    done = gp.post(
        f"/children/{grown.id}/share",
        data=ticked | said | {f"basis-young-person.{who.id}": "consent"},
        follow_redirects=True,
    )
    assert f"Give it to {grown.name} only" in done.text
    assert "No phone or e-mail that is safe to write to is recorded" in done.text
    assert gp.get(f"/children/{grown.id}/at-home/{who.id}").status_code == 200
