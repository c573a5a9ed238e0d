"""Messages that came in another order than they were sent: what was heard before its discharge was."""

from dataclasses import replace

from fhir import kept_reviews
from fhir.store import Write
from fhir.store.tables import incoming
from plans.discharge_questions import CANCELLED_BEFORE
from plans.review import Review
from portal.actions.alerts import close_waiting
from portal.actions.discharge.death import ABOUT, settle_asked
from portal.actions.discharge.known import is_another_time, is_cancelled
from portal.actions.discharge.start import ask
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import find

CAME = "The discharge that this is about came after it."


def put_in_order(write: Write, told: Told, review: Review) -> None:
    """Take off the list what waited for this discharge, and ask whether one that was cancelled stands.

    The clock runs meanwhile: a cancellation that was overtaken costs a phone call, a lost discharge a child.
    """
    overtaken = [find(write, replace(told, news=news)) for news in (News.UPDATED, News.CANCELLED)]
    for waits in overtaken:
        if waits:
            incoming.match(write, waits.id, f"Task/{review.id}")
            close_waiting(write, waits.id, CAME)
            settle_asked(write, f"{ABOUT}{waits.id}", CAME)
    if overtaken[1] or _was_cancelled(write, review):
        ask(write, review, {CANCELLED_BEFORE: ""})


def _was_cancelled(write: Write, review: Review) -> bool:
    """Return whether the very same discharge, at the same minute, was started and cancelled before."""
    return any(
        one.id != review.id
        and one.encounter_id == review.encounter_id
        and is_cancelled(one, write.at)
        and not is_another_time(one, review.discharged_at)
        for one in kept_reviews.reviews_of_child(write, review.child_id)
    )
