"""An alert: who was told what about a review that is late, and what they did about it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Alert:
    """Who was told what about a review. `owner` is the role of the ladder, `owner_id` its Organization.

    A discharge that nobody has matched to a child yet has neither child nor review: then `incoming_id`
    says which it is, and `owner_id` may be "" where nobody here could be found. One that `is_settled` was
    closed by what happened since: nobody had to acknowledge it.

    One about a concern has its `concern_id`, and no review: it is read on the page of the concern.

    It is to be acknowledged by `answer_by`, which an older one does not say. `passes_on` is the alert that
    nobody acknowledged in its time, "" where this is the first.
    """

    id: str
    child_id: str
    review_id: str
    rung: str
    owner: str
    owner_id: str
    told_ids: tuple[str, ...]
    about: str
    raised_at: datetime
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    action: str = ""
    incoming_id: str = ""
    is_settled: bool = False
    answer_by: datetime | None = None
    passes_on: str = ""
    concern_id: str = ""
