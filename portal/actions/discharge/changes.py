"""News about a discharge after it was told: an update, which starts nothing alone, or its cancellation."""

from dataclasses import replace
from uuid import uuid4

from fhir import kept_reviews, kept_stays
from fhir.store import Write
from fhir.store.tables import incoming
from plans.diagnosis import Asthma
from plans.people import Child
from plans.review import Review
from plans.review_events import Event, EventKind, add_event
from portal.actions.alerts import close_waiting
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.begin import begin
from portal.actions.discharge.death import ABOUT, settle_asked
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.known import heard_again, is_cancelled, review_of
from portal.actions.discharge.outcome import Outcome, State
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import Reason, Waiting, find
from portal.actions.discharge.whereabouts import ask_later
from portal.actions.gp_inbox.sending import take_back
from portal.actions.reviews import keep_events

BY_THE_HOSPITAL = "The hospital cancelled this discharge."
CANCELLED = "cancelled"


def update(write: Write, told: Told, child: Child | Reason, holidays_for: HolidaysFor) -> Outcome:
    """Keep an update. It starts a clock only by turning a discharge that we were told of into asthma."""
    if isinstance(child, Reason):
        return _update_of_nobody(write, told)
    review = review_of(write, child, told, write.at)
    if review:
        return _without_clock(heard_again(write, review, told))
    stay = kept_stays.find_stay(write, child.id, told.notice.visit, told.notice.discharged_at)
    left = kept_stays.discharged_at(stay) if stay and kept_stays.was_told(stay) else None
    if left and told.notice.asthma is not Asthma.NO:
        return begin(write, told, child, left, holidays_for)
    return _about_nothing_known(write, told, child)


def cancel(write: Write, told: Told, child: Child | Reason, _holidays_for: HolidaysFor) -> Outcome:
    """Withdraw the review of a discharge that did not happen, with the reason; it is not counted as done."""
    waiting = find(write, replace(told, news=News.DISCHARGED))
    if waiting:
        return _end_waiting(write, waiting)
    if isinstance(child, Reason):
        return keep_for_a_person(write, told, Reason.NO_SUCH_DISCHARGE)
    stay = kept_stays.find_stay(write, child.id, told.notice.visit, told.notice.discharged_at)
    if stay is None:
        return keep_for_a_person(write, told, Reason.NO_SUCH_DISCHARGE)
    reviews = [
        one for one in kept_reviews.reviews_of_child(write, child.id) if one.encounter_id == stay["id"]
    ]
    if not reviews and not kept_stays.was_told(stay):
        return keep_for_a_person(write, told, Reason.NO_SUCH_DISCHARGE)
    for review in reviews:
        if not is_cancelled(review, write.at):
            _withdraw(write, review)
    kept_stays.lasts_still(write, stay)
    write.audit("U", f"Encounter/{stay['id']}", f"Patient/{child.id}", "cancel the discharge")
    return Outcome(State.CANCELLED, child.id)


def _withdraw(write: Write, review: Review) -> None:
    event = Event(str(uuid4()), EventKind.DISCHARGE_CANCELLED, write.at, write.by, BY_THE_HOSPITAL)
    events = add_event(review.events, event, discharged_at=review.discharged_at, now=write.at)
    keep_events(write, replace(review, events=events), "cancel the discharge")
    take_back(write, f"Task/{review.id}")
    settle_asked(write, f"Task/{review.id}", BY_THE_HOSPITAL)
    ask_later(write, review)


def _end_waiting(write: Write, waiting: Waiting) -> Outcome:
    incoming.match(write, waiting.id, CANCELLED)
    close_waiting(write, waiting.id, BY_THE_HOSPITAL)
    settle_asked(write, f"{ABOUT}{waiting.id}", BY_THE_HOSPITAL)
    write.audit("U", detail="cancel a discharge that waited for a person")
    return Outcome(State.CANCELLED, waiting_id=waiting.id)


def _update_of_nobody(write: Write, told: Told) -> Outcome:
    waiting = find(write, replace(told, news=News.DISCHARGED))
    if waiting:
        write.audit("R", detail="hear again of a discharge that waits for a person")
        return Outcome(State.UNMATCHED, waiting_id=waiting.id)
    return _about_nothing_known(write, told, None)


def _about_nothing_known(write: Write, told: Told, child: Child | None) -> Outcome:
    """Keep an update that says a child has left with asthma; the others are noted and start nothing."""
    is_asthma = told.notice.asthma is not Asthma.NO
    if is_asthma and told.notice.discharged_at:
        return replace(
            keep_for_a_person(write, told, Reason.NO_SUCH_DISCHARGE), child_id=child.id if child else ""
        )
    patient = f"Patient/{child.id}" if child else None
    write.audit("R", patient, patient, "hear an update about a stay")
    return Outcome(State.UNMATCHED if is_asthma else State.NOT_ASTHMA, child.id if child else "")


def _without_clock(outcome: Outcome) -> Outcome:
    """Return the outcome of an update, which has no clock of its own."""
    return replace(outcome, discharged_at=None, clock_from=None, due=None)
