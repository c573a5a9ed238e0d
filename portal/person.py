"""Somebody who is signed in: who they are, what they do here, and for which organisation."""

from dataclasses import dataclass

from fhir.actor import PURPOSE_OF, Actor, Purpose
from plans.people import Professional
from plans.places import Role


@dataclass(frozen=True)
class Person:
    """Who somebody is in one of their posts; `job` as they want it printed.

    `practitioner_id`, `organisation_id` and `post_id` (a PractitionerRole) are ids of resources. Who `leads`
    is told what nobody of the team has looked at.
    """

    account_id: str
    username: str
    name: str
    job: str
    role: Role
    practitioner_id: str
    organisation_id: str
    organisation_name: str
    post_id: str
    leads: bool = False

    @property
    def ref(self) -> Actor:
        """Return who they are to the store and its audit, in this post: the `by` of every write."""
        return self._for(PURPOSE_OF[self.role])

    @property
    def ref_in_emergency(self) -> Actor:
        """Return the same for what they see because of an emergency alone: each entry says so."""
        return self._for(Purpose.EMERGENCY)

    @property
    def professional(self) -> Professional:
        """Return them as the author of what they write and sign."""
        return Professional(self.practitioner_id, self.name, self.job, self.organisation_id)

    def _for(self, purpose: Purpose) -> Actor:
        return Actor(
            f"Practitioner/{self.practitioner_id}",
            role=self.role,
            purpose=purpose,
            post_id=self.post_id,
            organisation_id=self.organisation_id,
        )
