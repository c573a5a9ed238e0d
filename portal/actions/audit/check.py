"""Checking the audit against its seals, for the command line: what it comes to, in lines and for programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fhir.store.seals.audit_key import FILE_NAME, KeyPlace
from fhir.store.seals.checking import Verdict
from fhir.store.seals.faults import Fault
from fhir.store.seals.sealing import Head
from plans.working_days import uk_time
from portal.settings import Settings

WRITTEN_DOWN = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
MOST_LINES = 100  # of faults, for people


def key_place(settings: Settings, *, is_demo: bool = False) -> KeyPlace:
    """Return where the key of the audit is: given, or beside an embedded store or a demo of one machine."""
    is_here = is_demo or not settings.database_url
    return KeyPlace(settings.audit_key, settings.data / FILE_NAME if is_here else None)


def head_from(text: str) -> Head | None:
    """Return the seal that somebody wrote down as NUMBER:SEAL; None where that cannot be one."""
    found = WRITTEN_DOWN.fullmatch(text.strip().lower())
    return Head(int(found[1]), found[2]) if found else None


def fault_line(fault: Fault) -> str:
    """Return a fault for people."""
    return f"{fault.kind}{f' ({fault.place})' if fault.place else ''}: {fault.sentence}"


@dataclass(frozen=True)
class Summary:
    """What a check comes to."""

    verdict: Verdict

    def as_json(self) -> dict[str, object]:
        """Return it for other programs: the last object of `audit verify --json`."""
        of, oldest = self.verdict, self.verdict.oldest_waiting
        return {
            "sealed": of.sealed,
            "whole": of.whole,
            "head": str(of.head) if of.sealed else None,
            "waiting": of.waiting,
            "oldest_waiting": oldest.isoformat() if oldest else None,
            "faults": of.faults,
        }

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        of = self.verdict
        yield f"{of.sealed:,} audit entries are sealed, and {of.whole:,} of them are whole."
        if of.sealed:
            yield f"The last seal is {of.head}"
            yield "Write it down away from this machine: `audit verify --head` tells if it is still there."
        if of.oldest_waiting:
            since = uk_time(of.oldest_waiting)
            yield f"Waiting for a seal: {of.waiting:,}, the oldest since {since:%-d %B %Y at %H:%M}."
        else:
            yield "Nothing waits for a seal."
        if of.faults > MOST_LINES:
            yield f"{of.faults - MOST_LINES:,} more faults are not shown: `audit verify --json` shows all."
        if of.faults:
            yield (
                f"{of.faults:,} fault{'' if of.faults == 1 else 's'}: the audit was changed. "
                "Keep this store as it is, and tell whoever is responsible for the records."
            )
