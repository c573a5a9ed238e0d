"""What the record's copy adds for professionals: regimen, reasons, sources of doses, confirmations."""

from collections.abc import Iterator, Mapping

from plans.content.readers import Subject
from plans.content.signs import litres
from plans.plan import Medicine, PeakFlow, Regimen
from plans.sections import Band, Fact, Item, Kind, Line, Section
from plans.sentences import Day, Exact, Sentence, Typed, say
from plans.sources import Source

REGIMENS: Mapping[Regimen, Sentence] = {
    Regimen.PREVENTER_RELIEVER: say("Preventer and reliever", source=Source.LAYOUT),
    Regimen.MART: say("MART: one inhaler, daily and when needed", source=Source.ALUK_ONE_INHALER),
    Regimen.AIR: say("AIR: one inhaler, only when needed", source=Source.ALUK_ONE_INHALER),
    Regimen.OTHER: say("Another way, with steps that a clinician wrote", source=Source.LAYOUT),
}


def for_the_record(subject: Subject) -> Section:
    """Return the facts about how this plan came to be, for those who look after the child."""
    plan = subject.plan
    items = (
        *(
            (Fact(say("Way of using the medicines", source=Source.LAYOUT), REGIMENS[plan.regimen]),)
            if plan.regimen
            else ()
        ),
        *(_peak_flow(plan.peak_flow) if plan.peak_flow else _no_peak_flow()),
        *_allergies(subject),
        *_sources(subject),
        *(
            Fact(say("Reason given ({check})", source=Source.LAYOUT, check=Exact(r.check)), Typed(r.text))
            for r in plan.reasons
        ),
        *(
            (Fact(say("Wording confirmed", source=Source.LAYOUT), Exact(", ".join(plan.wordings_confirmed))),)
            if plan.wordings_confirmed
            else ()
        ),
        Fact(
            say("Said back in their own words by", source=Source.LAYOUT),
            Typed(plan.understanding.taught_to)
            if plan.understanding.taught_to
            else say("Nobody yet", source=Source.LAYOUT),
        ),
    )
    return Section("record", Band.UNDERSTANDING, say("For the record", source=Source.LAYOUT), items)


def _peak_flow(flow: PeakFlow) -> Iterator[Item]:
    if flow.best is not None:
        yield Fact(say("Best peak flow", source=Source.LAYOUT), litres(flow.best))
    if flow.measured_on:
        yield Fact(say("Measured on", source=Source.LAYOUT), Day(flow.measured_on))
    if flow.scale:
        yield Fact(say("Scale of the meter", source=Source.LAYOUT), Exact(flow.scale))


def _no_peak_flow() -> Iterator[Item]:
    yield Line(Kind.NOTE, (say("This plan goes by symptoms, without peak flow.", source=Source.ENTERED),))


def _allergies(subject: Subject) -> Iterator[Item]:
    for allergy in subject.plan.allergies:
        yield Fact(
            say("Severe allergy", source=Source.LAYOUT)
            if allergy.severe
            else say("Allergy", source=Source.LAYOUT),
            Typed(allergy.name),
        )
    care = subject.plan.allergy_care
    if care.plan_confirmed:
        yield Line(Kind.NOTE, (say("A separate allergy plan is confirmed.", source=Source.ENTERED),))
    if care.no_pens_reason:
        yield Fact(say("Why there are no adrenaline pens", source=Source.LAYOUT), Typed(care.no_pens_reason))


def _sources(subject: Subject) -> Iterator[Item]:
    for medicine in subject.plan.medicines.values():
        if medicine.source:
            yield _source(subject, medicine)


def _source(subject: Subject, medicine: Medicine) -> Fact:
    label = say(
        "Where the dose of {medicine} came from",
        source=Source.LAYOUT,
        medicine=subject.printed_name(medicine),
    )
    return Fact(label, Typed(medicine.source))
