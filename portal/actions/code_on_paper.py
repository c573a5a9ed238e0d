"""What the code on paper answers: whether a copy stands, what to do next; never a word about the child."""

from dataclasses import dataclass
from datetime import date

from fhir import kept_deaths, kept_plans
from fhir.kept_names import is_named_anew_since
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.errors import PlanNotFound
from plans.plan import Plan, Status
from plans.sentences import Day, Sentence
from plans.working_days import uk_day
from portal import family_words


@dataclass(frozen=True)
class Answer:
    """`state` and what to do next, as sentences; `is_current` where the copy may be followed."""

    state: Sentence
    next: tuple[Sentence, ...] = ()
    is_current: bool = False
    is_known: bool = True


UNKNOWN = Answer(family_words.NOT_KNOWN, (family_words.ASK_THE_SURGERY,), is_known=False)


REVIEW_PASSED = (family_words.REVIEW_DATE_PASSED, family_words.BOOK_A_REVIEW, family_words.STEPS_STAY)


# Whoever scans a copy is a stranger: that the child has another name is not for them.
OUT_OF_DATE = Answer(family_words.OUT_OF_DATE, (family_words.ASK_FOR_A_NEW_COPY, family_words.STEPS_STAY))


def answer_for(reader: Reader, plan_id: str, version: int | None = None, *, today: date) -> Answer:
    """Return what is known on this day of the copy that carries this code; a draft is not known to anyone.

    `version` is that of the Patient whom the copy names; None for a copy that carries none, which names the
    child as at the signing. That a review date has passed is said without the date: when a child is seen is
    nobody else's business.
    """
    try:
        plan = kept_plans.plan(reader, plan_id)
    except PlanNotFound:
        return UNKNOWN
    if kept_deaths.is_confirmed(reader, plan.child_id):
        return UNKNOWN
    try:
        is_named_anew = is_named_anew_since(reader, plan, version)
    except ResourceNotFound:
        return UNKNOWN
    answer = _answer(plan, today)
    return OUT_OF_DATE if answer.is_current and is_named_anew else answer


def _answer(plan: Plan, today: date) -> Answer:
    if plan.status is Status.SIGNED or plan.ended_at is None:
        passed = plan.review_by is not None and plan.review_by < today
        return Answer(family_words.CURRENT, REVIEW_PASSED if passed else (), is_current=True)
    day = Day(uk_day(plan.ended_at))
    if plan.status is Status.REPLACED:
        return Answer(family_words.replaced_on(day), (family_words.USE_THE_NEWEST,))
    return Answer(family_words.withdrawn_on(day), (family_words.PHONE_FOR_A_NEW_PLAN,))
