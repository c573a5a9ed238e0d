"""Alerts as their page lists them: one group for each child, so that eight rungs are one thing to look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from fhir import kept_people
from fhir.store import Reader
from plans.alert import Alert
from plans.ladder import LADDER, unanswered
from plans.people import Child

RUNG_ORDER = {
    code: number for number, step in enumerate(LADDER, start=1) for code in (step.code, unanswered(step.code))
}


@dataclass(frozen=True)
class Group:
    """The alerts about one child, the newest first; `child` is None where a discharge waits for its child."""

    child: Child | None
    alerts: tuple[Alert, ...]

    @property
    def newest(self) -> Alert:
        return self.alerts[0]

    @property
    def is_open(self) -> bool:
        return any(alert.acknowledged_at is None for alert in self.alerts)

    def open_of(self, organisation_id: str) -> tuple[Alert, ...]:
        """Return the open alerts that this organisation owns, the newest first."""
        return tuple(
            one for one in self.alerts if one.owner_id == organisation_id and not one.acknowledged_at
        )


def grouped(reader: Reader, alerts: Iterable[Alert]) -> list[Group]:
    """Return the alerts by the child whom they are about, groups with an open alert first, newest on top."""
    about: dict[str, list[Alert]] = {}
    for alert in sorted(alerts, key=lambda one: (one.raised_at, RUNG_ORDER.get(one.rung, 0)), reverse=True):
        about.setdefault(alert.child_id or alert.incoming_id, []).append(alert)
    groups = [Group(_child(reader, some[0]), tuple(some)) for some in about.values()]
    return sorted(groups, key=lambda group: not group.is_open)


def _child(reader: Reader, alert: Alert) -> Child | None:
    return kept_people.child(reader, alert.child_id) if alert.child_id else None
