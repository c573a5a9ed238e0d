"""What was typed of what was given, taught and understood."""

from plans.draft.entries import Entries
from plans.understanding import Answer, ControlTool, Technique, Understanding


def understanding(entries: Entries) -> Understanding:
    """Return what a clinician saw and heard on the day, as far as it was said."""
    return Understanding(
        given_to=entries.text("given-to"),
        taught_to=entries.text("taught-to"),
        technique=entries.choice("technique", Technique),
        every_day=entries.choice("teach-back-every-day", Answer),
        attack=entries.choice("teach-back-attack", Answer),
        emergency=entries.choice("teach-back-emergency", Answer),
        control_tool=entries.choice("control-tool", ControlTool),
        control_score=entries.decimal("control-score"),
        control_on=entries.day("control-on"),
        attacks_in_year=entries.number("attacks-in-year"),
    )
