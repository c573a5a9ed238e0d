"""How somebody at home is reached, and how their link stands: what the practice sees and changes."""

from dataclasses import dataclass, replace
from datetime import datetime

from fhir import kept_people
from fhir.related_person import with_contacts
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from plans.people import FamilyMember, safe_contact
from portal.actions.family.one_time_code import live_link
from portal.person import Person


@dataclass(frozen=True)
class LinkStands:
    """How somebody's link stands: until when it works, when it was opened last, until when it rests."""

    expires_at: datetime
    opened_at: datetime | None
    rests_until: datetime | None


@dataclass(frozen=True)
class Contacts:
    """A phone number and an e-mail address, "" for none, and whether each is safe to write to."""

    phone: str
    email: str
    phone_is_safe: bool
    email_is_safe: bool


def member_at_home(reader: Reader, child_id: str, member_id: str) -> FamilyMember:
    """Return somebody at home; raises ResourceNotFound."""
    found = (one for one in kept_people.family(reader, child_id) if one.id == member_id)
    member = next(found, None)
    if member is None:
        raise ResourceNotFound
    return member


def why_no_code(member: FamilyMember, family: list[FamilyMember]) -> str:
    """Return why no code can be sent to somebody at home, and what to do; "" where one can.

    Without a code of their own nobody opens a link on a new device.
    """
    if safe_contact(member, family):
        return ""
    if (member.phone and member.phone_is_safe) or (member.email and member.email_is_safe):
        return (
            f"Somebody else at home has the same phone or e-mail as {member.name}, so no code is sent there. "
            "Add one of their own, or hand over a code."
        )
    return (
        f"No phone or e-mail that is safe to write to is recorded for {member.name}. "
        "Add one, or hand over a code."
    )


def keep_contacts(
    store: Store, child_id: str, member_id: str, wanted: Contacts, *, by: Person, at: datetime
) -> None:
    """Keep how somebody at home is reached; all else that is known of them stays. Raises ResourceNotFound."""
    with store.write(by=by.ref, at=at) as write:
        member = replace(member_at_home(write, child_id, member_id), **vars(wanted))
        kept = write.read("RelatedPerson", member_id)
        write.update(with_contacts(kept, member), if_match=kept["meta"]["versionId"])
        what, patient = f"RelatedPerson/{member_id}", f"Patient/{child_id}"
        write.audit("U", what, patient, "change how somebody at home is reached")


def link_stands(reader: Reader, child_id: str, member_id: str, *, now: datetime) -> LinkStands | None:
    """Return how the link of somebody at home stands, None without one that works."""
    link = live_link(reader, child_id, member_id, now=now)
    if link is None:
        return None
    resting = link.locked_until if link.locked_until and now < link.locked_until else None
    return LinkStands(link.expires_at, link.last_opened_at, resting)
