"""Each copy that leaves holds what its reader may see: words planted in hidden fields are found nowhere."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

import run
from fhir import kept_people, kept_plans
from fhir.patient import to_patient
from fhir.plan_bundle import from_bundle
from fhir.store import open_store
from fhir.store.tables import marks
from plans.content import Copy
from plans.people import Child
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Plan
from plans.sharing import Basis, Reader
from portal.actions import originals, record_copy
from portal.actions.circle.sharing import Wanted, share
from portal.actions.copies import CAN_BECOME, CopySaysTooLittle, page_of, pdf_of
from portal.actions.exporting import SheetIsPaper, export
from portal.actions.importing.record import import_file
from portal.actions.originals import DraftHasNoCopies
from portal.actions.plan_list import all_plans
from portal.calendar import holidays_for
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, begin_with, new_person, parts_of_world
from tests.portal.making import (
    agreed,
    make_child,
    make_draft,
    make_family_member,
    make_organisation,
    make_plan,
    open_by_link,
)

TODAY = MONDAY_9AM.date()
URL = "https://plans.example"
RECORD, FAMILY, SCHOOL, CHILD, WALLET = Copy.RECORD, Copy.FAMILY, Copy.SCHOOL, Copy.CHILD, Copy.WALLET
EMERGENCY, MEDICINES = Copy.EMERGENCY, Copy.MEDICINES
PLAN_COPIES = [RECORD, FAMILY, SCHOOL, CHILD, WALLET, EMERGENCY, MEDICINES]

# What is planted, as it is written, and the copies that may hold it.
PLANTED = {
    "taughtword": {RECORD},
    "sourceword": {RECORD},
    "nopensword": {RECORD, FAMILY, SCHOOL},  # beside the allergy that the school must know of
    "childword": {RECORD, FAMILY},
    "peanutword": {RECORD, FAMILY, SCHOOL, CHILD, WALLET, EMERGENCY, MEDICINES},
    "grassword": {RECORD, FAMILY, CHILD, MEDICINES},
    "placeword": {RECORD, FAMILY, SCHOOL, EMERGENCY},
    "contactword": {RECORD, FAMILY, SCHOOL, WALLET, EMERGENCY},
    "9990000018": {RECORD, FAMILY},
    "999 000 0018": {RECORD, FAMILY},
    "clenil": {RECORD, FAMILY, CHILD, MEDICINES},
    "addressword": {RECORD},  # the Patient as the practice keeps it
    "motherword": set(),
    "misuseword": set(),
    "alertword": set(),
}
FIELDS = {
    "taught_to": "Taughtword",
    "preventer_source": "Sourceword",
    "preventer_confirmed": "yes",
    "child_words": "Childword",
    "allergy_1_name": "Peanutword",
    "allergy_1_severe": "yes",
    "allergy_2_name": "Grassword",
    "allergy_plan_confirmed": "yes",
    "no_pens_reason": "Nopensword",
    "school_inhaler_place": "Placeword",
    "school_spacer": "yes",
    "school_emergency_consent": "yes",
    "school_contact_name": "Contactword",
    "school_contact_phone": "07700 900123",
}


class World(NamedTuple):
    """Who and what is in the store."""

    gp: Person
    school: Organisation
    child: Child
    plan: Plan


@pytest.fixture(autouse=True)
def quick_print(monkeypatch):
    """Print nothing beside the record's copy: see test_export_record.py for what that holds."""
    monkeypatch.setattr(record_copy, "pdf_of", lambda *_, **__: b"%PDF-1.7")


def planted(store):
    """Keep a plan, and planted words all round it: an address, a mother, a flag, an alert."""
    gp = new_person(store)
    school = make_organisation(store, OrganisationKind.SCHOOL, "Oak School")
    child = make_child(store, gp, school_id=school.id)
    make_family_member(store, child, name="Motherword Test")
    about = {"reference": f"Patient/{child.id}"}
    flag = {"resourceType": "Flag", "status": "active", "code": {"text": "Misuseword"}, "subject": about}
    alert = {"resourceType": "Communication", "status": "completed", "subject": about}
    patient = store.read("Patient", child.id)
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(patient | {"address": [{"text": "1 Addressword Lane"}]}, patient["meta"]["versionId"])
        write.create(flag)
        write.create(alert | {"payload": [{"contentString": "Alertword"}]})
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "plant words")
    return World(gp, school, child, make_plan(store, child, gp, **FIELDS))


# Every test of this file begins with the planted words.
kept_before, new_store_file, world = begin_with(planted)
gp, school, child, plan = parts_of_world("gp", "school", "child", "plan")


@pytest.fixture
def original(store, plan):
    return originals.in_store(store, plan.id, url=URL)


def everything_in(pdf):
    """Return all that a PDF holds for a reader or a program: text, metadata, attachments, every object."""
    reader = PdfReader(BytesIO(pdf))
    pages = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    attached = [content for files in reader.attachments.values() for content in files]
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    streams = [each.get_data() for each in objects if hasattr(each, "get_data")]
    return " ".join([pages, str(reader.metadata), *map(str, objects), *map(str, [*attached, *streams])])


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def found_in(text):
    return {word for word in PLANTED if word in text.lower()}


