"""What a product may do at an age: every row of the list has an answer, and no unsure one is a yes."""

import pytest

from plans.licences import (
    MAY_CARRY,
    Verdict,
    fits_script_a,
    fits_script_b,
    is_never_reliever,
    is_outside_listed_age,
    licensed_at,
    may_carry_air,
    may_carry_mart,
    usual_maxima,
)
from plans.medicines import read_medicines
from plans.plan import Regimen
from plans.products import Role, Tag

MEDICINES = read_medicines()
YES, NO, ASK = Verdict.YES, Verdict.NO, Verdict.TO_CONFIRM
AGES = range(19)
every_product = pytest.mark.parametrize("product", MEDICINES.products, ids=lambda product: product.key)


def spans(rule, product):
    """The ages at which an answer begins, such as {0: no, 12: yes}."""
    answers = {age: rule(product, age).verdict for age in AGES}
    return {age: answer for age, answer in answers.items() if answers.get(age - 1) is not answer}


# Every product that is not here is a no at every age.
MART = {
    "symbicort-turbohaler-100-6": {0: NO, 6: ASK, 12: YES},
    "symbicort-turbohaler-200-6": {0: NO, 12: YES},
    "symbicort-pressurised-inhaler-100-3": {0: NO, 12: YES},
    "duoresp-spiromax-160-4-5": {0: NO, 12: YES},
    "fobumix-easyhaler-80-4-5": {0: NO, 5: ASK},
    "fobumix-easyhaler-160-4-5": {0: NO, 12: YES},
    "wockair-160-4-5": {0: NO, 12: ASK},
    "fostair-100-6": {0: NO, 18: YES},
    "fostair-nexthaler-100-6": {0: NO, 18: YES},
    "luforbec-100-6": {0: NO, 18: YES},
}
AIR = {
    "symbicort-turbohaler-200-6": {0: NO, 12: YES},
    "duoresp-spiromax-160-4-5": {0: NO, 12: ASK},
    "fobumix-easyhaler-160-4-5": {0: NO, 12: ASK},
    "wockair-160-4-5": {0: NO, 12: ASK},
}
SCRIPT_A = {
    "ventolin-evohaler-100": YES,
    "salamol-100": YES,
    "airomir-100": YES,
    "salbutamol-cfc-free-inhaler-100": YES,
    "salamol-easi-breathe-100": ASK,
    "airomir-autohaler-100": ASK,
}


@every_product
def test_mart_is_answered_for_each_product_and_age(product):
    assert spans(may_carry_mart, product) == MART.get(product.key, {0: NO})


@every_product
def test_air_is_answered_for_each_product_and_age(product):
    assert spans(may_carry_air, product) == AIR.get(product.key, {0: NO})


@every_product
def test_the_list_of_choices_agrees_with_the_answers(product):
    assert (Role.COMBINATION_MART in product.roles) == (product.key in MART)
    assert (Role.COMBINATION_AIR in product.roles) == (product.key in AIR)


@every_product
def test_the_ten_puff_steps_are_answered_for_each_product(product):
    assert fits_script_a(product).verdict is SCRIPT_A.get(product.key, NO)


@every_product
def test_the_six_puff_steps_need_a_sure_product_and_12_years(product):
    whole_puffs = not product.half_size_puff
    for age in AGES:
        old_enough = age >= 12 and whole_puffs
        fits_mart = bool(fits_script_b(product, age, Regimen.MART))
        fits_air = bool(fits_script_b(product, age, Regimen.AIR))

        assert fits_mart == (old_enough and bool(may_carry_mart(product, age)))
        assert fits_air == (old_enough and bool(may_carry_air(product, age)))
        assert not fits_script_b(product, age, Regimen.PREVENTER_RELIEVER)


@every_product
def test_no_product_fits_both_attack_scripts(product):
    assert not (fits_script_a(product) and fits_script_b(product, 18, Regimen.MART))


def test_half_size_puffs_never_carry_the_six_puff_steps():
    symbicort = MEDICINES.by_key("symbicort-pressurised-inhaler-100-3")

    assert may_carry_mart(symbicort, 15)
    assert fits_script_b(symbicort, 15, Regimen.MART).verdict is NO


