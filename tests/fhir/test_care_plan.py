"""A plan is the same plan after it has been kept as FHIR."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given
from hypothesis import strategies as st

from fhir.care_plan import Around, around_in, from_care_plan, to_care_plan
from fhir.dosage_reading import attack_in, worse_in
from fhir.medication import Printed, from_medication_requests, slot_of, to_medication_requests
from fhir.peak_flow import best_in, to_observation
from fhir.zones import ATTACK, EVERY_DAY, WORSE, ZoneWords, to_zones, zone_id
from plans.further_treatment import (
    Diagnosis,
    Increase,
    Nebuliser,
    StartRule,
    SteroidPack,
    Trial,
    Weaning,
)
from plans.people import Professional
from plans.plan import (
    UNLISTED,
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    Override,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
    Unlisted,
)
from plans.products import Device
from plans.regimens import attack_slot
from plans.understanding import Answer, ControlTool, Technique, Understanding

IDS = [f"9e107d9d-372b-4d28-9b0c-1c0e7d5f000{n}" for n in range(2)]
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).map(str.strip)
said = texts.filter(bool)
days = st.dates(date(2024, 1, 1), date(2030, 1, 1))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
codes = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
ids = st.uuids().map(str)
puffs = st.none() | st.integers(0, 20)
maybe = st.none() | st.booleans()

medicines = st.builds(
    Medicine,
    product=codes | st.just(UNLISTED),
    colour=texts,
    morning=puffs,
    evening=puffs,
    when_needed=puffs,
    spacer=st.none() | st.sampled_from(Spacer),
    source=texts,
    confirmed=st.booleans(),
    unlisted=st.none()
    | st.builds(Unlisted, name=said, strength=texts, device=st.none() | st.sampled_from(Device)),
    most_a_day=puffs,
)
days_from_1 = st.none() | st.integers(1, 14)
flows = st.builds(
    PeakFlow,
    best=st.none() | st.integers(60, 800),
    measured_on=st.none() | days,
    scale=st.sampled_from(["", "EU", "Wright"]),
    worse_below=st.none() | st.integers(60, 800),
    attack_below=st.none() | st.integers(60, 800),
)
understood = st.builds(
    Understanding,
    given_to=texts,
    taught_to=texts,
    technique=st.none() | st.sampled_from(Technique),
    every_day=st.none() | st.sampled_from(Answer),
    attack=st.none() | st.sampled_from(Answer),
    emergency=st.none() | st.sampled_from(Answer),
    control_tool=st.none() | st.sampled_from(ControlTool),
    control_score=st.none() | st.decimals(0, 27, places=1),
    control_on=st.none() | days,
    attacks_in_year=puffs,
)
steroids = st.builds(
    SteroidPack,
    supplied=st.booleans(),
    product=codes,
    milligrams=puffs,
    amount=puffs,
    days=days_from_1,
    start=st.none() | st.sampled_from(StartRule),
    below=st.none() | st.integers(60, 800),
    start_words=texts,
)
entered = st.builds(
    Plan,
    id=ids,
    child_id=ids,
    regimen=st.sampled_from(Regimen),
    medicines=st.dictionaries(st.sampled_from(Slot), medicines),
    worse_puffs=puffs,
    worse_hours=st.none() | st.integers(1, 24),
    attack_steps=st.none()
    | st.builds(
        AttackSteps,
        puffs=puffs,
        gap_seconds=st.none() | st.integers(1, 300),
        maximum=puffs,
        slot=st.none() | st.sampled_from(Slot),
    ),
    exercise_puffs=puffs,
    increase=st.none() | st.builds(Increase, morning=st.integers(1, 9), evening=puffs, days=days_from_1),
    weaning=st.none() | st.builds(Weaning, puffs=st.integers(1, 9), hours=puffs, days=days_from_1),
    steroids=st.none() | steroids,
    steroid_card=maybe,
    nebuliser=st.builds(Nebuliser, at_home=maybe, specialist=texts, hospital=texts),
    trial=st.builds(Trial, diagnosis=st.none() | st.sampled_from(Diagnosis), decide_by=st.none() | days),
    override=st.none() | st.builds(Override, reason=said, by=texts),
    peak_flow=st.none() | flows,
    allergies=st.lists(st.builds(Allergy, name=said, severe=st.booleans()), max_size=3).map(tuple),
    allergy_care=st.builds(
        AllergyCare, plan_confirmed=st.booleans(), pens_expire_on=st.none() | days, no_pens_reason=texts
    ),
    triggers=st.lists(codes, max_size=3).map(tuple),
    school=st.builds(
        SchoolCare,
        inhaler_place=texts,
        spacer_at_school=maybe,
        emergency_inhaler_consent=maybe,
        contact_name=texts,
        contact_phone=texts,
    ),
    surgery_phone=texts,
    open_access_phone=texts,
    child_words=texts,
    language=st.sampled_from(["en", "ur", "pl", "bn"]),
    language_spoken=texts,
    interpreter=maybe,
    review_by=days,
    understanding=understood,
    wordings_confirmed=st.lists(codes, max_size=3).map(tuple),
    reasons=st.lists(st.builds(Reason, check=codes, text=said), max_size=3).map(tuple),
    fired=st.lists(codes, max_size=3).map(tuple),
    version=st.integers(1, 40),
    status=st.sampled_from([Status.SIGNED, Status.REPLACED, Status.WITHDRAWN]),
    author=st.builds(Professional, id=ids, name=said, job=said, organisation_id=ids),
    signed_at=moments,
    replaces=st.just("") | ids,
    ended_at=st.none() | moments,
)


def with_its_inhaler(plan, rescue):
    """Nobody signs steps without the inhaler that they are about."""
    slot = attack_slot(plan)
    if slot is None:
        return replace(plan, worse_puffs=None, worse_hours=None, attack_steps=None)
    return replace(plan, medicines=plan.medicines | {slot: rescue})


plans = st.builds(with_its_inhaler, entered, medicines)
WORDS = [
    ZoneWords(code, heading, "When it applies.", ["Do this."])
    for code, heading in [(EVERY_DAY, "Every day"), (WORSE, "Getting worse"), (ATTACK, "Asthma attack")]
]
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Plan</p></div>'


def printed(product):
    return Printed(name=f"{product} on its box", code="222311000001102")


def care_plan_of(plan, **more):
    around = Around(zones=tuple(zone_id(plan, words.code) for words in WORDS), **more)
    return to_care_plan(plan, narrative=DIV, around=around)


@given(plans)
def test_a_plan_kept_as_fhir_reads_back_as_the_same_plan(plan):
    kept = from_care_plan(care_plan_of(plan), to_medication_requests(plan, printed), to_observation(plan))

    assert kept == plan


@given(plans)
def test_every_resource_of_a_plan_is_valid_r4(plan):
    resources = [care_plan_of(plan), *to_medication_requests(plan, printed), *to_zones(plan, WORDS)]
    if observation := to_observation(plan):
        resources.append(observation)

    for resource in resources:
        assert get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        assert UUID(resource["id"])


arounds = st.builds(
    Around,
    zones=st.lists(ids, max_size=3).map(tuple),
    reviews=st.lists(ids, max_size=2).map(tuple),
    condition=st.just("") | ids,
    care_team=st.just("") | ids,
    encounter=st.just("") | ids,
)


@given(plans, arounds)
def test_what_a_plan_leads_to_reads_back_and_changes_nothing_that_it_says(plan, around):
    care_plan = to_care_plan(plan, narrative=DIV, around=around)

    assert get_fhir_model_class("CarePlan").model_validate(care_plan)
    assert around_in(care_plan) == around
    assert from_care_plan(care_plan, to_medication_requests(plan, printed), to_observation(plan)) == plan


@pytest.mark.parametrize("scale", ["EU", "Wright"])
def test_the_best_peak_flow_is_in_litres_a_minute_on_the_scale_of_its_meter(scale):
    flow = PeakFlow(best=320, measured_on=date(2026, 10, 1), scale=scale)
    plan = Plan(id=IDS[0], child_id=IDS[1], peak_flow=flow)

    observation = to_observation(plan)

    assert observation["method"] == {"text": f"{scale} scale"}
    assert (observation["valueQuantity"]["code"], best_in(observation)) == ("L/min", 320)
    assert observation["effectiveDateTime"] == "2026-10-01"


def test_a_meter_whose_scale_nobody_said_has_none():
    plan = Plan(id=IDS[0], child_id=IDS[1], peak_flow=PeakFlow(best=320))

    assert "method" not in to_observation(plan)


@given(plans)
def test_an_activity_is_a_reference_or_a_detail_and_never_both(plan):
    activities = care_plan_of(plan, reviews=("9e107d9d-372b-4d28-9b0c-1c0e7d5f0001",))["activity"]

    assert [set(activity) for activity in activities] == [{"reference"}] * 4


@given(plans)
def test_a_plan_has_no_goal_because_nobody_enters_one(plan):
    assert "goal" not in care_plan_of(plan)


def test_a_draft_has_no_care_plan():
    draft = Plan(id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0001", child_id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0002")

    with pytest.raises(ValueError, match="signed"):
        care_plan_of(draft)


BY_THE_ONE = Medicine(product="symbicort", morning=1, evening=1, when_needed=1, most_a_day=8)
RELIEF = AttackSteps(puffs=1, gap_seconds=60, maximum=4)


def on_one_inhaler(regimen, **changes):
    """Return a plan of MART or AIR with nothing but its one inhaler; name only what your test is about."""
    one = BY_THE_ONE if regimen is Regimen.MART else replace(BY_THE_ONE, morning=None, evening=None)
    usual = {"id": IDS[0], "child_id": IDS[1], "regimen": regimen, "medicines": {Slot.COMBINATION: one}}
    return Plan(**usual | changes)


def dosages_in(plan, **more):
    (request,) = to_medication_requests(plan, printed, **more)
    return request["dosageInstruction"]


def test_mart_is_one_request_with_what_is_taken_every_day_and_when_needed_with_its_maxima():
    every_day, when_needed = dosages_in(on_one_inhaler(Regimen.MART), most_at_once=6)

    assert (every_day["sequence"], when_needed["sequence"]) == (1, 2)
    assert every_day["timing"]["repeat"]["when"] == ["MORN", "EVE"]
    assert every_day["text"] == "1 puff in the morning and in the evening"
    assert when_needed["asNeededBoolean"] is True
    assert when_needed["maxDosePerPeriod"]["numerator"]["value"] == 8
    assert when_needed["maxDosePerAdministration"]["value"] == 6
    assert when_needed["text"] == (
        "1 puff when needed for cough, wheeze or a tight chest; no more than 6 puffs at one time; "
        "no more than 8 puffs in a day, all together"
    )


def test_air_is_only_taken_when_needed():
    (when_needed,) = dosages_in(on_one_inhaler(Regimen.AIR), most_at_once=6)

    assert when_needed["asNeededBoolean"] is True
    assert (when_needed["sequence"], "timing" in when_needed) == (1, False)


@pytest.mark.parametrize(("regimen", "ways"), [(Regimen.MART, 2), (Regimen.AIR, 1)])
@pytest.mark.parametrize("steps", [None, RELIEF, AttackSteps(), replace(RELIEF, slot=Slot.COMBINATION)])
@pytest.mark.parametrize("worse", [{}, {"worse_puffs": 1}, {"worse_puffs": 1, "worse_hours": 4}])
def test_what_was_written_for_an_attack_stands_inside_what_is_taken_when_needed(regimen, ways, steps, worse):
    plan = on_one_inhaler(regimen, attack_steps=steps, **worse)
    requests = to_medication_requests(plan, printed, most_at_once=None if steps else 6)

    assert len(requests[0]["dosageInstruction"]) == ways
    assert attack_in((slot_of(one), one) for one in requests) == steps
    assert worse_in(requests) == (worse.get("worse_puffs"), worse.get("worse_hours"))
    assert from_medication_requests(requests) == plan.medicines


def test_a_maximum_that_a_clinician_wrote_wins_over_that_of_the_standard_steps():
    when_needed = dosages_in(on_one_inhaler(Regimen.AIR, attack_steps=RELIEF), most_at_once=6)[0]

    assert when_needed["maxDosePerAdministration"]["value"] == 4


def test_two_doses_a_day_that_differ_are_taken_side_by_side():
    one = {Slot.COMBINATION: replace(BY_THE_ONE, evening=2)}
    dosages = dosages_in(on_one_inhaler(Regimen.MART, medicines=one))

    assert [dosage["sequence"] for dosage in dosages] == [1, 1, 2]
    assert [dosage["text"] for dosage in dosages][:2] == ["1 puff in the morning", "2 puffs in the evening"]


@pytest.mark.parametrize("regimen", [Regimen.MART, Regimen.AIR])
def test_mart_and_air_have_no_request_for_a_reliever(regimen):
    requests = to_medication_requests(on_one_inhaler(regimen), printed)

    assert [slot_of(request) for request in requests] == [Slot.COMBINATION]


@given(plans)
def test_every_dosage_has_words(plan):
    for request in to_medication_requests(plan, printed, most_at_once=6):
        for dosage in request.get("dosageInstruction", ()):
            assert dosage["text"][0].isupper() or dosage["text"][0].isdigit()


OLD = "https://puffin.example/fhir/StructureDefinition/dosage-use"


def old_dosage(use, puffs=None, **more):
    dose = {"doseAndRate": [{"doseQuantity": {"value": puffs, "unit": "puff"}}]} if puffs is not None else {}
    return {"extension": [{"url": OLD, "valueCode": use}]} | dose | more


def test_the_dosages_of_a_plan_that_was_signed_before_still_read():
    (request,) = to_medication_requests(on_one_inhaler(Regimen.MART), printed)
    every_minute = {"repeat": {"frequency": 1, "period": 60, "periodUnit": "s"}}
    older = request | {
        "dosageInstruction": [
            old_dosage("morning", 1),
            old_dosage("evening", 1),
            old_dosage("when-needed", 1, asNeededBoolean=True),
            old_dosage("most-a-day", maxDosePerPeriod={"numerator": {"value": 8}}),
            old_dosage("attack", 1, timing=every_minute, maxDosePerAdministration={"value": 4}),
        ]
    }

    assert from_medication_requests([older]) == {Slot.COMBINATION: BY_THE_ONE}
    assert attack_in([(Slot.COMBINATION, older)]) == RELIEF
