"""A plan is the same plan after it has been kept as FHIR."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given
from hypothesis import strategies as st

from fhir.care_plan import from_care_plan, to_care_plan
from fhir.medication import Printed, to_medication_requests
from fhir.peak_flow import to_observation
from fhir.zones import ATTACK, EVERY_DAY, WORSE, ZoneWords, to_zones, zone_id
from plans.people import Professional
from plans.plan import (
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
    Slot,
    Spacer,
    Status,
)

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
    product=codes,
    colour=texts,
    morning=puffs,
    evening=puffs,
    when_needed=puffs,
    spacer=st.none() | st.sampled_from(Spacer),
    source=texts,
    confirmed=st.booleans(),
)
rescued = st.dictionaries(st.sampled_from(Slot), medicines).flatmap(
    lambda others: st.sampled_from([Slot.RELIEVER, Slot.COMBINATION]).flatmap(
        lambda slot: medicines.map(
            lambda rescue: (
                {s: m for s, m in others.items() if s not in (Slot.RELIEVER, Slot.COMBINATION)}
                | {slot: rescue}
            )
        )
    )
)
flows = st.builds(
    PeakFlow,
    best=st.none() | st.integers(60, 800),
    measured_on=st.none() | days,
    scale=st.sampled_from(["", "EU", "Wright"]),
    worse_below=st.none() | st.integers(60, 800),
    attack_below=st.none() | st.integers(60, 800),
)
plans = st.builds(
    Plan,
    id=ids,
    child_id=ids,
    regimen=st.sampled_from(Regimen),
    medicines=rescued,
    worse_puffs=puffs,
    worse_hours=st.none() | st.integers(1, 24),
    attack_steps=st.none()
    | st.builds(AttackSteps, puffs=puffs, gap_seconds=st.none() | st.integers(1, 300), maximum=puffs),
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
    child_words=texts,
    language=st.sampled_from(["en", "ur", "pl", "bn"]),
    review_by=days,
    taught_to=texts,
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
WORDS = [
    ZoneWords(code, heading, "When it applies.", ["Do this."])
    for code, heading in [(EVERY_DAY, "Every day"), (WORSE, "Getting worse"), (ATTACK, "Asthma attack")]
]
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Plan</p></div>'


def printed(product):
    return Printed(name=f"{product} on its box", code="222311000001102")


def care_plan_of(plan):
    return to_care_plan(plan, narrative=DIV, zones=[zone_id(plan, words.code) for words in WORDS])


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


def test_a_draft_has_no_care_plan():
    draft = Plan(id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0001", child_id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0002")

    with pytest.raises(ValueError, match="signed"):
        care_plan_of(draft)


@given(plans)
def test_mart_is_one_request_with_its_ways_of_taking_it(plan):
    one = Medicine(product="symbicort", morning=1, evening=1, when_needed=1)
    mart = replace(
        plan, regimen=Regimen.MART, medicines={Slot.COMBINATION: one}, attack_steps=None, worse_puffs=None
    )

    (request,) = to_medication_requests(mart, printed)

    assert len(request["dosageInstruction"]) >= 3
