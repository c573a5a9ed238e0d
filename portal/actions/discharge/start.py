"""Starting the review after a discharge: the stay, the review with its owner, and a question for each gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_plans, kept_questions, kept_reviews, kept_stays
from fhir.encounter import CLASS, Stay
from fhir.store import Write
from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.discharge_questions import (
    DATE_IN_DOUBT,
    HOURS_TO_ANSWER,
    QUESTIONS,
    WAS_ASTHMA,
    WHICH_CHILD,
    WHICH_PRACTICE,
    Asked,
    is_implausible,
    read_answer,
)
from plans.follow_up import due_on
from plans.people import Child
from plans.places import Organisation
from plans.review import Review
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.child import has_another_name
from portal.actions.discharge.places import nation_of
from portal.actions.discharge.told import Told


@dataclass(frozen=True)
class Start:
    """What a review starts from."""

    child: Child
    told: Told
    discharged_at: datetime
    practice: Organisation | None
    hospital: Organisation | None


def start_review(write: Write, start: Start, holidays_for: HolidaysFor) -> Review:
    """Keep the stay, unless it is here already, the review and its questions, and return the review.

    Raises CalendarEnds; then nothing may be kept.
    """
    holidays = holidays_for(nation_of(start.told, start.practice, start.hospital))
    due = due_on(start.discharged_at, holidays)
    stay = kept_stays.find_stay(write, start.child.id, start.told.notice.visit, start.discharged_at)
    if stay is None:
        stay = keep_stay(write, start.child, start.told, start.discharged_at, start.hospital)
    else:
        kept_stays.ended(write, stay, start.discharged_at, start.told.notice.went_to)
    live = kept_plans.live_plan(write, start.child.id)
    review = Review(
        id=str(uuid4()),
        child_id=start.child.id,
        encounter_id=stay["id"],
        discharged_at=start.discharged_at,
        due=due,
        owner_id=start.practice.id if start.practice else "",
        requester_id=start.hospital.id if start.hospital else "",
        plan_id=live.id if live else "",
    )
    kept_reviews.keep(write, review)
    write.audit("C", f"Task/{review.id}", f"Patient/{start.child.id}", "start the review after hospital")
    for code, answer in _questions(start, write.at):
        ask(write, review, code, answer)
    return review


def keep_stay(
    write: Write, child: Child, told: Told, discharged_at: datetime, hospital: Organisation | None
) -> dict:
    """Keep the stay that was told of and return its Encounter; the audit is the caller's."""
    kind = told.notice.kind if told.notice.kind in CLASS else VisitKind.STAY
    said = next((one.text or one.code for one in told.notice.diagnoses), "")
    stay = Stay(
        id=str(uuid4()),
        child_id=child.id,
        discharged_at=discharged_at,
        kind=kind,
        hospital_id=hospital.id if hospital else "",
        visit=told.notice.visit,
        diagnosis=said,
        went_to=told.notice.went_to,
    )
    return kept_stays.keep(write, stay)


def ask(write: Write, review: Review, code: str, answer: str = "") -> None:
    """Keep a question about a discharge, with its answer if it has one; an open one is not asked again."""
    known = kept_questions.questions_about(write, review.encounter_id)
    if any(one.code == code and one.is_open for one in known):
        return
    asked = Asked(
        id=str(uuid4()),
        code=code,
        child_id=review.child_id,
        encounter_id=review.encounter_id,
        owner_id=review.requester_id or review.owner_id,
        asked_at=write.at,
        due_at=write.at + HOURS_TO_ANSWER,
        answer=answer,
        answered_by=write.by if answer else "",
        answered_at=write.at if answer else None,
    )
    kept_questions.keep(write, asked)


def _questions(start: Start, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield every question with the answer that was given, and each doubt about what was told."""
    notice = start.told.notice
    for question in QUESTIONS:
        yield question.code, read_answer(question.code, start.told.answers.get(question.code, ""))
    if notice.asthma is Asthma.UNCLEAR:
        yield WAS_ASTHMA, ""
    if is_implausible(start.discharged_at, now):
        yield DATE_IN_DOUBT, ""
    if has_another_name(start.child, notice):
        yield WHICH_CHILD, ""
    if start.practice and notice.practice_code not in ("", start.practice.code):
        yield WHICH_PRACTICE, ""
