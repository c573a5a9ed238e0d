"""The record's copy alone holds what a professional should look at now, and the family's copy as printed."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from fhir import kept_people
from fhir.detected_issue import from_detected_issue
from fhir.document import from_document
from fhir.flag import BANNERS, from_flag
from fhir.plan_bundle import from_bundle
from fhir.store.tables import marks
from plans.content import Copy
from plans.places import Organisation, OrganisationKind
from portal.actions import record_copy
from portal.actions.exporting import export
from portal.actions.facts.about import facts_about
from portal.actions.importing.record import import_file
from portal.actions.record_copy import SignalsNotCounted
from portal.calendar import holidays_for
from tests.fhir import gp_records as gp
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_plan

TODAY = MONDAY_9AM.date()
EXAMPLE_SURGERY = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
OTHER_COPIES = [copy for copy in Copy if copy not in {Copy.RECORD, Copy.DISCHARGE}]
FATHER = gp.address("father")
# Words of the signals, of the Flag that came with the record, and names of kinds of resource.
HIDDEN = [
    "DetectedIssue",
    "Flag",
    "Binary",
    "DocumentReference",
    "signal-",
    "Blue inhalers in 12 months",
    "No review within two working days",
    "Vapes",
    "barred",
    "Looked after",
    "Flagword",
]
FLAG = gp.about_the_child("Flag", status="active", code=gp.concept("764841000000100", "Flagword"))
RECORD = gp.bundle(
    gp.entry(gp.condition(gp.concept("195967001", "Asthma"))),
    *(gp.entry(gp.issue(f"2026-{month:02}-05")) for month in range(1, 12)),
    gp.entry(gp.observation(gp.concept(text="Vaping"), valueBoolean=True)),
    gp.entry(FLAG),
    gp.entry(gp.related_person("Ned", "father"), "father"),
    gp.entry(gp.related_person("Asha", "mother", "Has parental responsibility"), "mother"),
    gp.entry(gp.consent("deny", FATHER)),
    gp.entry(
        gp.encounter(
            "IMP",
            "2026-10-01T09:00:00+00:00",
            "2026-10-02T09:00:00+00:00",
            gp.concept("708038006", "Acute exacerbation of asthma"),
        ),
    ),
)


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    """Print a page in no time, and say in which languages one was asked for; real_print prints."""
    asked = []

    def print_one(original, copy, language, **_):
        asked.append((copy, language))
        return b"%PDF-1.7 " + language.encode()

    monkeypatch.setattr(record_copy, "pdf_of", print_one)
    return asked


@pytest.fixture
def clinician(make_person):
    return make_person(organisation=EXAMPLE_SURGERY)


@pytest.fixture
def child(store, clinician, tmp_path):
    """A child whose imported record gives signals of every kind."""
    file = tmp_path / "record.json"
    file.write_bytes(gp.raw(RECORD))
    kept = import_file(store, file, by="system", at=MONDAY_9AM, today=TODAY, holidays_for=holidays_for)
    return kept_people.child(store, kept.child_id)


@pytest.fixture
def plan(store, child, clinician):
    return make_plan(store, child, clinician, language="ur")


def exported(store, plan, copy=Copy.RECORD, **more):
    bundle = export(store, plan.id, copy, by="system", at=MONDAY_9AM, **more)
    return json.loads(json.dumps(bundle))


def of_type(bundle, kind):
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def mark_as_demo(store):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")


def test_the_record_copy_holds_every_signal_of_this_moment_and_each_says_so(store, child, plan):
    found = facts_about(store, child, today=TODAY, holidays_for=holidays_for).findings.signals

    detected = [from_detected_issue(one) for one in of_type(exported(store, plan), "DetectedIssue")]

    assert tuple(one.signal for one in detected) == found
    assert {"reliever-6-or-more", "vaping", "access-barred", "looked-after"} <= {one.name for one in found}
    assert {(one.child_id, one.at) for one in detected} == {(child.id, MONDAY_9AM)}


def test_the_record_copy_holds_a_banner_for_each_signal_that_is_worth_one(store, plan):
    bundle = exported(store, plan)

    flags = [from_flag(one).signal for one in of_type(bundle, "Flag")]
    issues = [from_detected_issue(one).signal for one in of_type(bundle, "DetectedIssue")]
    assert flags == [one for one in issues if one.name in BANNERS]
    assert {one.name for one in flags} == {"access-barred", "looked-after"}


def test_every_signal_that_leaves_is_labelled_restricted(store, plan):
    bundle = exported(store, plan)

    for resource in [*of_type(bundle, "DetectedIssue"), *of_type(bundle, "Flag")]:
        assert [label["code"] for label in resource["meta"]["security"]] == ["R"]


def test_a_review_that_is_late_names_the_stay_that_it_was_owed_for(store, plan):
    (stay,) = store.search("Encounter")
    issues = [from_detected_issue(one) for one in of_type(exported(store, plan), "DetectedIssue")]

    (late,) = [one for one in issues if one.signal.name == "review-after-attack-late"]
    assert [one.rpartition("/")[2] for one in late.evidence] == [stay["id"]]


def test_signals_are_computed_for_the_copy_and_never_kept(store, plan):
    flags = store.count("Flag")

    exported(store, plan)

    assert (store.count("DetectedIssue"), store.count("Flag"), store.count("Binary")) == (0, flags, 0)


@pytest.mark.parametrize("copy", OTHER_COPIES)
def test_no_other_copy_holds_a_signal_a_banner_or_a_document(store, plan, copy, printed):
    text = json.dumps(exported(store, plan, copy))

    assert [word for word in HIDDEN if word.lower() in text.lower()] == []
    assert printed == []


def test_the_hidden_words_are_found_in_the_record_copy(store, plan):
    text = json.dumps(exported(store, plan)).lower()

    assert [word for word in HIDDEN if word.lower() not in text] == [
        "Flagword"
    ]  # the record's own stays there


def test_signals_that_cannot_be_counted_are_refused_and_not_left_out(store, plan):
    def ended(nation):
        return replace(holidays_for(nation), known_until=holidays_for(nation).known_from)

    with pytest.raises(SignalsNotCounted, match="--copy family"):
        exported(store, plan, holidays_for=ended)
    assert exported(store, plan, Copy.FAMILY, holidays_for=ended)


def test_the_record_copy_holds_the_family_copy_in_english_and_in_a_demo_in_their_language(
    store, plan, printed
):
    mark_as_demo(store)
    bundle = exported(store, plan)

    documents = [from_document(*two) for two in pairs_in(bundle)]
    assert [(one.copy, one.language, one.is_final) for one in documents] == [
        (Copy.FAMILY, "en", True),
        (Copy.FAMILY, "ur", False),
    ]
    assert {one.plan_id for one in documents} == {plan.id}
    assert printed == [(Copy.FAMILY, "en"), (Copy.FAMILY, "ur")]


def pairs_in(bundle):
    binaries = {one["id"]: one for one in of_type(bundle, "Binary")}
    for document in of_type(bundle, "DocumentReference"):
        yield binaries[document["content"][0]["attachment"]["url"].removeprefix("Binary/")], document


def test_a_language_that_nobody_signed_off_is_not_printed_outside_a_demo(store, plan, monkeypatch):
    monkeypatch.undo()

    (two,) = pairs_in(exported(store, plan, url="https://plans.example"))

    printed = from_document(*two)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
    assert printed.language == "en"
    assert plan.id not in text
    assert "Robin Kit Example" in text


def test_a_plan_is_read_from_a_record_copy_with_and_without_what_was_added(store, plan):
    new = exported(store, plan)
    added = {"DetectedIssue", "Flag", "Binary", "DocumentReference"}
    old = new | {"entry": [one for one in new["entry"] if one["resource"]["resourceType"] not in added]}

    assert from_bundle(new) == from_bundle(old)
    assert from_bundle(new).plan == plan
