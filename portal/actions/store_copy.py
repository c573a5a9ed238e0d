"""Copying the store to another place: to PostgreSQL, or from there to a folder."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from fhir.store import Store
from fhir.store.copying.errors import TargetHoldsOther, TargetNotReached, TargetNotUnderstood
from fhir.store.copying.whole import Copied, Watch, copy, open_new
from fhir.store.errors import DatabaseNotReached, NotOurDatabase, StoreDamaged
from fhir.store.seals.audit_key import FILE_NAME, SETTING

POSTGRESQL = ("postgresql://", "postgres://")


def copy_to(store: Store, place: str, watch: Watch) -> list[str]:
    """Copy the store to a new folder, or a new database at an address, and return what to tell of it.

    What is told never holds the address, which may hold a password.

    Raises TargetNotUnderstood, TargetNotReached, TargetHoldsOther, TargetNotEmpty, and what `copy` raises.
    """
    with closing(_opened(place)) as target:
        return list(_told(copy(store, target, watch)))


def _opened(place: str) -> Store:
    is_address = place.startswith(POSTGRESQL)
    if "://" in place and not is_address:
        raise TargetNotUnderstood
    try:
        return open_new(Path(), place) if is_address else open_new(Path(place))
    except DatabaseNotReached:
        raise TargetNotReached from None
    except (NotOurDatabase, StoreDamaged):
        raise TargetHoldsOther from None


def _told(copied: Copied) -> Iterator[str]:
    for table, rows in sorted(copied.rows.items()):
        yield f"{table}: {rows:,}, the same in both"
    yield f"The store is copied: {sum(copied.rows.values()):,} rows, the same in both."
    if copied.is_sealed:
        yield (
            f"The key of the audit is not in the copy: set {SETTING} there to the key of here, which is in "
            f"{FILE_NAME} in the folder of PUFFIN_DATA if you set none."
        )
    if copied.went_on:
        yield (
            "Something was written here meanwhile, and is not in the copy. To move, stop Puffin, "
            "then copy to another new place."
        )
