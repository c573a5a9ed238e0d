"""Keeping a discharge for a person to look at, with its clock running and an owner."""

from datetime import date, datetime

from fhir import kept_reviews
from fhir.store import Write
from plans.discharge_questions import is_implausible
from plans.follow_up import due_on
from plans.working_days import CalendarEnds, Holidays
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.outcome import Outcome, State, of_review
from portal.actions.discharge.places import hospital_of, nation_of, practice_named, who_can_own
from portal.actions.discharge.told import Told
from portal.actions.discharge.waiting import SENTENCES, NewWaiting, Reason, Waiting, wait


def keep_for_a_person(
    write: Write, told: Told, reason: Reason, holidays_for: HolidaysFor | None = None
) -> Outcome:
    """Keep what was told for a person; its clock runs where `holidays_for` are given.

    Raises CalendarEnds for a believable date past the bank holidays that are known.
    """
    hospital, practice = hospital_of(write, told), practice_named(write, told)
    owner = who_can_own(write, hospital, practice) or hospital or practice
    clock_from, due = None, None
    if holidays_for:
        holidays = holidays_for(nation_of(told, practice, hospital))
        clock_from, due, reason = _clock(told.notice.discharged_at, reason, write.at, holidays)
    kept = wait(
        write,
        NewWaiting(
            told,
            reason,
            owner_id=owner.id if owner else "",
            owner=owner.name if owner else told.notice.practice_code or told.notice.hospital_name,
            clock_from=clock_from,
            due=due,
        ),
    )
    write.audit("C", detail=f"keep a discharge for a person: {kept.reason}")
    return _outcome(write, kept, reason)


def _clock(
    discharged_at: datetime | None, reason: Reason, now: datetime, holidays: Holidays
) -> tuple[datetime, date, Reason]:
    """Return from when the clock runs, when the review is due, and why a person must look."""
    if discharged_at is None:
        return now, due_on(now, holidays), reason
    try:
        return discharged_at, due_on(discharged_at, holidays), reason
    except CalendarEnds:
        if not is_implausible(discharged_at, now):
            raise
        return now, due_on(now, holidays), Reason.DATE_PAST_CALENDAR


def _outcome(write: Write, kept: Waiting, reason: Reason) -> Outcome:
    """Return what became of it; somebody may have matched the very same message before.

    It may have waited before, for another reason than that for which it waits now.
    """
    kind, _, id = kept.matched_to.partition("/")
    if kind == "Task":
        return of_review(State.ALREADY_KNOWN, kept_reviews.review(write, id))
    if kept.matched_to:
        return Outcome(State.ALREADY_KNOWN, waiting_id=kept.id)
    left = kept.told.notice.discharged_at if kept.due else None
    why = SENTENCES[reason]
    return Outcome(State.UNMATCHED, "", left, kept.clock_from, kept.due, waiting_id=kept.id, why=why)
