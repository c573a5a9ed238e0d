"""Copies as pages and PDFs, and the command line that prints them: whole, or refused in one sentence."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

import run
from fhir import kept_people, kept_reviews
from fhir.store.tables import marks
from plans.content import Copy, sections
from plans.errors import CopyNeedsDischarge, LanguageLacksSentence, LanguageNotSignedOff, UnknownLanguage
from plans.leaflet import labels, wording
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.plan import Allergy, PeakFlow, Plan, Reason, SchoolCare
from plans.review import Review
from plans.seen_by import seen_by
from portal.actions import originals
from portal.actions.copies import CAN_BECOME, leaflet_of, page_of, pdf_of, people_seen_by
from portal.actions.exporting import export
from portal.actions.originals import DraftHasNoCopies
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, begin_with, new_person, parts_of_world
from tests.portal.making import make_child, make_draft, make_family_member, make_organisation, make_plan

TODAY = MONDAY_9AM.date()
URL = "https://plans.example"
PLAN_COPIES = [copy for copy in Copy if copy is not Copy.DISCHARGE]


class World(NamedTuple):
    """Who signed what is in the store."""

    gp: Person
    plan: Plan


def signed_plan(store):
    """Keep a child, a mother and a plan."""
    gp = new_person(store)
    child = make_child(store, gp)
    make_family_member(store, child)
    return World(gp, make_plan(store, child, gp))


# Every test of this file begins with a signed plan.
kept_before, new_store_file, world = begin_with(signed_plan)
gp, plan = parts_of_world("gp", "plan")


@pytest.fixture
def original(store, plan):
    return originals.in_store(store, plan.id, url=URL)


@pytest.fixture
def demo(store):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")


@pytest.fixture
def door(store, tmp_path, monkeypatch):
    """Run a command on this store, as somebody at a terminal would."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
    monkeypatch.setenv("PUFFIN_URL", URL)
    monkeypatch.setattr(run, "now", lambda: MONDAY_9AM)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(run.door, [str(word) for word in words])


def make_discharge(store, plan, hospital, gp):
    review = Review(
        id=str(uuid4()),
        child_id=plan.child_id,
        encounter_id=str(uuid4()),
        discharged_at=MONDAY_9AM - timedelta(days=1),
        due=date(2026, 11, 25),
        owner_id=gp.organisation_id,
        requester_id=hospital.id,
    )
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_reviews.keep(write, review)
        write.audit("C", f"Task/{review.id}", f"Patient/{plan.child_id}", "start the review")
    return review


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def refusal(result):
    """Return the one line of a refusal, after a look at the rest of what a command must do then."""
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_the_table_says_for_every_copy_what_it_can_become():
    assert set(CAN_BECOME) == set(Copy)


@pytest.mark.parametrize("wanted", PLAN_COPIES)
@pytest.mark.parametrize("held", PLAN_COPIES)
def test_a_copy_can_become_just_those_that_say_no_more_than_it_does(original, held, wanted):
    def printed(plan, people):
        said = sections(
            seen_by(wanted, plan), people_seen_by(wanted, people), wanted, read_medicines(), TODAY
        )
        return [section for section in said if section.code]

    plan = make_rich(original.plan)
    whole = printed(plan, original.people)
    from_copy = printed(seen_by(held, plan), people_seen_by(held, original.people))

    assert (whole == from_copy) == (wanted in CAN_BECOME[held])


def make_rich(plan):
    """Return the plan with something in every part that one reader sees and another does not."""
    return replace(
        plan,
        allergies=(Allergy("Peanut", severe=True),),
        peak_flow=PeakFlow(best=300, worse_below=240, attack_below=150),
        reasons=(Reason("age", "Because"),),
        school=SchoolCare("The office", True, True, "Hodan Test", "07700 900123"),
        child_words="I like to swim.",
    )


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_page_and_pdf_say_the_same(original, copy):
    page = page_of(original, copy, "en", today=TODAY)
    printed = text_of(pdf_of(original, copy, "en", today=TODAY))

    for section in leaflet_of(original, copy, "en", today=TODAY).sections:
        assert section.heading.english() in page.unescape()
        assert section.heading.english().partition("{")[0].strip() in printed


def test_the_code_leads_to_this_version_in_the_language_of_the_copy(original):
    invented = replace(original, is_demo=True)

    english, urdu = (leaflet_of(invented, Copy.FAMILY, code, today=TODAY).code_url for code in ("en", "ur"))

    assert english == original.code_url
    assert english.startswith(f"{URL}/c/{original.plan.id}/")
    assert urdu == f"{english}?lang=ur"


def test_an_unknown_language_is_refused_with_those_there_are(original):
    with pytest.raises(UnknownLanguage, match="ur"):
        page_of(original, Copy.FAMILY, "tlh", today=TODAY)


def test_wording_that_nobody_signed_off_is_never_issued_outside_a_demo(original):
    with pytest.raises(LanguageNotSignedOff, match="English.*picture.*interpreter"):
        pdf_of(original, Copy.FAMILY, "ur", today=TODAY)


def test_a_demo_issues_it_and_says_on_the_page_that_nobody_checked_it(demo, original):
    demo_original = originals.Original(original.plan, original.people, is_demo=True)

    page = page_of(demo_original, Copy.FAMILY, "ur", today=TODAY)

    assert in_language("ur", demo=True).say(labels.NOT_CHECKED) in page
    assert 'lang="ur" dir="rtl"' in page


