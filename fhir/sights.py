"""Which children each role sees, as the store looks for them: a table."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fhir import kept_teams
from fhir.codes import LAWFUL_BASIS, TASK_CODE
from fhir.kept_shares import live_at
from fhir.review_task import CODE as REVIEW
from fhir.store import Reader
from fhir.store.moments import moment_text
from fhir.store.sight import Sight, Witness
from plans.places import OrganisationKind, Role
from plans.working_days import uk_day

EMERGENCY = f"{LAWFUL_BASIS}|emergency"  # no basis of a share: nobody chooses it for somebody else


def shared_with(organisation: str, now: datetime) -> Witness:
    """Return the share that lets an organisation see a child's plan at this moment."""
    return Witness("Consent", {"actor": organisation, **live_at(now)})


def in_emergency(practitioner: str, now: datetime) -> Sight:
    """Return the sight of one person (a reference) who opened a record in an emergency: it ends by itself."""
    opened = {"status": "active", "lawful-basis": EMERGENCY, "period": f"ge{moment_text(now)}"}
    return Sight(((Witness("Consent", {"actor": str(practitioner), **opened}),),))


def with_plan(organisation: str, now: datetime) -> Sight:
    """Return the children whose plan an organisation may read: its own, and those shared with it."""
    return Sight((*_practice(organisation, now).ways, *_circle(organisation, now).ways))


def as_begun_by(sight: Sight, at: datetime) -> Sight:
    """Return a sight of an earlier moment without the shares that were only made after it."""
    return Sight(tuple(tuple(_as_begun_by(one, at) for one in way) for way in sight.ways))


def _as_begun_by(witness: Witness, at: datetime) -> Witness:
    if witness.resource_type != "Consent":
        return witness
    lasts = witness.asked["period"]
    return Witness("Consent", {**witness.asked, "period": (lasts, f"le{moment_text(at)}")})


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

# While one nursing team covers another that is away, it sees the children that are shared with that team.
SEES_FOR_COVERED = frozenset({Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE})


def organisations_seen_for(reader: Reader, role: Role, organisation_id: str, now: datetime) -> list[str]:
    """Return the references of the organisations for which a role sees children now, its own first."""
    ids = [organisation_id]
    if role in SEES_FOR_COVERED:
        away = kept_teams.away_and_covered_by(reader, organisation_id, uk_day(now))
        ids += [one.id for one in away if one.kind is OrganisationKind.NURSING_TEAM]
    return [f"Organization/{id}" for id in ids]


def sight_of(reader: Reader, role: Role, organisation_id: str, now: datetime) -> Sight:
    """Return the children that a role sees at its place, and for the teams that it covers there now."""
    places = organisations_seen_for(reader, role, organisation_id, now)
    return Sight(tuple(way for place in places for way in SIGHT_OF[role](place, now).ways))
