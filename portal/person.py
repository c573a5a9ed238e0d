"""Somebody who is signed in: who they are, what they do here, and for which organisation."""

from dataclasses import dataclass

from plans.people import Professional, Role


@dataclass(frozen=True)
class Person:
    """`practitioner_id` and `organisation_id` are ids of resources; `job` as they want it printed."""

    account_id: str
    username: str
    name: str
    job: str
    role: Role
    practitioner_id: str
    organisation_id: str
    organisation_name: str

    @property
    def ref(self) -> str:
        """Return who they are to the store and its audit: the `by` of every write."""
        return f"Practitioner/{self.practitioner_id}"

    @property
    def professional(self) -> Professional:
        """Return them as the author of what they write and sign."""
        return Professional(self.practitioner_id, self.name, self.job, self.organisation_id)
