"""What may be asked of the store."""

from abc import ABC, abstractmethod
from typing import Any

from fhir.store import resources
from fhir.store.engine import Database
from fhir.store.search.pages import Page, found_page
from fhir.store.search.searching import found_count, found_texts
from fhir.store.search.values import Value, found_values
from fhir.store.sight import Sight


class Reader(ABC):
    """What may be asked of the store, and, inside a write, of the store as that write has made it."""

    @property
    @abstractmethod
    def db(self) -> Database:
        """Return the connection."""

    def read(self, resource_type: str, resource_id: str) -> dict:
        """Return a resource as it is now; raises ResourceNotFound."""
        return next(resources.loaded([self.read_text(resource_type, resource_id)]))

    def read_text(self, resource_type: str, resource_id: str) -> str:
        """Return a resource as the very JSON text that was kept; raises ResourceNotFound."""
        return resources.current_text(self.db, resource_type, resource_id)

    def vread(self, resource_type: str, resource_id: str, version_id: str) -> dict:
        """Return one version of a resource; raises ResourceNotFound."""
        return next(resources.loaded([self.vread_text(resource_type, resource_id, version_id)]))

    def vread_text(self, resource_type: str, resource_id: str, version_id: str) -> str:
        """Return one version as the very JSON text that was kept; raises ResourceNotFound."""
        return resources.version_text(self.db, resource_type, resource_id, version_id)

    def history(self, resource_type: str, resource_id: str) -> list[dict]:
        """Return every version of a resource, newest first; raises ResourceNotFound."""
        return list(resources.loaded(resources.all_texts(self.db, resource_type, resource_id)))

    def search(self, resource_type: str, sight: Sight | None = None, /, **params: Any) -> list[dict]:
        """Return the resources that answer every parameter, the newest first unless `_sort` says otherwise.

        A list means any of its values; a tuple means several conditions that must all hold, such as
        `due=("ge2026-11-20", "lt2026-11-24")`. `general_practitioner` stands for `general-practitioner`.
        With `sight`, what is about any other child than it shows does not exist.

        Raises UnknownSearchParameter and SearchNotUnderstood.
        """
        return list(resources.loaded(found_texts(self.db, resource_type, params, sight)))

    def page(self, resource_type: str, sight: Sight | None = None, after: str = "", /, **params: Any) -> Page:
        """Return one page of a search, `after` the page whose `next` it was.

        `_include=["CarePlan:subject"]` adds what the matches point to, `_revinclude=["Provenance:target"]`
        what points to them. Raises as `search` does, and PageNotUnderstood.
        """
        return found_page(self.db, resource_type, params, sight, after)

    def values(
        self, resource_type: str, parameter: str, sight: Sight | None = None, /, **params: Any
    ) -> list[Value]:
        """Return the values of one text or date parameter of what `search` would find, in no order.

        No resource is read for it: a list of thousands costs little. Raises as `search` does.
        """
        return found_values(self.db, resource_type, parameter, params, sight)

    def count(self, resource_type: str, sight: Sight | None = None, /, **params: Any) -> int:
        """Return how many resources `search` would find without `_count`."""
        return found_count(self.db, resource_type, params, sight)
