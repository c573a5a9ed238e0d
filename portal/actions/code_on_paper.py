"""What the code on paper answers: current, replaced, withdrawn or not known; never a word about the child."""

from dataclasses import dataclass

from fhir import kept_plans
from fhir.store import Reader
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


def answer_for(reader: Reader, plan_id: str) -> Answer:
    """Return what is known of the copy that carries this code; a draft is not known to anyone."""
    try:
        return _answer(kept_plans.plan(reader, plan_id))
    except PlanNotFound:
        return UNKNOWN


def _answer(plan: Plan) -> Answer:
    if plan.status is Status.SIGNED or plan.ended_at is None:
        return Answer(family_words.CURRENT, is_current=True)
    day = Day(uk_day(plan.ended_at))
    if plan.status is Status.REPLACED:
        return Answer(family_words.replaced_on(day), (family_words.USE_THE_NEWEST,))
    return Answer(family_words.withdrawn_on(day), (family_words.PHONE_FOR_A_NEW_PLAN,))
