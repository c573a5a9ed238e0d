"""A review after hospital: whose it is, when it is due, and what has happened to it so far."""

from dataclasses import dataclass
from datetime import date, datetime

from plans.review_events import Event


@dataclass(frozen=True)
class Review:
    """What a discharge starts. How it stands is computed from this, see follow_up.py.

    `owner_id` is the practice, "" where nobody knows it: then the hospital, `requester_id`, keeps it.
    `plan_id` is the plan that was live when the child left hospital, "" if there was none.
    """

    id: str
    child_id: str
    encounter_id: str
    discharged_at: datetime
    due: date
    owner_id: str
    requester_id: str
    events: tuple[Event, ...] = ()
    plan_id: str = ""
