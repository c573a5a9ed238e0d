"""Sharing a plan with the circle in one act: places and teams, family and other carers."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

from fhir import kept_circle, kept_deaths, kept_offers, kept_people, kept_plans, kept_shares
from fhir.care_team import team_id
from fhir.store import Reader as StoreReader
from fhir.store import Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import link_codes, links, outbox
from plans.consent import Word
from plans.death import ENDS_FOR, DeathStands
from plans.errors import PuffinError
from plans.plan import Plan
from plans.sharing import (
    BY_LINK,
    Basis,
    Reader,
    Share,
    ShareNotAllowed,
    check_own_choice,
    checked,
    given,
    parts_for,
    stopped,
)
from plans.working_days import uk_day
from portal.actions.circle import refusing
from portal.actions.circle.deciding import deciding, must_decide
from portal.actions.receipts import asked as receipts
from portal.person import Person

LINK_DAYS = 28  # as long as the links that families know from their surgery
TOKEN_BYTES = 24


class SharedBefore(PuffinError):
    def __init__(self) -> None:
        super().__init__("This form was sent before. Nothing was done again.")


@dataclass(frozen=True)
class Wanted:
    """A reader somebody ticked, with the basis that they chose; `consent` is whose word it rests on."""

    reader: Reader
    reader_id: str
    basis: Basis
    reason: str = ""
    until: date | None = None
    consent: Word | None = None


@dataclass(frozen=True)
class NewLink:
    """One person's link, shown once to whoever shares: the store keeps only its hash."""

    name: str
    token: str
    expires_on: date
    reader_id: str  # RelatedPerson id


def share(
    store: Store, child_id: str, wanted: Sequence[Wanted], *, once: str = "", by: Person, at: datetime
) -> list[NewLink]:
    """Share the child's live plan with every reader in `wanted`; return a new link for each who needs one.

    `once` is made with the form, so that sending it twice makes no second link: raises SharedBefore.

    All of it lands or none: a Consent and a Task to acknowledge for each new reader, the CareTeam, the
    links, and their audit. A reader who has a live share keeps it, unless it now rests on something else:
    then the new one takes its place. Who reads by a link gets a fresh one, and the old one ends.

    Raises ShareNotAllowed without a live plan, for nobody, for somebody who may not have it, by consent
    without anybody's word or on that of somebody who does not decide, against a no that nobody has answered,
    or at home without the word of a young person who does.
    """
    if not wanted:
        raise ShareNotAllowed("Tick at least one reader to share the plan with.")
    with store.write(by=by.ref, at=at) as write:
        plan = kept_plans.live_plan(write, child_id)
        if plan is None:
            raise ShareNotAllowed("There is no signed plan to share. Sign one first.")
        if any(one.reader in ENDS_FOR for one in wanted) and kept_deaths.holds_back(write, child_id):
            raise DeathStands
        live = {(one.reader, one.reader_id): one for one in kept_shares.live_shares_of(write, child_id, at)}
        each = {(one.reader, one.reader_id): one for one in wanted}
        shares = [_checked(write, plan, one, by, at) for one in each.values()]
        if once:
            shares = [replace(one, id=_id_of(once, one)) for one in shares]
            _must_be_new(write, shares)
        for one in shares:
            _put(write, one, live.get((one.reader, one.reader_id)), plan)
        keep_circle(write, child_id, plan)
        return [_new_link(write, one) for one in shares if one.reader in BY_LINK]


def stop(store: Store, child_id: str, share_id: str, *, by: Person, at: datetime) -> None:
    """End a share at once, with the links that came with it.

    Raises ResourceNotFound, and ShareNotAllowed for one that has ended: its reader may have another by now.
    """
    with store.write(by=by.ref, at=at) as write:
        found = share_of(write, child_id, share_id)
        must_be_live(found, at)
        end(write, stopped(found, at), "stop sharing the plan")


def share_of(reader: StoreReader, child_id: str, share_id: str) -> Share:
    """Return one share of a child's plan, ended or not; raises ResourceNotFound."""
    found = next((one for one in kept_shares.shares_of(reader, child_id) if one.id == share_id), None)
    if found is None:
        raise ResourceNotFound
    return found


def must_be_live(share: Share, at: datetime) -> None:
    """Raise ShareNotAllowed for a share that was stopped, or whose last day is over."""
    if share.stopped_at or (share.until and share.until < uk_day(at)):
        raise ShareNotAllowed("This share has ended. Open the child's page again to see who has the plan.")


def end(write: Write, ended: Share, detail: str) -> None:
    """Keep that a share has ended, with its links, its receipts, the circle and the audit."""
    kept_shares.keep_changed(write, ended)
    receipts.end_for(write, ended.child_id, ended.reader_id)
    end_links(write, ended.child_id, ended.reader_id)
    keep_circle(write, ended.child_id, kept_plans.live_plan(write, ended.child_id))
    write.audit("U", f"Consent/{ended.id}", f"Patient/{ended.child_id}", detail)