def test_a_language_that_lacks_a_sentence_is_refused_and_never_mixed(original, monkeypatch):
    monkeypatch.setattr(wording, "_catalogue", lambda _language: wording._NothingElse())
    demo_original = originals.Original(original.plan, original.people, is_demo=True)

    with pytest.raises(LanguageLacksSentence, match="English.*interpreter"):
        page_of(demo_original, Copy.FAMILY, "pl", today=TODAY)


def test_a_sheet_after_hospital_needs_an_open_review(original):
    with pytest.raises(CopyNeedsDischarge):
        pdf_of(original, Copy.DISCHARGE, "en", today=TODAY)


def test_the_sheet_after_hospital_names_the_day_of_the_review(store, plan, gp):
    hospital = make_organisation(store, kind="hospital", name="Ash Hospital")
    make_discharge(store, plan, hospital, gp)
    original = originals.in_store(store, plan.id, url=URL)

    printed = text_of(pdf_of(original, Copy.DISCHARGE, "en", today=TODAY))

    assert "25 November 2026" in printed
    assert "Ash Hospital" in printed


def test_a_draft_has_no_copies(store, gp):
    draft = make_draft(store, make_child(store, gp), gp)

    with pytest.raises(DraftHasNoCopies):
        originals.in_store(store, draft.id, url=URL)


# The command line


def test_pdf_prints_a_plan_and_records_it(door, store, plan):
    result = door("pdf", plan.id, "--lang", "en", "--copy", "school", "-o", "plan.pdf")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "Asthma plan for school" in text_of(Path("plan.pdf").read_bytes())
    (event,) = [one for one in store.search("AuditEvent") if "print the school copy, en" in str(one)]
    assert "system" in str(event["agent"])


def test_pdf_prints_beside_english_on_request(door, demo, plan):
    assert door("pdf", plan.id, "--lang", "ur", "--bilingual", "-o", "plan.pdf").exit_code == 0

    assert "Asthma attack" in text_of(Path("plan.pdf").read_bytes())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--lang", "tlh"], "Choose one of these"),
        (["--lang", "ur"], "No clinician has signed off"),
        (["--lang", "en", "--copy", "discharge"], "needs a discharge"),
    ],
)
def test_pdf_refuses_in_one_line_and_leaves_no_file(door, store, plan, words, says):
    before = store.count("AuditEvent")

    result = door("pdf", plan.id, *words, "-o", "plan.pdf")

    assert says in refusal(result)
    assert not Path("plan.pdf").exists()
    assert store.count("AuditEvent") == before


@pytest.mark.parametrize("id", ["no-such-plan", "00000000-0000-4000-8000-000000000000"])
def test_a_plan_that_does_not_exist_is_refused(door, id):
    assert "no such plan" in refusal(door("pdf", id, "--lang", "en", "-o", "plan.pdf"))
    assert "no such plan" in refusal(door("export", id, "-o", "plan.json"))


def test_what_was_there_stays_when_printing_is_refused(door, plan):
    Path("plan.pdf").write_text("the one before")

    door("pdf", plan.id, "--lang", "tlh", "-o", "plan.pdf")

    assert Path("plan.pdf").read_text() == "the one before"
    assert [path.name for path in Path().glob("*plan*")] == ["plan.pdf"]


def test_a_place_that_cannot_be_written_is_named(door, plan):
    line = refusal(door("pdf", plan.id, "--lang", "en", "-o", "nowhere/plan.pdf"))

    assert line.startswith("nowhere/plan.pdf cannot be used")


def test_a_language_must_be_said(door, plan):
    assert door("pdf", plan.id, "-o", "plan.pdf").exit_code == 2


def test_plans_lists_drafts_and_every_version_and_names_nobody_to_a_program(door, store, gp, plan):
    child, first = kept_people.child(store, plan.child_id), plan
    second = make_plan(store, child, gp, at=MONDAY_9AM + timedelta(hours=1), replaces=first.id)
    draft = make_draft(store, child, gp, language="ur")

    result = door("plans", "--json")

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["id"], row["version"], row["status"]) for row in rows] == [
        (draft.id, 3, "draft"),
        (second.id, 2, "signed"),
        (first.id, 1, "replaced"),
    ]
    assert rows[0] == {
        "id": draft.id,
        "child": child.id,
        "version": 3,
        "status": "draft",
        "language": "ur",
        "review_by": "2027-06-11",
    }
    assert "Amina" not in result.stdout
    assert "Amina Test" in door("plans").output


def test_languages_tells_coverage_and_sign_off(door):
    rows = [json.loads(line) for line in door("languages", "--json").stdout.splitlines()]

    english = rows[0]
    assert (english["language"], english["translated"]) == ("en", english["all"])
    assert all(row["translated"] <= row["all"] for row in rows)
    assert "not signed off: demo only" in door("languages").output


def test_an_export_prints_without_a_store(door, store, plan, monkeypatch):
    bundle = export(store, plan.id, Copy.FAMILY, by="system", at=MONDAY_9AM)
    Path("family.json").write_text(json.dumps(bundle))
    monkeypatch.setenv("PUFFIN_DATA", "/nowhere/at/all")

    assert door("pdf", "family.json", "--lang", "en", "-o", "plan.pdf").exit_code == 0

    assert "Amina Test" in text_of(Path("plan.pdf").read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"resourceType": "Patient"}',
        "\udc80",
        '"text"',
        "NaN",
        "\0",
        "[" * 100_000,
        " " * 21_000_000,
    ],
    ids=range(10),
)
def test_a_file_that_export_did_not_write_is_refused(door, content):
    Path("other.json").write_bytes(content.encode(errors="surrogateescape"))

    assert "export" in refusal(door("pdf", "other.json", "--lang", "en", "-o", "plan.pdf"))
