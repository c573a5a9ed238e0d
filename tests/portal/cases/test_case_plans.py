"""Every case record becomes a plan: filled in, completed as its clinician would, signed and printed."""

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fhir import kept_people, kept_plans
from fhir.store import Store, open_store
from plans.confirmations import needed
from plans.content import Copy
from plans.content.copies import copies_for
from plans.draft import fields_of
from plans.errors import PlanNotSafeToSign
from plans.medicines import read_medicines
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Plan
from plans.regimens import attack_script
from portal.actions.accounts import NewAccount, add_account
from portal.actions.copies import page_of
from portal.actions.drafts import CheckedDraft, check_draft, save_draft, start_draft
from portal.actions.importing.record import import_file
from portal.actions.originals import in_store
from portal.actions.plans import sign_draft
from portal.calendar import holidays_for
from portal.person import Person
from tests.portal.cases.case_table import ALWAYS_HIDDEN, ANSWERS, CASES, OF_ANY_PLAN, Case

RECORDS = Path(__file__).resolve().parents[3].parent / "shared" / "cases"
EXPECTED = json.loads((RECORDS / "expected.json").read_text(encoding="utf-8"))["files"]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Desk:
    """A clinician of the child's practice, at the store that holds the record."""

    store: Store
    person: Person
    child_id: str

    def start(self) -> CheckedDraft:
        return self.checked(start_draft(self.store, self.child_id, by=self.person, at=NOON).id)

    def checked(self, draft_id: str) -> CheckedDraft:
        return check_draft(self.store, draft_id, by=self.person, today=TODAY)

    def type(self, checked: CheckedDraft, fields: dict[str, str]) -> CheckedDraft:
        draft = checked.draft
        everything = dict(draft.fields) | fields
        saved = save_draft(self.store, draft.id, everything, draft.version, by=self.person, at=NOON)
        return self.checked(saved.id)

    def confirm_words(self, checked: CheckedDraft) -> CheckedDraft:
        asked = needed(checked.plan, checked.situation.age, read_medicines())
        return self.type(checked, {f"wording-{one.key}": "yes" for one in asked})

    def sign(self, checked: CheckedDraft) -> Plan:
        draft = checked.draft
        return sign_draft(self.store, draft.id, draft.version, by=self.person, at=NOON, today=TODAY)

    def copy(self, plan: Plan, copy: Copy) -> str:
        original = in_store(self.store, plan.id, url="http://127.0.0.1:8000")
        return html.unescape(TAG.sub(" ", page_of(original, copy, "en", today=TODAY)))


@dataclass(frozen=True)
class Written:
    """One case, from the first page of its draft to the signed plan."""

    case: Case
    desk: Desk
    begun: CheckedDraft
    answered: CheckedDraft
    plan: Plan

    @property
    def copies(self) -> dict[Copy, str]:
        child = self.begun.child
        return {copy: self.desk.copy(self.plan, copy) for copy in copies_for(child.age_on(TODAY))}


def desk_of(folder, file):
    """Bring a record in, and let somebody of its practice sign in."""
    store = open_store(folder)
    report = import_file(store, RECORDS / file, by="system", at=NOON, today=TODAY, holidays_for=holidays_for)
    practice = kept_people.child(store, report.child_id).practice_id
    account = NewAccount(
        role=Role.CLINICIAN,
        username="dr.lee",
        name="Dr Ada Lee",
        job="GP",
        organisation=kept_people.organisation(store, practice),
    )
    return Desk(
        store, add_account(store, account, "elm and oak and ash", by="system", at=NOON), report.child_id
    )


def answers_of(case):
    confirmed = {f"{slot}-confirmed": "yes" for slot in case.slots}
    return ANSWERS | confirmed | case.typed | {f"reason-{code}": why for code, why in case.reasons.items()}


def write(case, folder):
    desk = desk_of(folder, case.file)
    begun = desk.start()
    answered = desk.type(begun, answers_of(case))
    repaired = desk.type(answered, {"pens-expire-on": "2027-11-30"} if "pens-expired" in case.then else {})
    return Written(case, desk, begun, answered, desk.sign(desk.confirm_words(repaired)))


@pytest.fixture(scope="module", params=CASES, ids=[case.file[0] for case in CASES])
def written(request, tmp_path_factory):
    done = write(request.param, tmp_path_factory.mktemp("case"))
    yield done
    done.desk.store.close()


def codes(problems):
    return {problem.code for problem in problems}


def begins_in(text, words):
    """Return whether a word of the text begins so."""
    return re.search(rf"(?<!\w){re.escape(words)}", text) is not None


def without_sources(fields):
    return {name: text for name, text in fields.items() if not name.endswith("-source")}


def test_the_draft_starts_with_what_the_record_surely_says_and_no_more(written):
    assert without_sources(written.begun.draft.fields) == written.case.filled


def test_every_dose_of_the_record_names_its_source_and_waits(written):
    for slot, medicine in written.begun.plan.medicines.items():
        assert medicine.source.startswith("GP record, repeat of "), slot
        assert not medicine.confirmed


def test_it_asks_what_this_child_needs_and_what_any_plan_does(written):
    assert codes(written.begun.open_problems) - OF_ANY_PLAN == written.case.asks


def test_the_answers_bring_the_warnings_of_this_child_and_no_other(written):
    brought = codes(written.answered.problems) - written.case.asks - {"wording-not-confirmed"}

    assert brought == written.case.then


def test_what_was_explained_is_kept_with_the_plan_and_nothing_else_had_to_be(written):
    assert {reason.check: reason.text for reason in written.plan.reasons} == written.case.reasons
    assert set(written.plan.fired) == written.case.reasons.keys()


