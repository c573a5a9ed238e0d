"""The circle around a child: kept with each signature, share and stop, and nobody in it who is barred."""

import json
from datetime import timedelta

import pytest

from fhir import kept_circle, kept_people, kept_plans, kept_shares
from fhir.care_team import from_care_team, team_id
from fhir.codes import CARE_TEAM, NHS_NUMBER, profile, reference
from fhir.store.tables import links
from plans.content import Copy
from plans.places import OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.exporting import export
from portal.actions.importing.record import import_file
from portal.actions.plans import withdraw_plan
from portal.calendar import holidays_for
from tests.fhir import gp_records as gp
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import agreed, make_child, make_family_member, make_organisation, make_plan

LATER = MONDAY_9AM + timedelta(days=3)


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def school(store):
    return make_organisation(store)


@pytest.fixture
def ward(store):
    return make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")


@pytest.fixture
def child(store, doctor, school):
    return make_child(store, doctor, school_id=school.id)


@pytest.fixture
def father(store, child):
    return make_family_member(store, child, name="Omar Test", relationship="father")


@pytest.fixture
def plan(store, child, doctor):
    return make_plan(store, child, doctor)


@pytest.fixture
def shared(store, child, plan, doctor, school, ward, father):
    """Share the plan with school, hospital and father."""
    until, word = (MONDAY_9AM + timedelta(days=30)).date(), agreed(store, child.id)
    wanted = [
        Wanted(Reader.SCHOOL, school.id, Basis.CONSENT, until=until, consent=word),
        Wanted(Reader.HOSPITAL, ward.id, Basis.DIRECT_CARE),
        Wanted(Reader.FAMILY, father.id, Basis.CONSENT, consent=word),
    ]
    share(store, child.id, wanted, by=doctor, at=MONDAY_9AM)


def members(store, child):
    return {member.name: member for member in from_care_team(kept_team(store, child)).members}


def kept_team(store, child):
    return store.read("CareTeam", team_id(child.id))


def bar(store, child, member):
    """Keep the Consent of a court order that came after the share."""
    denial = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "category": [{"text": "Court order"}],
        "patient": {"reference": f"Patient/{child.id}"},
        "policyRule": {"text": "Court order"},
        "provision": {
            "type": "deny",
            "actor": [{"role": {"text": "father"}, "reference": {"reference": f"RelatedPerson/{member.id}"}}],
        },
    }
    with store.write(by="system", at=LATER) as write:
        write.create(denial)
        write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "keep a court order")


def test_a_signed_plan_points_to_its_circle_of_practice_and_signer(store, child, plan, doctor):
    assert store.read("CarePlan", plan.id)["careTeam"] == [reference("CareTeam", team_id(child.id))]
    assert list(members(store, child)) == ["Elm Surgery", doctor.name]
    assert members(store, child)[doctor.name].on_behalf_of == doctor.organisation_id


def test_whoever_has_a_live_share_is_a_member_from_and_until_when_it_holds(store, child, shared):
    found = members(store, child)

    assert {name: member.role for name, member in found.items() if member.since} == {
        "Oak School": "School",
        "Ash Hospital": "Hospital",
        "Omar Test": "At home",
    }
    assert found["Oak School"].until == (MONDAY_9AM + timedelta(days=30)).date()


def test_a_share_that_is_stopped_takes_its_reader_out_at_once(store, child, shared, doctor):
    one = next(one for one in kept_shares.shares_of(store, child.id) if one.reader is Reader.SCHOOL)

    stop(store, child.id, one.id, by=doctor, at=LATER)

    assert "Oak School" not in members(store, child)


def test_a_share_whose_time_is_over_takes_its_reader_out_with_the_next_signature(
    store, child, shared, plan, doctor
):
    make_plan(store, child, doctor, at=MONDAY_9AM + timedelta(days=40), replaces=plan.id)

    assert "Oak School" not in members(store, child)


def test_signing_again_keeps_one_circle_and_names_the_new_signer(store, child, shared, plan, make_person):
    other = make_person(username="dr.moss", name="Dr Finn Moss")

    second = make_plan(store, child, other, at=LATER, replaces=plan.id)

    assert store.count("CareTeam") == 1
    assert "Dr Finn Moss" in members(store, child)
    assert "Dr Ada Lee" not in members(store, child)
    teams = {json.dumps(store.read("CarePlan", id)["careTeam"]) for id in (plan.id, second.id)}
    assert len(teams) == 1


def test_nothing_new_writes_no_new_version_of_the_circle(store, child, shared, doctor, ward):
    before = kept_team(store, child)

    wanted = Wanted(Reader.HOSPITAL, ward.id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=doctor, at=LATER)

    assert kept_team(store, child) == before


def test_a_change_of_the_circle_is_audited(store, child, shared):
    assert store.count("AuditEvent", entity=f"CareTeam/{team_id(child.id)}") == 1


