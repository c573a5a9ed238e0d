"""The circle around a child as a CareTeam, and back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from fhir.codes import CARE_TEAM, id_in, profile, reference
from plans.working_days import end_of_day, uk_day

DAY_ALONE = len("2026-11-23")


@dataclass(frozen=True)
class Member:
    """Somebody of the circle. `ref` is "Organization/...", "RelatedPerson/..." or "Practitioner/...".

    `role` is in plain words, `on_behalf_of` a Practitioner's Organization. `since` and `until` are those of
    the share that lets them see the plan; who is there without one has none.
    """

    ref: str
    name: str
    role: str
    on_behalf_of: str = ""
    since: datetime | None = None
    until: date | None = None


@dataclass(frozen=True)
class Circle:
    """Everybody around one child who writes the plan or may see it."""

    child_id: str
    members: tuple[Member, ...] = ()


def team_id(child_id: str) -> str:
    """Return the id of a child's CareTeam: the same each time."""
    return str(uuid5(UUID(child_id), "care-team"))


def to_care_team(circle: Circle) -> dict:
    """Return the UK Core CareTeam of a child."""
    team: dict = {
        "resourceType": "CareTeam",
        "id": team_id(circle.child_id),
        "meta": profile("CareTeam"),
        "status": "active",
        "name": CARE_TEAM,
        "subject": reference("Patient", circle.child_id),
    }
    if circle.members:
        team["participant"] = [_participant(member) for member in circle.members]
    return team


def from_care_team(team: dict) -> Circle:
    """Return the circle that a CareTeam of ours names."""
    return Circle(id_in(team["subject"]), tuple(_member(one) for one in team.get("participant", ())))


def without(team: dict, refs: set[str]) -> dict:
    """Return a CareTeam without the members whom these references name."""
    circle = from_care_team(team)
    still = [
        one
        for one, member in zip(team.get("participant", ()), circle.members, strict=True)
        if member.ref not in refs
    ]
    rest = {name: value for name, value in team.items() if name != "participant"}
    return rest | ({"participant": still} if still else {})


def _participant(member: Member) -> dict:
    participant: dict = {
        "role": [{"text": member.role}],
        "member": {"reference": member.ref} | ({"display": member.name} if member.name else {}),
    }
    if member.on_behalf_of:
        participant["onBehalfOf"] = reference("Organization", member.on_behalf_of)
    if member.since:
        ends = {"end": end_of_day(member.until).isoformat()} if member.until else {}
        participant["period"] = {"start": member.since.isoformat()} | ends
    return participant


def _member(participant: dict) -> Member:
    period = participant.get("period", {})
    role: dict = next(iter(participant.get("role", ())), {})
    return Member(
        ref=participant["member"]["reference"],
        name=participant["member"].get("display", ""),
        role=role.get("text", ""),
        on_behalf_of=id_in(participant.get("onBehalfOf")),
        since=datetime.fromisoformat(period["start"]) if "start" in period else None,
        until=_last_day(period["end"]) if "end" in period else None,
    )


def _last_day(end: str) -> date:
    """Return the day in the UK on which a period ends; older ones said the day alone."""
    return date.fromisoformat(end) if len(end) == DAY_ALONE else uk_day(datetime.fromisoformat(end))
