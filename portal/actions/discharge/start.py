"""Starting the review after a discharge: the stay, the review with its owner, and a question for each gap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_plans, kept_questions, kept_reviews, kept_stays
from fhir.encounter import CLASS, Stay
from fhir.store import Reader, Write
from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.discharge_questions import (
    DATE_IN_DOUBT,
    HOURS_TO_ANSWER,
    LEFT_HOW,
    QUESTIONS,
    SAFE_TO_GO_HOME,
    WAS_ASTHMA,
    WHERE_THE_CHILD_WENT,
    WHICH_CHILD,
    WHICH_PRACTICE,
    WITHOUT_BEING_DISCHARGED,
    Asked,
    is_before_closed_days,
    is_implausible,
    read_answer,
)
from plans.follow_up import due_on
from plans.people import Child
from plans.places import Organisation
from plans.review import Review
from plans.working_days import Holidays
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.child import has_another_name
from portal.actions.discharge.places import is_staffed, nation_of
from portal.actions.discharge.told import Told
from portal.actions.gp_inbox.sending import send_sheet


@dataclass(frozen=True)
class Start:
    """What a review starts from. The `keeper` stands behind the practice: the hospital, if it is staffed."""

    child: Child
    told: Told
    discharged_at: datetime
    practice: Organisation | None
    hospital: Organisation | None
    keeper: Organisation | None


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
        requester_id=start.keeper.id if start.keeper else "",
        plan_id=live.id if live else "",
    )
    kept_reviews.keep(write, review)
    write.audit("C", f"Task/{review.id}", f"Patient/{start.child.id}", "start the review after hospital")
    ask(write, review, dict(_questions(start, holidays, write.at)))
    send_sheet(write, review, start.child, start.hospital.id if start.hospital else "")
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
        left_how=told.notice.left_how,
    )
    return kept_stays.keep(write, stay)


def ask(write: Write, review: Review, questions: Mapping[str, str]) -> None:
    """Keep questions about a discharge, each with its answer or ""; one that is open is not asked again."""
    known = kept_questions.questions_about(write, review.encounter_id)
    still_open = {one.code for one in known if one.is_open}
    owner_id = who_answers(write, review)
    new = [
        Asked(
            id=str(uuid4()),
            code=code,
            child_id=review.child_id,
            encounter_id=review.encounter_id,
            owner_id=owner_id,
            asked_at=write.at,
            due_at=write.at + HOURS_TO_ANSWER,
            answer=answer,
            answered_by=write.by if answer else "",
            answered_at=write.at if answer else None,
        )
        for code, answer in questions.items()
        if code not in still_open
    ]
    kept_questions.keep(write, review.encounter_id, new)


def who_answers(reader: Reader, review: Review) -> str:
    """Return who owes the answers: the hospital, or the practice where nobody works at that hospital."""
    if review.requester_id and (not review.owner_id or is_staffed(reader, review.requester_id)):
        return review.requester_id
    return review.owner_id


def _questions(start: Start, holidays: Holidays, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield every question with the answer that was given, and each doubt about what was told."""
    notice = start.told.notice
    for question in QUESTIONS:
        answer = read_answer(question.code, start.told.answers.get(question.code, ""))
        is_asked = question.code != SAFE_TO_GO_HOME or is_before_closed_days(start.discharged_at, holidays)
        if answer or is_asked:
            yield question.code, answer
    # A code of a list that the message does not name says nothing to a person.
    if notice.went_to is None or notice.went_to.system or not notice.went_to.code:
        yield WHERE_THE_CHILD_WENT, notice.went_to.text if notice.went_to else ""
    if notice.left_undischarged:
        yield LEFT_HOW, WITHOUT_BEING_DISCHARGED
    yield from _doubts(start, now)


def _doubts(start: Start, now: datetime) -> Iterator[tuple[str, str]]:
    notice = start.told.notice
    if notice.asthma is Asthma.UNCLEAR:
        yield WAS_ASTHMA, ""
    if is_implausible(start.discharged_at, now):
        yield DATE_IN_DOUBT, ""
    if has_another_name(start.child, notice):
        yield WHICH_CHILD, ""
    if start.practice and notice.practice_code not in ("", start.practice.code):
        yield WHICH_PRACTICE, ""
