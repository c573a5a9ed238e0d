"""Each check of products, of the one inhaler and of devices fires at its edge, and not beside it."""

import pytest

from plans.checks import devices, medicines, one_inhaler, ready_to_sign, unlisted

AIR, MART = {"base": "air"}, {"base": "mart"}


def combination(product):
    return {"combination-product": product}


def by_hand(slot, name, strength="100 microgram", device="pmdi"):
    return {
        f"{slot}-product": "unlisted",
        f"{slot}-name": name,
        f"{slot}-strength": strength,
        f"{slot}-device": device,
    }


FLUTIFORM = MART | combination("flutiform-125-5")
DECIDED = {"override-reason": "The clinic has started it.", "override-by": "Dr Amina Lee"}

CASES = [
    ("product-missing", "preventer-product", {"preventer-product": ""}, {}),
    ("product-not-listed", "preventer-product", {"preventer-product": "made-up-50"}, {}),
    ("product-not-for-this-job", "preventer-product", {"preventer-product": "salamol-100"}, {}),
    ("product-not-for-this-job", "reliever-product", {"reliever-product": "clenil-modulite-50"}, {}),
    ("product-not-for-this-job", "reliever-product", {"reliever-product": "symbicort-turbohaler-200-6"}, {}),
    (
        "product-not-for-this-job",
        "add-on-product",
        {"add-on-product": "prednisolone-tablets-5mg"},
        {"add-on-product": "montelukast-tablets-10mg"},
    ),
    (
        "product-not-for-this-job",
        "backup-product",
        {"backup-product": "clenil-modulite-50"} | AIR,
        {"backup-product": "bricanyl-turbohaler-500"} | AIR,
    ),
    (
        "never-as-reliever",
        "reliever-product",
        {"reliever-product": "seretide-evohaler-50"},
        {"preventer-product": "seretide-evohaler-50"},
    ),
    ("never-as-reliever", "combination-product", combination("relvar-ellipta-92-22") | MART, MART),
    ("never-as-reliever", "backup-product", {"backup-product": "combisal-25-50"} | AIR, AIR),
    (
        "outside-licence",
        "preventer-product",
        {"preventer-product": "qvar-50"} | {"age": 4},
        {"preventer-product": "qvar-50"} | {"age": 5},
    ),
    (
        "outside-licence",
        "preventer-product",
        {"preventer-product": "kelhale-50"} | {"age": 17},
        {"preventer-product": "kelhale-50"} | {"age": 18},
    ),
    (
        "outside-licence",
        "preventer-product",
        {"preventer-product": "flixotide-evohaler-125"} | {"age": 15},
        {"preventer-product": "flixotide-evohaler-125"} | {"age": 16},
    ),  # the age is not sure: still said
    (
        "outside-licence",
        "preventer-product",
        {"preventer-product": "trelegy-ellipta-92-55-22"} | {"age": 34},
        {},
    ),
    (
        "outside-licence",
        "add-on-product",
        {"add-on-product": "montelukast-chewable-tablets-5mg"} | {"age": 15},
        {"add-on-product": "montelukast-chewable-tablets-5mg"} | {"age": 14},
    ),  # too old
    (
        "two-strengths",
        "add-on-product",
        {"add-on-product": "clenil-modulite-100"},
        {"add-on-product": "clenil-modulite-50"},
    ),
    (
        "montelukast-warning",
        "add-on-product",
        {"add-on-product": "montelukast-tablets-10mg"},
        {"add-on-product": "spiriva-respimat-2-5"},
    ),
    ("one-inhaler-not-listed", "combination-product", combination("flutiform-125-5") | MART, MART),
    (
        "one-inhaler-not-listed",
        "combination-product",
        combination("symbicort-turbohaler-400-12") | MART,
        MART,
    ),
    ("never-as-reliever", "combination-product", combination("atectura-breezhaler-125-62-5") | MART, MART),
    ("never-as-reliever", "combination-product", combination("trimbow-87-5-9") | MART | {"age": 34}, MART),
    (
        "never-as-reliever",
        "combination-product",
        combination("fostair-200-6") | {"base": "other", "age": 34},
        {"preventer-product": "fostair-200-6", "base": "other", "age": 34},
    ),
    (
        "one-inhaler-not-listed",
        "combination-product",
        combination("symbicort-turbohaler-100-6") | AIR,
        combination("symbicort-turbohaler-100-6") | MART,
    ),
    (
        "one-inhaler-not-listed",
        "combination-product",
        combination("fostair-200-6") | MART | {"age": 34},
        combination("fostair-100-6") | MART | {"age": 34},
    ),
    ("product-not-for-this-job", "combination-product", combination("salamol-100") | AIR, AIR),
    ("product-not-for-this-job", "combination-product", combination("clenil-modulite-50") | MART, MART),
    (
        "one-inhaler-not-listed",
        "combination-product",
        by_hand("combination", "Newhaler", "100/6") | MART,
        MART,
    ),
    (
        "one-inhaler-not-listed",
        "combination-product",
        FLUTIFORM | {"override-by": "Dr Lee"},
        FLUTIFORM | DECIDED,
    ),
    ("one-inhaler-overridden", "combination-product", FLUTIFORM | DECIDED, FLUTIFORM),
    ("override-incomplete", "override-reason", FLUTIFORM | {"override-by": "Dr Lee"}, FLUTIFORM | DECIDED),
    ("override-incomplete", "override-by", FLUTIFORM | {"override-reason": "Clinic"}, FLUTIFORM),
    ("override-not-needed", "override-reason", MART | DECIDED, FLUTIFORM | DECIDED),
    ("override-not-needed", "override-reason", DECIDED, {}),
    ("product-not-for-this-job", "reliever-product", by_hand("reliever", "Syrup", device="oral"), {}),
    (
        "product-not-for-this-job",
        "preventer-product",
        by_hand("preventer", "Tablet", device="oral"),
        by_hand("add-on", "Tablet", device="oral"),
    ),
    (
        "product-not-for-this-job",
        "reliever-product",
        by_hand("reliever", "Symbicort", "200/6", "dpi"),
        by_hand("reliever", "Easyhaler", "150 microgram", "dpi"),
    ),
    (
        "product-not-for-this-job",
        "backup-product",
        by_hand("backup", "Budesonide/formoterol", "200/6", "dpi") | AIR,
        by_hand("backup", "Terbutaline", "250 microgram") | AIR,
    ),
    (
        "product-not-for-this-job",
        "preventer-product",
        by_hand("preventer", "Salmeterol", "25 microgram"),
        by_hand("preventer", "Fluticasone and salmeterol", "25 microgram"),
    ),
    (
        "product-not-for-this-job",
        "preventer-product",
        by_hand("preventer", "Ventolin", "50 microgram"),
        by_hand("preventer", "Easyhaler", "50 microgram"),
    ),
    (
        "never-as-reliever",
        "reliever-product",
        by_hand("reliever", "Seretide", "50"),
        by_hand("reliever", "Newtamol"),
    ),
    (
        "never-as-reliever",
        "combination-product",
        by_hand("combination", "Fluticasone/Salmeterol") | MART,
        by_hand("combination", "Newhaler") | MART,
    ),
    ("unlisted-incomplete", "reliever-name", by_hand("reliever", ""), by_hand("reliever", "Newtamol")),
    ("unlisted-incomplete", "reliever-strength", by_hand("reliever", "Newtamol", ""), {}),
    ("unlisted-incomplete", "reliever-device", by_hand("reliever", "Newtamol", device=""), {}),
    ("unlisted-left-over", "reliever-name", {"reliever-name": "Newtamol"}, by_hand("reliever", "Newtamol")),
    ("unlisted-left-over", "reliever-device", {"reliever-device": "dpi"}, {}),
    (
        "unlisted-is-in-list",
        "reliever-product",
        by_hand("reliever", "Salamol", "100 microgram"),
        by_hand("reliever", "Salamol", "150 microgram"),
    ),
    ("unlisted-medicine", "reliever-product", by_hand("reliever", "Newtamol"), {}),
    (
        "product-not-listed",
        "preventer-product",
        {"preventer-product": "made-up-50"},
        by_hand("preventer", "Newcort"),
    ),
    (
        "two-strengths",
        "add-on-product",
        by_hand("preventer", "Newcort", "50") | by_hand("add-on", "newcort", "100"),
        by_hand("preventer", "Newcort", "50") | by_hand("add-on", "Newer", "100"),
    ),
    (
        "montelukast-warning",
        "add-on-product",
        by_hand("add-on", "Singulair", "10 mg", "oral"),
        by_hand("add-on", "Newlukast", device="oral"),
    ),
    (
        "montelukast-warning",
        "add-on-product",
        by_hand("add-on", "Montelukast drops", device="oral"),
        by_hand("add-on", "Newlukast", device="oral"),
    ),
    (
        "spacer-missing",
        "reliever-spacer",
        by_hand("reliever", "Newtamol") | {"reliever-spacer": ""},
        by_hand("reliever", "Newtamol"),
    ),
    (
        "dry-powder-only-under-12",
        "reliever-product",
        by_hand("reliever", "Newtamol", device="dpi"),
        by_hand("reliever", "Newtamol"),
    ),
    (
        "one-inhaler-under-listed-age",
        "combination-product",
        combination("fostair-100-6") | MART | {"age": 17},
        combination("fostair-100-6") | MART | {"age": 18},
    ),
    ("one-inhaler-under-listed-age", "combination-product", MART | {"age": 11}, MART | {"age": 12}),
    (
        "one-inhaler-to-confirm",
        "combination-product",
        combination("duoresp-spiromax-160-4-5") | AIR,
        combination("duoresp-spiromax-160-4-5") | MART,
    ),
    (
        "one-inhaler-to-confirm",
        "combination-product",
        combination("symbicort-turbohaler-100-6") | MART | {"age": 11},
        combination("symbicort-turbohaler-100-6") | MART | {"age": 12},
    ),
    (
        "dry-powder-only-under-12",
        "reliever-product",
        {"reliever-product": "easyhaler-salbutamol-100"} | {"age": 11},
        {"reliever-product": "easyhaler-salbutamol-100"} | {"age": 12},
    ),
    (
        "dry-powder-only-under-12",
        "combination-product",
        combination("symbicort-turbohaler-100-6") | MART | {"age": 8},
        combination("symbicort-turbohaler-100-6") | {"backup-product": "salamol-100"} | MART | {"age": 8},
    ),
    ("spacer-missing", "reliever-spacer", {"reliever-spacer": "none"}, {"reliever-spacer": "mask"}),
    (
        "spacer-missing",
        "preventer-spacer",
        {"preventer-spacer": ""},
        {"preventer-product": "pulmicort-turbohaler-100", "preventer-spacer": ""},
    ),
    (
        "spacer-not-for-device",
        "preventer-spacer",
        {"preventer-product": "pulmicort-turbohaler-100"},
        {"preventer-product": "pulmicort-turbohaler-100", "preventer-spacer": "none"},
    ),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


def test_every_check_of_products_one_inhaler_and_devices_is_tested():
    rules = (*medicines.CHECKS, *one_inhaler.CHECKS, *devices.CHECKS, *unlisted.CHECKS)

    assert {code for code, *_ in CASES} == {rule.code for rule in rules}


def test_a_reason_is_asked_for_once_where_a_combination_is_too_old_for_the_child(found):
    codes = dict(found(combination("fostair-100-6") | MART | {"age": 15}))

    assert "one-inhaler-under-listed-age" in codes
    assert "outside-licence" not in codes


def test_salmeterol_as_reliever_is_said_once_and_plainly(found):
    codes = dict(found({"reliever-product": "seretide-evohaler-50"}))

    assert "never-as-reliever" in codes
    assert "product-not-for-this-job" not in codes


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        pytest.param("air-under-12", AIR | {"age": 11}, id="AIR under 12"),
        pytest.param("mart-under-5", MART | {"age": 4}, id="MART under 5"),
        pytest.param("never-as-reliever", MART | combination("seretide-accuhaler-100"), id="salmeterol"),
        pytest.param("never-as-reliever", MART | combination("relvar-ellipta-92-22"), id="vilanterol"),
        pytest.param("product-not-for-this-job", MART | combination("salamol-100"), id="a reliever"),
    ],
)
def test_some_refusals_stand_whoever_decides(found, code, changes):
    codes = dict(found(changes | DECIDED))

    assert code in codes
    assert "one-inhaler-overridden" not in codes
    assert "override-not-needed" in codes


def test_a_decision_on_a_product_that_is_not_listed_stays_to_be_seen(plan_and_situation):
    steps = {"attack-puffs": "1", "attack-gap-seconds": "60", "attack-maximum": "6"}
    told = {"reason-one-inhaler-overridden": "Both parents know.", "combination-spacer": "mouthpiece"}

    ready = ready_to_sign(*plan_and_situation(FLUTIFORM | DECIDED | steps | told))

    assert ready.fired == ("one-inhaler-overridden",)


def test_one_inhaler_written_by_hand_is_decided_on_explained_and_has_steps_of_its_own(found):
    codes = [
        code
        for code, _ in found(
            by_hand("combination", "Newhaler") | MART | DECIDED | {"combination-spacer": "mouthpiece"}
        )
    ]

    assert {"unlisted-medicine", "one-inhaler-overridden", "attack-steps-missing"} == set(codes)


def test_a_preventer_written_by_hand_is_a_preventer(found):
    assert dict(found(by_hand("preventer", "Newcort"))) == {"unlisted-medicine": "preventer-product"}
