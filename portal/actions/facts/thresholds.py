"""The thresholds that are in force here: as published, or sooner by the local policy."""

from plans.thresholds import Thresholds, movable, standard
from portal.policy import policy_here

SECTION = "signals"


def thresholds_here() -> Thresholds:
    """Return the thresholds in force, with words that name them; raises PolicyRefused."""
    local = policy_here().sections.get(SECTION)
    if local is None:
        return standard()
    day = local.dated
    source = f"{local.source}, dated {day.day} {day:%B %Y}"
    known = movable()
    return standard().moved({name: value for name, value in local.numbers.items() if name in known}, source)
