"""What a record tells of control and attacks: scores and counts, never a judgement."""

from collections.abc import Mapping
from datetime import date

from plans.gp_record import ControlScore, GpRecord, Score
from plans.partial_date import latest, months_before
from plans.risk import YEAR
from plans.understanding import SCALES, ControlTool

TOOL_WORDS: Mapping[ControlTool, str] = {
    ControlTool.ACT: "Asthma Control Test",
    ControlTool.CHILDHOOD_ACT: "Childhood Asthma Control Test",
    ControlTool.ACQ: "Asthma Control Questionnaire",
    ControlTool.RCP_3: "RCP 3 questions",
}


def last_score(record: GpRecord, today: date) -> ControlScore | None:
    """Return the control score that was taken last up to `today`, None if there is none with a day."""
    past = [one for one in record.control_scores if one.day and one.day.last <= today]
    return latest(past) if past else None


def last_count_of_attacks(record: GpRecord, today: date) -> Score | None:
    """Return the number of attacks that a clinician counted last, None if nobody did."""
    past = [one for one in record.attacks_counted if one.day and one.day.last <= today]
    return latest(past) if past else None


def is_for_a_plan(score: ControlScore, today: date) -> bool:
    """Return whether a plan of `today` may carry it: the tool and day are known, the number is on its scale.

    One older than 12 months says nothing of now: a plan is reviewed at least once a year.
    """
    if score.tool is None or score.day is None or not score.day.is_exact:
        return False
    scale = SCALES[score.tool]
    is_on_it = scale.lowest <= score.value <= scale.highest
    is_written_so = round(score.value, 0 if scale.whole else 1) == score.value
    return is_on_it and is_written_so and score.day.first > months_before(today, YEAR)
