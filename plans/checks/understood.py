"""Whether somebody saw the inhaler used and heard the plan told back, and how the asthma has been.

That a plan was given is not asked: it is handed over after it is signed.
"""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.plan import Plan
from plans.problems import Kind
from plans.understanding import SCALES, Answer, Technique

MOST_ATTACKS = 52  # a year: more than one a week is a slip of the hand


def _technique_not_seen(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.understanding.technique in (None, Technique.NOT_SEEN):
        yield "technique"


def _not_taught(plan: Plan, _: Situation) -> Iterator[str]:
    """Yield one field, the first that is open, so that one reason settles all."""
    seen = plan.understanding
    answers = {
        "teach-back-every-day": seen.every_day,
        "teach-back-attack": seen.attack,
        "teach-back-emergency": seen.emergency,
    }
    unsaid = [] if seen.taught_to else ["taught-to"]
    not_yet = [field for field, answer in answers.items() if answer in (None, Answer.NOT_YET)]
    yield from [*unsaid, *not_yet][:1]


def _score_incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    seen = plan.understanding
    if seen.control_score is not None and seen.control_tool is None:
        yield "control-tool"
    is_about_a_score = seen.control_tool is not None or seen.control_on is not None
    if is_about_a_score and seen.control_score is None:
        yield "control-score"


def _off_scale(plan: Plan, _: Situation) -> Iterator[str]:
    score, tool = plan.understanding.control_score, plan.understanding.control_tool
    if score is None or tool is None:
        return
    scale = SCALES[tool]
    if not scale.lowest <= score <= scale.highest or (scale.whole and score % 1):
        yield "control-score"


def _score_in_future(plan: Plan, situation: Situation) -> Iterator[str]:
    taken = plan.understanding.control_on
    if taken is not None and taken > situation.today:
        yield "control-on"


def _too_many_attacks(plan: Plan, _: Situation) -> Iterator[str]:
    if (plan.understanding.attacks_in_year or 0) > MOST_ATTACKS:
        yield "attacks-in-year"


CHECKS = (
    Check(
        "technique-not-seen",
        Kind.MUST_BE_EXPLAINED,
        "Watch the inhaler used and say how it went, or say why nobody has seen it.",
        "Clinical reference 1.1 and section 4: technique is checked live, never by text alone",
        _technique_not_seen,
    ),
    Check(
        "not-taught",
        Kind.MUST_BE_EXPLAINED,
        "Say who told the plan back and how each question went, or why not yet.",
        "NG245 1.14.1 and 1.14.2: a plan with education, and understanding checked (clinical reference 2.1)",
        _not_taught,
    ),
    Check(
        "control-score-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "A score is a number and the name of what it was taken with: type the {what}.",
        "Clinical reference 7: each score has its own scale",
        _score_incomplete,
    ),
    Check(
        "control-score-off-scale",
        Kind.MUST_BE_PUT_RIGHT,
        "This score does not go so far: type the {what} again.",
        "Clinical reference 7 (PMC10336001, table 3)",
        _off_scale,
    ),
    Check(
        "control-score-in-future",
        Kind.MUST_BE_PUT_RIGHT,
        "This day is still to come: type the day on which the score was taken.",
        "Clinical reference 7",
        _score_in_future,
    ),
    Check(
        "attacks-not-believable",
        Kind.MUST_BE_PUT_RIGHT,
        "This is more than one attack a week: type the {what} again.",
        "A slip of the hand; attacks in the last year are counted at each review (clinical reference 7)",
        _too_many_attacks,
    ),
)
