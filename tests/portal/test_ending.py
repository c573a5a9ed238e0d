"""Ending access at once: one share, every access of one person, and a bar by name that a new record meets."""

import pytest

from fhir import kept_bars, kept_people, kept_shares
from fhir.care_team import from_care_team, team_id
from fhir.store.tables import links
from plans.bar import Bar
from plans.places import OrganisationKind, Role
from portal.actions.circle.sharing import take_out_barred
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan
from tests.portal.test_sharing import HOME, SAID, addresses, agreed_by, page_of, share

PHONE = "07700 900124"


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    made = make_child(store, gp.person, school_id=make_organisation(store).id)
    make_plan(store, made, gp.person)
    return made


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def father(store, child):
    return make_family_member(store, child, name="Omar Test", relationship="father", phone=PHONE)


def brother(store, gp, phone=PHONE, name="Omar Test"):
    """Make another child of the practice, whose plan somebody of the father's name reads."""
    made = make_child(store, gp.person, given="Bilal", nhs_number="9990000026")
    make_plan(store, made, gp.person)
    dad = make_family_member(store, made, name=name, relationship="father", phone=phone)
    return made, addresses(share(gp, made, HOME, family=dad.id))[0]


def live(store, child):
    return [one.reader_name for one in kept_shares.live_shares_of(store, child.id, MONDAY_9AM)]


def stop_person(gp, child, member, address="stop"):
    return gp.post(f"/children/{child.id}/share/people/{member.id}/{address}")


def bar(gp, child, name="Omar Test", reason="Court order of 3 May 2026"):
    return gp.post(f"/children/{child.id}/share/must-not-have", data={"name": name, "reason": reason})


def test_the_childs_page_stops_each_share_and_each_person_with_one_button(gp, store, child, mother):
    share(gp, child, HOME, family=mother.id)
    (one,) = kept_shares.shares_of(store, child.id)

    page = gp.get(f"/children/{child.id}").text

    assert f'action="/children/{child.id}/share/{one.id}/stop"' in page
    assert f'action="/children/{child.id}/share/people/{mother.id}/stop"' in page


def test_every_access_of_one_person_ends_at_once_and_of_nobody_else(store, gp, child, mother, father):
    her, his = addresses(share(gp, child, HOME, family=[mother.id, father.id]))

    answer = stop_person(gp, child, father)

    assert answer.status_code == 200
    assert live(store, child) == ["Sana Test"]
    assert gp.get(his).status_code == 404
    assert gp.get(her).status_code == 200


@pytest.mark.parametrize("phone", ["07700900124", "+44 7700 900124"])
def test_it_ends_for_a_brother_too_where_name_and_phone_are_the_same(store, gp, child, father, phone):
    other, address = brother(store, gp, phone=phone)

    answer = stop_person(gp, child, father)

    assert "Bilal Test" in answer.text
    assert live(store, other) == []
    assert gp.get(address).status_code == 404


@pytest.mark.parametrize("phone", ["", "07700 900199"])
def test_somebody_of_the_same_name_and_another_phone_is_asked_about(store, gp, child, father, phone):
    other, address = brother(store, gp, phone=phone)

    answer = stop_person(gp, child, father)

    assert "Somebody of the same name still sees" in answer.text
    assert "Bilal Test" in answer.text
    assert gp.get(address).status_code == 200

    stop_person(gp, child, father, "stop-elsewhere")

    assert live(store, other) == []
    assert gp.get(address).status_code == 404


