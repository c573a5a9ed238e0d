"""The worker: finds every clock that is late, raises its alerts, sends them, and shows that it is alive."""

import logging
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from traceback import format_tb

from fhir.store import Store, open_store, pulse
from plans.review_events import SYSTEM
from portal.actions.alerts import sweep
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.matching import match_waiting
from portal.calendar import holidays_for
from portal.notify.carrier import Carrier, carriers
from portal.notify.emptying import empty_outbox
from portal.settings import settings_from

NAME = "worker"
SECONDS_BETWEEN_ROUNDS = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """What the worker works with."""

    store: Store
    carriers: Mapping[str, Carrier]
    clock: Callable[[], datetime]
    holidays_for: HolidaysFor

    def round(self, must_stop: Callable[[], bool] = lambda: False) -> bool:
        """Do all that is to be done now; return whether all of it went well, and only then show a pulse.

        A fault in one part does not keep the others from their work.
        """
        parts = (self._match, self._sweep, lambda: self._send(must_stop))
        done = [_went_well(part) for part in parts]
        return all(done) and _went_well(self._beat)

    def _match(self) -> None:
        match_waiting(self.store, by=SYSTEM, at=self.clock(), holidays_for=self.holidays_for)

    def _sweep(self) -> None:
        sweep(self.store, now=self.clock(), holidays_for=self.holidays_for)

    def _send(self, must_stop: Callable[[], bool]) -> None:
        empty_outbox(self.store, self.carriers, self.clock, must_stop=must_stop)

    def _beat(self) -> None:
        with self.store.write_beside(by=SYSTEM, at=self.clock()) as write:
            pulse.beat(write, NAME)


def run(work: Work, told_to_stop: Event) -> None:
    """Work round after round until told to stop."""
    while not told_to_stop.is_set():
        work.round(told_to_stop.is_set)
        told_to_stop.wait(SECONDS_BETWEEN_ROUNDS)


def main() -> None:
    """Work on the store of this environment until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = settings_from(os.environ)
    told_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    with closing(open_store(settings.data, settings.database_url)) as store:
        run(Work(store, carriers(settings), lambda: datetime.now(UTC), holidays_for), told_to_stop)


def _went_well(part: Callable[[], object]) -> bool:
    try:
        part()
    except Exception as fault:  # whatever it is, the others must not wait for it
        # Not its text: that may hold something about a child.
        logger.error("%s\n%s", type(fault).__name__, "".join(format_tb(fault.__traceback__)))
        return False
    return True


if __name__ == "__main__":
    main()
