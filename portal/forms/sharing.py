"""Sharing a plan as a form: who may be offered it, and what somebody ticked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from fhir import kept_people, kept_receipts
from fhir.store import Reader as StoreReader
from plans.people import Child, FamilyMember
from plans.places import Organisation
from plans.plan import Plan
from plans.problems import Kind, Problem
from plans.sharing import BASES, Basis, Reader, Share, ShareNotAllowed
from portal.actions.originals import place
from portal.actions.sharing import Wanted, is_offered_a_link


@dataclass(frozen=True)
class Offered:
    """Everybody who can be given this child's plan; who may not is not among them, and nothing says why."""

    nurses: tuple[Organisation, ...]
    school: Organisation | None
    hospitals: tuple[Organisation, ...]
    family: tuple[FamilyMember, ...]


@dataclass(frozen=True)
class SharedWith:
    """A live share, and when its reader said that they had read the live version (None: not yet)."""

    share: Share
    read_at: datetime | None


def offered(reader: StoreReader, child: Child) -> Offered:
    """Return who can be given the plan: school nurses, school, hospitals, and who at home may have it."""
    family = kept_people.family(reader, child.id)
    return Offered(
        nurses=tuple(kept_people.offered_places(reader, child.id, Reader.SCHOOL_NURSE)),
        school=place(reader, child.school_id),
        hospitals=tuple(kept_people.offered_places(reader, child.id, Reader.HOSPITAL)),
        family=tuple(member for member in family if is_offered_a_link(member)),
    )


def wanted(form: MultiDict[str, str]) -> list[Wanted]:
    """Return what was ticked, each reader with the lawful basis that was chosen."""
    found = [Wanted(Reader.SCHOOL_NURSE, id, Basis.DIRECT_CARE) for id in form.getlist("nurses")]
    found += [Wanted(Reader.HOSPITAL, id, Basis.DIRECT_CARE) for id in form.getlist("hospital")]
    found += [Wanted(Reader.FAMILY, id, Basis.CONSENT) for id in form.getlist("family")]
    if form.get("school"):
        basis, reason = Basis(form["school-basis"]), form.get("school-reason", "")
        found.append(Wanted(Reader.SCHOOL, form["school"], basis, reason))
    return found


def faults(form: Mapping[str, str]) -> list[Problem]:
    """Return what is missing from the form before anything can be shared, each at its field."""
    if not any(form.get(name) for name in ("nurses", "school", "hospital", "family")):
        return [_problem("readers", "Tick at least one reader to share the plan with.")]
    if not form.get("school"):
        return []
    if form.get("school-basis") not in BASES[Reader.SCHOOL]:
        return [_problem("school-basis", "Choose the reason in law why the school may see the plan.")]
    if form["school-basis"] == Basis.SAFEGUARDING and not form.get("school-reason", "").strip():
        return [_problem("school-reason", "Write why you share without consent: it is kept with your name.")]
    return []


def refused(refusal: ShareNotAllowed) -> list[Problem]:
    """Return a refusal that belongs to no one field as a problem of the form."""
    return [_problem("readers", str(refusal))]


def shared_with(reader: StoreReader, shares: Iterable[Share], live: Plan | None) -> list[SharedWith]:
    """Return each live share with whether its reader has read the live version."""
    receipts = kept_receipts.receipts_of(reader, live.id) if live else []
    read = {one.reader_id: one.acknowledged.at for one in receipts if one.acknowledged}
    return [SharedWith(share, read.get(share.reader_id)) for share in shares]


def _problem(field: str, sentence: str) -> Problem:
    return Problem("share", Kind.MUST_BE_PUT_RIGHT, field, sentence)
