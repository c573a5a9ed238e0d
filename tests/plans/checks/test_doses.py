"""Each check of doses and of attack steps fires at its edge, and not beside it."""

import pytest

from plans.checks import attack, attack_inhaler, doses, most_a_day, worse

AIR, MART = {"base": "air"}, {"base": "mart"}
TERBUTALINE = {"reliever-product": "bricanyl-turbohaler-500", "reliever-spacer": ""}


def steps(puffs="", gap="", maximum=""):
    return {"attack-puffs": puffs, "attack-gap-seconds": gap, "attack-maximum": maximum}


def most(puffs):
    return {"combination-most-a-day": puffs}


OTHER = {"base": "other"}
CHILDS_MART = MART | {"combination-product": "symbicort-turbohaler-100-6", "age": 8}
COMBINATION_ON_OTHER = OTHER | {
    "attack-inhaler": "combination",
    "combination-product": "symbicort-turbohaler-200-6",
}

CASES = [
    (
        "puffs-missing",
        "preventer-morning",
        {"preventer-morning": "", "preventer-evening": ""},
        {"preventer-morning": ""},
    ),
    (
        "puffs-missing",
        "preventer-morning",
        {"preventer-morning": "0", "preventer-evening": "0"},
        {"preventer-morning": "0"},
    ),
    ("puffs-missing", "reliever-when-needed", {"reliever-when-needed": ""}, {}),
    ("puffs-missing", "reliever-when-needed", {"reliever-when-needed": "0"}, {"reliever-when-needed": "1"}),
    (
        "puffs-missing",
        "combination-morning",
        {"combination-morning": "", "combination-evening": ""} | MART,
        AIR,
    ),
    ("puffs-missing", "combination-when-needed", {"combination-when-needed": ""} | MART, MART),
    ("puffs-missing", "combination-when-needed", {"combination-when-needed": ""} | AIR, AIR),
    (
        "puffs-missing",
        "add-on-morning",
        {"add-on-product": "montelukast-tablets-10mg"},
        {"add-on-product": "montelukast-tablets-10mg", "add-on-evening": "1"},
    ),
    (
        "puffs-not-in-regimen",
        "combination-morning",
        {"combination-morning": "1"} | AIR,
        {"combination-morning": "0"} | AIR,
    ),
    ("puffs-not-in-regimen", "preventer-when-needed", {"preventer-when-needed": "2"}, {}),
    ("puffs-not-in-regimen", "reliever-evening", {"reliever-evening": "2"}, {}),
    (
        "puffs-not-in-regimen",
        "backup-morning",
        {"backup-product": "salamol-100", "backup-morning": "2"} | AIR,
        {"backup-product": "salamol-100", "backup-when-needed": "2"} | AIR,
    ),
    ("too-many-at-once", "preventer-evening", {"preventer-evening": "11"}, {"preventer-evening": "10"}),
    (
        "too-many-at-once",
        "reliever-when-needed",
        {"reliever-when-needed": "11"},
        {"reliever-when-needed": "10"},
    ),
    ("too-many-at-once", "worse-puffs", {"worse-puffs": "11"}, {"worse-puffs": "10"}),
    (
        "over-usual-maximum",
        "combination-morning",
        {"combination-morning": "5", "combination-evening": "4"} | MART,
        {"combination-morning": "4", "combination-evening": "4", "combination-most-a-day": "9"} | MART,
    ),
    (
        "over-usual-maximum",
        "combination-when-needed",
        {"combination-when-needed": "7"} | AIR,
        {"combination-when-needed": "6"} | AIR,
    ),
    ("over-usual-maximum", "combination-most-a-day", most("13") | MART, most("12") | MART),
    ("over-usual-maximum", "combination-most-a-day", most("9") | CHILDS_MART, most("8") | CHILDS_MART),
    ("most-a-day-missing", "combination-most-a-day", most("") | MART, {}),
    ("most-a-day-missing", "combination-most-a-day", most("0") | AIR, AIR),
    ("most-a-day-too-few", "combination-most-a-day", most("2") | MART, most("3") | MART),
    ("most-a-day-not-for-this", "reliever-most-a-day", {"reliever-most-a-day": "8"}, MART),
    ("too-many-at-once", "exercise-puffs", {"exercise-puffs": "11"}, {"exercise-puffs": "10"}),
    ("too-many-at-once", "increase-morning", {"increase-morning": "11"}, {"increase-morning": "10"}),
    ("too-many-at-once", "weaning-puffs", {"weaning-puffs": "11"}, {"weaning-puffs": "10"}),
    ("no-puffs", "exercise-puffs", {"exercise-puffs": "0"}, {"exercise-puffs": "1"}),
    ("no-puffs", "worse-puffs", {"base": "other", "worse-puffs": "0"}, {"base": "other", "worse-puffs": ""}),
    (
        "no-puffs",
        "backup-when-needed",
        {"backup-product": "salamol-100", "backup-when-needed": "0"} | AIR,
        {"backup-product": "salamol-100", "backup-when-needed": ""} | AIR,
    ),
    (
        "puffs-missing",
        "combination-when-needed",
        {"combination-product": "symbicort-turbohaler-200-6"} | OTHER,
        {"combination-product": "symbicort-turbohaler-200-6", "combination-morning": "1"} | OTHER,
    ),
    ("puffs-missing", "preventer-morning", {"preventer-morning": "", "preventer-evening": ""} | OTHER, OTHER),
    ("worse-puffs-missing", "worse-hours", {"worse-puffs": "2"} | OTHER, OTHER),
    ("worse-sooner-than-4-hours", "worse-hours", {"worse-hours": "3"} | OTHER, {"worse-hours": "4"} | OTHER),
    ("worse-sooner-than-4-hours", "weaning-hours", {"weaning-hours": "3"}, {"weaning-hours": "4"}),
    ("hours-over-a-day", "worse-hours", {"worse-hours": "25"}, {"worse-hours": "24"}),
    ("attack-inhaler-missing", "attack-inhaler", {"attack-inhaler": ""} | OTHER, {}),
    ("attack-inhaler-not-of-regimen", "attack-inhaler", {"attack-inhaler": "preventer"}, OTHER),
    (
        "attack-inhaler-not-of-regimen",
        "attack-inhaler",
        {"attack-inhaler": "backup", "backup-product": "salamol-100"} | MART,
        {"attack-inhaler": "combination"} | MART,
    ),
    ("attack-inhaler-not-on-plan", "attack-inhaler", {"attack-inhaler": "combination"} | OTHER, OTHER),
    ("attack-inhaler-not-on-plan", "attack-inhaler", {"reliever-product": ""} | OTHER, OTHER),
    ("attack-inhaler-not-a-reliever", "attack-inhaler", {"attack-inhaler": "preventer"} | OTHER, OTHER),
    (
        "attack-inhaler-not-a-reliever",
        "attack-inhaler",
        {"reliever-product": "seretide-accuhaler-100"} | OTHER,
        OTHER,
    ),
    (
        "attack-inhaler-not-a-reliever",
        "attack-inhaler",
        {"attack-inhaler": "combination", "combination-product": "fostair-200-6"} | OTHER,
        {"attack-inhaler": "combination", "combination-product": "symbicort-turbohaler-200-6"} | OTHER,
    ),
    (
        "attack-inhaler-not-a-reliever",
        "attack-inhaler",
        {"attack-inhaler": "add-on", "add-on-product": "montelukast-tablets-10mg"} | OTHER,
        OTHER,
    ),
    ("attack-steps-missing", "attack-puffs", steps() | {"attack-inhaler": ""} | OTHER, OTHER),
    ("attack-steps-unusual", "attack-maximum", steps("1", "60", "7") | COMBINATION_ON_OTHER, OTHER),
    ("worse-puffs-missing", "worse-puffs", {"worse-puffs": ""}, AIR),
    ("worse-puffs-missing", "worse-puffs", {"worse-puffs": "0"}, {"worse-puffs": "1"}),
    ("worse-puffs-missing", "worse-hours", {"worse-hours": ""}, MART),
    ("worse-sooner-than-4-hours", "worse-hours", {"worse-hours": "3"}, {"worse-hours": "4"}),
    ("many-puffs-when-worse", "worse-puffs", {"worse-puffs": "6"}, {"worse-puffs": "5"}),
    ("worse-dose-on-one-inhaler", "worse-puffs", {"worse-puffs": "2"} | MART, {"worse-puffs": "1"} | MART),
    ("worse-dose-on-one-inhaler", "worse-hours", {"worse-hours": "4"} | AIR, AIR),
    ("attack-steps-missing", "attack-puffs", TERBUTALINE, TERBUTALINE | steps("1", "60", "6")),
    ("attack-steps-missing", "attack-maximum", TERBUTALINE | steps("1", "60"), {}),
    ("attack-steps-missing", "attack-maximum", TERBUTALINE | steps("1", "60", "0"), {}),
    ("attack-steps-missing", "attack-gap-seconds", MART | {"age": 11}, MART | {"age": 12}),
    ("attack-steps-missing", "attack-gap-seconds", steps(maximum="6"), steps()),
    ("attack-steps-out-of-order", "attack-maximum", steps("3", "60", "2"), steps("2", "60", "2")),
    ("own-attack-steps", "attack-puffs", steps("1", "60", "6"), TERBUTALINE | steps("1", "60", "6")),
    ("own-attack-steps", "attack-puffs", steps("1", "60", "4") | AIR, AIR),
    ("attack-steps-unusual", "attack-gap-seconds", steps("1", "29", "6"), steps("1", "30", "6")),
    ("attack-steps-unusual", "attack-gap-seconds", steps("1", "181", "6"), steps("1", "180", "6")),
    ("attack-steps-unusual", "attack-maximum", steps("1", "60", "11"), steps("1", "60", "10")),
    ("attack-steps-unusual", "attack-maximum", steps("1", "60", "7") | AIR, steps("1", "60", "6") | AIR),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


RULES = (*doses.CHECKS, *most_a_day.CHECKS, *worse.CHECKS, *attack.CHECKS, *attack_inhaler.CHECKS)


def test_every_check_of_doses_and_attack_steps_is_tested():
    assert {code for code, *_ in CASES} == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"reliever-product": "bricanyl-turbohaler-500"}, id="terbutaline"),
        pytest.param({"reliever-product": "ventolin-accuhaler-200"}, id="salbutamol 200"),
        pytest.param({"reliever-product": "easyhaler-salbutamol-100"}, id="dry powder"),
        pytest.param({"combination-product": "symbicort-turbohaler-100-6", "age": 6} | MART, id="MART at 6"),
        pytest.param(
            {"combination-product": "symbicort-pressurised-inhaler-100-3"} | MART, id="half-size puffs"
        ),
        pytest.param({"backup-product": "ventolin-accuhaler-200"}, id="two relievers"),
    ],
)
def test_whatever_the_standard_steps_do_not_fit_needs_steps_of_its_own(found, changes):
    fields = [field for code, field in found(changes) if code == "attack-steps-missing"]

    assert fields == ["attack-puffs", "attack-gap-seconds", "attack-maximum"]
