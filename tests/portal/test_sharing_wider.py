"""The wider circle: places found by name or code, other carers, and safeguarding that nobody can refuse."""

from typing import NamedTuple

import pytest

from fhir import kept_people, kept_shares
from fhir.codes import ODS_CODE
from fhir.organization import to_organization
from fhir.store.tables import links
from plans.people import Child, FamilyMember
from plans.places import OrganisationKind, Role
from plans.plan import Plan
from plans.sharing import BASES, Basis, Part, Reader, ShareNotAllowed
from portal import sharing_words as words
from portal.actions.circle.sharing import Wanted
from portal.actions.circle.sharing import share as act_share
from portal.forms.sharing import FEW, MOST
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, begin_with, new_person, parts_of_world
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan
from tests.portal.test_sharing import addresses, agreed_by, look_for, page_of, share

KINDS = {
    Reader.HOSPITAL: OrganisationKind.HOSPITAL,
    Reader.COMMUNITY_NURSE: OrganisationKind.NURSING_TEAM,
    Reader.PHARMACIST: OrganisationKind.PHARMACY,
    Reader.SOCIAL_CARE: OrganisationKind.SOCIAL_CARE,
}


class World(NamedTuple):
    """Who and what is in the store."""

    gp: Person
    child: Child
    mother: FamilyMember
    plan: Plan


def signed_plan(store):
    """Keep a child's signed plan."""
    gp = new_person(store)
    child = make_child(store, gp, school_id=make_organisation(store).id)
    return World(gp, child, make_family_member(store, child), make_plan(store, child, gp))


# Every test of this file begins with a signed plan.
kept_before, new_store_file, world = begin_with(signed_plan)
child, mother, plan = parts_of_world("child", "mother", "plan")


@pytest.fixture
def gp(client_for, world):
    return client_for(Role.CLINICIAN, world.gp)


def make_many(store, kind=OrganisationKind.PHARMACY, count=MOST + 5):
    return [make_organisation(store, kind, f"Lark {kind} {number:03}") for number in range(count)]


def with_code(store, place, code):
    coded = to_organization(place) | {"identifier": [{"system": ODS_CODE, "value": code}]}
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(coded, if_match=write.read("Organization", place.id)["meta"]["versionId"])
        write.audit("U", f"Organization/{place.id}")


def test_every_kind_of_reader_part_basis_and_way_of_telling_has_words():
    assert set(words.READERS) == set(Reader)
    assert set(words.PARTS) == set(Part)
    assert set(words.BASES) == set(Basis)


@pytest.mark.parametrize("reader", KINDS)
def test_a_few_places_of_a_kind_are_listed_and_many_have_to_be_found(store, gp, child, plan, reader):
    few = make_many(store, KINDS[reader], FEW)
    assert all(one.name in page_of(gp, child) for one in few)

    make_organisation(store, KINDS[reader], "One too many")

    page = page_of(gp, child)
    assert not any(one.name in page for one in few)
    assert f"{FEW + 1} are known here. Find one above by name or code." in page


@pytest.mark.parametrize("text", ["oak pharm", "PHARMACY oak", "fzz99"])
def test_a_place_is_found_by_words_of_its_name_or_by_its_code(store, gp, child, plan, text):
    make_many(store)
    oak = make_organisation(store, OrganisationKind.PHARMACY, "Oak Lane Pharmacy")
    with_code(store, oak, "FZZ99")

    page = look_for(gp, child, "find", text).text

    assert f'value="pharmacist.{oak.id}"' in page
    assert "Lark pharmacy" not in page


def test_no_more_than_a_page_of_places_is_listed_and_it_says_so(store, gp, child, plan):
    make_many(store)

    page = look_for(gp, child, "find", "lark").text

    assert page.count('value="pharmacist.') == MOST
    assert f"{MOST + 5} fit. Type more of the name to see the others." in page


def test_looking_for_another_place_loses_nothing_that_is_ticked(store, gp, child, plan, mother):
    ours, *_ = make_many(store)

    page = look_for(gp, child, "find", "nothing like it", pharmacist=ours.id, family=mother.id).text

    for value in (f"pharmacist.{ours.id}", f"family.{mother.id}"):
        assert f'value="{value}" checked' in page


def test_nothing_is_shared_by_looking(store, gp, child, plan, mother):
    for act in ("find", "next", "safeguarding"):
        assert look_for(gp, child, act, family=mother.id).status_code == 200

    assert kept_shares.shares_of(store, child.id) == []


