"""Two households and other carers: each reads by a link of their own what is theirs, and nothing else."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from plans.consent import How, Word
from plans.places import Role
from plans.sharing import Basis, Reader
from portal.actions.circle.carers import NewCarer, add
from portal.actions.circle.sharing import Wanted, share
from portal.actions.family import one_time_code as family_code
from tests.portal.conftest import MONDAY_9AM
from tests.portal.family_making import past_the_name
from tests.portal.making import make_child, make_family_member, make_plan

SECRET = "07700 900111"
DOSE = "Clenil"


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child, phone=SECRET)


@pytest.fixture
def father(store, child):
    return make_family_member(store, child, name="Omar Test", relationship="father", phone="07700 900124")


@pytest.fixture
def plan(store, child, gp, mother, father):
    return make_plan(store, child, gp, school_contact_name="Sana Test", school_contact_phone=SECRET)


@pytest.fixture
def carer(store, child, gp):
    return add(store, child.id, NewCarer("Nadia Khan", "childminder"), by=gp, at=MONDAY_9AM)


@pytest.fixture
def come_in(store, portal, gp, mother):
    """Share with somebody; return their browser, past every door, and the path of their link."""

    def come(member, kind=Reader.FAMILY):
        word = Word(f"RelatedPerson/{mother.id}", mother.name, How.IN_PERSON, MONDAY_9AM.date())
        wanted = Wanted(kind, member.id, Basis.CONSENT, consent=word)
        (made,) = share(store, member.child_id, [wanted], by=gp, at=MONDAY_9AM)
        browser, link = portal.test_client(), f"/f/{made.token}"
        past_the_name(browser, link)
        code = family_code.hand_over_code(store, member.child_id, member.id, by=gp, at=MONDAY_9AM)
        browser.post(f"{link}/code", data={"code": code})
        return browser, link

    return come


def text_of(answer):
    """Return every word of a page or a PDF."""
    if answer.mimetype != "application/pdf":
        return answer.text
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)


def followed(browser, address):
    """Return the answer at the end of the redirects, of which there are few."""
    for _step in range(5):
        answer = browser.get(address)
        if answer.status_code != 303:
            break
        address = answer.location
    return answer


def addresses_by_link(portal, link):
    for rule in portal.url_map.iter_rules():
        if rule.endpoint.startswith("family.") and "GET" in rule.methods:
            names = re.search(r"<any\(([^)]*)\):", rule.rule)
            for name in names[1].replace("'", "").split(", ") if names else [""]:
                yield re.sub(r"<any[^>]*>", name, rule.rule.replace("/f/<token>", link))


def test_one_parent_reads_the_others_name_and_number_nowhere(portal, plan, come_in, father):
    browser, link = come_in(father)

    pages = {address: text_of(browser.get(address)) for address in addresses_by_link(portal, link)}

    assert DOSE in pages[f"{link}/plan"]
    leaks = {
        address for address, text in pages.items() if "Sana" in text or "900111" in re.sub(r"\s", "", text)
    }
    assert leaks == set()


def test_what_is_looked_for_is_read_by_the_one_whose_it_is(plan, come_in, mother):
    browser, link = come_in(mother)

    assert "900111" in re.sub(r"\s", "", text_of(browser.get(f"{link}/card.pdf")))


def test_a_change_of_the_other_parents_number_is_no_change_for_this_one(
    store, gp, child, plan, come_in, father
):
    browser, link = come_in(father)
    browser.post(f"{link}/read", data={"plan": plan.id})
    new = {"school_contact_name": "Sana Test", "school_contact_phone": "07700 900112"}
    later = MONDAY_9AM + timedelta(hours=1)
    make_plan(store, child, gp, later, replaces=plan.id, preventer_morning="1", **new)

    page = browser.get(f"{link}/plan").text

    assert "What changed since version 1" in page
    for word in ("900111", "900112", "Sana", "phone number"):
        assert word not in page.partition("What changed since version 1")[2].partition("</section>")[0]


# Other carers


def test_a_carer_reads_the_emergency_card_and_nothing_else_of_the_plan(portal, plan, come_in, carer):
    browser, link = come_in(carer, Reader.CARER)

    card = browser.get(f"{link}/emergency")

    assert card.status_code == 200
    assert "Ventolin" in card.text
    for address in addresses_by_link(portal, link):
        answer = followed(browser, address)
        assert answer.status_code in {200, 404}, address
        assert DOSE not in text_of(answer), address


def test_a_carer_reads_the_name_and_number_of_nobody_at_home(portal, plan, come_in, carer):
    browser, link = come_in(carer, Reader.CARER)

    for address in addresses_by_link(portal, link):
        text = text_of(followed(browser, address))
        assert "Sana" not in text, address
        assert "900111" not in re.sub(r"\s", "", text), address


def test_a_carer_reads_the_number_that_is_their_own(store, child, gp, mother, father, come_in):
    carer = add(store, child.id, NewCarer("Nadia Khan", "aunt", "07700 900125"), by=gp, at=MONDAY_9AM)
    make_plan(store, child, gp, school_contact_name="Nadia Khan", school_contact_phone="07700 900125")
    browser, link = come_in(carer, Reader.CARER)

    assert "900125" in re.sub(r"\s", "", browser.get(f"{link}/emergency").text)


def test_a_carer_cannot_tell_ask_or_sign_in_the_familys_name(portal, store, plan, come_in, carer):
    browser, link = come_in(carer, Reader.CARER)

    for rule in portal.url_map.iter_rules():
        if rule.endpoint.startswith("family.") and "POST" in rule.methods:
            address = re.sub(r"<[^>]*>", "no-inhaler", rule.rule.replace("/f/<token>", link))
            if not address.endswith(("/close", "/child", "/code", "/code/send", link)):
                answer = browser.post(address, data={"plan": plan.id})
                assert answer.status_code in {303, 404}, address
                if answer.status_code == 303:
                    assert answer.location == f"{link}/emergency", address


def test_a_carers_card_prints_as_a_card(plan, come_in, carer):
    browser, link = come_in(carer, Reader.CARER)

    answer = browser.get(f"{link}/emergency.pdf")

    assert answer.mimetype == "application/pdf"
    assert DOSE not in text_of(answer)


def test_who_is_family_and_carer_both_reads_as_family(plan, come_in, mother, store, gp):
    browser, link = come_in(mother)

    assert DOSE in browser.get(f"{link}/plan").text
    assert browser.get(f"{link}/emergency").status_code == 200
