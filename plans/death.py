"""A death: said by one professional, confirmed by a second one; in error it is withdrawn with a reason."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plans.errors import PuffinError
from plans.places import Role
from plans.school_form import NotWhole
from plans.sharing import Reader, ShareNotAllowed
from plans.team_task import TaskKind, TeamTask, ended
from plans.working_days import uk_day

LONGEST_WORDS = 500  # characters
# Who says, confirms or withdraws it: professionals of a child's practice or hospital.
MAY_SAY = frozenset({Role.CLINICIAN, Role.HOSPITAL})
# Whose links and pages end with a confirmed death. Health professionals and social care keep the record.
ENDS_FOR = frozenset({Reader.FAMILY, Reader.CARER, Reader.YOUNG_PERSON, Reader.SCHOOL})
CLOSED_AS_DIED = "The child has died. This was not done, and nobody has to do it."
# What somebody must still do where a child has died: none of it phones the family.
STANDS_AFTER_DEATH = frozenset(
    {
        TaskKind.CONFIRM_DEATH,
        TaskKind.DISCHARGE_AFTER_DEATH,
        TaskKind.ACCESS_IN_EMERGENCY,
        TaskKind.WHO_LOOKED,
        TaskKind.HIDDEN_NOTE,
        TaskKind.MESSAGE_TO_READ,
        TaskKind.MESH_MESSAGE,
        TaskKind.ONE_CHILD_TWO_RECORDS,
        TaskKind.CHECK_CHILD,
        TaskKind.INBOX_NOT_OPENED,
        TaskKind.TASK_LATE,
    }
)

# What is done by phoning or writing to the family: nobody is asked to while a death is in question.
REACHES_HOME = frozenset(
    {
        TaskKind.NO_INHALER,
        TaskKind.NOT_CALLED,
        TaskKind.INHALER_AT_SCHOOL,
        TaskKind.WEEKEND_CHECK,
        TaskKind.ASK_CONSENT_AGAIN,
        TaskKind.NAME_CHANGED,
    }
)
ALIVE = "The child is alive."
RECORD_PUT_RIGHT = "The record that said so has been put right: it no longer says that the child has died."


class State(StrEnum):
    SAID = "said"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class DeathSaidBefore(PuffinError):
    def __init__(self) -> None:
        super().__init__("Somebody has said this death already. Confirm it on this page, or withdraw it.")


class SamePerson(PuffinError):
    def __init__(self) -> None:
        super().__init__("You said this yourself. Ask another person of the practice or hospital to confirm.")


class NotToConfirm(PuffinError):
    def __init__(self) -> None:
        super().__init__("This is confirmed or withdrawn already. Open the page again to read it.")


class ChildHasDied(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Two people have confirmed that this child has died, so this was not done. "
            "Is that wrong? Ask the GP practice or the hospital to withdraw it."
        )


class DeathStands(ShareNotAllowed):
    """Something would reach the family or school of a child of whom a death is said."""

    def __init__(self) -> None:
        super().__init__(
            "A death is on this child's record, so nothing goes to family or school. "
            "Is it wrong? Withdraw it on the child's page first."
        )


@dataclass(frozen=True)
class Death:
    """What was said, by whom (references), and what became of it. `told_by` is who told us, in words."""

    id: str
    child_id: str
    died_on: date
    told_by: str
    said_by: str
    said_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    reason: str = ""

    @property
    def state(self) -> State:
        if self.withdrawn_at:
            return State.WITHDRAWN
        return State.CONFIRMED if self.confirmed_at else State.SAID


@dataclass(frozen=True)
class Mark:
    """What stands beside a child on every list: two people confirmed a death, or one is in question.

    `said_by` is who said it (a reference), "" where only a record or a discharge does.
    """

    is_confirmed: bool
    said_by: str = ""


def reaches_home(task: TeamTask) -> bool:
    """Return whether a task is done by phoning or writing to the family: it asks for it, or they asked."""
    return task.kind in REACHES_HOME or task.raised_by.startswith("RelatedPerson/")


def checked(death: Death, born: date) -> Death:
    """Return a death that is said; raises NotWhole for a day that cannot be, or without who told us."""
    if not born <= death.died_on <= uk_day(death.said_at):
        raise NotWhole(
            "died-day", "The day must be after the child was born, and not in the future. Check it."
        )
    told_by = death.told_by.strip()
    if not told_by or len(told_by) > LONGEST_WORDS:
        raise NotWhole("told-by", "Say who told you, in up to 500 characters.")
    return replace(death, told_by=told_by)


def confirmed(death: Death, *, by: str, at: datetime) -> Death:
    """Return the death as final; raises SamePerson, and NotToConfirm once it is over."""
    if death.state is not State.SAID:
        raise NotToConfirm
    if by == death.said_by:
        raise SamePerson
    return replace(death, confirmed_by=by, confirmed_at=at)


def withdrawn(death: Death, *, by: str, reason: str, at: datetime) -> Death:
    """Return the death as said in error; raises NotWhole without a reason, and NotToConfirm."""
    said = reason.strip()
    if not said or len(said) > LONGEST_WORDS:
        raise NotWhole("reason", "Say why it is withdrawn, in up to 500 characters.")
    if death.state is State.WITHDRAWN:
        raise NotToConfirm
    return replace(death, withdrawn_by=by, withdrawn_at=at, reason=said)


def found_alive(task: TeamTask, *, how: str, by: str, at: datetime) -> TeamTask:
    """Return the task that asks about a death as answered: the child lives; raises NotWhole without how."""
    said = how.strip()
    if not said or len(said) > LONGEST_WORDS:
        raise NotWhole("how", "Say how you know that the child is alive, in up to 500 characters.")
    return ended(task, f"{ALIVE} {said}", by, at)