def test_the_nurses_of_the_school_are_not_offered_a_second_time_as_community_nurses(store, gp, plan, child):
    team = make_organisation(store, OrganisationKind.NURSING_TEAM, "Lark Nurses")
    school = make_organisation(store, name="Lark School")
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Organization", school.id)
        nursed = to_organization(kept_people.organisation(write, school.id)) | {
            "extension": [
                {
                    "url": "https://puffin.example/fhir/StructureDefinition/nursing-team",
                    "valueReference": {"reference": f"Organization/{team.id}"},
                }
            ]
        }
        write.update(nursed, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Organization/{school.id}")
    other = make_child(store, gp.person, nhs_number="", school_id=school.id)
    make_plan(store, other, gp.person)

    page = page_of(gp, other)

    assert f'value="school-nurse.{team.id}"' in page
    assert f'value="community-nurse.{team.id}"' not in page
    assert share(gp, other, **{"community_nurse": team.id}).status_code == 422


@pytest.mark.parametrize("reader", KINDS)
def test_each_place_is_shared_with_on_each_of_its_bases(store, gp, child, plan, mother, reader):
    for basis in BASES[reader]:
        place = make_organisation(store, KINDS[reader], f"Lark {basis}")
        said = agreed_by(mother) | {"reason": "Not brought 4 times"}

        answer = share(gp, child, {reader: basis}, said, **{reader.replace("-", "_"): place.id})

        assert answer.status_code == 200
        assert kept_shares.shares_of(store, child.id)[0].basis is basis


@pytest.mark.parametrize("kind", [OrganisationKind.PRACTICE, OrganisationKind.SCHOOL])
def test_a_place_of_another_kind_is_no_such_reader(store, gp, child, plan, kind):
    place = make_organisation(store, kind, "Lark")

    assert share(gp, child, pharmacist=place.id).status_code == 422


@pytest.mark.parametrize("value", ["nonsense", "school.", "nobody.1", "pharmacist.nothing", "."])
def test_a_reader_that_no_page_offers_is_refused(gp, child, plan, value):
    for act in ("", "readers"):
        page = f"/children/{child.id}/share/{act}".rstrip("/")
        answer = gp.post(page, data={"reader": value, "act": "next"}, follow_redirects=True)
        assert answer.status_code == 422
        assert "This reader cannot be given the plan." in answer.text


# Why each may see it


def test_direct_care_is_stated_and_safeguarding_stands_beside_it(gp, store, child, plan):
    ward = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")

    page = look_for(gp, child, "next", hospital=ward.id).text

    assert f'name="basis-hospital.{ward.id}" type="radio" value="direct-care" checked' in page
    assert f'name="basis-hospital.{ward.id}" type="radio" value="safeguarding"' in page


def test_consent_is_never_chosen_for_anybody(gp, store, child, plan, mother):
    school = child.school_id

    page = look_for(gp, child, "next", school=school, family=mother.id).text

    assert 'type="radio" value="consent" checked' not in page
    assert page.count('type="radio" value="consent"') == 2


def test_safeguarding_without_consent_is_one_click_away(gp, child, plan, mother):
    page = look_for(gp, child, "safeguarding", school=child.school_id, family=mother.id).text

    assert page.count('value="safeguarding" checked') == 2


def test_what_each_will_see_stands_beside_the_choice(gp, child, plan):
    page = look_for(gp, child, "next", school=child.school_id).text

    assert "Will see: The emergency card: what to do in an attack." in page
    assert "You do not need consent to share when a child may be at risk." in page


def test_who_withdrew_consent_cannot_keep_anybody_from_safeguarding(store, gp, child, plan, mother):
    school = child.school_id
    share(gp, child, {"school": "consent"}, agreed_by(mother), school=school)
    (before,) = kept_shares.shares_of(store, child.id)
    gp.post(f"/children/{child.id}/share/{before.id}/said", data=agreed_by(mother) | {"answer": "no"})

    answer = share(gp, child, {"school": "safeguarding"}, {"reason": "At risk"}, school=school)

    assert answer.status_code == 200
    (live,) = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    assert (live.basis, live.reason) == (Basis.SAFEGUARDING, "At risk")


def test_a_share_that_now_rests_on_something_else_takes_the_place_of_the_one_before(
    store, gp, child, plan, mother
):
    share(gp, child, {"school": "consent"}, agreed_by(mother), school=child.school_id)
    share(gp, child, {"school": "safeguarding"}, {"reason": "At risk"}, school=child.school_id)

    (live,) = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    assert live.basis is Basis.SAFEGUARDING
    assert [one.basis for one in kept_shares.shares_of(store, child.id) if one.stopped_at] == [Basis.CONSENT]


def test_sharing_again_on_the_same_basis_keeps_the_share(store, gp, child, plan):
    ward = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")
    for _ in range(2):
        share(gp, child, hospital=ward.id)

    assert len(kept_shares.shares_of(store, child.id)) == 1


# Other carers


def add_carer(gp, child, **typed):
    usual = {"name": "Nadia Khan", "relationship": "grandmother"}
    return gp.post(f"/children/{child.id}/share/carers", data=usual | typed)


def carer_of(store, child):
    return next(one for one in kept_people.family(store, child.id) if not one.with_parental_responsibility)


def test_a_carer_is_added_without_parental_responsibility_and_without_a_link(store, gp, child, plan, mother):
    answer = add_carer(gp, child, phone="07700 900123")

    assert answer.status_code == 303
    carer = carer_of(store, child)
    assert (carer.name, carer.relationship, carer.phone) == ("Nadia Khan", "grandmother", "07700 900123")
    assert links.of_child(store, child.id) == []
    assert f'value="carer.{carer.id}"' in page_of(gp, child)
    assert f'value="family.{carer.id}"' not in page_of(gp, child)


def test_a_carer_needs_a_clear_yes_of_their_own_and_gets_a_link(store, gp, child, plan, mother):
    add_carer(gp, child)
    carer = carer_of(store, child)
    assert share(gp, child, carer=carer.id).status_code == 422
    assert share(gp, child, {"carer": "consent"}, carer=carer.id).status_code == 422

    answer = share(gp, child, {"carer": "consent"}, agreed_by(mother), carer=carer.id)

    (one,) = kept_shares.shares_of(store, child.id)
    assert (one.reader, one.consent.by_name, one.scope) == (
        Reader.CARER,
        "Sana Test",
        (Part.EMERGENCY_CARD,),
    )
    assert len(addresses(answer)) == 1


@pytest.mark.parametrize("kind", ["carer", "family", "school", "social-care"])
def test_no_act_shares_on_consent_that_nobody_gave(store, gp, child, plan, mother, kind):
    add_carer(gp, child)
    ids = {"carer": carer_of(store, child).id, "family": mother.id, "school": child.school_id}
    council = make_organisation(store, OrganisationKind.SOCIAL_CARE, "Children's services")
    wanted = [Wanted(Reader(kind), ids.get(kind, council.id), Basis.CONSENT)]

    with pytest.raises(ShareNotAllowed, match="Record who agreed, how and when"):
        act_share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    assert links.of_child(store, child.id) == []


@pytest.mark.parametrize(
    "typed", [{"name": " "}, {"name": "a" * 201}, {"name": "Sána TEST"}, {"name": "a\x07"}]
)
def test_a_carer_without_a_name_or_who_is_here_already_is_not_added(store, gp, child, mother, typed):
    before = kept_people.family(store, child.id)

    assert add_carer(gp, child, **typed).status_code == 422
    assert kept_people.family(store, child.id) == before


def test_without_a_school_the_page_leads_to_recording_it_and_offers_its_nurses_to_who_looks_for_them(
    store, gp, mother
):
    nurses = make_organisation(store, OrganisationKind.NURSING_TEAM, "Oak School Nurses")
    team = make_organisation(store, OrganisationKind.NURSING_TEAM, "Ash Community Nurses")
    make_organisation(store, nursing_team_id=nurses.id)
    without = make_child(store, gp.person, nhs_number="9990000026")
    make_plan(store, without, gp.person)

    page = page_of(gp, without)
    assert "Record the school first:" in page
    assert f'href="/children/{without.id}/moves"' in page
    assert f'value="community-nurse.{team.id}"' in page
    assert nurses.id not in page
    assert f'value="community-nurse.{nurses.id}"' in look_for(gp, without, "find", "oak school").text


def test_the_page_says_how_the_two_ways_to_stop_differ(gp, child, plan, mother):
    assert "ends this one share" not in page_of(gp, child)

    share(gp, child, {"family": "direct-care"}, family=mother.id)

    for page in (page_of(gp, child), gp.get(f"/children/{child.id}").text):
        assert page.count("ends this one share of this child") == 1