def test_mart_at_8_waits_for_a_clinician_and_prints_no_standard_steps():
    symbicort = MEDICINES.by_key("symbicort-turbohaler-100-6")

    assert may_carry_mart(symbicort, 8).tag is Tag.CONFLICT
    assert fits_script_b(symbicort, 8, Regimen.MART).verdict is NO


@every_product
@pytest.mark.parametrize("rule", [may_carry_mart, may_carry_air, licensed_at])
def test_what_is_in_conflict_or_not_confirmed_is_never_a_silent_yes(product, rule):
    for age in AGES:
        ruling = rule(product, age)
        if ruling.tag in {Tag.CONFLICT, Tag.UNCONFIRMED, None}:
            assert not ruling
        if ruling.verdict is ASK:
            assert ruling.tag in {Tag.CONFLICT, Tag.UNCONFIRMED}


@every_product
@pytest.mark.parametrize("rule", [may_carry_mart, may_carry_air, licensed_at])
def test_each_answer_gives_a_reason_and_a_source(product, rule):
    for age in AGES:
        ruling = rule(product, age)
        assert ruling.reason.endswith(".")
        assert ruling.source


def test_only_a_sure_yes_is_true():
    symbicort = MEDICINES.by_key("symbicort-turbohaler-100-6")

    assert [bool(may_carry_mart(symbicort, age)) for age in (5, 8, 12)] == [False, False, True]


def test_every_regimen_says_what_may_carry_it():
    assert set(MAY_CARRY) == set(Regimen)


@pytest.mark.parametrize(
    ("key", "age", "verdict", "tag"),
    [
        ("qvar-50", 4, NO, Tag.READ),
        ("qvar-50", 5, YES, Tag.READ),
        ("kelhale-100", 17, NO, Tag.READ),
        ("easyhaler-beclometasone-200", 11, NO, Tag.READ),
        ("clenil-modulite-50", 2, YES, Tag.READ),
        ("clenil-modulite-250", 10, ASK, Tag.UNCONFIRMED),
        ("fostair-100-6", 14, NO, Tag.READ),
        ("symbicort-turbohaler-100-6", 5, NO, Tag.READ),
        ("symbicort-pressurised-inhaler-200-6", 15, NO, Tag.READ),
        ("flixotide-evohaler-50", 7, ASK, Tag.UNCONFIRMED),
        ("montelukast-chewable-tablets-5mg", 6, YES, Tag.SECOND_HAND),
        ("montelukast-chewable-tablets-5mg", 15, NO, Tag.SECOND_HAND),
        ("montelukast-tablets-10mg", 14, NO, Tag.SECOND_HAND),
    ],
)
def test_a_licence_by_age_is_as_sure_as_its_source(key, age, verdict, tag):
    ruling = licensed_at(MEDICINES.by_key(key), age)

    assert (ruling.verdict, ruling.tag) == (verdict, tag)


def test_an_age_outside_the_list_is_seen_even_where_the_list_is_unsure():
    flixotide = MEDICINES.by_key("flixotide-evohaler-50")

    assert is_outside_listed_age(flixotide, 3)
    assert not is_outside_listed_age(flixotide, 4)


@pytest.mark.parametrize(
    "brand", ["Seretide", "Combisal", "Sirdupla", "AirFluSal", "Relvar", "Trelegy", "Flutiform"]
)
def test_long_acting_combinations_are_never_a_reliever(brand):
    products = [product for product in MEDICINES if product.brand.startswith(brand)]

    assert products
    assert all(is_never_reliever(product) for product in products)


def test_relievers_and_mart_inhalers_may_relieve():
    for key in (*SCRIPT_A, *MART):
        assert not is_never_reliever(MEDICINES.by_key(key))


def test_usual_maxima_are_given_only_from_the_age_they_are_known_for():
    symbicort = MEDICINES.by_key("symbicort-turbohaler-100-6")
    at_twelve = usual_maxima(symbicort, 12)

    assert (at_twelve.at_once, at_twelve.a_day, at_twelve.a_day_for_a_time) == (6, 8, 12)
    assert usual_maxima(symbicort, 11) is None
    assert usual_maxima(MEDICINES.by_key("symbicort-pressurised-inhaler-100-3"), 15) is None
    assert usual_maxima(MEDICINES.by_key("fostair-100-6"), 18).a_day == 8