def test_a_withdrawn_plan_leaves_the_circle_and_what_the_plan_pointed_to(store, child, shared, plan, doctor):
    before = store.read("CarePlan", plan.id)

    withdraw_plan(store, plan.id, reason="Wrong child", by=doctor, at=LATER)

    after = store.read("CarePlan", plan.id)
    assert {name: after[name] for name in ("careTeam", "activity")} == {
        name: before[name] for name in ("careTeam", "activity")
    }
    assert after["status"] == "revoked"
    assert "Ash Hospital" in members(store, child)


def test_after_a_withdrawal_a_stopped_share_leaves_the_circle_too(store, child, shared, plan, doctor):
    withdraw_plan(store, plan.id, reason="Wrong child", by=doctor, at=LATER)
    one = next(one for one in kept_shares.shares_of(store, child.id) if one.reader is Reader.FAMILY)

    stop(store, child.id, one.id, by=doctor, at=LATER)

    assert list(members(store, child)) == ["Elm Surgery", "Oak School", "Ash Hospital"]


# Whoever is barred


def test_a_parent_who_is_barred_after_the_share_is_in_no_record_copy(store, child, shared, plan, father):
    assert "Omar" in str(kept_plans.resources_of(store, plan.id))

    bar(store, child, father)

    assert "Omar" not in str(kept_circle.team(store, team_id(child.id)))
    exported = json.dumps(export(store, plan.id, Copy.RECORD, by="system", at=LATER))
    assert "Omar" not in exported
    assert father.id not in exported


def test_the_next_act_takes_a_barred_parent_out_of_the_circle(store, child, shared, plan, father, doctor):
    bar(store, child, father)

    make_plan(store, child, doctor, at=LATER, replaces=plan.id)

    assert "Omar Test" not in members(store, child)


def test_a_record_that_brings_a_court_order_takes_the_parent_out_of_the_circle_and_ends_every_access(
    store, child, plan, doctor, tmp_path
):
    number = {"identifier": [{"system": NHS_NUMBER, "value": child.nhs_number}]}
    patient = number | {"birthDate": child.born.isoformat(), "name": [{"family": "Test"}]}
    parents = [
        gp.entry(gp.related_person(name, who, "Has parental responsibility"), who)
        for name, who in (("Omar", "father"), ("Sana", "mother"))
    ]
    import_bundle(store, tmp_path, gp.bundle(*parents, **patient))
    father = next(one for one in kept_people.family(store, child.id) if one.relationship == "father")
    wanted = Wanted(Reader.FAMILY, father.id, Basis.CONSENT, consent=agreed(store, child.id))
    share(store, child.id, [wanted], by=doctor, at=MONDAY_9AM)
    assert father.name in members(store, child)

    order = gp.entry(gp.consent("deny", gp.address("father")))
    import_bundle(store, tmp_path, gp.bundle(*parents, order, **patient))

    assert father.name not in members(store, child)
    assert father.id not in {one.reader_id for one in kept_shares.live_shares_of(store, child.id, LATER)}
    assert [link.revoked_at for link in links.of_child(store, child.id)] == [LATER]


def import_bundle(store, folder, bundle):
    file = folder / "record.json"
    file.write_bytes(gp.raw(bundle))
    import_file(store, file, by="system", at=LATER, today=LATER.date(), holidays_for=holidays_for)


@pytest.mark.parametrize("copy", [one for one in Copy if one not in {Copy.RECORD, Copy.DISCHARGE}])
def test_the_circle_is_in_no_copy_for_family_or_school(store, child, shared, plan, copy):
    exported = json.dumps(export(store, plan.id, copy, by="system", at=LATER))

    assert "CareTeam" not in exported
    assert "Omar" not in exported
    assert "Ash Hospital" not in exported


# Stores of an earlier version


def old_team(store, child):
    team = {
        "resourceType": "CareTeam",
        "meta": profile("CareTeam"),
        "status": "active",
        "subject": reference("Patient", child.id),
        "name": CARE_TEAM,
    }
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.create(team)
        write.audit("C", f"CareTeam/{kept['id']}")
    return kept


def test_a_circle_kept_under_an_older_id_ends_when_the_new_one_begins(store, child, doctor):
    former = old_team(store, child)

    make_plan(store, child, doctor)

    assert store.read("CareTeam", former["id"])["status"] == "inactive"
    assert [one["id"] for one in store.search("CareTeam", status="active")] == [team_id(child.id)]


def test_a_plan_without_the_newer_elements_still_reads_and_ends(store, child, plan, doctor):
    kept = store.read("CarePlan", plan.id)
    older = {name: value for name, value in kept.items() if name != "careTeam"}
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(older, if_match=kept["meta"]["versionId"])
        write.audit("U", f"CarePlan/{plan.id}")

    assert kept_plans.plan(store, plan.id) == plan
    assert "CareTeam" not in {one["resourceType"] for one in kept_plans.resources_of(store, plan.id)}
    assert withdraw_plan(store, plan.id, reason="Wrong child", by=doctor, at=LATER)
