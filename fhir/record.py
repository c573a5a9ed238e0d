"""The store as one person may see it: what they may not see does not exist, and each reading is recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fhir import kept_people, kept_plans, kept_reviews, kept_shares
from fhir.codes import NHS_NUMBER
from fhir.kept_plans import LivePlan
from fhir.patient import from_patient
from fhir.sights import in_emergency, organisations_seen_for, shared_with, sight_of
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from fhir.store.search.indexing import LONGEST
from fhir.store.sight import Sight
from plans.alert import Alert
from plans.errors import PlanNotFound
from plans.people import Child, FamilyMember
from plans.places import Role
from plans.plan import Plan
from plans.review import Review
from plans.sharing import Share
from plans.similar_names import is_near, name_key, similar_to

SIMILAR_NAME = "see that a name is similar"


class Viewer(Protocol):
    """Who is looking: their role, their organisation, and themselves as a reference for the audit."""

    @property
    def role(self) -> Role: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def ref(self) -> str: ...


class ViewerInEmergency(Viewer, Protocol):
    """Who opened a record in an emergency: a reference that the audit knows them by there."""

    @property
    def ref_in_emergency(self) -> str: ...


@dataclass(frozen=True)
class Named:
    """A child by name alone: the family name and all words of the name, both as names are compared."""

    id: str
    family: str
    words: str


class Record:
    """Everything that one person may see; each method raises ResourceNotFound for what they may not."""

    def __init__(self, store: Store, viewer: Viewer, clock: Callable[[], datetime]) -> None:
        self._store, self._viewer, self._clock = store, viewer, clock
        self._ref = viewer.ref
        self._noted: set[tuple[str, str]] = set()

    def children(self) -> list[Child]:
        """Return the children that this person may see, by family name."""
        found = self._seen_by_name()
        self._note("see the list of children", f"Organization/{self._viewer.organisation_id}")
        return found

    def names(self) -> list[Named]:
        """Return the names of the children that this person may see, by family name: no record is read."""
        sight = self._sight()
        family = {one.id: one.text for one in self._store.values("Patient", "family", sight)}
        words = {one.id: one.text for one in self._store.values("Patient", "name-key", sight)}
        self._note("see the list of children", f"Organization/{self._viewer.organisation_id}")
        return sorted(
            (Named(id, family.get(id, ""), words[id]) for id in words),
            key=lambda one: (one.family, one.words, one.id),
        )

    def with_number(self, nhs_number: str) -> set[str]:
        """Return the ids of those with this NHS number whom this person sees; the caller records the list."""
        number = f"{NHS_NUMBER}|{nhs_number}"
        return {one["id"] for one in self._store.search("Patient", self._sight(), identifier=number)}

    def child(self, id: str) -> Child:
        """Return one child."""
        found = self._store.search("Patient", self._sight(), _id=id)
        if not found:
            raise ResourceNotFound
        self._note("see the child's record", f"Patient/{id}", child=id)
        return from_patient(found[0])

    def some_of(self, ids: Iterable[str]) -> dict[str, Child]:
        """Return those of these children that this person may see, by id; the caller records the list."""
        wanted = sorted(set(ids))
        found = self._store.search("Patient", self._sight(), _id=wanted) if wanted else []
        return {one["id"]: from_patient(one) for one in found}

    def similar(self, child: Child) -> tuple[Child, ...]:
        """Return the children that this person may see and could take for this one, by family name."""
        mine, sight = " ".join(name_key(child.name)), self._sight()
        names = self._store.values("Patient", "name-key", sight)
        near = sorted({one.id for one in names if len(one.text) >= LONGEST or is_near(mine, one.text)})
        beside = self._store.search("Patient", sight, birthdate=child.born.isoformat())
        beside += self._store.search("Patient", sight, _id=near) if near else []
        found = similar_to(child, _by_name({one["id"]: from_patient(one) for one in beside}.values()))
        for one in found:
            self._note(SIMILAR_NAME, f"Patient/{one.id}", child=one.id)
        return found

    def family(self, child_id: str) -> list[FamilyMember]:
        """Return the people at home, for the child's own practice only."""
        if self._viewer.role is not Role.CLINICIAN:
            raise ResourceNotFound
        return kept_people.family(self._store, self.child(child_id).id)

    def plan(self, id: str) -> Plan:
        """Return a plan of a child that this person may see; raises PlanNotFound otherwise."""
        if not self._store.count("CarePlan", self._sight(), _id=id):
            raise PlanNotFound
        plan = kept_plans.plan(self._store, id)
        self.child(plan.child_id)
        self._note("read the plan", f"CarePlan/{id}", child=plan.child_id)
        return plan

    def live_plans(self, *of: str) -> dict[str, LivePlan]:
        """Return what a list says of the live plans of the children that this person sees, by child's id.

        Of some children if they are named.
        """
        return kept_plans.live_plans(self._store, self._sight(), *of)

    def review_days(self) -> dict[str, date]:
        """Return by when the live plans of the children that this person sees are reviewed, by child's id."""
        return kept_plans.review_days(self._store, self._sight())

    def children_after_hospital(self) -> set[str]:
        """Return the ids of the children that this person sees with a review that nothing has closed."""
        return kept_reviews.children_with_an_open_review(self._store, self._sight())

    def plans(self, child_id: str) -> tuple[Plan, ...]:
        """Return all signed plans of a child, the newest version first."""
        return kept_plans.plans_of(self._store, self.child(child_id).id)

    def shares(self, child_id: str) -> list[Share]:
        """Return with whom the child's plan is shared now, for the practice only."""
        if self._viewer.role is not Role.CLINICIAN:
            raise ResourceNotFound
        return kept_shares.live_shares_of(self._store, self.child(child_id).id, self._clock())

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

    def alerts_about(self, review: Review) -> list[Alert]:
        """Return what this person's organisation was told about a review, the newest first."""
        told = kept_reviews.alerts_about(self._store, review)
        self._note("see the alerts of a review", f"Task/{review.id}", child=review.child_id)
        return [one for one in told if self._viewer.organisation_id in (one.owner_id, *one.told_ids)]

    def is_shared_with_us(self, child: Child) -> bool:
        """Return whether a live share lets this person's organisation see the child's plan."""
        return child.id in self.shared_ids(child.id)

    def shared_ids(self, *of: str) -> set[str]:
        """Return which children's plans are shared with this person's organisation now; of some if named."""
        whose = {"_id": list(of)} if of else {}
        ways = tuple((shared_with(place, self._clock()),) for place in self._organisations)
        return {one["id"] for one in self._store.search("Patient", Sight(ways), **whose)}

    @property
    def _organisations(self) -> list[str]:
        viewer = self._viewer
        return organisations_seen_for(self._store, viewer.role, viewer.organisation_id, self._clock())

    def _seen_by_name(self) -> list[Child]:
        return _by_name(from_patient(one) for one in self._store.search("Patient", self._sight()))

    def _sight(self) -> Sight:
        return sight_of(self._store, self._viewer.role, self._viewer.organisation_id, self._clock())

    def _note(self, detail: str, what: str, child: str = "") -> None:
        """Record the reading, once a request for each thing that was read."""
        if (detail, what) in self._noted:
            return
        with self._store.write_beside(by=self._ref, at=self._clock()) as write:
            write.audit("R", what, f"Patient/{child}" if child else None, detail)
        self._noted.add((detail, what))


def _by_name(children: Iterable[Child]) -> list[Child]:
    return sorted(children, key=lambda one: (one.family.casefold(), one.given.casefold(), one.born))


class EmergencyRecord(Record):
    """The store as somebody sees it who opened a record in an emergency: that alone, and marked as such."""

    def __init__(self, store: Store, viewer: ViewerInEmergency, clock: Callable[[], datetime]) -> None:
        super().__init__(store, viewer, clock)
        self._ref = viewer.ref_in_emergency

    def _sight(self) -> Sight:
        return in_emergency(self._ref, self._clock())
