"""Discharges: told by a form, a file or a message; each starts one review, or waits for a person."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fhir import kept_stays
from fhir.store import Store, Write
from plans.diagnosis import Asthma
from plans.people import Child
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.begin import begin
from portal.actions.discharge.changes import cancel, update
from portal.actions.discharge.child import child_told_of
from portal.actions.discharge.death import ask_about_death, ask_whether_alive, put_right, speaks_of_a_death
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.known import heard_again, review_of
from portal.actions.discharge.outcome import Outcome, State
from portal.actions.discharge.places import hospital_of
from portal.actions.discharge.start import keep_stay
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import Reason


def record_discharge(
    store: Store, told: Told, *, by: str, at: datetime, holidays_for: HolidaysFor
) -> Outcome:
    """Keep what was told of a discharge and return what became of it; all of it lands, or nothing.

    The same discharge again, whichever way it comes, finds its one review. A child who is not known for
    certain, or a fault in what was told, waits for a person with its clock running.

    Raises CalendarEnds for a believable date past the bank holidays that are known, and AnswerNotUnderstood.
    """
    with store.write(by=by, at=at) as write:
        return settle(write, told, holidays_for)


def settle(write: Write, told: Told, holidays_for: HolidaysFor) -> Outcome:
    """Do what record_discharge does, inside an open write."""
    news = News.CANCELLED if told.notice.is_cancelled else told.news
    child = child_told_of(write, told.notice)
    if news is not News.CANCELLED and speaks_of_a_death(write, told, child):
        return ask_about_death(write, told, child)
    outcome = ACTS[news](write, told, child, holidays_for)
    if news is not News.CANCELLED and told.notice.went_nowhere:
        ask_whether_alive(write, told, outcome)
    if news is not News.CANCELLED and outcome.review_id:
        put_right(write, told, outcome.review_id)
    return outcome


def _discharged(write: Write, told: Told, child: Child | Reason, holidays_for: HolidaysFor) -> Outcome:
    if isinstance(child, Reason):
        return _of_nobody(write, told, child, holidays_for)
    review = review_of(write, child, told, write.at)
    if review:
        return heard_again(write, review, told)
    if told.notice.asthma is Asthma.NO:
        return _not_asthma(write, told, child)
    if told.notice.discharged_at is None:
        return keep_for_a_person(write, told, Reason.NO_TIME, holidays_for)
    return begin(write, told, child, told.notice.discharged_at, holidays_for)


def _of_nobody(write: Write, told: Told, reason: Reason, holidays_for: HolidaysFor) -> Outcome:
    if told.notice.asthma is Asthma.NO:
        write.audit("R", detail="hear of a discharge that was not for asthma")
        return Outcome(State.NOT_ASTHMA)
    return keep_for_a_person(write, told, reason, holidays_for)


def _not_asthma(write: Write, told: Told, child: Child) -> Outcome:
    """Keep the stay without a clock: an update may yet say that it was asthma."""
    notice = told.notice
    stay = kept_stays.find_stay(write, child.id, notice.visit, notice.discharged_at)
    if stay is None and notice.discharged_at:
        stay = keep_stay(write, child, told, notice.discharged_at, hospital_of(write, told))
    what = f"Encounter/{stay['id']}" if stay else f"Patient/{child.id}"
    write.audit("C", what, f"Patient/{child.id}", "hear of a discharge that was not for asthma")
    return Outcome(State.NOT_ASTHMA, child.id)


Act = Callable[[Write, Told, Child | Reason, HolidaysFor], Outcome]
ACTS: Mapping[News, Act] = {News.DISCHARGED: _discharged, News.UPDATED: update, News.CANCELLED: cancel}
