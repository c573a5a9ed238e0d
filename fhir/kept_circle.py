"""The circle around a child in the store: kept as it stands, and read without those who may not be in it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from fhir import kept_people, kept_shares
from fhir.care_team import Circle, Member, from_care_team, team_id, to_care_team, without
from fhir.codes import CARE_TEAM
from fhir.consent import KIND
from fhir.organization import KIND_TEXT
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.people import Professional
from plans.places import OrganisationKind
from plans.sharing import BY_LINK, Share, may_read_as
from plans.sharing import Reader as Kind

ROLE: Mapping[Kind, str] = {
    Kind.SCHOOL_NURSE: "School nurses",
    Kind.SCHOOL: KIND_TEXT[OrganisationKind.SCHOOL],
    Kind.HOSPITAL: KIND_TEXT[OrganisationKind.HOSPITAL],
    Kind.COMMUNITY_NURSE: "Community nurses",
    Kind.PHARMACIST: KIND_TEXT[OrganisationKind.PHARMACY],
    Kind.SOCIAL_CARE: KIND_TEXT[OrganisationKind.SOCIAL_CARE],
    Kind.FAMILY: "At home",
    Kind.CARER: "Other carer",
    Kind.YOUNG_PERSON: "The young person",
}


def keep(write: Write, child_id: str, *, signer: Professional | None) -> bool:
    """Keep the circle as it stands now, with who signed the live plan; return whether it changed.

    The audit is the caller's.
    """
    in_charge, shared_with = _in_charge(write, child_id, signer), _with_a_share(write, child_id, write.at)
    circle = Circle(child_id, (*in_charge, *shared_with))
    _end_former(write, child_id)
    try:
        kept = write.read("CareTeam", team_id(child_id))
    except ResourceNotFound:
        write.create(to_care_team(circle))
        return True
    if from_care_team(kept) == circle:
        return False
    write.update(to_care_team(circle), if_match=kept["meta"]["versionId"])
    return True


def take_out_barred(write: Write, child_id: str) -> bool:
    """Keep the circle without whoever may not be in it any more: a record may have brought a court order.

    Return whether it changed; the audit is the caller's.
    """
    try:
        kept = write.read("CareTeam", team_id(child_id))
    except ResourceNotFound:
        return False
    still = _as_it_may_be(write, kept)
    if still == kept:
        return False
    write.update(still, if_match=kept["meta"]["versionId"])
    return True


def team(reader: Reader, id: str) -> dict:
    """Return a CareTeam as professionals may see it; raises ResourceNotFound.

    Who was barred after it was kept is not among its members.
    """
    return _as_it_may_be(reader, reader.read("CareTeam", id))


def shares_that_hold(reader: Reader, child_id: str, at: datetime) -> list[Share]:
    """Return the live shares of a child's plan by which somebody may read it, the newest first.

    Who was barred after theirs was made may not.
    """
    home = _at_home(reader, child_id)
    shares = kept_shares.live_shares_of(reader, child_id, at)
    return [one for one in shares if one.reader not in BY_LINK or (one.reader, _ref(one)) in home]


def _as_it_may_be(reader: Reader, kept: dict) -> dict:
    circle = from_care_team(kept)
    home = {one.ref for one in circle.members if one.ref.startswith("RelatedPerson/")}
    return without(kept, home - {ref for _kind, ref in _at_home(reader, circle.child_id)})


def _in_charge(reader: Reader, child_id: str, signer: Professional | None) -> Iterator[Member]:
    """Yield the child's practice and the signer, as far as they are known."""
    practice_id = kept_people.child(reader, child_id).practice_id
    if practice_id:
        ref, role = f"Organization/{practice_id}", KIND_TEXT[OrganisationKind.PRACTICE]
        yield Member(ref, _name(reader, practice_id), role)
    if signer:
        yield Member(f"Practitioner/{signer.id}", signer.name, signer.job, signer.organisation_id)


def _with_a_share(reader: Reader, child_id: str, at: datetime) -> Iterator[Member]:
    """Yield those who have a live share: school, hospitals, home; nobody who is barred."""
    for share in sorted(shares_that_hold(reader, child_id, at), key=_by_kind):
        yield Member(_ref(share), share.reader_name, ROLE[share.reader], since=share.since, until=share.until)


def _by_kind(share: Share) -> tuple[int, datetime, str]:
    return list(ROLE).index(share.reader), share.since, share.reader_id


def _at_home(reader: Reader, child_id: str) -> set[tuple[Kind, str]]:
    """Return who may read by a link, as which kind of reader, by their references."""
    family = kept_people.family(reader, child_id)
    return {(kind, f"RelatedPerson/{one.id}") for one in family for kind in BY_LINK if may_read_as(kind, one)}


def _ref(share: Share) -> str:
    return f"{KIND[share.reader]}/{share.reader_id}"


def _name(reader: Reader, organisation_id: str) -> str:
    try:
        return kept_people.organisation(reader, organisation_id).name
    except ResourceNotFound:
        return ""


def _end_former(write: Write, child_id: str) -> None:
    """End the CareTeam that an earlier version of this program kept under an id of its own."""
    for one in write.search("CareTeam", subject=f"Patient/{child_id}", status="active"):
        if one["id"] != team_id(child_id) and one.get("name") == CARE_TEAM:
            write.update(one | {"status": "inactive"}, if_match=one["meta"]["versionId"])
