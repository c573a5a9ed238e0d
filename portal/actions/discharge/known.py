"""A discharge that is known already: found again whichever way it comes, and completed with what is new."""

from datetime import datetime

from fhir import kept_questions, kept_reviews, kept_stays
from fhir.store import Reader, Write
from plans.diagnosis import Asthma
from plans.discharge_questions import NOT_KNOWN, TWO_TIMES, WAS_ASTHMA, WHERE_THE_CHILD_WENT, read_answer
from plans.people import Child
from plans.review import Review
from plans.review_events import EventKind, closing_event
from plans.working_days import in_utc, uk_day
from portal.actions.discharge.outcome import Outcome, State, of_review
from portal.actions.discharge.places import hospital_of
from portal.actions.discharge.start import ask
from portal.actions.discharge.told import Told

MINUTE = 60  # seconds; a form has no seconds


def review_of(reader: Reader, child: Child, told: Told, now: datetime) -> Review | None:
    """Return the review that this discharge has started, None if there is none or it was cancelled.

    One visit is one review: same visit number, or same time of discharge. A form lacks the number and is
    filled in by heart, so there the same day is enough while the review is open.
    """
    notice = told.notice
    live = [one for one in kept_reviews.reviews_of_child(reader, child.id) if not is_cancelled(one, now)]
    stay = kept_stays.find_stay(reader, child.id, notice.visit, notice.discharged_at)
    same = [one for one in live if stay and one.encounter_id == stay["id"]]
    return next(iter(same or [one for one in live if _is_same_day(reader, one, told, now)]), None)


def is_cancelled(review: Review, now: datetime) -> bool:
    """Return whether the discharge was cancelled, so that nothing is left to review."""
    closing = closing_event(review.events, review.discharged_at, now)
    return closing is not None and closing.kind is EventKind.DISCHARGE_CANCELLED


def heard_again(write: Write, review: Review, told: Told) -> Outcome:
    """Keep what this telling adds: names, numbers and answers; and doubts where it says something else."""
    hospital_of(write, told)
    stay = write.read("Encounter", review.encounter_id)
    kept_stays.complete(write, stay, visit=told.notice.visit, went_to=told.notice.went_to)
    answers = dict(told.answers)
    if told.notice.went_to:
        answers[WHERE_THE_CHILD_WENT] = told.notice.went_to.text or told.notice.went_to.code
    for asked in kept_questions.questions_about(write, review.encounter_id):
        answer = read_answer(asked.code, answers.get(asked.code, ""))
        if answer and (asked.is_open or asked.answer == NOT_KNOWN):
            kept_questions.keep_answered(write, asked, answer)
    if is_another_time(review, told.notice.discharged_at):
        ask(write, review, {TWO_TIMES: ""})
    is_doubted = told.notice.asthma is Asthma.NO
    if is_doubted:
        ask(write, review, {WAS_ASTHMA: ""})
    write.audit("U", f"Task/{review.id}", f"Patient/{review.child_id}", "hear of the discharge again")
    return of_review(State.ASKED if is_doubted else State.ALREADY_KNOWN, review)


def _is_same_day(reader: Reader, review: Review, told: Told, now: datetime) -> bool:
    left = told.notice.discharged_at
    if left is None or uk_day(left) != uk_day(review.discharged_at):
        return False
    if closing_event(review.events, review.discharged_at, now):
        return False
    stay = reader.read("Encounter", review.encounter_id)
    return not (told.notice.visit and kept_stays.has_visit_number(stay))


def is_another_time(review: Review, discharged_at: datetime | None) -> bool:
    """Return whether this is another minute than that of the review's discharge; what is not told is not."""
    if discharged_at is None:
        return False
    return abs((in_utc(discharged_at) - in_utc(review.discharged_at)).total_seconds()) >= MINUTE
