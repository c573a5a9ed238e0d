"""What a hospital tells about one stay or visit, whichever way it came."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.diagnosis import Asthma, Diagnosis
from plans.places import Nation


class VisitKind(StrEnum):
    """A stay in hospital, a visit to the emergency department, or something else."""

    STAY = "IMP"
    EMERGENCY = "EMER"
    OTHER = ""


@dataclass(frozen=True)
class Destination:
    """Where a child went on leaving hospital, as it was told; `system` is "" where nobody named the list."""

    code: str = ""
    system: str = ""
    text: str = ""


@dataclass(frozen=True)
class DischargeNotice:
    """One visit as the hospital tells it. "" and None mean that the message does not say.

    `admitted_at` and `discharged_at` are in UTC. A time of discharge does not by itself start a clock:
    an update carries it too. `nation` is that of the practice. `is_cancelled`: the visit did not happen.
    `has_ended`: it is over, whether or not the message says when. `went_to` only as the message says it.
    """

    nhs_number: str
    given: str
    family: str
    born: date | None
    practice_code: str
    nation: Nation | None
    visit: str
    hospital_code: str
    hospital_name: str
    kind: VisitKind
    admitted_at: datetime | None
    discharged_at: datetime | None
    asthma: Asthma
    diagnoses: tuple[Diagnosis, ...] = ()
    is_cancelled: bool = False
    has_ended: bool = False
    went_to: Destination | None = None
