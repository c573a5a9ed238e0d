"""Each kind of free text that professionals write about a child: who may read it, and if it can be hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from plans.hidden_notes import CARE
from plans.places import Role
from plans.team_inbox import STANDS_IN_FOR_PRIVACY_LEAD

AT_HOME: Literal["at-home"] = "at-home"  # a family, or another carer, by a link or on paper
Eyes = Role | Literal["at-home"]
# Who a hidden note is hidden from.
OTHERS = frozenset[Eyes]({AT_HOME, Role.SCHOOL_STAFF})


class FreeText(StrEnum):
    """A kind of free text, by what it is for."""

    PLAN = "plan"
    PLAN_REASON = "plan-reason"
    PLAN_WITHDRAWN = "plan-withdrawn"
    SCHOOL_LOG = "school-log"
    SCHOOL_LOG_ERROR = "school-log-error"
    CONCERN = "concern"
    WEEKEND = "weekend"
    HIDDEN_NOTE = "hidden-note"
    HIDDEN_NOTE_ERROR = "hidden-note-error"
    FACT_SEEN = "fact-seen"
    QUESTION = "question"
    TASK_ANSWER = "task-answer"
    REVIEW_EVENT = "review-event"
    REVIEW_WITHDRAWN = "review-withdrawn"
    DISCHARGE_ANSWER = "discharge-answer"
    DISCHARGE_SET_ASIDE = "discharge-set-aside"
    ALERT_ACTION = "alert-action"
    SHARE_REASON = "share-reason"
    REFUSAL = "refusal"
    BAR = "bar"
    BAR_LIFTED = "bar-lifted"
    OTHER_PERSON = "other-person"
    COMPETENCE = "competence"
    EMERGENCY_REASON = "emergency-reason"
    UNUSUAL_ACCESS = "unusual-access"
    LEFT_OFF_LIST = "left-off-list"


@dataclass(frozen=True)
class Row:
    """Who may read it, which the writer is told in one sentence beside the field."""

    read_by: frozenset[Eyes]
    says: str

    @property
    def can_be_hidden(self) -> bool:
        """Return whether a hidden note is offered beside it: where a family or a school may read it."""
        return bool(self.read_by & OTHERS)


PRACTICE = frozenset[Eyes]({Role.CLINICIAN})
WITH_HOSPITAL = PRACTICE | {Role.HOSPITAL}
PRIVACY = frozenset[Eyes]({Role.PRIVACY_LEAD})
OF_THE_PRACTICE = "Only the GP practice reads this. No family and no school does."
OF_BOTH = "Only the GP practice and the hospital read this. No family and no school does."
OF_PRIVACY = "Only who looks after privacy reads this. No family and no school does."
AT_SCHOOL = "The GP practice, the school nurse and staff of this school read this."

TEXTS: Mapping[FreeText, Row] = {
    FreeText.PLAN: Row(
        frozenset(Role) - PRIVACY | {AT_HOME},
        "What you write in a plan is printed: the family reads it, and the school reads parts of it.",
    ),
    FreeText.PLAN_REASON: Row(
        frozenset[Eyes](CARE), "Only health professionals read this. No family and no school does."
    ),
    FreeText.PLAN_WITHDRAWN: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.SCHOOL_LOG: Row(CARE | {Role.SCHOOL_STAFF}, AT_SCHOOL),
    FreeText.SCHOOL_LOG_ERROR: Row(CARE | {Role.SCHOOL_STAFF}, AT_SCHOOL),
    FreeText.CONCERN: Row(
        frozenset[Eyes](CARE | {Role.SOCIAL_WORKER}), "No family and no other school staff read this."
    ),
    FreeText.WEEKEND: Row(
        frozenset[Eyes](CARE), "Only health professionals read this. No family and no school does."
    ),
    FreeText.HIDDEN_NOTE: Row(
        frozenset[Eyes](CARE), "No family reads this, and at a school only its writer. It is never printed."
    ),
    FreeText.HIDDEN_NOTE_ERROR: Row(
        frozenset[Eyes](CARE), "It stays hidden, as the note does. Your name stands beside it."
    ),
    FreeText.FACT_SEEN: Row(
        frozenset[Eyes]({Role.CLINICIAN, Role.SCHOOL_NURSE}),
        "Only your own team reads this, and who covers for it. No family and no school does.",
    ),
    FreeText.QUESTION: Row(
        frozenset(Role) - PRIVACY, "The GP practice reads it and answers here. Your whole team can read both."
    ),
    FreeText.TASK_ANSWER: Row(
        frozenset(Role) | {AT_HOME},
        "Your team reads this. Whoever asked reads it too: that may be the family or a school.",
    ),
    FreeText.REVIEW_EVENT: Row(WITH_HOSPITAL, OF_BOTH),
    FreeText.REVIEW_WITHDRAWN: Row(WITH_HOSPITAL, OF_BOTH),
    FreeText.DISCHARGE_ANSWER: Row(WITH_HOSPITAL, OF_BOTH),
    FreeText.DISCHARGE_SET_ASIDE: Row(WITH_HOSPITAL, OF_BOTH),
    FreeText.ALERT_ACTION: Row(WITH_HOSPITAL, OF_BOTH),
    FreeText.SHARE_REASON: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.REFUSAL: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.BAR: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.BAR_LIFTED: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.OTHER_PERSON: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.COMPETENCE: Row(PRACTICE, OF_THE_PRACTICE),
    FreeText.EMERGENCY_REASON: Row(
        PRIVACY | STANDS_IN_FOR_PRIVACY_LEAD,
        "Only who looks after privacy reads this, or who stands in for them. No family and no school does.",
    ),
    FreeText.UNUSUAL_ACCESS: Row(PRIVACY, OF_PRIVACY),
    FreeText.LEFT_OFF_LIST: Row(PRIVACY, OF_PRIVACY),
}


def who_reads(kind: str) -> str:
    """Return the sentence that stands beside the field; raises ValueError for a kind that is none."""
    return TEXTS[FreeText(kind)].says