def end_links(write: Write, child_id: str, member_id: str) -> None:
    """End every link of one person to a child's plan, with its codes: none of them is sent any more."""
    for link in links.of_child(write, child_id):
        if link.related_person_id == member_id:
            links.revoke(write, link.id)
            for code in link_codes.of_link(write, link.id):
                link_codes.end(write, code.id)
                outbox.stop_key(write, link_codes.message_key(code.id))


def token_hash(token: str) -> str:
    """Return what the store keeps of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _id_of(once: str, share: Share) -> str:
    """Return the one id of what this form gives a reader: of the share, and of the link made with it."""
    return str(uuid5(NAMESPACE_URL, f"puffin:share/{share.child_id}/{once}/{share.reader}/{share.reader_id}"))


def _must_be_new(write: Write, shares: Sequence[Share]) -> None:
    """Raise SharedBefore where one of these was kept before, or its link was made."""
    ids = {one.id for one in shares}
    made = {one.id for one in links.of_child(write, shares[0].child_id)}
    kept = {one.id for one in kept_shares.shares_of(write, shares[0].child_id)}
    if ids & (made | kept):
        raise SharedBefore


def _checked(write: Write, plan: Plan, wanted: Wanted, by: Person, at: datetime) -> Share:
    share = Share(
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
        scope=parts_for(wanted.reader),
    )
    if wanted.consent:
        must_decide(write, plan.child_id, wanted.consent, uk_day(at))
        share = given(share, wanted.consent)
    refusing.answered(write, share)
    if deciding(write, kept_people.child(write, plan.child_id), uk_day(at)).is_the_young_person:
        check_own_choice(share)
    return checked(share)


def _name_of(write: Write, child_id: str, wanted: Wanted) -> str:
    """Return the reader's name; raises ShareNotAllowed for anybody who is not offered this plan."""
    try:
        if wanted.reader in BY_LINK:
            return kept_offers.member(write, child_id, wanted.reader, wanted.reader_id).name
        return kept_offers.place(write, child_id, wanted.reader, wanted.reader_id).name
    except ResourceNotFound:
        raise ShareNotAllowed(
            "This reader cannot be given the plan. Open the page again and choose there."
        ) from None


def _put(write: Write, share: Share, before: Share | None, plan: Plan) -> None:
    """Keep a share where there was none, or in the place of one that rests on something else."""
    if before and not _rests_on_something_else(share, before):
        return
    if before:
        kept_shares.keep_changed(write, stopped(before, write.at))
        write.audit("U", f"Consent/{before.id}", f"Patient/{plan.child_id}", "share on another basis")
    _keep(write, share, plan)


def _rests_on_something_else(share: Share, before: Share) -> bool:
    says_why = share.reason not in ("", before.reason)
    says_until = share.until not in (None, before.until)
    return share.consent is not None or share.basis != before.basis or says_why or says_until


def _keep(write: Write, share: Share, plan: Plan) -> None:
    if share.reader is Reader.YOUNG_PERSON and kept_people.keep_young_person(write, share.child_id):
        who, child = f"RelatedPerson/{share.reader_id}", f"Patient/{share.child_id}"
        write.audit("C", who, child, "let the young person read by a link of their own")
    kept_shares.keep(write, share, plan.id)
    receipts.ask(write, share, plan.id)
    write.audit("C", f"Consent/{share.id}", f"Patient/{plan.child_id}", f"share the plan: {share.basis}")


def _new_link(write: Write, share: Share) -> NewLink:
    end_links(write, share.child_id, share.reader_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = write.at + timedelta(days=LINK_DAYS)
    made = links.create(
        write,
        links.NewLink(token_hash(token), share.child_id, share.child_id, expires_at, share.reader_id),
        id=share.id,
    )
    write.audit(
        "C", f"RelatedPerson/{share.reader_id}", f"Patient/{share.child_id}", f"make a link {made.id}"
    )
    return NewLink(share.reader_name, token, expires_at.date(), share.reader_id)


def keep_circle(write: Write, child_id: str, plan: Plan | None) -> None:
    """Bring the CareTeam up to date: the practice, who has a live share, and who signed the live plan."""
    if kept_circle.keep(write, child_id, signer=plan.author if plan else None):
        write.audit("U", f"CareTeam/{team_id(child_id)}", f"Patient/{child_id}", "keep who is in the circle")


def take_out_barred(write: Write, child_id: str) -> None:
    """Take out of the CareTeam whoever may not be in it any more, with its audit."""
    if kept_circle.take_out_barred(write, child_id):
        ref = f"CareTeam/{team_id(child_id)}"
        write.audit("U", ref, f"Patient/{child_id}", "take out of the circle who is barred")
