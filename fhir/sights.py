"""Which children each role sees, as the store looks for them: a table."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fhir.codes import TASK_CODE
from fhir.kept_shares import live_at
from fhir.review_task import CODE as REVIEW
from fhir.store.sight import Sight, Witness
from plans.places import Role


def shared_with(organisation: str, now: datetime) -> Witness:
    """Return the share that lets an organisation see a child's plan at this moment."""
    return Witness("Consent", {"actor": organisation, **live_at(now)})


def _practice(organisation: str, _now: datetime) -> Sight:
    return Sight(((Witness("Patient", {"general-practitioner": organisation}),),))


def _circle(organisation: str, now: datetime) -> Sight:
    return Sight(((shared_with(organisation, now),),))


def _school(organisation: str, now: datetime) -> Sight:
    return Sight(((Witness("Patient", {"school": organisation}), shared_with(organisation, now)),))


def _hospital(organisation: str, now: datetime) -> Sight:
    review = f"{TASK_CODE}|{REVIEW}"
    return Sight(
        (
            (shared_with(organisation, now),),
            (Witness("Task", {"owner": organisation, "code": review}),),
            (Witness("Task", {"requester": organisation, "code": review}),),
        )
    )


def _nobody(_organisation: str, _now: datetime) -> Sight:
    return Sight(())


# From the reference of somebody's organisation, and the moment.
SIGHT_OF: Mapping[Role, Callable[[str, datetime], Sight]] = {
    Role.CLINICIAN: _practice,
    Role.HOSPITAL: _hospital,
    Role.SCHOOL_NURSE: _circle,
    Role.COMMUNITY_NURSE: _circle,
    Role.PHARMACIST: _circle,
    Role.SOCIAL_WORKER: _circle,
    Role.SCHOOL_STAFF: _school,
    Role.PRIVACY_LEAD: _nobody,
}
