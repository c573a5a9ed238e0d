"""Signs: what is seen or felt in each band, each with its pictogram; L/min only if the plan uses them."""

from plans.content.danger import CONFIRM
from plans.content.readers import Subject
from plans.sections import Kind, Line
from plans.sentences import Exact, Sentence, say
from plans.sources import Source

Signs = tuple[Line, ...]


def well_signs(subject: Subject) -> Signs:
    """Return how the plan's owner is on a good day."""
    flow = subject.plan.peak_flow
    return (
        _sign("well", say("No cough or wheeze", source=Source.WORSE_SIGNS)),
        _sign("bed", say("Sleeping well", source=Source.WORSE_SIGNS)),
        _sign("play", _as_usual(subject)),
        *(_flow_from(flow.worse_below) if flow else ()),
    )


def worse_signs(subject: Subject) -> Signs:
    """Return the signs that asthma gets worse, any one of which is enough."""
    flow = subject.plan.peak_flow
    return (
        _sign("cough", say("Cough, wheeze, tight chest or short of breath", source=Source.WORSE_SIGNS)),
        _sign("night", say("Waking at night with asthma", source=Source.WORSE_SIGNS)),
        _sign("no-play", _in_the_way(subject)),
        _sign("inhaler", _more_inhaler_than_usual(subject)),
        *(_flow_below(flow.worse_below) if flow else ()),
    )


def attack_signs(subject: Subject) -> Signs:
    """Return the signs that it is an attack."""
    flow = subject.plan.peak_flow
    return (
        _sign("breathless", say("Hard to breathe, or breathing fast", source=Source.ALUK_ATTACK)),
        _sign("cough", say("Coughing or wheezing a lot", source=Source.ALUK_ATTACK)),
        _sign("tight-chest", _tightness(subject)),
        _sign("inhaler", _inhaler_fails(subject)),
        *(_flow_below(flow.attack_below) if flow else ()),
    )


def litres(flow: int) -> Exact:
    """Return a peak flow as the clinician typed it, with its unit."""
    return Exact(f"{flow} L/min")


def _sign(picture: str, sentence: Sentence) -> Line:
    return Line(Kind.SIGN, (sentence,), picture)


def _flow_from(flow: int | None) -> Signs:
    return (
        (_sign("meter", say("Peak flow {flow} or more", source=Source.ENTERED, flow=litres(flow))),)
        if flow
        else ()
    )


def _flow_below(flow: int | None) -> Signs:
    return (
        (_sign("meter", say("Peak flow below {flow}", source=Source.ENTERED, flow=litres(flow))),)
        if flow
        else ()
    )


def _as_usual(subject: Subject) -> Sentence:
    if subject.is_under_5:
        return say("Playing as usual", source=Source.WORSE_SIGNS)
    if subject.is_adult:
        return say("Work, sport and home life as usual", source=Source.WORSE_SIGNS)
    return say("School, play and sport as usual", source=Source.WORSE_SIGNS)


def _tightness(subject: Subject) -> Sentence:
    if subject.is_adult:
        return say("Tight chest", source=Source.ALUK_ATTACK)
    return say("Tight chest, or tummy ache", source=Source.ALUK_ATTACK)


def _in_the_way(subject: Subject) -> Sentence:
    if subject.is_under_5:
        return say("Asthma gets in the way of play", source=Source.WORSE_SIGNS)
    if subject.is_adult:
        return say("Asthma gets in the way of work, sport or home life", source=Source.WORSE_SIGNS)
    return say("Asthma gets in the way of school, play or sport", source=Source.WORSE_SIGNS)


def _more_inhaler_than_usual(subject: Subject) -> Sentence:
    if not subject.uses_reliever_in_attacks:
        return say("Inhaler needed more than usual", source=Source.ONE_INHALER_ATTACK, confirm=CONFIRM)
    # The wordings in use differ: more than twice, 3 or more, more than 3 times a week.
    return say(
        "Reliever needed 3 or more times a week",
        source=Source.RELIEVER_USE,
        confirm="reliever-3-times-a-week",
    )


def _inhaler_fails(subject: Subject) -> Sentence:
    if not subject.uses_reliever_in_attacks:
        return say("Inhaler not helping", source=Source.ONE_INHALER_ATTACK, confirm=CONFIRM)
    return say("Reliever not helping, or needed again within 4 hours", source=Source.ALUK_OLDER)
