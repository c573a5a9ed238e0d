"""Makes concerns about children, for the tests of whoever reads them or must not."""

from datetime import timedelta
from uuid import uuid4

from plans.concern import Concern, When
from plans.working_days import uk_day
from portal.actions.concerns.raising import raise_concern
from portal.actions.weekend import deciding
from portal.calendar import holidays_for
from tests.portal.conftest import MONDAY_9AM


def make_concern(store, child, by, *, at=MONDAY_9AM, **changes):
    """Let somebody raise a concern about a child; name only what your test is about."""
    usual = {
        "id": str(uuid4()),
        "child_id": child.id,
        "words": "He looks thin and tired.",
        "how_safe": 5,
        "when": When.BY,
        "asked_by": at + timedelta(hours=6),
        "raised_by": str(by.ref),
        "raised_as": by.role,
        "raised_at_id": by.organisation_id,
        "raised_at": at,
    }
    return raise_concern(store, Concern(**usual | changes), by=by, at=at, holidays_for=holidays_for)


def decide(store, decision, *, by, at):
    """Let somebody decide who looks after a child from today until people work again."""
    deciding.decide(store, decision, off_from=uk_day(at), by=by, at=at, holidays_for=holidays_for)
