"""One store in which everything happens that the portal can write: every regimen, reader, alert and end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from fhir import kept_questions, kept_receipts, kept_reviews, kept_shares
from fhir.store import Store, open_store
from plans.content import Copy
from plans.death import Death
from plans.places import Role
from plans.plan import Plan
from plans.review import Review
from plans.review_events import NEEDS_REASON, EventKind
from plans.sharing import Basis, Reader
from portal.actions import alerts, demo
from portal.actions.accounts import NewAccount, add_account
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.deaths.saying import confirm, say
from portal.actions.discharge.answers import answer
from portal.actions.discharge.file import read_file
from portal.actions.discharges import record_discharge
from portal.actions.exporting import export
from portal.actions.importing.record import import_file
from portal.actions.plans import withdraw_plan
from portal.actions.receipts import late as receipts_late
from portal.actions.receipts.asked import acknowledge, ask_question, note_opened
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.person import Person
from tests.conformance.school import happen_at_school
from tests.portal.conftest import HOMES, MONDAY_9AM, NAMES, PASSWORD
from tests.portal.discharge_making import SATURDAY, tell
from tests.portal.making import (
    PREVENTER_AND_RELIEVER,
    agreed,
    make_child,
    make_family_member,
    make_organisation,
    make_plan,
)

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
LATE = datetime(2026, 12, 2, 9, tzinfo=UTC)
# The record's copy has pages printed in it.
SHORT_COPIES = tuple(copy for copy in Copy if copy not in {Copy.RECORD, Copy.DISCHARGE})
NHS_NUMBERS = (  # one for each event of a review
    "9990001006",
    "9990001014",
    "9990001022",
    "9990001030",
    "9990001049",
    "9990001057",
    "9990001065",
    "9990001073",
    "9990001081",
)
OF_WHO_DIED = "9990001111"
RECORDED = tuple(kind for kind in EventKind if kind is not EventKind.DIED)  # a death is said, and confirmed
NOT_OF_IT = ("preventer-", "reliever-", "worse-")
COMBINATION = {
    "combination_product": "symbicort-turbohaler-200-6",
    "combination_when_needed": "1",
    "combination_most_a_day": "8",
    **dict.fromkeys(
        [name.replace("-", "_") for name in PREVENTER_AND_RELIEVER if name.startswith(NOT_OF_IT)], ""
    ),
}
REGIMENS = {
    "preventer-reliever": {},
    "mart": COMBINATION | {"combination_morning": "1", "combination_evening": "1"},
    "air": COMBINATION,
    "other": {
        "attack_inhaler": "reliever",
        "attack_puffs": "4",
        "attack_gap_seconds": "60",
        "attack_maximum": "8",
    },
}
EVERYTHING = {
    "allergy_1_name": "Peanut",
    "allergy_1_severe": "yes",
    "allergy_2_name": "Grass",
    "allergy_plan_confirmed": "yes",
    "no_pens_reason": "The clinic gives them on Monday.",
    "child_words": "Like a belt round my chest",
    "school_inhaler_place": "In the office",
    "school_spacer": "yes",
    "school_emergency_consent": "yes",
}


@dataclass(frozen=True)
class Desk:
    """The store, and who works at it."""

    store: Store
    gp: Person
    ward: Person


def play(folder: Path) -> None:
    """Let everything happen in a new store of a folder."""
    store = open_store(folder)
    demo.seed(store, at=MONDAY_9AM)
    desk = Desk(store, *(_account(store, role) for role in (Role.CLINICIAN, Role.HOSPITAL)))
    for regimen, fields in REGIMENS.items():
        child = make_child(store, desk.gp, nhs_number="", born=date(2012, 5, 1))
        _export(desk, make_plan(store, child, desk.gp, regimen=regimen, **fields), *SHORT_COPIES)
    _replace_share_and_withdraw(desk)
    _go_to_hospital(desk)
    _die(desk)
    _bring_in_the_cases(store)
    store.close()


def _account(store: Store, role: Role) -> Person:
    username, name, job = NAMES[role]
    account = NewAccount(username, name, job, role, HOMES[role])
    return add_account(store, account, PASSWORD, by="system", at=MONDAY_9AM)


def _export(desk: Desk, plan: Plan, *copies: Copy) -> None:
    for copy in copies:
        export(desk.store, plan.id, copy, by=desk.gp.ref, at=MONDAY_9AM)


def _replace_share_and_withdraw(desk: Desk) -> None:
    store, gp = desk.store, desk.gp
    school = make_organisation(store)
    child = make_child(store, gp, school_id=school.id)
    mother = make_family_member(store, child, phone="07700 900123", reads="ur")
    first = make_plan(store, child, gp, **EVERYTHING)
    happen_at_school(store, child, gp)
    readers = [
        Wanted(Reader.SCHOOL, school.id, Basis.SAFEGUARDING, reason="Not brought 4 times"),
        Wanted(Reader.HOSPITAL, desk.ward.organisation_id, Basis.DIRECT_CARE),
        Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, child.id)),
    ]
    share(store, child.id, readers, by=gp, at=MONDAY_9AM)
    _read(desk, first, school.id)
    second = make_plan(store, child, gp, replaces=first.id, **EVERYTHING)
    receipts_late.sweep(store, now=LATE, holidays_for=holidays_for)
    for one in kept_shares.shares_of(store, child.id)[:1]:
        stop(store, child.id, one.id, by=gp, at=LATE)
    _export(desk, first, Copy.RECORD, *SHORT_COPIES)
    withdraw_plan(store, second.id, reason="Signed for the wrong child", by=gp, at=LATE)
    _export(desk, second, *SHORT_COPIES)


def _read(desk: Desk, plan: Plan, school_id: str) -> None:
    """Let school and hospital open a plan, and school ask about it and read it."""
    store, by = desk.store, desk.ward.ref
    for reader_id in (school_id, desk.ward.organisation_id):
        note_opened(store, plan, reader_id, by=by, at=MONDAY_9AM)
    receipt = next(one for one in kept_receipts.receipts_of(store, plan.id) if one.reader_id == school_id)
    ask_question(store, receipt, "Which spacer?", once="form", by=by, at=MONDAY_9AM)
    acknowledge(store, plan, school_id, by=by, at=MONDAY_9AM)


def _go_to_hospital(desk: Desk) -> None:
    store = desk.store
    for kind, number in zip(RECORDED, NHS_NUMBERS, strict=True):
        child = make_child(store, desk.gp, nhs_number=number)
        plan = make_plan(store, child, desk.gp)
        told = tell(store, child, at=MONDAY_9AM, hospital_id=desk.ward.organisation_id, visit=f"ASH-{kind}")
        _happens(desk, told.review_id, kind)
    _export(desk, plan, Copy.RECORD)
    tell(store, make_child(store, desk.gp), nhs_number="9990000026")  # a discharge that waits for its child
    sweep(store, now=LATE, holidays_for=holidays_for)
    for person in (desk.gp, desk.ward):
        newest = kept_reviews.open_alerts(store)[-1]
        if newest.owner_id == person.organisation_id:
            alerts.acknowledge(store, newest.id, "Phoned them", by=person, at=LATE)
    for asked in kept_questions.open_questions_of(store, desk.ward.organisation_id)[:2]:
        answer(store, asked.id, "yes", by=desk.ward, at=LATE)


def _die(desk: Desk) -> None:
    """Let one person say a death, and another confirm it; the review is closed by that."""
    child = make_child(desk.store, desk.gp, nhs_number=OF_WHO_DIED)
    tell(desk.store, child, at=MONDAY_9AM, hospital_id=desk.ward.organisation_id, visit="ASH-DIED")
    death = Death(str(uuid4()), child.id, LATE.date(), "The ward", str(desk.ward.ref), LATE)
    say(desk.store, death, by=desk.ward, at=LATE)
    confirm(desk.store, child.id, death.id, by=desk.gp, at=LATE)


def _happens(desk: Desk, review_id: str, kind: EventKind) -> None:
    """Record it, by the practice; only the hospital cancels its discharge. What is withdrawn came first."""
    by = desk.ward if kind is EventKind.DISCHARGE_CANCELLED else desk.gp
    withdraws = ""
    if kind is EventKind.WITHDRAWN:
        withdraws = _record(desk.store, review_id, EventKind.BOOKED, by).events[-1].id
    _record(desk.store, review_id, kind, by, withdraws=withdraws)


def _record(store: Store, review_id: str, kind: EventKind, by: Person, **entry: str) -> Review:
    reason = "Because" if kind in NEEDS_REASON else ""
    made = Entry(kind, MONDAY_9AM, reason=reason, **entry)
    return record(store, review_id, made, version=version_of(store, review_id), by=by, at=MONDAY_9AM)


def _bring_in_the_cases(store: Store) -> None:
    """Read each case record and each discharge, where these stand beside the project."""
    for file in sorted(CASES.glob("?-*.json")):
        import_file(store, file, by="system", at=SATURDAY, today=SATURDAY.date(), holidays_for=holidays_for)
    for file in sorted([*CASES.glob("discharge-*.json"), *CASES.glob("adt-*.hl7")]):
        record_discharge(store, read_file(file), by="system", at=SATURDAY, holidays_for=holidays_for)
