"""Concerns that an older version kept as tasks of a team: the clock takes over those that are open."""

import re
from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from fhir import kept_concerns, kept_people
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.concern import SAFEST, Concern, When
from plans.places import OrganisationKind, Role
from plans.team_task import TaskKind, TeamTask
from portal.actions.inbox.tasks import settle

SCORE = re.compile(r"How safe is the child, from 0 \(not safe\) to 10 \(safe\): (\d{1,2})\. Act by: ")
TAKEN_OVER = "It stands on the page Concerns now, with a clock of its own."
# What somebody was who raised a concern at a place of this kind: a task did not say.
RAISED_AS: Mapping[OrganisationKind, Role] = {
    OrganisationKind.PRACTICE: Role.CLINICIAN,
    OrganisationKind.HOSPITAL: Role.HOSPITAL,
    OrganisationKind.NURSING_TEAM: Role.SCHOOL_NURSE,
    OrganisationKind.PHARMACY: Role.PHARMACIST,
    OrganisationKind.SOCIAL_CARE: Role.SOCIAL_WORKER,
    OrganisationKind.SCHOOL: Role.SCHOOL_STAFF,
}


def taken_over(write: Write, task: TeamTask) -> Concern | None:
    """Return the concern that an open task becomes, kept once; None where there is nothing to take over.

    By when to act was typed in words then, so the deadline of the task is taken. A score that cannot be read
    is not guessed: without one a concern counts as urgent.
    """
    if task.kind is not TaskKind.CONCERN or not (task.is_open and task.child_id):
        return None
    id = str(uuid5(NAMESPACE_URL, f"puffin:concern/{task.id}"))
    if kept_concerns.is_kept(write, id):
        return None
    place = task.about.removeprefix("Organization/") or task.owner_id
    new = Concern(
        id=id,
        child_id=task.child_id,
        words=task.words,
        how_safe=_score(task.words),
        when=When.BY,
        asked_by=task.due_at,
        raised_by=task.raised_by if "/" in task.raised_by else f"Organization/{place}",
        raised_as=RAISED_AS[_kind(write, place)],
        raised_at_id=place,
        raised_at=task.raised_at,
        owner_id=task.owner_id,
    )
    kept_concerns.keep(write, new)
    write.audit("C", f"Task/{id}", f"Patient/{new.child_id}", "take over a concern that was kept as a task")
    settle(write, task, TAKEN_OVER)
    return new


def _score(words: str) -> int | None:
    found = SCORE.match(words)
    score = int(found[1]) if found else None
    return score if score is not None and score <= SAFEST else None


def _kind(reader: Reader, organisation_id: str) -> OrganisationKind:
    try:
        return kept_people.organisation(reader, organisation_id).kind
    except ResourceNotFound:
        return OrganisationKind.SCHOOL
