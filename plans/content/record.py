"""What the record's copy adds for professionals: regimen, reasons, sources of doses, what was understood."""

from collections.abc import Iterator, Mapping

from plans.content.language_words import language_in_words
from plans.content.readers import Subject
from plans.content.signs import litres
from plans.content.understood import understood
from plans.further_treatment import Diagnosis
from plans.plan import UNLISTED, Medicine, PeakFlow, Plan, Regimen
from plans.products import Device
from plans.sections import Band, Fact, Item, Kind, Line, Section
from plans.sentences import Day, Exact, Name, Sentence, Typed, say
from plans.sources import Source

REGIMENS: Mapping[Regimen, Sentence] = {
    Regimen.PREVENTER_RELIEVER: say("Preventer and reliever", source=Source.LAYOUT),
    Regimen.MART: say("MART: one inhaler, daily and when needed", source=Source.ALUK_ONE_INHALER),
    Regimen.AIR: say("AIR: one inhaler, only when needed", source=Source.ALUK_ONE_INHALER),
    Regimen.OTHER: say("Another way, with steps that a clinician wrote", source=Source.LAYOUT),
}
DIAGNOSES: Mapping[Diagnosis, Sentence] = {
    Diagnosis.SUSPECTED: say("Asthma is suspected", source=Source.ENTERED),
    Diagnosis.CONFIRMED: say("Asthma is confirmed", source=Source.ENTERED),
}
DEVICES: Mapping[Device, Sentence] = {
    Device.PMDI: say("aerosol", source=Source.LAYOUT),
    Device.BREATH_ACTUATED: say("breath-actuated", source=Source.LAYOUT),
    Device.DRY_POWDER: say("dry powder", source=Source.LAYOUT),
    Device.CAPSULE_DRY_POWDER: say("dry powder in capsules", source=Source.LAYOUT),
    Device.SOFT_MIST: say("soft mist", source=Source.LAYOUT),
    Device.ORAL: say("taken by mouth", source=Source.LAYOUT),
}
YES = say("Yes", source=Source.LAYOUT)
NO = say("No", source=Source.LAYOUT)


def for_the_record(subject: Subject) -> Section:
    """Return the facts about how this plan came to be, for those who look after the child."""
    plan = subject.plan
    items = (
        *_regimen(plan),
        *_diagnosis(plan),
        *(_peak_flow(plan.peak_flow) if plan.peak_flow else _no_peak_flow()),
        *_allergies(subject),
        *_not_listed(subject),
        *_sources(subject),
        *_override(plan),
        *_steroid_card(plan),
        *_languages(plan),
        *_signing(plan),
        *understood(plan.understanding),
    )
    return Section("record", Band.UNDERSTANDING, say("For the record", source=Source.LAYOUT), items)


def _regimen(plan: Plan) -> Iterator[Item]:
    if plan.regimen:
        yield Fact(say("Way of using the medicines", source=Source.LAYOUT), REGIMENS[plan.regimen])


def _diagnosis(plan: Plan) -> Iterator[Item]:
    if plan.trial.diagnosis:
        yield Fact(say("Diagnosis", source=Source.LAYOUT), DIAGNOSES[plan.trial.diagnosis])


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


def _not_listed(subject: Subject) -> Iterator[Item]:
    for medicine in subject.plan.medicines.values():
        if medicine.product != UNLISTED:
            continue
        name = subject.printed_name(medicine)
        words = say("{medicine} is not in Puffin's list of medicines.", source=Source.LAYOUT, medicine=name)
        yield Line(Kind.NOTE, (words,))
        if medicine.unlisted and medicine.unlisted.device:
            label = say("Kind of medicine ({medicine})", source=Source.LAYOUT, medicine=name)
            yield Fact(label, DEVICES[medicine.unlisted.device])


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


def _override(plan: Plan) -> Iterator[Item]:
    override = plan.override
    if override and override.reason:
        label = say("Why this inhaler, although it is not listed for MART or AIR", source=Source.LAYOUT)
        yield Fact(label, Typed(override.reason))
    if override and override.by:
        yield Fact(say("Decided by", source=Source.LAYOUT), Name(override.by))


def _steroid_card(plan: Plan) -> Iterator[Item]:
    if plan.steroid_card is not None:
        said = YES if plan.steroid_card else say("Not needed", source=Source.ENTERED)
        yield Fact(say("Steroid card", source=Source.LAYOUT), said)


def _languages(plan: Plan) -> Iterator[Item]:
    if plan.language:
        yield Fact(say("Language they read", source=Source.LAYOUT), language_in_words(plan.language))
    if plan.language_spoken:
        yield Fact(say("Language they speak", source=Source.LAYOUT), Typed(plan.language_spoken))
    if plan.interpreter is not None:
        yield Fact(say("Interpreter needed", source=Source.LAYOUT), YES if plan.interpreter else NO)


def _signing(plan: Plan) -> Iterator[Item]:
    for reason in plan.reasons:
        label = say("Reason given ({check})", source=Source.LAYOUT, check=Exact(reason.check))
        yield Fact(label, Typed(reason.text))
    if plan.fired:
        yield Fact(say("Pointed out before signing", source=Source.LAYOUT), Exact(", ".join(plan.fired)))
    if plan.wordings_confirmed:
        confirmed = Exact(", ".join(plan.wordings_confirmed))
        yield Fact(say("Wording confirmed", source=Source.LAYOUT), confirmed)
