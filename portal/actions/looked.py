"""What came of a look: what it raised, and when to look next."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Raised:
    """An alert that a sweep has raised: `owner` is the organisation's name, `child` an id or nobody yet."""

    id: str
    child: str | None
    rung: str
    owner: str
    due: date
    about: str

    def as_json(self) -> dict[str, str | None]:
        return vars(self) | {"due": self.due.isoformat()}


@dataclass(frozen=True)
class Looked:
    """What a look has raised, and when to look next: None where nobody has to until it changes."""

    next_at: datetime | None
    raised: tuple[Raised, ...] = ()


NEVER_AGAIN = Looked(None)
