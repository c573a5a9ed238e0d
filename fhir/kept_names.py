"""When a child was named otherwise on paper: read from the former versions of the Patient, all of them kept.

No former name leaves this module.
"""

from datetime import datetime
from itertools import pairwise

from fhir.patient import from_patient
from fhir.store import Reader
from plans.plan import Plan
from plans.similar_names import is_named_anew


def changes_of_name(reader: Reader, child_id: str) -> tuple[datetime, ...]:
    """Return when each change came that makes paper from before name the child wrongly, the first one first.

    Raises ResourceNotFound.
    """
    versions = [(_since(one), from_patient(one)) for one in reversed(reader.history("Patient", child_id))]
    return tuple(since for (_, was), (since, now) in pairwise(versions) if is_named_anew(was, now))


def names_since(reader: Reader, plan: Plan) -> int:
    """Return how often the name of its child has changed since a plan was signed; raises ResourceNotFound."""
    signed_at = plan.signed_at
    return sum(signed_at is None or one > signed_at for one in changes_of_name(reader, plan.child_id))


def _since(version: dict) -> datetime:
    return datetime.fromisoformat(version["meta"]["lastUpdated"])
