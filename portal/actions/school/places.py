"""Whose schools are somebody's, which children they see there, and which team acts for a child."""

from collections.abc import Iterable
from datetime import datetime

from fhir import kept_people, kept_plans, sights
from fhir.kept_school_register import schools_of_team
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from fhir.store.sight import Sight
from plans.people import Child
from plans.places import Organisation, OrganisationKind, Role
from portal.person import Person


def schools_of(reader: Reader, person: Person) -> list[Organisation]:
    """Return the schools that a school nurse's team looks after, or the one school of its own staff."""
    if person.role is Role.SCHOOL_NURSE:
        return schools_of_team(reader, person.organisation_id)
    return [kept_people.organisation(reader, person.organisation_id)]


def schools_seen(reader: Reader, person: Person, now: datetime) -> list[Organisation]:
    """Return somebody's schools, then those of teams that they cover now.

    They see and write down what is of the children there; the class lists stay with the team itself.
    """
    if person.role is not Role.SCHOOL_NURSE:
        return schools_of(reader, person)
    teams = sights.organisations_seen_for(reader, person.role, person.organisation_id, now)
    return [school for team in teams for school in schools_of_team(reader, team.partition("/")[2])]


def schools_read(reader: Reader, person: Person, now: datetime) -> frozenset[str] | None:
    """Return the ids of the schools of which somebody reads what was written down there, None for any.

    School staff read what is of their own school; a nurse what is of the schools of her team, or of one that
    she covers, and what names no school ("").
    """
    if person.role is Role.SCHOOL_STAFF:
        return frozenset({person.organisation_id})
    if person.role is Role.SCHOOL_NURSE:
        return frozenset({"", *(one.id for one in schools_seen(reader, person, now))})
    return None


def school_written_for(reader: Reader, child_id: str, person: Person, now: datetime) -> str:
    """Return the school of the child where it is one of the writer's, or of a team that they cover now.

    For any other writer it is "": nobody knows where it was.
    """
    school_id = kept_people.child(reader, child_id).school_id
    return school_id if school_id in {one.id for one in schools_seen(reader, person, now)} else ""


def school_of(reader: Reader, person: Person, school_id: str) -> Organisation:
    """Return one of somebody's schools; raises ResourceNotFound for any other."""
    return _named(schools_of(reader, person), school_id)


def school_seen(reader: Reader, person: Person, school_id: str, now: datetime) -> Organisation:
    """Return one of somebody's schools, or of a team that they cover now; raises ResourceNotFound."""
    return _named(schools_seen(reader, person, now), school_id)


def sight_of(reader: Reader, person: Person, now: datetime) -> Sight:
    """Return which children somebody sees, for teams that they cover too, as the store looks for them."""
    return sights.sight_of(reader, person.role, person.organisation_id, now)


def who_acts(reader: Reader, child: Child, *, otherwise: str) -> str:
    """Return the id of the team that acts on what school says of a child.

    That is the practice; where none is known, the nurses of the school, or the place where the plan was
    signed: what school says always reaches somebody, and a school's own inbox shows no concern (hazard 25).
    `otherwise` is the team for a child of no practice and no school.
    """
    if child.practice_id or not child.school_id:
        return child.practice_id or otherwise
    school = kept_people.organisation(reader, child.school_id)
    return school.nursing_team_id or kept_plans.signed_at(reader, child.id) or school.id


def place_told(reader: Reader, child: Child, *, by: Person) -> str:
    """Return the name of the place that is told of what somebody at school writes down about a child.

    It is "" where only the writer's own inbox, or that of a school, is left: then nobody who acts was told.
    """
    place = kept_people.organisation(reader, who_acts(reader, child, otherwise=by.organisation_id))
    is_told = place.id != by.organisation_id and place.kind is not OrganisationKind.SCHOOL
    return place.name if is_told else ""


def _named(schools: Iterable[Organisation], school_id: str) -> Organisation:
    for school in schools:
        if school.id == school_id:
            return school
    raise ResourceNotFound
