"""Why the audit is not sealed or checked, by name; each says in one sentence what to do."""

from plans.errors import PuffinError

SHORTEST_KEY = 32  # characters


class AuditKeyMissing(PuffinError):
    """There is no folder of the store to keep a key in, and nobody gave one."""

    def __init__(self) -> None:
        super().__init__(
            f"The audit is sealed with a key of its own: set PUFFIN_AUDIT_KEY to {SHORTEST_KEY} or more "
            "random characters, and keep them apart from the database."
        )


class AuditKeyTooShort(PuffinError):
    """A key that could be guessed; `place` is the setting or the file that holds it."""

    def __init__(self, place: str) -> None:
        super().__init__(f"The key in {place} is too short: it must have {SHORTEST_KEY} or more characters.")


class AuditKeyLost(PuffinError):
    """The audit was sealed before, and the key is not here; a new one would not fit what is sealed."""

    def __init__(self) -> None:
        super().__init__(
            "The key of the audit is not here. Set PUFFIN_AUDIT_KEY as it was or, for a store in a folder, "
            "put audit.key back there: no other key fits the seals that there are."
        )


class WrongAuditKey(PuffinError):
    """The key is not the one with which the audit was sealed."""

    def __init__(self) -> None:
        super().__init__(
            "The audit was sealed with another key than the one here. Put that key back, in PUFFIN_AUDIT_KEY "
            "or in audit.key in the folder of PUFFIN_DATA: whether the audit was changed is not known before."
        )
