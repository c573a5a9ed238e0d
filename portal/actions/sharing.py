"""Sharing a plan with the circle: school, hospital team and family, in one act."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from fhir import kept_circle, kept_people, kept_plans, kept_shares
from fhir.care_team import team_id
from fhir.store import Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import links
from plans.people import FamilyMember
from plans.plan import Plan
from plans.sharing import Basis, Reader, Share, ShareNotAllowed, checked, stopped
from portal.actions import receipts
from portal.person import Person

LINK_DAYS = 28  # as long as the links that families know from their surgery
TOKEN_BYTES = 24


@dataclass(frozen=True)
class Wanted:
    """A reader somebody ticked, with the basis that they chose."""

    reader: Reader
    reader_id: str
    basis: Basis
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True)
class NewLink:
    """A family member's link, shown once to whoever shares: the store keeps only its hash."""

    name: str
    token: str
    expires_on: date


def share(
    store: Store, child_id: str, wanted: Sequence[Wanted], *, by: Person, at: datetime
) -> list[NewLink]:
    """Share the child's live plan with every reader in `wanted`; return a new link for each at home.

    All of it lands or none: a Consent and a Task to acknowledge for each new reader, the CareTeam, the
    links, and their audit. A reader who has a live share keeps it; a family member gets a fresh link and
    the old one ends.

    Raises ShareNotAllowed without a live plan, for nobody, or for somebody who may not have it.
    """
    if not wanted:
        raise ShareNotAllowed("Tick at least one reader to share the plan with.")
    with store.write(by=by.ref, at=at) as write:
        plan = kept_plans.live_plan(write, child_id)
        if plan is None:
            raise ShareNotAllowed("There is no signed plan to share. Sign one first.")
        live = {one.reader_id for one in kept_shares.live_shares_of(write, child_id, at)}
        once = {one.reader_id: one for one in wanted}
        shares = [_checked(write, plan, one, by, at) for one in once.values()]
        for one in shares:
            if one.reader_id not in live:
                _keep(write, one, plan)
        _keep_circle(write, child_id, plan)
        return [_new_link(write, one) for one in shares if one.reader is Reader.FAMILY]


def stop(store: Store, child_id: str, share_id: str, *, by: Person, at: datetime) -> None:
    """End a share at once, with the links that came with it; raises ResourceNotFound."""
    with store.write(by=by.ref, at=at) as write:
        found = next((one for one in kept_shares.shares_of(write, child_id) if one.id == share_id), None)
        if found is None:
            raise ResourceNotFound
        kept_shares.keep_stopped(write, stopped(found, at))
        receipts.end_for(write, child_id, found.reader_id)
        for link in links.of_child(write, child_id):
            if link.related_person_id == found.reader_id:
                links.revoke(write, link.id)
        _keep_circle(write, child_id, kept_plans.live_plan(write, child_id))
        write.audit("U", f"Consent/{share_id}", f"Patient/{child_id}", "stop sharing the plan")


def token_hash(token: str) -> str:
    """Return what the store keeps of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _checked(write: Write, plan: Plan, wanted: Wanted, by: Person, at: datetime) -> Share:
    return checked(
        Share(
            id=str(uuid4()),
            child_id=plan.child_id,
            reader=wanted.reader,
            reader_id=wanted.reader_id,
            reader_name=_name_of(write, plan.child_id, wanted),
            basis=wanted.basis,
            by=by.practitioner_id,
            since=at,
            reason=wanted.reason.strip(),
            until=wanted.until,
        )
    )


def _name_of(write: Write, child_id: str, wanted: Wanted) -> str:
    """Return the reader's name; raises ShareNotAllowed for anybody who is not offered this plan."""
    if wanted.reader is Reader.FAMILY:
        offered = {m.id: m.name for m in kept_people.family(write, child_id) if is_offered_a_link(m)}
    else:
        offered = {one.id: one.name for one in kept_people.offered_places(write, child_id, wanted.reader)}
    if wanted.reader_id not in offered:
        raise ShareNotAllowed("This reader cannot be given the plan. Open the page again and choose there.")
    return offered[wanted.reader_id]


def is_offered_a_link(member: FamilyMember) -> bool:
    """Return whether somebody at home may be given a link: parental responsibility, and not barred."""
    return member.may_have_a_link


def _keep(write: Write, share: Share, plan: Plan) -> None:
    kept_shares.keep(write, share, plan.id)
    receipts.ask(write, share, plan.id)
    write.audit("C", f"Consent/{share.id}", f"Patient/{plan.child_id}", f"share the plan: {share.basis}")


def _new_link(write: Write, share: Share) -> NewLink:
    for link in links.of_child(write, share.child_id):
        if link.related_person_id == share.reader_id:
            links.revoke(write, link.id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = write.at + timedelta(days=LINK_DAYS)
    made = links.create(
        write, links.NewLink(token_hash(token), share.child_id, share.child_id, expires_at, share.reader_id)
    )
    write.audit(
        "C", f"RelatedPerson/{share.reader_id}", f"Patient/{share.child_id}", f"make a link {made.id}"
    )
    return NewLink(share.reader_name, token, expires_at.date())


def _keep_circle(write: Write, child_id: str, plan: Plan | None) -> None:
    """Bring the CareTeam up to date with who has a live share, and who signed the live plan."""
    if kept_circle.keep(write, child_id, signer=plan.author if plan else None):
        write.audit("U", f"CareTeam/{team_id(child_id)}", f"Patient/{child_id}", "keep who is in the circle")
