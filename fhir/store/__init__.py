"""The store: FHIR resources with every version of them, and a few plain tables, in one transaction."""

from fhir.store.reader import Reader
from fhir.store.store import Store, Write, open_store

__all__ = ["Reader", "Store", "Write", "open_store"]
