"""Beginning the clock of a discharge, or handing it to a person where it cannot be begun."""

from datetime import datetime

from fhir.store import Write
from plans.diagnosis import Asthma
from plans.discharge_questions import is_implausible
from plans.people import Child
from plans.working_days import CalendarEnds
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.order import put_in_order
from portal.actions.discharge.outcome import Outcome, State, of_review
from portal.actions.discharge.places import hospital_of, is_staffed, practice_of, who_can_own
from portal.actions.discharge.start import Start, start_review
from portal.actions.discharge.told import Told
from portal.actions.discharge.waiting import Reason
from portal.actions.discharge.whereabouts import note_discharge


def begin(
    write: Write, told: Told, child: Child, discharged_at: datetime, holidays_for: HolidaysFor
) -> Outcome:
    """Start the review and return that it runs.

    Where nobody works at the practice nor at the hospital, a staffed team here stands in for the hospital.
    Where nobody could own it, or the date is past the calendar and cannot be right, a person gets it. Raises
    CalendarEnds for a believable date past the calendar.
    """
    practice, hospital = practice_of(write, child.practice_id), hospital_of(write, told)
    is_anybody_there = any(one and is_staffed(write, one.id) for one in (practice, hospital))
    keeper = hospital if is_anybody_there else who_can_own(write) or hospital
    if practice is None and keeper is None:
        return keep_for_a_person(write, told, Reason.NOBODY_TO_OWN, holidays_for)
    start = Start(child, told, discharged_at, practice, hospital, keeper)
    try:
        review = start_review(write, start, holidays_for)
    except CalendarEnds:
        if is_implausible(discharged_at, write.at):
            return keep_for_a_person(write, told, Reason.DATE_PAST_CALENDAR, holidays_for)
        raise
    put_in_order(write, told, review)
    note_discharge(write, child.id)
    return of_review(State.ASKED if told.notice.asthma is Asthma.UNCLEAR else State.STARTED, review)