def may_hold(copy):
    return {word for word, copies in PLANTED.items() if copy in copies}


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_an_export_holds_no_word_that_its_reader_may_not_see(store, plan, copy):
    bundle = json.dumps(export(store, plan.id, copy, by="system", at=MONDAY_9AM))

    assert found_in(bundle) <= may_hold(copy)


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_a_pdf_holds_no_word_that_its_reader_may_not_see(original, copy):
    assert found_in(everything_in(pdf_of(original, copy, "en", today=TODAY))) <= may_hold(copy)


def test_the_planted_words_are_found_where_they_may_be(store, plan, original):
    exported = json.dumps(export(store, plan.id, RECORD, by="system", at=MONDAY_9AM))
    assert found_in(exported) >= may_hold(RECORD) - {"999 000 0018"}

    for copy, words in {
        FAMILY: {"childword", "peanutword", "clenil"},
        SCHOOL: {"placeword"},
        WALLET: {"contactword"},
        EMERGENCY: {"placeword", "contactword", "peanutword"},
        MEDICINES: {"clenil", "grassword"},
    }.items():
        assert words <= found_in(everything_in(pdf_of(original, copy, "en", today=TODAY)))


def test_the_pages_of_school_and_family_hold_no_word_that_they_may_not_see(
    client_for, make_person, store, gp, child, plan
):
    nurse = make_person(Role.SCHOOL_STAFF)
    patient = store.read("Patient", child.id)
    patient["contact"][0]["organization"]["reference"] = f"Organization/{nurse.organisation_id}"
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(patient, patient["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "move school")
    (mother,) = [one["id"] for one in store.search("RelatedPerson")]
    word = agreed(store, child.id)
    readers = [Wanted(Reader.SCHOOL, nurse.organisation_id, Basis.CONSENT, consent=word)]
    readers += [Wanted(Reader.FAMILY, mother, Basis.CONSENT, consent=word)]
    (link,) = share(store, child.id, readers, by=gp, at=MONDAY_9AM)
    browser = client_for(Role.SCHOOL_STAFF, nurse)
    path = f"/f/{link.token}"
    open_by_link(browser, store, path, gp)

    for address in ("/shared", f"/shared/{child.id}"):
        assert found_in(browser.get(address).text) <= may_hold(EMERGENCY)
    assert found_in(browser.get(f"{path}/plan").text) <= may_hold(FAMILY)
    assert found_in(browser.get(f"{path}/pictures").text) <= may_hold(CHILD)
    assert found_in(browser.get(f"{path}/card").text) <= may_hold(WALLET)


@pytest.mark.parametrize(
    ("copy", "kinds"),
    [
        (SCHOOL, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
        (FAMILY, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
        (CHILD, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
        (WALLET, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
        (EMERGENCY, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
        (MEDICINES, {"CarePlan", "MedicationRequest", "Patient", "Organization"}),
    ],
)
def test_a_copy_holds_these_kinds_of_resource_and_no_others(store, plan, copy, kinds):
    bundle = export(store, plan.id, copy, by="system", at=MONDAY_9AM)

    assert {entry["resource"]["resourceType"] for entry in bundle["entry"]} == kinds


@pytest.mark.parametrize("copy", [SCHOOL, CHILD, WALLET, EMERGENCY, MEDICINES])
def test_a_copy_without_the_nhs_number_does_not_tell_what_the_child_reads_and_speaks(store, plan, copy):
    patient = store.read("Patient", plan.child_id)
    languages = to_patient(replace(kept_people.child(store, plan.child_id), reads="en", speaks=("en", "ur")))
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(patient | {"communication": languages["communication"]}, patient["meta"]["versionId"])
        write.audit("U", f"Patient/{plan.child_id}")

    exported = export(store, plan.id, copy, by="system", at=MONDAY_9AM)

    assert "communication" not in next(one for one in resources_in(exported) if is_patient(one))
    family = export(store, plan.id, FAMILY, by="system", at=MONDAY_9AM)
    assert from_bundle(family).people.child.speaks == ("en", "ur")


def resources_in(bundle):
    return [entry["resource"] for entry in bundle["entry"]]


def is_patient(resource):
    return resource["resourceType"] == "Patient"


@pytest.mark.parametrize("copy", [SCHOOL, EMERGENCY])
def test_a_school_gets_name_date_of_birth_and_its_own_name(store, plan, child, school, copy):
    read = from_bundle(export(store, plan.id, copy, by="system", at=MONDAY_9AM))

    assert (read.people.child.name, read.people.child.born) == (child.name, child.born)
    assert read.people.child.nhs_number == ""
    assert read.people.school == school


def test_the_record_copy_is_whole_and_every_reference_in_it_leads_somewhere(store, plan):
    bundle = export(store, plan.id, RECORD, by="system", at=MONDAY_9AM)

    resources = [entry["resource"] for entry in bundle["entry"]]
    kinds = {one["resourceType"] for one in resources}
    assert kinds >= {"CarePlan", "RequestGroup", "CommunicationRequest", "Provenance", "Practitioner"}
    assert from_bundle(bundle).plan == plan
    here = {f"{one['resourceType']}/{one['id']}" for one in resources}
    assert references_in(resources) <= here


def references_in(value):
    if isinstance(value, dict):
        own = {value["reference"]} if isinstance(value.get("reference"), str) else set()
        return own.union(*map(references_in, value.values()))
    return set().union(*map(references_in, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_a_pdf_made_from_an_export_says_what_the_one_from_the_store_says(store, plan, original, copy):
    bundle = json.loads(json.dumps(export(store, plan.id, copy, by="system", at=MONDAY_9AM)))
    read = originals.in_bundle(from_bundle(bundle), url=URL)

    from_store = pdf_of(original, copy, "en", today=TODAY)

    assert text_of(pdf_of(read, copy, "en", today=TODAY)) == text_of(from_store)


@pytest.mark.parametrize("wanted", PLAN_COPIES)
@pytest.mark.parametrize("held", [copy for copy in PLAN_COPIES if copy is not RECORD])
def test_a_bundle_of_one_copy_is_never_printed_as_one_that_says_more(store, plan, held, wanted):
    read = originals.in_bundle(from_bundle(export(store, plan.id, held, by="system", at=MONDAY_9AM)), url=URL)

    if wanted in CAN_BECOME[held]:
        assert page_of(read, wanted, "en", today=TODAY)
    else:
        with pytest.raises(CopySaysTooLittle, match=f"--copy {wanted}"):
            page_of(read, wanted, "en", today=TODAY)


def test_only_a_demo_marks_its_bundles_as_invented(store, plan):
    assert not from_bundle(export(store, plan.id, FAMILY, by="system", at=MONDAY_9AM)).is_demo

    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")

    assert from_bundle(export(store, plan.id, FAMILY, by="system", at=MONDAY_9AM)).is_demo


def test_a_replaced_plan_is_still_exported_and_says_that_it_was_replaced(store, plan, child, gp):
    make_plan(store, child, gp, replaces=plan.id, **FIELDS)

    bundle = export(store, plan.id, FAMILY, by="system", at=MONDAY_9AM)

    assert "This plan was replaced on 23 November 2026." in json.dumps(bundle)
    assert bundle["entry"][0]["resource"]["status"] == "revoked"


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_an_export_comes_in_elsewhere_as_a_record_and_never_as_a_plan(store, plan, copy, tmp_path):
    file = tmp_path / "export.json"
    file.write_text(json.dumps(export(store, plan.id, copy, by="system", at=MONDAY_9AM)), encoding="utf-8")
    elsewhere = open_store(tmp_path / "elsewhere")

    report = import_file(elsewhere, file, by="system", at=MONDAY_9AM, today=TODAY, holidays_for=holidays_for)
    import_file(store, file, by="system", at=MONDAY_9AM, today=TODAY, holidays_for=holidays_for)

    assert "CarePlan" in report.reading.used
    assert kept_plans.plans_of(elsewhere, report.child_id) == ()
    assert all_plans(elsewhere, by="system", at=MONDAY_9AM) == []
    assert [one.id for one in all_plans(store, by="system", at=MONDAY_9AM)] == [plan.id]
    elsewhere.close()


def test_each_export_is_recorded_and_a_refused_one_is_not(store, plan, child, gp):
    draft = make_draft(store, child, gp)
    before = store.count("AuditEvent")

    export(store, plan.id, SCHOOL, by="system", at=MONDAY_9AM)
    with pytest.raises(SheetIsPaper):
        export(store, plan.id, Copy.DISCHARGE, by="system", at=MONDAY_9AM)
    with pytest.raises(DraftHasNoCopies):
        export(store, draft.id, RECORD, by="system", at=MONDAY_9AM)

    assert store.count("AuditEvent") == before + 1
    assert "export the school copy" in str(store.search("AuditEvent")[0])


def test_the_command_writes_the_record_copy_unless_told_otherwise(store, plan, tmp_path, monkeypatch):
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    whole = CliRunner().invoke(run.door, ["export", plan.id, "-o", "record.json"])
    part = CliRunner().invoke(run.door, ["export", plan.id, "--copy", "school", "-o", "school.json"])

    assert (whole.exit_code, whole.stdout, part.exit_code) == (0, "", 0)
    assert from_bundle(json.loads(Path("record.json").read_text())).copy is RECORD
    printed = CliRunner().invoke(run.door, ["pdf", "school.json", "--lang", "en", "-o", "plan.pdf"])
    assert printed.exit_code == 1
    assert "school copy" in printed.stderr
    assert not Path("plan.pdf").exists()
