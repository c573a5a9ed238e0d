"""The worker: raises the alerts of every clock that is late, sends them, seals the audit, shows its pulse."""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Event
from traceback import format_tb

from fhir.itk3 import MESSAGE_DEFINITION
from fhir.store import Store, open_store
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.sealing import head_of, seal_waiting
from fhir.store.tables import gp_documents, marks, pulse
from plans.errors import PuffinError
from plans.review_events import SYSTEM
from plans.unusual_access import MANY
from plans.working_days import uk_day
from portal.actions.audit.check import key_place
from portal.actions.audit.unusual import look_through
from portal.actions.circle.asking_again import ask_young_people
from portal.actions.class_lists.matching import look_at_pupils
from portal.actions.clocks import HolidaysFor
from portal.actions.digests import queue_digests
from portal.actions.discharge.matching import match_waiting
from portal.actions.facts.counting import count_some
from portal.actions.gp_inbox.set_up import note_mailbox
from portal.actions.inbox.sweep import sweep_inboxes
from portal.actions.moves.practice import offer_waiting
from portal.actions.moves.school import carry_out_moves
from portal.actions.receipts.late import sweep_once_a_day
from portal.actions.school.inhaler import sweep_inhalers
from portal.actions.school.kit import sweep_kits
from portal.actions.sweep import sweep
from portal.actions.undelivered import tell_what_did_not_arrive
from portal.calendar import holidays_for, warn_of_the_end
from portal.notify.asking import ask_carriers
from portal.notify.carrier import Carriers, carriers
from portal.notify.emptying import empty_outbox
from portal.notify.mesh import Mailbox, mesh_for, read_mailbox
from portal.notify.mesh_settings import mailbox_of
from portal.policy import policy_here
from portal.settings import Settings, settings_from

NAME = "worker"
SECONDS_BETWEEN_ROUNDS = 30
SECONDS_BETWEEN_BATCHES = 0.1  # as long as a writer of the embedded engine may pause before it tries again
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """What the worker works with."""

    store: Store
    carriers: Carriers
    clock: Callable[[], datetime]
    holidays_for: HolidaysFor
    audit_key: KeyPlace
    many_children: int = MANY
    mailbox: Mailbox | None = None

    def round(self, must_stop: Callable[[], bool] = lambda: False) -> bool:
        """Do all that is to be done now, and show the pulse of each part that went well, or of the whole.

        A fault in one part does not keep the others from their work.
        """
        parts: Mapping[str, Callable[[], object]] = {
            "match": self._match,
            "sweep": self._sweep,
            "receipts": self._chase_readers,
            "inhalers": self._look_at_inhalers,
            "kits": self._look_at_kits,
            "young-people": self._ask_young_people,
            "pupils": self._look_at_pupils,
            "moves": self._carry_out_moves,
            "offers": self._offer_children,
            "inboxes": self._tell_leads,
            "digests": self._queue_digests,
            "send": lambda: self._send(must_stop),
            "ask": lambda: self._ask(must_stop),
            "mailbox": lambda: self._read_mailbox(must_stop),
            "undelivered": self._tell_what_did_not_arrive,
            "facts": self._count_facts,
            "seal": lambda: self._seal(must_stop),
            "unusual": lambda: self._look_through(must_stop),
        }
        done = [_went_well(part) and _went_well(partial(self._beat, name)) for name, part in parts.items()]
        return all(done) and _went_well(partial(self._beat, NAME))

    def _match(self) -> None:
        match_waiting(self.store, by=SYSTEM, at=self.clock(), holidays_for=self.holidays_for)

    def _look_at_pupils(self) -> None:
        look_at_pupils(self.store, now=self.clock())

    def _carry_out_moves(self) -> None:
        carry_out_moves(self.store, now=self.clock())

    def _offer_children(self) -> None:
        offer_waiting(self.store, now=self.clock())

    def _sweep(self) -> None:
        now = self.clock()
        warn_of_the_end(uk_day(now))
        sweep(self.store, now=now, holidays_for=self.holidays_for)

    def _chase_readers(self) -> None:
        sweep_once_a_day(self.store, now=self.clock(), holidays_for=self.holidays_for)

    def _look_at_inhalers(self) -> None:
        sweep_inhalers(self.store, now=self.clock())

    def _look_at_kits(self) -> None:
        sweep_kits(self.store, now=self.clock())

    def _tell_leads(self) -> None:
        sweep_inboxes(self.store, now=self.clock(), holidays_for=self.holidays_for)

    def _ask_young_people(self) -> None:
        ask_young_people(self.store, now=self.clock())

    def _send(self, must_stop: Callable[[], bool]) -> None:
        empty_outbox(self.store, self.carriers, self.clock, must_stop=must_stop)

    def _queue_digests(self) -> None:
        queue_digests(self.store, now=self.clock(), holidays_for=self.holidays_for)

    def _ask(self, must_stop: Callable[[], bool]) -> None:
        ask_carriers(self.store, self.carriers, self.clock, must_stop=must_stop)

    def _read_mailbox(self, must_stop: Callable[[], bool]) -> None:
        if self.mailbox:
            read_mailbox(self.store, self.mailbox, self.clock, must_stop=must_stop)

    def _count_facts(self) -> None:
        count_some(self.store, now=self.clock(), holidays_for=self.holidays_for)

    def _tell_what_did_not_arrive(self) -> None:
        tell_what_did_not_arrive(self.store, now=self.clock())

    def _seal(self, must_stop: Callable[[], bool]) -> None:
        if seal_waiting(self.store, self.audit_key, self.clock, rest=_let_others_write, must_stop=must_stop):
            logger.info("The audit is sealed up to %s", head_of(self.store))

    def _look_through(self, must_stop: Callable[[], bool]) -> None:
        look_through(self.store, now=self.clock(), most=self.many_children, must_stop=must_stop)

    def _beat(self, name: str) -> None:
        with self.store.write_beside(by=SYSTEM, at=self.clock()) as write:
            pulse.beat(write, name)