def test_somebody_of_another_name_or_practice_is_left_alone(store, gp, child, father):
    other, address = brother(store, gp, name="Karim Test")
    elsewhere = make_child(store, gp.person, nhs_number="9990000034")
    make_plan(store, elsewhere, gp.person)
    namesake = make_family_member(store, elsewhere, name="Omar Test", phone=PHONE)
    share(gp, elsewhere, HOME, family=namesake.id)
    practice = make_organisation(store, OrganisationKind.PRACTICE, "Yew Surgery")
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", elsewhere.id)
        moved = {"generalPractitioner": [{"reference": f"Organization/{practice.id}"}]}
        write.update(kept | moved, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{elsewhere.id}")

    answer = stop_person(gp, child, father)

    assert "still sees" not in answer.text
    assert live(store, other) == ["Karim Test"]
    assert live(store, elsewhere) == ["Omar Test"]


def test_each_end_is_in_the_audit(store, gp, child, father):
    share(gp, child, HOME, family=father.id)
    (one,) = kept_shares.shares_of(store, child.id)
    before = store.count("AuditEvent", entity=f"Consent/{one.id}")

    stop_person(gp, child, father)

    assert store.count("AuditEvent", entity=f"Consent/{one.id}") == before + 1


def test_a_share_that_has_ended_is_not_ended_again_with_the_new_link_of_its_reader(store, gp, child, mother):
    share(gp, child, HOME, family=mother.id)
    (old,) = kept_shares.shares_of(store, child.id)
    stop, said = (f"/children/{child.id}/share/{old.id}/{what}" for what in ("stop", "said"))
    gp.post(stop)
    [link] = addresses(share(gp, child, HOME, family=mother.id))

    word = SAID | {"consent-by": f"RelatedPerson/{mother.id}", "answer": "no"}
    for answer in (gp.post(stop), gp.post(said, data=word)):
        assert (answer.status_code, "This share has ended." in answer.text) == (422, True)

    assert live(store, child) == ["Sana Test"]
    assert gp.get(link).status_code == 200


def test_somebody_who_is_not_around_this_child_is_not_there(store, gp, child):
    other = make_child(store, gp.person, nhs_number="")
    stranger = make_family_member(store, other)

    for address in ("stop", "stop-elsewhere"):
        assert stop_person(gp, child, stranger, address).status_code == 404


# Bars


@pytest.mark.parametrize("name", ["Omar Test", "test OMÁR"])
def test_whoever_is_barred_by_name_loses_every_access_at_once(store, gp, child, mother, father, name):
    her, his = addresses(share(gp, child, HOME, family=[mother.id, father.id]))

    assert bar(gp, child, name).status_code == 303

    assert live(store, child) == ["Sana Test"]
    assert (gp.get(his).status_code, gp.get(her).status_code) == (404, 200)
    members = from_care_team(store.read("CareTeam", team_id(child.id))).members
    assert "Omar Test" not in [one.name for one in members]


def test_who_is_taken_out_of_the_circle_by_a_bar_is_in_the_audit_as_a_change_of_the_circle(
    store, child, father
):
    def entries():
        return store.count("AuditEvent", entity=f"CareTeam/{team_id(child.id)}", action="U")

    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("CareTeam", team_id(child.id))
        inside = {"member": {"reference": f"RelatedPerson/{father.id}", "display": father.name}}
        write.update(
            kept | {"participant": [*kept["participant"], inside]}, if_match=kept["meta"]["versionId"]
        )
        write.audit("U", f"Patient/{child.id}")
        kept_bars.keep(write, Bar("bar", child.id, father.name, "Court order", "reed", MONDAY_9AM))
    before = entries()

    for _ in range(2):
        with store.write(by="system", at=MONDAY_9AM) as write:
            take_out_barred(write, child.id)
            write.audit("R", f"Patient/{child.id}")

    assert entries() == before + 1


def test_whoever_is_barred_is_offered_nowhere_and_nothing_says_why(store, gp, child, mother, father):
    gp.get(bar(gp, child).location)

    page = page_of(gp, child)

    assert "Omar" not in page
    assert "barred" not in page.casefold()
    for kind in ("family", "carer"):
        said = agreed_by(mother)
        assert share(gp, child, {kind: "consent"}, said, **{kind: father.id}).status_code == 422


def test_a_bar_has_its_reason_and_who_recorded_it(store, gp, child):
    bar(gp, child)

    (one,) = kept_bars.bars_of(store, child.id)
    assert (one.name, one.reason, one.by) == (
        "Omar Test",
        "Court order of 3 May 2026",
        gp.person.practitioner_id,
    )
    page = gp.get(f"/children/{child.id}/share/must-not-have").text
    assert "Barred by Dr Ada Lee on 23 November 2026. Why: Court order of 3 May 2026" in page


@pytest.mark.parametrize(
    ("kept", "typed"), [("Sean O\u2019Brien", "Sean O'Brien"), ("Ann\u2011Marie Lee", "LEE, Ann-Marie")]
)
def test_a_bar_meets_a_name_however_it_is_typed(store, gp, child, kept, typed):
    reads = make_family_member(store, child, name=kept, relationship="father")
    his = addresses(share(gp, child, HOME, family=reads.id))[0]

    bar(gp, child, typed)

    assert gp.get(his).status_code == 404
    assert live(store, child) == []


def test_a_bar_that_meets_nobody_here_says_so(store, gp, child, father):
    share(gp, child, HOME, family=father.id)

    answer = bar(gp, child, "Umar Test")

    assert "Nobody around this child has this name here" in gp.get(answer.location).text
    assert live(store, child) == ["Omar Test"]


def test_a_later_bar_of_the_name_meets_who_was_told_apart_from_an_earlier_one_and_says_so(
    store, gp, child, mother, father, clock
):
    bar(gp, child)
    add_carer(gp, child, apart="He is 70. I have seen his passport.")
    gp.get(f"/children/{child.id}")  # what was said so far has been read
    grandfather = next(
        one for one in kept_people.family(store, child.id) if one.relationship == "grandfather"
    )
    his = addresses(share(gp, child, {"carer": "consent"}, agreed_by(mother), carer=grandfather.id))[0]
    clock.let_pass(minutes=5)

    answer = bar(gp, child, reason="Order against the grandfather")

    assert gp.get(his).status_code == 404
    assert live(store, child) == []
    assert all(one.barred for one in kept_people.family(store, child.id) if one.name == "Omar Test")
    page = gp.get(answer.location).text
    met = page.partition("Every access of theirs has ended: ")[2].partition(".")[0]
    assert set(met.split("; ")) == {"Omar Test, father", "Omar Test, grandfather"}


def test_who_is_told_apart_again_after_a_later_bar_may_have_the_card(store, gp, child, mother, clock):
    for _ in range(2):
        bar(gp, child)
        clock.let_pass(minutes=5)
        add_carer(gp, child, apart="He is 70. I have seen his passport.")
        clock.let_pass(minutes=5)

    again = [one for one in kept_people.family(store, child.id) if not one.barred]
    assert sorted(one.name for one in again) == ["Omar Test", mother.name]


@pytest.mark.parametrize(("name", "reason", "field"), [(" ", "Order", "name"), ("Omar Test", " ", "reason")])
def test_a_bar_without_name_or_reason_is_refused(store, gp, child, name, reason, field):
    answer = bar(gp, child, name, reason)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kept_bars.bars_of(store, child.id) == []


def test_a_bar_is_lifted_with_a_reason_and_gives_no_link_back(store, gp, child, father):
    his = addresses(share(gp, child, HOME, family=father.id))[0]
    bar(gp, child)
    (one,) = kept_bars.bars_of(store, child.id)
    address = f"/children/{child.id}/share/must-not-have/{one.id}/lift"
    assert gp.post(address, data={"because": ""}).status_code == 422
    assert kept_people.family(store, child.id)[0].barred

    assert gp.post(address, data={"because": "The order has ended"}).status_code == 303

    assert gp.get(his).status_code == 404
    assert live(store, child) == []
    assert share(gp, child, HOME, family=father.id).status_code == 200


def test_a_bar_of_another_child_is_not_there(store, gp, child):
    bar(gp, child)
    (one,) = kept_bars.bars_of(store, child.id)
    other = make_child(store, gp.person, nhs_number="")

    address = f"/children/{other.id}/share/must-not-have/{one.id}/lift"
    assert gp.post(address, data={"because": "Mistake"}).status_code == 404


# A new record of the same name


def add_carer(gp, child, **typed):
    usual = {"name": "Omar Test", "relationship": "grandfather"}
    return gp.post(f"/children/{child.id}/share/carers", data=usual | typed)


@pytest.mark.parametrize("by", ["name", "court"])
def test_a_barred_name_gets_no_new_record_until_the_warning_is_answered(store, gp, child, mother, by):
    if by == "court":
        make_family_member(store, child, name="Omar Test", relationship="father", barred=True)
    else:
        bar(gp, child)
    before = kept_people.family(store, child.id)

    answer = add_carer(gp, child)

    assert answer.status_code == 422
    assert "Somebody of this name must not have the plan. Stop here" in answer.text
    assert kept_people.family(store, child.id) == before


def test_who_is_said_to_be_another_person_may_have_the_card_and_the_barred_one_not(
    store, gp, child, mother, father
):
    bar(gp, child)

    assert add_carer(gp, child, apart="He is 70. I have seen his passport.").status_code == 303

    grandfather = next(
        one for one in kept_people.family(store, child.id) if one.relationship == "grandfather"
    )
    assert share(gp, child, {"carer": "consent"}, agreed_by(mother), carer=grandfather.id).status_code == 200
    assert share(gp, child, HOME, family=father.id).status_code == 422
    audited = store.count("AuditEvent", entity=f"RelatedPerson/{grandfather.id}", action="C")
    assert audited >= 1


def test_a_new_record_of_a_barred_name_that_nobody_told_apart_is_barred(store, gp, child, mother):
    bar(gp, child)
    again = make_family_member(store, child, name="OMAR Test", relationship="stepfather")

    assert again.barred
    assert share(gp, child, HOME, family=again.id).status_code == 422
    assert links.of_child(store, child.id) == []


# Somebody who is barred, and works where the child is seen


def test_somebody_of_a_barred_name_who_works_where_the_child_is_seen_is_named_to_the_clinician(
    gp, store, make_person
):
    staff = make_person(Role.SCHOOL_STAFF)
    child = make_child(store, gp.person, school_id=staff.organisation_id)
    make_plan(store, child, gp.person)
    make_family_member(store, child)
    ward = make_person(Role.HOSPITAL)
    page = f"/children/{child.id}/share/must-not-have"

    assert "safeguarding lead now" not in gp.get(page).text
    bar(gp, child, name=staff.name)
    bar(gp, child, name=ward.name)

    said = gp.get(page).text
    assert f"Somebody called {staff.name}, a name that is barred, works at {staff.organisation_name}" in said
    assert ward.organisation_name not in said  # it does not see the child
    assert "works at" not in page_of(gp, child)
    ticked = {"reader": f"hospital.{ward.organisation_id}", "act": "next"}
    why = gp.post(f"/children/{child.id}/share/readers", data=ticked, follow_redirects=True).text
    assert f"Somebody called {ward.name}, a name that is barred, works at {ward.organisation_name}" in why
