"""A run of the import: who reads, and how much of what is known is said again."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime

from fhir.store import Store
from portal.actions.importing.files import HandedOver
from portal.actions.importing.many import Outcome, Run, import_all
from portal.actions.importing.read import Reader, ReaderBeside, ReaderHere, Rules
from portal.calendar import holidays_for


def bring_in(
    store: Store,
    given: HandedOver,
    *,
    by: str,
    clock: Callable[[], datetime],
    today: date,
    reports: bool,
) -> Iterator[Outcome]:
    """Yield what becomes of each record handed over, once it is safe; with `reports`, what is said of it too.

    Raises ImportStopped; the same call again then goes on. Few records are read here, and told of in full
    each time; many are read in processes beside this one, one for each core.
    """
    rules = Rules(today, holidays_for)
    run = Run(store, by, clock, rules, reports=reports, reads_all=given.is_small and not reports)
    with ExitStack() as open_readers:
        beside = 0 if given.is_small else len(os.sched_getaffinity(0))
        readers: list[Reader] = [ReaderBeside(rules) for _ in range(beside)] or [ReaderHere(rules)]
        for reader in readers:
            open_readers.enter_context(closing(reader))
        yield from import_all(run, given, readers)
