"""What to do once an attack is over: seen by whom, and by when."""

from plans.sections import Band, Kind, Line, Section
from plans.sentences import say
from plans.sources import Source


def after_attack() -> Section:
    """Return what follows an attack. Source: NICE QS25 statement 4; Asthma + Lung UK."""
    items = (
        Line(
            Kind.DO,
            (
                say(
                    "Treated in hospital or by paramedics? See the GP or nurse within 2 working days.",
                    source=Source.QS25_4,
                ),
            ),
            "calendar",
        ),
        Line(
            Kind.DO,
            (say("Over without 999? Phone the surgery the same day.", source=Source.ALUK_OLDER),),
            "phone",
        ),
    )
    return Section("after", Band.AFTER, say("After an attack", source=Source.LAYOUT), items)
