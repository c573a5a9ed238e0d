"""A plan as one person at home reads it: without the details of another household."""

from dataclasses import replace

from fhir import kept_people
from fhir.store import Reader
from plans.content import Copy
from plans.households import seen_by_a_carer, seen_in_one_home
from plans.plan import Plan
from plans.sharing import Reader as Kind
from portal.actions import originals
from portal.actions.family.link import Opened
from portal.actions.originals import Original
from portal.actions.plan_changes import Changes, changes_between, changes_for


def original_at_home(reader: Reader, opened: Opened, *, url: str) -> Original:
    """Return what every copy by a link is made from."""
    original = originals.in_store(reader, opened.plan.id, url=url)
    return replace(original, plan=_seen(reader, opened, original.plan))


def changes_at_home(reader: Reader, opened: Opened, copy: Copy) -> Changes | None:
    """Return what changed for this person since the version that they know, None for nothing seen."""
    found = changes_for(reader, opened.plan, copy, opened.reader_id)
    if found is None:
        return None
    seen = changes_between(_seen(reader, opened, found.before), _seen(reader, opened, found.after), copy)
    return seen if seen.found else None


def _seen(reader: Reader, opened: Opened, plan: Plan) -> Plan:
    family = kept_people.family(reader, opened.child.id)
    member = next(one for one in family if one.id == opened.reader_id)
    if opened.reader is Kind.CARER:
        return seen_by_a_carer(plan, member)
    return seen_in_one_home(plan, member, family)
