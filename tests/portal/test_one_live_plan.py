"""A child has one live plan everywhere: in what signing checks, and in the store itself."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from fhir import kept_plans
from fhir.codes import PLAN_SERIES
from fhir.kept_plans import SignedPlanNeverChanges
from fhir.store import open_store
from fhir.store.copying import backup
from fhir.store.errors import SecondLivePlan
from fhir.store.migrations import steps
from fhir.store.postgres import PostgresEngine
from fhir.store.sqlite import SqliteEngine
from plans.errors import PlanNotSafeToSign
from plans.places import Role
from plans.plan import Status, replaced
from portal.actions.importing.record import import_file
from portal.actions.plans import sign_draft, withdraw_plan
from portal.calendar import holidays_for
from tests.portal.conftest import MONDAY_9AM, on_both_engines, on_the_embedded_engine
from tests.portal.making import TODAY, make_child, make_draft, make_plan

ROOT = Path(__file__).parents[2]
POINTS_ELSEWHERE = {"author", "contributor", "activity", "careTeam", "replaces", "supportingInfo"}
LATER = MONDAY_9AM + timedelta(hours=1)
SIGN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fhir.store import open_store
from plans.errors import PlanNotSafeToSign
from portal.actions.accounts import people_of
from portal.actions.plans import sign_draft

store = open_store(Path(sys.argv[1]), sys.argv[4])
by, now = people_of(store, sys.argv[2])[0], datetime(2026, 11, 23, 10, tzinfo=UTC)
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
try:
    sign_draft(store, sys.argv[3], 1, by=by, at=now, today=now.date())
    sys.stdout.write("signed")
except PlanNotSafeToSign as refusal:
    sys.stdout.write(" ".join(problem.field for problem in refusal.problems))
"""

engine = on_both_engines()


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, doctor):
    return make_child(store, doctor)


def live_plans(store, child):
    """Return the ids of all CarePlans of a child that the store calls live."""
    found = store.search("CarePlan", identifier=f"{PLAN_SERIES}|{child.id}", status="active")
    return [one["id"] for one in found]


def copied(care_plan, **changes):
    """Return the CarePlan as one that is not kept yet."""
    return {name: value for name, value in care_plan.items() if name not in {"id", "meta"}} | changes


def refused_at(store, draft, doctor):
    """Return the fields for which signing is refused."""
    with pytest.raises(PlanNotSafeToSign) as refusal:
        sign_draft(store, draft.id, draft.version, by=doctor, at=LATER, today=TODAY)
    return [problem.field for problem in refusal.value.problems]


def sign_at_once(place, doctor, *drafts):
    """Sign each draft in a process of its own, all let go together; return what each came to."""
    folder, url = map(str, place)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SIGN, folder, doctor.account_id, draft.id, url],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for draft in drafts
    ]  # fmt: skip
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate()[0] for process in running)


# Signing


def test_of_two_first_plans_signed_at_once_one_is_refused(store, doctor, child, tmp_path, database_url):
    drafts = make_draft(store, child, doctor), make_draft(store, child, doctor)

    assert sign_at_once((tmp_path, database_url), doctor, *drafts) == ["replaces", "signed"]
    assert len(live_plans(store, child)) == 1


def test_of_two_new_versions_signed_at_once_one_is_refused(store, doctor, child, tmp_path, database_url):
    first = make_plan(store, child, doctor)
    drafts = [make_draft(store, child, doctor, replaces=first.id) for _ in range(2)]

    assert sign_at_once((tmp_path, database_url), doctor, *drafts) == ["replaces", "signed"]
    (live,) = live_plans(store, child)
    assert kept_plans.plan(store, live).version == 2


def test_a_draft_that_replaces_a_plan_replaced_since_is_refused(store, doctor, child):
    first = make_plan(store, child, doctor)
    stale = make_draft(store, child, doctor, replaces=first.id)
    second = make_plan(store, child, doctor, at=LATER, replaces=first.id)

    assert refused_at(store, stale, doctor) == ["replaces"]
    assert live_plans(store, child) == [second.id]


def test_a_withdrawn_plan_cannot_be_replaced(store, doctor, child):
    first = make_plan(store, child, doctor)
    withdraw_plan(store, first.id, reason="Wrong child", by=doctor, at=MONDAY_9AM)
    draft = make_draft(store, child, doctor, replaces=first.id)

    assert refused_at(store, draft, doctor) == ["replaces"]
    assert live_plans(store, child) == []
    assert kept_plans.plan(store, first.id).status is Status.WITHDRAWN


