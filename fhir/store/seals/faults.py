"""What can be wrong with the audit and its seals, each by name and in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What somebody, or something, has done to the audit."""

    CHANGED_TEXT = "changed-text"
    MISSING_ENTRY = "missing-entry"
    MISSING_NUMBER = "missing-number"
    NOT_SEALED_NOR_WAITING = "not-sealed-nor-waiting"
    SEALED_AND_WAITING = "sealed-and-waiting"
    CHANGED_SEAL = "changed-seal"
    WRONG_ORDER = "wrong-order"
    SECOND_VERSION = "second-version"
    CHANGED_FINGERPRINT = "changed-fingerprint"
    HEAD_NOT_FOUND = "head-not-found"


SENTENCES: Mapping[FaultKind, str] = {
    FaultKind.CHANGED_TEXT: "The text of this audit entry is not the one that was sealed.",
    FaultKind.MISSING_ENTRY: "The audit entry that stood here is gone.",
    FaultKind.MISSING_NUMBER: "A seal is missing here, so the one after it cannot be checked either.",
    FaultKind.NOT_SEALED_NOR_WAITING: "This audit entry has no seal and does not wait for one.",
    FaultKind.SEALED_AND_WAITING: "This audit entry is sealed, and yet it waits for a seal.",
    FaultKind.CHANGED_SEAL: "This seal, or what it says it is about, was changed.",
    FaultKind.WRONG_ORDER: "This seal was made for another place in the chain.",
    FaultKind.SECOND_VERSION: "This audit entry was given another version, and none ever has one.",
    FaultKind.CHANGED_FINGERPRINT: "The fingerprint of the key was changed: the key here fits the seals.",
    FaultKind.HEAD_NOT_FOUND: "The seal that was written down is not in the chain: it was cut or made anew.",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with seal `number` or those up to `last`, with the entry of an id, or both."""

    kind: FaultKind
    number: int | None = None
    entry: str = ""
    last: int | None = None

    @property
    def sentence(self) -> str:
        return SENTENCES[self.kind]

    @property
    def place(self) -> str:
        """Return where it is, for people: which seals, which entry; "" for the whole chain."""
        seals = f"seal {self.number}" if self.last is None else f"seals {self.number} to {self.last}"
        parts = [seals if self.number is not None else "", f"AuditEvent/{self.entry}" if self.entry else ""]
        return ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, object]:
        """Return the fault for other programs; what does not apply is left out."""
        told: dict[str, object] = {
            "fault": self.kind,
            "number": self.number,
            "last": self.last,
            "entry": self.entry or None,
        }
        return {name: value for name, value in told.items() if value is not None} | {"says": self.sentence}
