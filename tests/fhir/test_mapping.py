"""People, shares, reviews and alerts read back as they were kept, and what is kept is valid R4."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B import get_fhir_model_class

from fhir.care_team import Circle, Member, from_care_team, team_id, to_care_team, without
from fhir.codes import LANGUAGE, NHS_NUMBER, NHS_NUMBER_STATUSES, ODS_CODE, id_in
from fhir.communication import based_on, from_communication, to_communication
from fhir.communication_request import answered, to_be_told_id, to_communication_request
from fhir.consent import from_consent, to_consent
from fhir.encounter import LOOKED_AFTER, Stay, from_encounter, to_encounter, without_destination
from fhir.organization import from_organization, to_organization
from fhir.patient import STATUSES, from_patient, to_patient
from fhir.practitioner import from_practitioner, to_practitioner, to_practitioner_role
from fhir.provenance import to_provenance
from fhir.receipt_task import from_receipt_task, to_receipt_task
from fhir.related_person import from_related_person, to_related_person
from fhir.review_task import from_review_task, to_review_task
from plans.alert import Alert
from plans.discharge_notice import Destination
from plans.people import NOT_TRACED, Child, FamilyMember, Professional
from plans.places import Nation, Organisation, OrganisationKind
from plans.plan import Plan, Status
from plans.receipts import Act, Receipt, Told
from plans.review import Review
from plans.review_events import Event, EventKind
from plans.sharing import Basis, Reader, Share

IDS = [f"9e107d9d-372b-4d28-9b0c-1c0e7d5f000{n}" for n in range(10)]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHILD = Child(
    id=IDS[0],
    given="Amina Noor",
    family="Test-Hussein",
    born=date(2018, 5, 1),
    nhs_number="9991047077",
    practice_id=IDS[1],
    school_id=IDS[2],
)
SHARE = Share(
    id=IDS[3],
    child_id=IDS[0],
    reader=Reader.SCHOOL,
    reader_id=IDS[2],
    reader_name="Hillside School",
    basis=Basis.CONSENT,
    by=IDS[4],
    since=NOON,
)
REVIEW = Review(
    id=IDS[5],
    child_id=IDS[0],
    encounter_id=IDS[6],
    discharged_at=NOON,
    due=date(2026, 11, 25),
    owner_id=IDS[1],
    requester_id=IDS[7],
)
ALERT = Alert(
    id=IDS[8],
    child_id=IDS[0],
    review_id=IDS[5],
    rung="hours-48",
    owner="practice",
    owner_id=IDS[1],
    told_ids=(IDS[7],),
    about="48 hours have passed.",
    raised_at=NOON,
)


def is_valid(resource):
    return bool(get_fhir_model_class(resource["resourceType"]).model_validate(resource))


@pytest.mark.parametrize(
    "child",
    [
        CHILD,
        replace(CHILD, nhs_number="", practice_id="", school_id=""),
        replace(CHILD, reads="en", speaks=("en", "ur")),
        replace(CHILD, reads="ur", speaks=("phr", "ur")),
        replace(CHILD, reads="bn"),
        replace(CHILD, speaks=("syl",)),
        *(replace(CHILD, nhs_number_status=status) for status in STATUSES),
    ],
)
def test_a_child_reads_back_as_the_same_child(child):
    patient = to_patient(child)

    assert is_valid(patient)
    assert from_patient(patient) == child


def test_what_a_child_reads_is_preferred_and_told_from_what_is_only_spoken():
    read, spoken = to_patient(replace(CHILD, reads="en", speaks=("en", "ur")))["communication"]

    modes = [part["valueCoding"]["code"] for part in read["extension"][0]["extension"]]
    assert (read["language"]["coding"][0]["code"], read["preferred"], modes) == ("en", True, ["RWR", "ESP"])
    assert "preferred" not in spoken
    assert [part["valueCoding"]["code"] for part in spoken["extension"][0]["extension"]] == ["ESP"]


@pytest.mark.parametrize(
    ("system", "code"), [("https://elsewhere.example/status", "01"), (NHS_NUMBER_STATUSES, "99"), ("", "")]
)
def test_a_number_is_taken_for_looked_up_only_where_the_record_says_so_in_known_codes(system, code):
    patient = to_patient(CHILD)
    said = {"coding": [{"system": system, "code": code}]}
    patient["identifier"][0]["extension"][0]["valueCodeableConcept"] = said

    assert from_patient(patient).nhs_number_status == NOT_TRACED


@pytest.mark.parametrize("kind", OrganisationKind)
@pytest.mark.parametrize("nation", Nation)
def test_an_organisation_reads_back_with_its_kind_and_nation(kind, nation):
    organisation = Organisation(
        id=IDS[1],
        kind=kind,
        name="Oak House",
        code="Y99999",
        phone="0121 496 0200",
        nation=nation,
        email="oak@example.org",
    )
    resource = to_organization(organisation)

    assert is_valid(resource)
    assert from_organization(resource) == organisation


def test_a_professional_reads_back_from_their_role():
    person = Professional(id=IDS[4], name="Dr Amara Okoro", job="GP", organisation_id=IDS[1])
    practitioner, role = to_practitioner(person), to_practitioner_role(person, id=IDS[3])

    assert is_valid(practitioner)
    assert is_valid(role)
    assert from_practitioner(practitioner, role) == person


def test_somebody_at_home_reads_back_and_being_barred_is_not_written_on_them():
    member = FamilyMember(
        id=IDS[5],
        child_id=IDS[0],
        name="Hodan Test",
        relationship="mother",
        with_parental_responsibility=True,
        phone="07700 900123",
        reads="so",
        speaks=("en", "ar"),
    )
    resource = to_related_person(replace(member, barred=True))

    assert is_valid(resource)
    assert "barred" not in str(resource)
    assert from_related_person(resource) == member


def test_a_language_that_is_only_spoken_is_not_one_to_write_in():
    spoken = {
        "language": {"coding": [{"system": LANGUAGE, "code": "phr"}], "text": "Pahari (speaks at home)"}
    }
    read = {"language": {"coding": [{"system": LANGUAGE, "code": "ur"}], "text": "Urdu (reads and speaks)"}}
    person = {"id": IDS[5], "patient": {}, "communication": [spoken | {"preferred": True}, read]}

    member = from_related_person(person)

    assert (member.reads, member.speaks) == ("ur", ("phr",))


def test_what_a_record_names_without_a_value_says_nothing():
    valueless = [{"system": NHS_NUMBER}, {"system": ODS_CODE}, {"system": "phone"}]
    bare = {"id": IDS[0], "identifier": valueless, "telecom": valueless}
    kind = [{"coding": [{"display": "School"}]}]

    assert from_patient(bare | {"birthDate": "2018-05-01"}).nhs_number == ""
    assert from_related_person(bare | {"patient": {}}).phone == ""
    assert from_organization(bare | {"type": kind}).code == ""
    assert from_organization(bare | {"type": kind}).phone == ""


def test_a_value_is_found_behind_one_that_is_missing():
    listed = [{"system": "phone"}, {"system": "phone", "value": "07700 900123"}]

    assert from_related_person({"id": IDS[5], "patient": {}, "telecom": listed}).phone == "07700 900123"


TURNED = "Sam\u202e Test"  # whatever follows on the line would run from right to left, dates too


@pytest.mark.parametrize(
    "name",
    [
        from_patient(
            {"id": IDS[0], "birthDate": "2018-05-01", "name": [{"given": ["Sam\u202e"], "family": "Test"}]}
        ),
        from_related_person({"id": IDS[5], "patient": {}, "name": [{"text": TURNED}]}),
        from_organization({"id": IDS[1], "name": TURNED}),
    ],
    ids=["a child", "somebody at home", "an organisation"],
)
def test_a_name_of_a_record_turns_nothing_round(name):
    assert name.name == "Sam Test"


@pytest.mark.parametrize(
    "share",
    [
        SHARE,
        replace(SHARE, until=date(2027, 7, 1)),
        replace(SHARE, stopped_at=NOON.replace(hour=15)),
        replace(SHARE, basis=Basis.SAFEGUARDING, reason="The child may be at risk."),
        replace(SHARE, reader=Reader.FAMILY, reader_id=IDS[9], basis=Basis.DIRECT_CARE),
    ],
)
def test_a_share_reads_back_with_its_lawful_basis(share):
    consent = to_consent(share, IDS[8])

    assert is_valid(consent)
    assert from_consent(consent) == share


CIRCLE = Circle(
    IDS[0],
    (
        Member(f"Organization/{IDS[1]}", "Elm Surgery", "GP practice"),
        Member(f"Practitioner/{IDS[4]}", "Dr Amara Okoro", "GP", on_behalf_of=IDS[1]),
        Member(f"Organization/{IDS[2]}", "Oak School", "School", since=NOON, until=date(2027, 7, 20)),
        Member(f"RelatedPerson/{IDS[5]}", "", "At home", since=NOON),
    ),
)


@pytest.mark.parametrize("circle", [CIRCLE, Circle(IDS[0])])
def test_a_circle_reads_back_under_an_id_made_from_the_childs(circle):
    team = to_care_team(circle)

    assert is_valid(team)
    assert from_care_team(team) == circle
    assert team["id"] == team_id(IDS[0]) != team_id(IDS[1])


def test_whoever_is_taken_out_of_a_circle_leaves_nothing_behind():
    left = without(to_care_team(CIRCLE), {CIRCLE.members[3].ref})

    assert from_care_team(left).members == CIRCLE.members[:3]
    assert IDS[5] not in str(left)
    assert "participant" not in without(left, {member.ref for member in CIRCLE.members})


@pytest.mark.parametrize("owner", [IDS[1], ""])
def test_a_review_reads_back_with_its_events(owner):
    events = (
        Event(id=IDS[1], kind=EventKind.WAS_NOT_BROUGHT, at=NOON, by="Practitioner/x"),
        Event(
            id=IDS[2],
            kind=EventKind.WITHDRAWN,
            at=NOON,
            by="Practitioner/x",
            reason="Error",
            withdraws=IDS[1],
        ),
    )
    review = replace(REVIEW, events=events, owner_id=owner, plan_id=IDS[3] if owner else "")
    task = to_review_task(review, now=NOON)

    assert is_valid(task)
    assert from_review_task(task) == review


def test_a_review_says_which_plan_who_owns_it_and_until_when():
    task = to_review_task(replace(REVIEW, plan_id=IDS[3]), now=NOON)

    assert task["focus"] == {"reference": f"CarePlan/{IDS[3]}"}
    assert task["owner"] == {"reference": f"Organization/{IDS[1]}"}
    assert task["restriction"]["period"]["end"] == "2026-11-25T23:59:59+00:00"


def test_a_review_of_a_child_without_a_plan_has_no_focus():
    assert "focus" not in to_review_task(REVIEW, now=NOON)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (EventKind.ACCEPTED, "accepted"),
        (EventKind.CONTACT_ATTEMPTED, "requested"),
        (EventKind.WAS_NOT_BROUGHT, "requested"),
        (EventKind.REVIEW_RECORDED, "completed"),
        (EventKind.DISCHARGE_CANCELLED, "cancelled"),
    ],
)
def test_only_what_closes_a_review_closes_its_task(kind, status):
    event = Event(id=IDS[1], kind=kind, at=NOON, by="Practitioner/x", reason="Because")

    assert to_review_task(replace(REVIEW, events=(event,)), now=NOON)["status"] == status


ACKNOWLEDGED = replace(ALERT, acknowledged_by=IDS[4], acknowledged_at=NOON, action="Phoned the family")
SETTLED = replace(ACKNOWLEDGED, action="The review was recorded.", is_settled=True)


@pytest.mark.parametrize("alert", [ALERT, ACKNOWLEDGED, SETTLED, replace(SETTLED, acknowledged_by="")])
@pytest.mark.parametrize("asked", ["", IDS[9]])
def test_an_alert_reads_back_with_what_was_done(alert, asked):
    communication = to_communication(alert, based_on=asked)

    assert is_valid(communication)
    assert from_communication(communication) == alert
    assert based_on(communication) == asked


@pytest.mark.parametrize(
    ("alert", "told", "to_be_told"),
    [
        (ALERT, "in-progress", "active"),
        (ACKNOWLEDGED, "completed", "completed"),
        (SETTLED, "stopped", "revoked"),
    ],
)
def test_what_is_to_be_told_and_what_was_told_end_together(alert, told, to_be_told):
    request = to_communication_request(ALERT, falls_at=NOON)
    now = answered(request, alert) if alert.acknowledged_at else request

    assert is_valid(now)
    assert (to_communication(alert)["status"], now["status"]) == (told, to_be_told)


def test_what_is_to_be_told_says_to_whom_about_what_and_from_when_under_one_id():
    request = to_communication_request(ALERT, falls_at=NOON)
    communication = to_communication(ALERT)

    same = ("category", "about", "reasonCode", "recipient", "payload", "subject")
    assert {name: request[name] for name in same} == {name: communication[name] for name in same}
    assert request["occurrenceDateTime"] == NOON.isoformat()
    assert request["id"] == to_be_told_id(ALERT.id) != ALERT.id


def test_only_what_somebody_acknowledged_was_received():
    assert "received" in to_communication(ACKNOWLEDGED)
    assert "received" not in to_communication(SETTLED)


STAY = Stay(IDS[6], IDS[0], NOON, hospital_id=IDS[7], visit="V1", diagnosis="Asthma")
ENGLAND = "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland"


@pytest.mark.parametrize(
    "stay",
    [
        STAY,
        Stay(IDS[6], IDS[0], NOON, kind="EMER"),
        replace(STAY, went_to=Destination("19", ENGLAND, "Home")),
        replace(STAY, went_to=Destination("19", ENGLAND)),
        replace(STAY, went_to=Destination(text="Home")),
    ],
)
def test_a_stay_reads_back_with_where_the_child_went(stay):
    encounter = to_encounter(stay)

    assert is_valid(encounter)
    assert from_encounter(encounter) == stay


def test_where_a_child_went_stands_where_fhir_has_it_and_goes_with_a_cancelled_discharge():
    encounter = to_encounter(replace(STAY, went_to=Destination("19", ENGLAND, "Home")))

    disposition = encounter["hospitalization"]["dischargeDisposition"]
    assert disposition == {"coding": [{"system": ENGLAND, "code": "19"}], "text": "Home"}
    assert "hospitalization" not in without_destination(encounter)


def test_a_code_of_a_list_that_nobody_named_is_words_only():
    encounter = to_encounter(replace(STAY, went_to=Destination("19", text="19 (HL7 v2, PV1-37)")))

    assert encounter["hospitalization"]["dischargeDisposition"] == {"text": "19 (HL7 v2, PV1-37)"}


@pytest.mark.parametrize("code", sorted(LOOKED_AFTER))
def test_a_stay_that_ends_in_care_is_for_few_eyes(code):
    encounter = to_encounter(replace(STAY, went_to=Destination(code, ENGLAND)))

    assert is_valid(encounter)
    assert [label["code"] for label in encounter["meta"]["security"]] == ["R"]
    assert "security" not in to_encounter(STAY)["meta"]


RECEIPT = Receipt(
    id=IDS[9],
    child_id=IDS[0],
    version=f"CarePlan/{IDS[8]}/_history/1",
    reader=f"Organization/{IDS[2]}",
    reader_name="Hillside School",
    asked_at=NOON,
)
OPENED = replace(RECEIPT, opened=Act("Practitioner/x", NOON.replace(hour=13)))
ANSWERED = replace(OPENED, acknowledged=Act("Practitioner/y", NOON.replace(hour=14)), questions=(IDS[7],))


@pytest.mark.parametrize(
    ("receipt", "status"),
    [
        (RECEIPT, "requested"),
        (replace(RECEIPT, told=Told.LEAD), "requested"),
        (OPENED, "received"),
        (ANSWERED, "completed"),
        (replace(OPENED, ended="It was replaced.", ended_at=NOON.replace(hour=15)), "cancelled"),
        (replace(RECEIPT, reader=f"RelatedPerson/{IDS[2]}"), "requested"),
    ],
)
def test_a_receipt_reads_back_with_all_that_its_reader_did(receipt, status):
    task = to_receipt_task(receipt)

    assert is_valid(task)
    assert task["status"] == status
    assert from_receipt_task(task) == receipt


def test_a_reader_is_asked_for_one_version_of_the_plan():
    task = to_receipt_task(RECEIPT)

    assert task["focus"] == {"reference": f"CarePlan/{IDS[8]}/_history/1"}
    assert id_in(task["focus"]) == IDS[8]


def test_a_signature_says_of_what_as_what_by_whom_and_for_whom():
    signer = Professional(id=IDS[4], name="Dr Amara Okoro", job="GP", organisation_id=IDS[1])
    plan = Plan(id=IDS[3], child_id=IDS[0], status=Status.SIGNED, author=signer, signed_at=NOON)

    provenance = to_provenance(plan)

    (agent,), (signature,) = provenance["agent"], provenance["signature"]
    assert [id_in(one) for one in provenance["target"]] == [IDS[3]]
    assert provenance["activity"]["coding"][0]["code"] == "LA"
    assert (id_in(agent["who"]), id_in(agent["onBehalfOf"])) == (IDS[4], IDS[1])
    assert (id_in(signature["who"]), signature["when"]) == (IDS[4], NOON.isoformat())


def test_the_rest_of_what_we_keep_is_valid_too():
    signer = Professional(id=IDS[4], name="Dr Amara Okoro", job="GP", organisation_id=IDS[1])
    plan = Plan(id=IDS[3], child_id=IDS[0], status=Status.SIGNED, author=signer, signed_at=NOON)

    assert is_valid(to_provenance(plan))


def test_a_share_of_one_day_ends_after_it_began_in_winter_and_in_summer():
    for began in (datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2027, 7, 1, 22, 30, tzinfo=UTC)):
        share = replace(SHARE, since=began, until=began.date())

        period = to_consent(share, IDS[2])["provision"]["period"]

        assert datetime.fromisoformat(period["start"]) < datetime.fromisoformat(period["end"])
        assert from_consent(to_consent(share, IDS[2])).until == began.date()