def test_another_childs_plan_cannot_be_replaced(store, doctor, child):
    other = make_plan(store, make_child(store, doctor, given="Bilal", nhs_number=""), doctor)
    make_plan(store, child, doctor)
    draft = make_draft(store, child, doctor, replaces=other.id)

    assert refused_at(store, draft, doctor) == ["replaces"]
    assert kept_plans.plan(store, other.id).status is Status.SIGNED


def test_a_plan_that_a_file_claims_as_ours_is_not_live_here(store, doctor, child, tmp_path):
    plan = make_plan(store, child, doctor)
    ours = copied(store.read("CarePlan", plan.id))
    claimed = {name: value for name, value in ours.items() if name not in POINTS_ELSEWHERE} | {
        "id": "claimed"
    }
    named = [f"Patient/{child.id}", f"Organization/{child.practice_id}"]
    entries = [
        *({"fullUrl": name, "resource": store.read(*name.split("/"))} for name in named),
        {"fullUrl": "CarePlan/claimed", "resource": claimed},
    ]
    file = tmp_path / "record.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))

    import_file(store, file, by="system", at=LATER, today=TODAY, holidays_for=holidays_for)

    assert live_plans(store, child) == [plan.id]
    assert [one.id for one in kept_plans.plans_of(store, child.id)] == [plan.id]


# The store itself


@pytest.mark.parametrize("engine", [SqliteEngine, PostgresEngine])
def test_the_store_names_the_series_of_plans_as_the_rest_does(engine):
    named = [one for one in steps(engine) if "one_live_plan" in one.name]

    assert named
    assert all(f"'{PLAN_SERIES}'" in step.read_text(encoding="utf-8") for step in named)


def test_the_store_refuses_a_second_live_plan_whoever_writes_it(store, doctor, child):
    plan = make_plan(store, child, doctor)
    second = copied(store.read("CarePlan", plan.id))
    before = store.count("CarePlan")

    with pytest.raises(SecondLivePlan), store.write(by="system", at=LATER) as write:
        write.create(second)

    assert live_plans(store, child) == [plan.id]
    assert store.count("CarePlan") == before


@pytest.mark.parametrize("end", ["replaced", "withdrawn"])
def test_the_store_lets_no_ended_plan_come_back_beside_a_live_one(store, doctor, child, end):
    first = make_plan(store, child, doctor)
    if end == "withdrawn":
        withdraw_plan(store, first.id, reason="Wrong dose", by=doctor, at=MONDAY_9AM)
    live = make_plan(store, child, doctor, at=LATER, replaces=first.id if end == "replaced" else "")
    ended = store.read("CarePlan", first.id)

    with pytest.raises(SecondLivePlan), store.write(by="system", at=LATER) as write:
        write.update(ended | {"status": "active"}, if_match=ended["meta"]["versionId"])

    assert live_plans(store, child) == [live.id]


def test_the_store_takes_other_plans_of_other_children_and_of_elsewhere(store, doctor, child):
    plan = store.read("CarePlan", make_plan(store, child, doctor).id)
    other = make_child(store, doctor, given="Bilal", nhs_number="")
    series = {"system": PLAN_SERIES, "value": other.id}

    with store.write(by="system", at=LATER) as write:
        write.create(copied(plan, identifier=[series]))
        write.create(copied(plan, identifier=[{"system": "https://elsewhere.example", "value": child.id}]))
        write.create(copied(plan, identifier=[{"system": PLAN_SERIES, "value": child.id}], status="revoked"))
        write.audit("C", f"Patient/{child.id}")

    assert live_plans(store, child) == [plan["id"]]


@on_the_embedded_engine
def test_a_store_that_was_put_back_holds_to_one_live_plan(store, doctor, child, tmp_path):
    plan = make_plan(store, child, doctor)
    backup.backup(store, tmp_path / "kept.sqlite")
    make_plan(store, child, doctor, at=LATER, replaces=plan.id)
    store.close()

    backup.restore(store.engine.file.parent, tmp_path / "kept.sqlite")

    again = open_store(store.engine.file.parent)
    assert live_plans(again, child) == [plan.id]
    with pytest.raises(SecondLivePlan), again.write(by="system", at=LATER) as write:
        write.create(copied(again.read("CarePlan", plan.id)))
    again.close()


# What was signed


def test_a_plan_is_never_ended_with_other_words(store, doctor, child):
    plan = make_plan(store, child, doctor)
    altered = replaced(plan, at=LATER)
    object.__setattr__(altered, "surgery_phone", "0121 496 0199")

    with pytest.raises(SignedPlanNeverChanges), store.write(by="system", at=LATER) as write:
        kept_plans.end(write, altered)

    assert kept_plans.live_plan(store, child.id) == plan