def test_the_attack_steps_are_those_of_the_regimen_and_product(written):
    age = written.begun.child.age_on(TODAY)

    assert attack_script(written.plan, age, read_medicines()) is written.case.script


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.RECORD])
def test_each_copy_says_what_its_reader_needs(written, copy):
    said = written.copies[copy]

    assert [words for words in getattr(written.case, copy.value) if words not in said] == []
    assert written.begun.child.name in said


def test_the_school_is_told_only_what_it_needs(written):
    said = written.copies[Copy.SCHOOL]

    assert [words for words in written.case.not_at_school if words in said] == []


def test_what_is_private_stands_nowhere(written):
    kept = json.dumps(kept_plans.resources_of(written.desk.store, written.plan.id), ensure_ascii=False)
    everything = "\n".join([*written.copies.values(), kept]).casefold()

    hidden = (*written.case.hidden, *ALWAYS_HIDDEN)
    assert [words for words in hidden if begins_in(everything, words.casefold())] == []


def test_a_dose_that_nobody_confirmed_is_never_signed(written, tmp_path):
    desk = desk_of(tmp_path, written.case.file)
    doses = {f"{slot}-confirmed" for slot in written.case.slots}
    answers = {name: text for name, text in answers_of(written.case).items() if name not in doses}
    checked = desk.confirm_words(desk.type(desk.start(), answers))

    with pytest.raises(PlanNotSafeToSign) as refusal:
        desk.sign(checked)
    desk.store.close()

    waiting = {one.field for one in refusal.value.problems if one.code == "dose-not-confirmed"}
    assert waiting == doses


def test_next_year_starts_from_this_plan_with_every_dose_unconfirmed(written):
    again = start_draft(written.desk.store, written.desk.child_id, by=written.desk.person, at=NOON)

    copied = fields_of(written.plan, today=TODAY)
    assert {name: text for name, text in again.fields.items() if name in copied} == {
        name: text for name, text in copied.items() if name != "replaces"
    }
    assert not any(name.endswith("-confirmed") for name in again.fields)
    score = {name: text for name, text in again.fields.items() if name.startswith("control-")}
    assert score == {name: text for name, text in written.case.filled.items() if name.startswith("control-")}


def test_the_well_child_signs_without_a_single_reason():
    (well,) = [case for case in CASES if case.file.startswith("e-")]

    assert (well.asks, well.then, well.reasons) == (frozenset(), frozenset(), {})


THIRD_PARTY = ("synthea/Daisey_Johns.json.gz", "synthea/Gerardo_Botello.json.gz")
BY_HAND = {
    "regimen": "preventer-reliever",
    "preventer-product": "clenil-modulite-50",
    "preventer-morning": "2",
    "preventer-evening": "2",
    "preventer-spacer": "mouthpiece",
    "reliever-product": "ventolin-evohaler-100",
    "reliever-when-needed": "2",
    "reliever-spacer": "mouthpiece",
    "worse-puffs": "4",
    "worse-hours": "4",
    "surgery-phone": "0121 496 0101",
    "language": "en",
    "allergy-plan-confirmed": "yes",
    "no-pens-reason": "The allergy clinic decides in December.",
}


def stranger(folder, file):
    """Bring a foreign record in, and register the child with a practice, which the record does not name."""
    store = open_store(folder)
    report = import_file(store, RECORDS / file, by="system", at=NOON, today=TODAY, holidays_for=holidays_for)
    surgery = Organisation("", OrganisationKind.PRACTICE, "Elm Surgery", "X99001", "0121 496 0101")
    account = NewAccount(
        role=Role.CLINICIAN, username="dr.lee", name="Dr Ada Lee", job="GP", organisation=surgery
    )
    person = add_account(store, account, "elm and oak and ash", by="system", at=NOON)
    with store.write(by=person.ref, at=NOON) as change:
        patient = store.read("Patient", report.child_id)
        practice = {"reference": f"Organization/{person.organisation_id}"}
        change.update(patient | {"generalPractitioner": [practice]}, if_match=patient["meta"]["versionId"])
        change.audit("U", f"Patient/{report.child_id}", f"Patient/{report.child_id}", "register the child")
    return Desk(store, person, report.child_id)


@pytest.mark.parametrize("file", THIRD_PARTY)
class TestForeignRecord:
    def test_lists_every_inhaler_as_it_stands_and_guesses_nothing(self, file, tmp_path):
        begun = stranger(tmp_path, file).start()

        expected = EXPECTED[file]["active_inhalers"]
        assert sorted(one.text for one in begun.reading.unknown) == expected
        assert begun.plan.regimen is None
        assert begun.plan.medicines == {}
        assert "trigger-tobacco-smoke" not in begun.draft.fields
        assert {"regimen-missing", "unknown-medicine-not-chosen"} <= codes(begun.open_problems)

    def test_becomes_a_plan_of_what_a_clinician_chose(self, file, tmp_path):
        desk = stranger(tmp_path, file)
        begun = desk.start()
        choices = {f"{one.field}-choice": chosen(one.text) for one in begun.reading.unknown}

        plan = desk.sign(desk.confirm_words(desk.type(begun, ANSWERS | BY_HAND | choices)))

        said = desk.copy(plan, Copy.FAMILY)
        assert "Clenil Modulite" in said
        assert "Ventolin" in said
        assert "Albuterol" not in said
        assert "ACTUAT" not in said


def chosen(text):
    return "reliever" if "Albuterol" in text else "preventer"
