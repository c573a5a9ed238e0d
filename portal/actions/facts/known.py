"""What the store knows of a child beside the GP record that was brought in, read from where it is kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from fhir import kept_plans, kept_questions, kept_receipts, kept_reviews, kept_school_checks, kept_school_log
from fhir.intake.visits import kind_of_visit, visit_number
from fhir.kept_stays import is_hospital
from fhir.store import Reader
from fhir.store.tables import imported
from plans.diagnosis import Asthma
from plans.discharge_questions import WAS_ASTHMA
from plans.gp_record import HospitalVisit
from plans.known_here import KnownHere, NotRead
from plans.people import Child
from plans.plan import Plan, Status
from plans.receipts import Told
from plans.review import Review
from plans.review_events import EventKind, that_stand
from plans.school_inhaler import InhalerState, state
from plans.working_days import in_utc, uk_day

STEROID_COURSE = "steroid-course"  # the code of its question
# What closes a clock as a review does: seen, or decided by name that nobody needs to be.
REVIEWED = frozenset({EventKind.REVIEW_RECORDED, EventKind.NOT_NEEDED})


def known_here(reader: Reader, child: Child, today: date) -> KnownHere:
    """Return what was told, signed or written down here about a child, up to the end of a day."""
    reviews = kept_reviews.reviews_of_child(reader, child.id)
    events = [(review, event) for review in reviews for event in that_stand(review.events, _end_of(today))]
    plans = [one for one in kept_plans.plans_of(reader, child.id) if one.status is not Status.WITHDRAWN]
    live = next((one for one in plans if one.status is Status.SIGNED), None)
    return KnownHere(
        visits=tuple(_stays(reader, child.id, reviews)),
        reviews=tuple(in_utc(one.at) for _, one in events if one.kind in REVIEWED),
        not_brought=tuple(uk_day(one.at) for _, one in events if one.kind is EventKind.WAS_NOT_BROUGHT),
        signed=tuple(uk_day(one.signed_at) for one in plans if one.signed_at),
        not_read=tuple(_not_read(reader, live)) if live else (),
        at_school=tuple(one for one in kept_school_log.entries_of(reader, child.id) if one.stands),
        absences=tuple(kept_school_log.absences_of(reader, child.id)),
        steroids=tuple(_steroids(reader, reviews)),
        severe_allergies=tuple(one.name for one in live.allergies if one.severe) if live else (),
        inhaler_at_school=_inhaler_at_school(reader, child, today),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=UTC)


def _stays(reader: Reader, child_id: str, reviews: list[Review]) -> Iterator[HospitalVisit]:
    """Yield the stays that a hospital told and that no GP record brought, unless they were taken back."""
    brought = {one.resource_id for one in imported.of_child(reader, child_id)}
    of_stay = {review.encounter_id: review for review in reviews}
    for encounter in reader.search("Encounter", subject=f"Patient/{child_id}"):
        if encounter["id"] not in brought and is_hospital(encounter) and encounter["status"] == "finished":
            review = of_stay.get(encounter["id"])
            if review and not _is_cancelled(review):
                yield _visit(encounter, review, _asthma(reader, encounter["id"]))


def _steroids(reader: Reader, reviews: list[Review]) -> Iterator[date]:
    """Yield the day of each discharge of which the hospital says that a course of steroids was given."""
    for review in reviews:
        asked = kept_questions.questions_about(reader, review.encounter_id)
        if not _is_cancelled(review) and any(
            (one.code, one.answer) == (STEROID_COURSE, "yes") for one in asked
        ):
            yield uk_day(review.discharged_at)


def _is_cancelled(review: Review) -> bool:
    stand = that_stand(review.events, datetime.max.replace(tzinfo=UTC))
    return any(event.kind is EventKind.DISCHARGE_CANCELLED for event in stand)


def _asthma(reader: Reader, encounter_id: str) -> Asthma:
    """Return what a stay with a review was: what somebody answered, where they were asked."""
    asked = [one for one in kept_questions.questions_about(reader, encounter_id) if one.code == WAS_ASTHMA]
    said = {"yes": Asthma.YES, "no": Asthma.NO}
    return said.get(asked[-1].answer, Asthma.UNCLEAR) if asked else Asthma.YES


def _visit(encounter: dict, review: Review, asthma: Asthma) -> HospitalVisit:
    return HospitalVisit(
        visit=visit_number(encounter),
        kind=kind_of_visit(encounter),
        admitted_at=None,
        discharged_at=in_utc(review.discharged_at),
        asthma=asthma,
        is_attack=asthma is Asthma.YES,
    )


def _not_read(reader: Reader, live: Plan) -> Iterator[NotRead]:
    for receipt in kept_receipts.receipts_of(reader, live.id):
        if receipt.is_open and receipt.told is not Told.NOBODY:
            yield NotRead(receipt.reader_name, uk_day(receipt.asked_at))


def _inhaler_at_school(reader: Reader, child: Child, today: date) -> date | None:
    seen = kept_school_checks.inhaler(reader, child.id)
    is_there = state(seen, child.school_id, today) in {InhalerState.THERE, InhalerState.EXPIRES_SOON}
    return uk_day(seen.checked_at) if seen and is_there else None
