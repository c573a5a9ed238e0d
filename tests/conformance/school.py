"""What school writes down, each of it once as little and once as much as it can say."""

from dataclasses import replace
from uuid import uuid4

from fhir.store import Store
from plans.month_year import MonthYear
from plans.people import Child
from plans.places import Role
from plans.school_consent import EmergencyConsent
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_kit import KitCheck, KitItem
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, term_of
from plans.weekend import Decision, Way
from portal.actions.concerns import answering
from portal.actions.school import log as school_log
from portal.actions.school.absence import keep_figures
from portal.actions.school.consent import keep_answer
from portal.actions.school.inhaler import check_inhaler
from portal.actions.school.kit import check_kit
from portal.calendar import holidays_for
from portal.person import Person
from tests.portal.concern_making import decide, make_concern
from tests.portal.conftest import MONDAY_9AM


def happen_at_school(store: Store, child: Child, by: Person) -> None:
    """Let a school check, write down, count and fear all that it can of a child."""
    missing = SchoolInhaler(child.id, child.school_id, False, Spacer.MISSING, by.post_id, MONDAY_9AM)
    there = replace(missing, is_there=True, place="Office", expires=MonthYear(2027, 11), doses_left=120)
    for found in (missing, there):
        check_inhaler(store, found, by=by, at=MONDAY_9AM)
    for is_given in (False, True):
        answer = EmergencyConsent(child.id, child.school_id, is_given, "A parent", MONDAY_9AM.date())
        keep_answer(store, answer, is_written=True, by=by, at=MONDAY_9AM)
    whole = KitCheck(
        child.school_id, "Hall", by.post_id, MONDAY_9AM, 1, "AB", MonthYear(2027, 5), 2, frozenset(KitItem)
    )
    for kit in (whole, replace(whole, spacers=0), replace(whole, is_kept=False)):
        check_kit(store, kit, by=by, at=MONDAY_9AM)
    _log(store, child, by)
    figures = Absence(child.id, term_of(MONDAY_9AM.date()), 14, 120, by.post_id, MONDAY_9AM)
    for one in (figures, replace(figures, missed=15)):
        keep_figures(store, one, by=by, at=MONDAY_9AM)
    _concerns(store, child, by)


def _concerns(store: Store, child: Child, by: Person) -> None:
    """Let a concern go through all that it can: seen, decided on, answered, disagreed with, withdrawn."""
    concern = make_concern(store, child, by, how_safe=1)
    owner = replace(by, organisation_id=concern.owner_id, role=Role.CLINICIAN)
    answering.acknowledge(store, concern.id, str(uuid4()), by=owner, at=MONDAY_9AM)
    for ways in ({Way.ON_CALL: "Dr Lee", Way.FAMILY_PLAN: "At the aunt's"}, {Way.NOT_NEEDED: "Seen"}):
        about, until = f"Task/{concern.id}", MONDAY_9AM.date()
        made = Decision(
            str(uuid4()), child.id, about, str(owner.ref), owner.organisation_id, MONDAY_9AM, until, ways
        )
        decide(store, made, by=owner, at=MONDAY_9AM)
    answering.answer(store, concern.id, str(uuid4()), "Seen", by=owner, at=MONDAY_9AM)
    answering.disagree(
        store, concern.id, str(uuid4()), "Not safe", by=by, at=MONDAY_9AM, holidays_for=holidays_for
    )
    answering.withdraw(store, concern.id, str(uuid4()), "Another child", by=by, at=MONDAY_9AM)


def _log(store: Store, child: Child, by: Person) -> None:
    least = SchoolEntry("", child.id, EntryKind.MISSED_PE, MONDAY_9AM, by.post_id)
    reliever = {"puffs": 2, "inhaler": Inhaler.EMERGENCY, "why": Why.SYMPTOMS}
    attack = replace(least, kind=EntryKind.ATTACK, words="Could not speak", called_999=True, is_hidden=True)
    most = {"words": "Better", "told_by": "The office", "given_by": "A teacher"}
    for entry in (least, attack, replace(least, kind=EntryKind.RELIEVER, **reliever, **most)):
        kept = replace(entry, id=str(uuid4()))
        school_log.record(store, kept, by=by, at=MONDAY_9AM)
        school_log.withdraw(store, child.id, kept.id, "Another child", by=by, at=MONDAY_9AM)
        school_log.record(store, replace(entry, id=str(uuid4())), by=by, at=MONDAY_9AM)
