"""What must hold in every copy of every plan, whoever reads it: the hazards of what is printed."""

import re
from dataclasses import replace

import pytest

from docs.said import every_sentence
from plans.checks import CHECKS
from plans.content import Copy
from plans.content.copies import PLAN_COPIES
from plans.plan import Allergy, PeakFlow
from plans.problems import Kind
from plans.sections import Band
from plans.sentences import Typed
from tests.plans.examples import AIR, MART, PLANS, TWO_INHALERS, copy_of, in_english, said

PUFFS = re.compile(r"\b\d+ puffs? |\bmy puffs\b|\bpuffs? each time\b")
DANGER_FIRST = [
    "Any danger sign: call 999 now.",
    "Keep giving puffs while you wait.",
    "Never leave the child alone.",
]
# In the half of a younger child in their own words: "If I have a pen, a grown-up uses it first."
PEN_FIRST = re.compile(r"\bpen\b.*\bfirst\b")
BY_THE_HOUR = re.compile(r"hourly|\d+ to \d+ puffs|every \w+ hours?", re.IGNORECASE)
WITH_AN_ATTACK = [copy for copy in PLAN_COPIES if copy is not Copy.MEDICINES]
SIGNED = [name for name in PLANS if name != "draft"]


def attack_in(copy, plan, age):
    """Return what the attack says in one copy, sentence by sentence, in reading order."""
    return said(part for part in copy_of(plan, age, copy) if part.band is Band.ATTACK)


def first(sentences, pattern):
    return next((at for at, sentence in enumerate(sentences) if re.search(pattern, sentence)), None)


@pytest.mark.parametrize("copy", WITH_AN_ATTACK)
@pytest.mark.parametrize("name", SIGNED)
def test_999_stands_above_the_first_puff_in_every_copy(name, copy):
    sentences = attack_in(copy, *PLANS[name])
    puffs = first(sentences, r"\b\d+ puffs? ")

    assert puffs is not None
    assert set(DANGER_FIRST) <= set(sentences[:puffs])


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.EMERGENCY, Copy.RECORD])
@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_one_inhaler_plans_say_above_the_first_puff_when_to_call_at_once(plan, age, copy):
    sentences = attack_in(copy, plan, age)
    at_once = "No inhaler to hand, worse at any point, or no better after 6 puffs: call 999."

    assert sentences.index(at_once) < first(sentences, r"Use .* \d+ puffs? ")


@pytest.mark.parametrize("copy", WITH_AN_ATTACK)
@pytest.mark.parametrize("name", SIGNED)
def test_the_adrenaline_pen_comes_before_every_puff_in_every_copy(name, copy):
    plan, age = PLANS[name]
    sentences = attack_in(copy, replace(plan, allergies=(Allergy("Peanut", severe=True),)), age)
    pen, puffs = first(sentences, PEN_FIRST), first(sentences, PUFFS)

    assert pen is not None
    assert puffs is not None
    assert pen < puffs


@pytest.mark.parametrize("copy", WITH_AN_ATTACK)
@pytest.mark.parametrize("name", SIGNED)
def test_the_attack_holds_no_typed_words_but_the_names_of_allergies(name, copy):
    """What somebody types cannot be read in another language, so no step may depend on it."""
    plan, age = PLANS[name]
    parts = [part for part in copy_of(plan, age, copy) if part.band is Band.ATTACK]
    typed = {
        (sentence.message, value.text)
        for part in parts
        for sentence in part.sentences()
        for value in sentence.values.values()
        if isinstance(value, Typed)
    }

    names = ", ".join(allergy.name for allergy in plan.allergies if allergy.severe)
    assert typed <= {("Severe allergy: {names}.", names)}


@pytest.mark.parametrize("copy", [copy for copy in PLAN_COPIES if copy is not Copy.RECORD])
@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_no_copy_of_mart_or_air_says_what_belongs_to_two_inhalers(plan, age, copy):
    unsaid = replace(plan, school=replace(plan.school, emergency_inhaler_consent=None))
    text = " ".join(said(copy_of(unsaid, age, copy))).lower()

    found = [w for w in ("does not help in an attack", "blue inhaler", "preventer", "reliever") if w in text]
    assert found == []


def test_a_limit_prints_to_the_litre_as_it_was_typed():
    """Rounded down, help comes later than the clinician meant."""
    limits = PeakFlow(best=301, measured_on=TWO_INHALERS.peak_flow.measured_on, scale="EU")
    plan = replace(TWO_INHALERS, peak_flow=replace(limits, worse_below=228, attack_below=149))
    text = " ".join(said(copy_of(plan, 7)))

    assert "228 L/min" in text
    assert "149 L/min" in text
    assert not re.search(r"\b(22[0-7]|14[0-8])\b", text)


def test_no_sentence_of_the_product_gives_a_range_of_puffs_by_the_hour():
    assert [one.english for one in every_sentence() if BY_THE_HOUR.search(one.english)] == []


def test_what_is_outside_a_licence_or_of_two_strengths_is_explained_and_never_forbidden():
    """Off-label treatment is legitimate: a refusal sends people back to paper."""
    kinds = {rule.code: rule.kind for rule in CHECKS}

    for code in (
        "outside-licence", "two-strengths", "one-inhaler-under-listed-age", "one-inhaler-to-confirm",
        "dry-powder-only-under-12", "backup-beside-one-inhaler",
    ):  # fmt: skip
        assert kinds[code] is Kind.MUST_BE_EXPLAINED, code


def test_a_value_in_english_is_what_was_typed():
    """What the rules above read is what is printed."""
    assert in_english(Typed("Peanut")) == "Peanut"
