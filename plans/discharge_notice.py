"""What a hospital tells about one stay or visit, whichever way it came."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.diagnosis import Asthma, Diagnosis
from plans.places import Nation


class VisitKind(StrEnum):
    """A stay in hospital, a visit to the emergency department, other urgent care, or something else.

    The codes are those of HL7's v3 ActCode; care out of hours has one of ours, as AMB is any clinic too.
    """

    STAY = "IMP"
    EMERGENCY = "EMER"
    PARAMEDICS = "FLD"
    OUT_OF_HOURS = "out-of-hours"
    OTHER = ""


class LeftHow(StrEnum):
    """How a child left, by the codes of UK Core's discharge methods for England."""

    WITH_CONSENT = "1"
    BY_COURT = "3"
    DIED = "4"
    STILLBORN = "5"
    BY_THEMSELVES = "6"
    TAKEN_HOME = "7"
    NOT_FINISHED = "8"
    NOT_KNOWN = "9"


WITHOUT_BEING_DISCHARGED = frozenset({LeftHow.BY_THEMSELVES, LeftHow.TAKEN_HOME})
# A child who is not alive has nothing to be reviewed, and nobody may be asked to come (hazard 20).
NOT_ALIVE = frozenset({LeftHow.DIED, LeftHow.STILLBORN})
# "Patient died or stillbirth", in UK Core's discharge destinations; in another list it may be any place.
WENT_NOWHERE = "79"


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
    `hospital_number` is the child's number at the hospital that tells, by which it may know no other.
    `hospital_code` is where the child was, `sender_code` who sent the message, where it names that too.
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
    left_how: LeftHow | None = None
    hospital_number: str = ""
    sender_code: str = ""

    @property
    def left_undischarged(self) -> bool:
        """Return whether the child left without being discharged, which is a discharge too."""
        return self.left_how in WITHOUT_BEING_DISCHARGED

    @property
    def says_not_alive(self) -> bool:
        """Return whether it says that the child left not alive, rightly or by a slip."""
        return self.left_how in NOT_ALIVE

    @property
    def went_nowhere(self) -> bool:
        """Return whether the code of where the child went means a death in one list, if it is of that one."""
        return self.went_to is not None and self.went_to.code == WENT_NOWHERE
