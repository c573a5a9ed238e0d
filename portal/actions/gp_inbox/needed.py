"""Whether a practice still needs a document: what it was made from may have ended before it was sent."""

from fhir import kept_deaths, kept_plans, kept_reviews
from fhir.store import Reader
from plans.gp_document import DocumentKind, GpDocument
from plans.plan import Status


def is_needed(reader: Reader, document: GpDocument) -> bool:
    """Return whether the plan is live, or the review is open, and no death of the child is confirmed."""
    if kept_deaths.is_confirmed(reader, document.child_id):
        return False
    return STANDS[document.kind](reader, document.about.partition("/")[2])


def _is_live(reader: Reader, plan_id: str) -> bool:
    return kept_plans.plan(reader, plan_id).status is Status.SIGNED


STANDS = {DocumentKind.PLAN: _is_live, DocumentKind.AFTER_HOSPITAL: kept_reviews.is_open}
