"""The store as one person may see it: what they may not see does not exist, and each reading is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fhir import kept_people, kept_plans, kept_reviews, kept_shares
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from plans.alert import Alert
from plans.errors import PlanNotFound
from plans.people import Child, FamilyMember, Role
from plans.plan import Plan
from plans.review import Review
from plans.sharing import Share
from plans.similar_names import similar_to


class Viewer(Protocol):
    """Who is looking: their role, their organisation, and themselves as a reference for the audit."""

    @property
    def role(self) -> Role: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def ref(self) -> str: ...


class Record:
    """Everything that one person may see; each method raises ResourceNotFound for what they may not."""

    def __init__(self, store: Store, viewer: Viewer, clock: Callable[[], datetime]) -> None:
        self._store, self._viewer, self._clock = store, viewer, clock
        self._noted: set[tuple[str, str]] = set()

    def children(self) -> list[Child]:
        """Return the children that this person may see, by family name."""
        found = self._seen_by_name()
        self._note("see the list of children", f"Organization/{self._viewer.organisation_id}")
        return found

    def child(self, id: str) -> Child:
        """Return one child."""
        found = kept_people.child(self._store, id)
        if not WHO_SEES[self._viewer.role].child(self, found):
            raise ResourceNotFound
        self._note("see the child's record", f"Patient/{id}", child=id)
        return found

    def similar(self, child: Child) -> tuple[Child, ...]:
        """Return the children that this person may see and could take for this one, by family name."""
        found = similar_to(child, self._seen_by_name())
        for one in found:
            self._note("see that a name is similar", f"Patient/{one.id}", child=one.id)
        return found

    def family(self, child_id: str) -> list[FamilyMember]:
        """Return the people at home, for the child's own practice only."""
        if self._viewer.role is not Role.CLINICIAN:
            raise ResourceNotFound
        return kept_people.family(self._store, self.child(child_id).id)

    def plan(self, id: str) -> Plan:
        """Return a plan of a child that this person may see; raises PlanNotFound otherwise."""
        plan = kept_plans.plan(self._store, id)
        try:
            self.child(plan.child_id)
        except ResourceNotFound:
            raise PlanNotFound from None
        self._note("read the plan", f"CarePlan/{id}", child=plan.child_id)
        return plan

    def plans(self, child_id: str) -> tuple[Plan, ...]:
        """Return all signed plans of a child, the newest version first."""
        return kept_plans.plans_of(self._store, self.child(child_id).id)

    def shares(self, child_id: str) -> list[Share]:
        """Return with whom the child's plan is shared, for the practice only."""
        if self._viewer.role is not Role.CLINICIAN:
            raise ResourceNotFound
        return kept_shares.shares_of(self._store, self.child(child_id).id)

    def reviews(self) -> list[Review]:
        """Return the reviews after hospital that this person's organisation owns or asked for."""
        self._note("see the reviews due", f"Organization/{self._viewer.organisation_id}")
        return kept_reviews.reviews_of(self._store, self._viewer.organisation_id)

    def review(self, id: str) -> Review:
        """Return one review that this person's organisation owns or asked for."""
        review = kept_reviews.review(self._store, id)
        if self._viewer.organisation_id not in (review.owner_id, review.requester_id):
            raise ResourceNotFound
        self._note("see the review", f"Task/{id}", child=review.child_id)
        return review

    def alerts(self) -> list[Alert]:
        """Return what this person's organisation was told, the newest first."""
        self._note("see the alerts", f"Organization/{self._viewer.organisation_id}")
        return kept_reviews.alerts_of(self._store, self._viewer.organisation_id)

    def alert(self, id: str) -> Alert:
        """Return one alert that this person's organisation was told."""
        alert = kept_reviews.alert(self._store, id)
        if self._viewer.organisation_id not in (alert.owner_id, *alert.told_ids):
            raise ResourceNotFound
        self._note("see the alert", f"Communication/{id}", child=alert.child_id)
        return alert

    def is_shared_with_us(self, child: Child) -> bool:
        """Return whether a live share lets this person's organisation see the child's plan."""
        return any(share.child_id == child.id for share in self._live_shares())

    def _seen_by_name(self) -> list[Child]:
        found = WHO_SEES[self._viewer.role].children(self)
        return sorted(found, key=lambda child: (child.family.casefold(), child.given.casefold(), child.born))

    def _live_shares(self) -> list[Share]:
        shares = kept_shares.shares_with(self._store, self._viewer.organisation_id)
        return [share for share in shares if share.is_live(self._clock())]

    def _practice_children(self) -> list[Child]:
        return kept_people.children_of_practice(self._store, self._viewer.organisation_id)

    def _shared_children(self) -> list[Child]:
        ids = dict.fromkeys(share.child_id for share in self._live_shares())
        return [kept_people.child(self._store, id) for id in ids]

    def _pupils(self) -> list[Child]:
        return [child for child in self._shared_children() if self._is_pupil(child)]

    def _patients(self) -> list[Child]:
        reviews = kept_reviews.reviews_of(self._store, self._viewer.organisation_id)
        found = {child.id: child for child in self._shared_children()}
        found |= {
            one.child_id: kept_people.child(self._store, one.child_id) for one in reviews if one.child_id
        }
        return list(found.values())

    def _is_ours(self, child: Child) -> bool:
        return child.practice_id == self._viewer.organisation_id

    def _is_pupil(self, child: Child) -> bool:
        return child.school_id == self._viewer.organisation_id and self.is_shared_with_us(child)

    def _is_patient(self, child: Child) -> bool:
        return child.id in {one.id for one in self._patients()}

    def _note(self, detail: str, what: str, child: str = "") -> None:
        """Record the reading, once a request for each thing that was read."""
        if (detail, what) in self._noted:
            return
        with self._store.write(by=self._viewer.ref, at=self._clock()) as write:
            write.audit("R", what, f"Patient/{child}" if child else None, detail)
        self._noted.add((detail, what))


@dataclass(frozen=True)
class _Sight:
    """Which children a role sees, and whether it sees this one."""

    children: Callable[[Record], list[Child]]
    child: Callable[[Record, Child], bool]


WHO_SEES: Mapping[Role, _Sight] = {
    Role.CLINICIAN: _Sight(Record._practice_children, Record._is_ours),
    Role.SCHOOL_NURSE: _Sight(Record._pupils, Record._is_pupil),
    Role.HOSPITAL: _Sight(Record._patients, Record._is_patient),
}
