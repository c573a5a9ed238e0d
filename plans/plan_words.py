"""What each field of a plan is called in plain words, and how its value is shown to a professional."""

from collections.abc import Mapping

from plans import choice_words
from plans import plan_rows as rows
from plans.further_treatment import Increase, Nebuliser, SteroidPack, Trial, Weaning
from plans.plan import (
    Allergy,
    AllergyCare,
    AttackSteps,
    Medicine,
    Override,
    PeakFlow,
    Plan,
    Reason,
    SchoolCare,
    Unlisted,
)
from plans.understanding import Understanding

PUFFS, HOURS, DAYS, PER_MINUTE = (
    rows.count("puff"),
    rows.count("hour"),
    rows.count("day"),
    rows.count("L/min", "L/min"),
)

# Every field of a plan and of each record inside it, in the order in which differences are read: the
# medicines, the attack and the other doses first. `{slot}` is the place of a medicine.
TABLE: Mapping[type, Mapping[str, rows.Row]] = {
    Plan: {
        "regimen": rows.Value("Regimen", rows.choice(choice_words.REGIMEN_WORDS)),
        "medicines": rows.Slots(),
        "attack_steps": rows.Parts(AttackSteps),
        "worse_puffs": rows.Value("Getting worse: puffs each time", PUFFS),
        "worse_hours": rows.Value("Getting worse: no more often than every", HOURS),
        "exercise_puffs": rows.Value("Before exercise", PUFFS),
        "increase": rows.Parts(Increase),
        "weaning": rows.Parts(Weaning),
        "steroids": rows.Parts(SteroidPack),
        "steroid_card": rows.Value("Steroid card", rows.yes_no),
        "nebuliser": rows.Parts(Nebuliser),
        "trial": rows.Parts(Trial),
        "peak_flow": rows.Parts(PeakFlow, "Goes by", ("symptoms only", "peak flow and symptoms")),
        "allergies": rows.Items(lambda _one: "Allergy", lambda one: one.name, rows.allergy),
        "allergy_care": rows.Parts(AllergyCare),
        "triggers": rows.Items(lambda _key: "Trigger", str, rows.trigger),
        "school": rows.Parts(SchoolCare),
        "surgery_phone": rows.Value("Phone number of the surgery", rows.text),
        "open_access_phone": rows.Value("Phone number of the ward with open access", rows.text),
        "review_by": rows.Value("Review by", rows.day),
        "child_words": rows.Value("The child's own words", rows.text),
        "language": rows.Value("The family reads", rows.language),
        "language_spoken": rows.Value("The family speaks", rows.text),
        "interpreter": rows.Value("Interpreter needed", rows.yes_no),
        "override": rows.Parts(Override),
        "understanding": rows.Parts(Understanding),
        "wordings_confirmed": rows.Items(lambda _key: "Wording confirmed", str, rows.wording),
        "reasons": rows.Items(
            lambda one: f"Reason given ({one.check.replace('-', ' ')})",
            lambda one: one.check,
            lambda one, _names: one.text,
        ),
    },
    Medicine: {
        "product": rows.Value("{slot}", rows.product),
        "unlisted": rows.Value("{slot}, written by hand", rows.written),
        "morning": rows.Value("{slot} in the morning", rows.dose),
        "evening": rows.Value("{slot} in the evening", rows.dose),
        "when_needed": rows.Value("{slot} when needed", rows.dose),
        "most_a_day": rows.Value("{slot}: at most in a day", rows.dose),
        "spacer": rows.Value("{slot}: spacer", rows.choice(choice_words.SPACER_WORDS)),
        "colour": rows.Value("{slot}: colour", rows.text),
    },
    AttackSteps: {
        "slot": rows.Value("Attack: inhaler", rows.choice(choice_words.SLOT_WORDS)),
        "puffs": rows.Value("Attack: each time", PUFFS),
        "gap_seconds": rows.Value("Attack: wait between puffs", rows.count("second")),
        "maximum": rows.Value("Attack: most before 999", PUFFS),
    },
    Increase: {
        "morning": rows.Value("Getting worse: preventer in the morning", PUFFS),
        "evening": rows.Value("Getting worse: preventer in the evening", PUFFS),
        "days": rows.Value("Getting worse: more preventer for", DAYS),
    },
    Weaning: {
        "puffs": rows.Value("After an attack: reliever each time", PUFFS),
        "hours": rows.Value("After an attack: reliever every", HOURS),
        "days": rows.Value("After an attack: reliever by the clock for", DAYS),
    },
    SteroidPack: {
        "product": rows.Value("Steroids at home", rows.product),
        "milligrams": rows.Value("Steroids at home: dose in a day", rows.count("milligram")),
        "amount": rows.Value("Steroids at home: tablets or millilitres once a day", rows.text),
        "days": rows.Value("Steroids at home: for", DAYS),
        "start": rows.Value("Steroids at home: start", rows.choice(choice_words.START_WORDS)),
        "below": rows.Value("Steroids at home: start when peak flow is below", PER_MINUTE),
        "start_words": rows.Value("Steroids at home: when to start, as written", rows.text),
        "supplied": rows.Value("Steroids at home: supplied", rows.yes_no),
    },
    Nebuliser: {
        "at_home": rows.Value("Nebuliser at home", rows.yes_no),
        "specialist": rows.Value("Nebuliser: specialist", rows.text),
        "hospital": rows.Value("Nebuliser: hospital", rows.text),
    },
    Trial: {
        "diagnosis": rows.Value("Diagnosis", rows.choice(choice_words.DIAGNOSIS_WORDS)),
        "decide_by": rows.Value("Trial of the preventer until", rows.day),
    },
    PeakFlow: {
        "best": rows.Value("Best peak flow", PER_MINUTE),
        "worse_below": rows.Value("Getting worse below", PER_MINUTE),
        "attack_below": rows.Value("Attack below", PER_MINUTE),
        "measured_on": rows.Value("Best peak flow measured on", rows.day),
        "scale": rows.Value("Peak flow: scale of the meter", rows.text),
    },
    AllergyCare: {
        "plan_confirmed": rows.Value("Has an allergy plan", rows.yes_no),
        "pens_expire_on": rows.Value("Adrenaline pens expire on", rows.day),
        "no_pens_reason": rows.Value("Why there are no adrenaline pens", rows.text),
    },
    SchoolCare: {
        "inhaler_place": rows.Value("School: where the inhaler is", rows.text),
        "spacer_at_school": rows.Value("School: spacer there", rows.yes_no),
        "emergency_inhaler_consent": rows.Value("School: its own inhaler may be used", rows.yes_no),
        "contact_name": rows.Value("School: who to phone", rows.text),
        "contact_phone": rows.Value("School: phone number", rows.text),
    },
    Override: {
        "reason": rows.Value("Why a product that is not listed is used", rows.text),
        "by": rows.Value("Who decided on a product that is not listed", rows.text),
    },
    Understanding: {
        "given_to": rows.Value("Given to", rows.text),
        "taught_to": rows.Value("Told the plan back", rows.text),
        "technique": rows.Value("Inhaler technique", rows.choice(choice_words.TECHNIQUE_WORDS)),
        "every_day": rows.Value("Said what to do every day", rows.choice(choice_words.ANSWER_WORDS)),
        "attack": rows.Value("Said what to do in an attack", rows.choice(choice_words.ANSWER_WORDS)),
        "emergency": rows.Value("Said when to call 999", rows.choice(choice_words.ANSWER_WORDS)),
        "control_tool": rows.Value("Control score", rows.choice(choice_words.TOOL_WORDS)),
        "control_score": rows.Value("Control score: number", rows.text),
        "control_on": rows.Value("Control score: taken on", rows.day),
        "attacks_in_year": rows.Value("Attacks in the last 12 months", rows.text),
    },
}

# Not what a plan says, but how it came to be, and where it stands in its life.
BOOKKEEPING: Mapping[type, frozenset[str]] = {
    Plan: frozenset(
        {"id", "child_id", "version", "status", "author", "signed_at", "replaces", "ended_at", "fired"}
    ),
    Medicine: frozenset({"source", "confirmed"}),
}
# Said as one value, by the row of the field or of the list that holds it.
SAID_WHOLE = frozenset({Allergy, Reason, Unlisted})