def run(work: Work, told_to_stop: Event) -> None:
    """Work round after round until told to stop."""
    while not told_to_stop.is_set():
        work.round(told_to_stop.is_set)
        told_to_stop.wait(SECONDS_BETWEEN_ROUNDS)


def main() -> None:
    """Work on the store of this environment until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = settings_from(os.environ)
    policy_here()
    told_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    with closing(open_store(settings.data, settings.database_url)) as store:
        run(_work(settings, store), told_to_stop)


def _work(settings: Settings, store: Store) -> Work:
    """Return what these settings set up over this store, and keep whether documents go by MESH."""
    is_demo = marks.is_demo(store)
    ways, mailbox = dict(carriers(settings, store, is_demo=is_demo)), mailbox_of(settings)
    if mailbox:
        definition = settings.mesh_definition or MESSAGE_DEFINITION
        ways[gp_documents.CARRIER] = mesh_for(store, mailbox, definition, settings.url, _now)
    note_mailbox(store, mailbox.name if mailbox else "", at=_now())
    key = key_place(settings, is_demo=is_demo)
    return Work(store, ways, _now, holidays_for, key, settings.many_children, mailbox)


def _now() -> datetime:
    return datetime.now(UTC)


def _went_well(part: Callable[[], object]) -> bool:
    try:
        part()
    except Exception as fault:  # whatever it is, the others must not wait for it
        # The text of a refusal of ours holds nothing about a child; that of any other fault may.
        said = str(fault) if isinstance(fault, PuffinError) else ""
        logger.error("%s %s\n%s", type(fault).__name__, said, "".join(format_tb(fault.__traceback__)))
        return False
    return True


def _let_others_write() -> None:
    time.sleep(SECONDS_BETWEEN_BATCHES)


if __name__ == "__main__":
    main()
