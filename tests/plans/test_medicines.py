"""The list of products: complete, each fact sourced and tagged, each code checked."""

from decimal import Decimal

import pytest

from plans.medicines import CodeKind, read_medicines
from plans.products import TAG_WORDS, Device, Ingredient, Role, Says, Tag

MEDICINES = read_medicines()
every_product = pytest.mark.parametrize("product", MEDICINES.products, ids=lambda product: product.key)
every_code = pytest.mark.parametrize(
    "entry", [e for e in MEDICINES.codes if e.code], ids=lambda entry: entry.code
)

# Verhoeff's dihedral group of order 10: times and turn.
TIMES = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]


def verhoeff_fits(code: str) -> bool:
    check, turn = 0, list(range(10))
    for digit in reversed(code):
        check = TIMES[check][turn[int(digit)]]
        turn = [turn[TURN[place]] for place in range(10)]
    return check == 0


def test_the_check_digit_test_itself_finds_a_typing_error():
    assert verhoeff_fits("195967001")
    assert not verhoeff_fits("195967002")
    assert not verhoeff_fits("195976001")


@every_code
def test_each_code_passes_its_check_digit(entry):
    assert verhoeff_fits(entry.code)


def test_the_codes_are_those_of_the_clinical_reference():
    kinds = [entry.kind for entry in MEDICINES.codes]

    assert kinds.count(CodeKind.BRAND) == 86  # 76 with a steroid, 10 salbutamol
    assert kinds.count(CodeKind.GENERIC) == 35 + 12  # 12 of them have a later code
    assert kinds.count(CodeKind.SPACER) == 1
    assert len({entry.code for entry in MEDICINES.codes if entry.code}) == 86 + 47 + 1


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("222311000001102", "ventolin-evohaler-100"),
        ("10617711000001103", "clenil-modulite-50"),
        ("3294611000001104", "symbicort-turbohaler-200-6"),
        ("32926011000001100", "symbicort-pressurised-inhaler-200-6"),
        ("726611000001102", "flixotide-evohaler-50"),
        ("35594211000001100", "combisal-25-125"),
        ("20434411000001107", "salamol-100"),
        ("106511000001103", "salamol-100"),
        ("39113611000001102", "salbutamol-cfc-free-inhaler-100"),
        ("39722711000001103", "prednisolone-soluble-tablets-5mg"),
    ],
)
def test_a_code_names_its_product(code, key):
    assert MEDICINES.by_code(code).key == key


@pytest.mark.parametrize("code", ["", "35908111000001105", "9516911000001109", "895994"])
def test_no_product_comes_from_a_generic_steroid_a_spacer_or_a_foreign_code(code):
    assert MEDICINES.by_code(code) is None


def test_every_code_leads_to_a_product_or_to_products_to_choose_from():
    for entry in MEDICINES.codes:
        if entry.kind is not CodeKind.SPACER:
            assert MEDICINES.by_key(entry.key) or MEDICINES.of(entry.ingredients), entry.term


def test_a_replaced_code_and_its_later_code_mean_the_same():
    for entry in MEDICINES.codes:
        if entry.later_code:
            later = MEDICINES.code(entry.later_code)
            assert (later.term, later.key, later.ingredients) == (entry.term, entry.key, entry.ingredients)


def test_keys_and_printed_names_are_unique():
    assert len({product.key for product in MEDICINES}) == len(MEDICINES) == 108
    assert len({product.printed_name for product in MEDICINES}) == 108


@every_product
def test_each_product_has_a_brand_a_role_and_a_source(product):
    assert product.brand
    assert product.roles
    assert product.source
    assert bool(product.licence_source) == (product.mart.says is not Says.NOTHING)
    assert product.key.replace("-", "").isalnum()
    assert product.key == product.key.lower()


@every_product
def test_each_fact_says_how_sure_it_is(product):
    facts = {
        "doses": (product.doses, product.doses_tag),
        "colour": (product.colour, product.colour_tag),
        "age": (product.min_age, product.age_tag),
        "COPD only": (product.copd_only, product.copd_only_tag),
        "MART": (product.mart.says, product.mart.tag),
        "MART perhaps": (product.mart.unsure_from, product.mart.unsure_tag),
        "AIR": (product.air.says, product.air.tag),
        "maxima": (product.maxima.a_day, product.maxima.tag),
        "life": (product.life_months, product.life_tag),
        "codes": (product.amp_codes, product.code_tag),
    }

    untagged = [name for name, (value, tag) in facts.items() if value and tag is None]

    assert untagged == []


@every_product
def test_a_conflict_is_tagged_as_one(product):
    for listed in (product.mart, product.air):
        assert (listed.says is Says.CONFLICT) <= (listed.tag is Tag.CONFLICT)


@every_product
def test_whatever_cannot_be_printed_as_on_the_box_is_never_offered(product):
    offered = any(product in MEDICINES.that_may(role) for role in Role)

    assert offered == (product.key not in {
        "stalpex", "enerzair-breezhaler",  # strength not in the sources
        "symbicort-pressurised-inhaler-200-6", "trelegy-ellipta-92-55-22",  # not for asthma
    })  # fmt: skip


@every_product
def test_a_preventer_holds_a_steroid_and_a_reliever_does_not(product):
    steroids = {
        Ingredient.BECLOMETASONE,
        Ingredient.BUDESONIDE,
        Ingredient.CICLESONIDE,
        Ingredient.FLUTICASONE_FUROATE,
        Ingredient.FLUTICASONE_PROPIONATE,
        Ingredient.MOMETASONE,
    }
    holds_one = not steroids.isdisjoint(product.ingredients) or product.key.startswith("trelegy")

    assert holds_one == (Role.PREVENTER in product.roles)
    assert not (holds_one and Role.RELIEVER in product.roles)


def test_every_word_of_the_lists_is_used():
    assert {product.device for product in MEDICINES} - {None} == set(Device)
    assert {ingredient for product in MEDICINES for ingredient in product.ingredients} == set(Ingredient)
    assert {role for product in MEDICINES for role in product.roles} == set(Role)
    assert set(TAG_WORDS) == set(Tag)


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("ventolin-evohaler-100", "Ventolin Evohaler 100 microgram"),
        ("clenil-modulite-50", "Clenil Modulite 50 microgram"),
        ("symbicort-turbohaler-200-6", "Symbicort Turbohaler 200/6"),
        ("symbicort-pressurised-inhaler-100-3", "Symbicort pressurised inhaler 100/3"),
        ("duoresp-spiromax-160-4-5", "DuoResp Spiromax 160/4.5"),
        ("montelukast-chewable-tablets-5mg", "Montelukast chewable tablets 5mg"),
    ],
)
def test_a_family_reads_the_name_on_the_box(key, printed):
    assert MEDICINES.by_key(key).printed_name == printed


@pytest.mark.parametrize(
    ("key", "doses", "age", "age_tag"),
    [
        ("clenil-modulite-100", 200, None, Tag.READ),
        ("qvar-autohaler-50", 200, Decimal(5), Tag.READ),
        ("kelhale-100", 200, Decimal(18), Tag.READ),
        ("pulmicort-turbohaler-400", 50, Decimal(5), Tag.READ),
        ("symbicort-turbohaler-200-6", 120, Decimal(12), Tag.READ),
        ("symbicort-turbohaler-400-12", 60, Decimal(12), Tag.READ),
        ("relvar-ellipta-92-22", 30, Decimal(12), Tag.UNCONFIRMED),
        ("flutiform-50-5", 120, Decimal(5), Tag.READ),
        ("luforbec-100-6", 120, Decimal(18), Tag.SECOND_HAND),
        ("bricanyl-turbohaler-500", None, Decimal(5), Tag.UNCONFIRMED),
    ],
)
def test_doses_and_ages_are_those_of_the_clinical_reference(key, doses, age, age_tag):
    product = MEDICINES.by_key(key)

    assert (product.doses, product.min_age, product.age_tag) == (doses, age, age_tag)


def test_extra_fine_beclometasone_is_marked_apart():
    extra_fine = {product.brand for product in MEDICINES if product.extra_fine}

    assert extra_fine == {
        "Qvar", "Qvar Autohaler", "Qvar Easi-Breathe", "Kelhale", "Fostair", "Fostair NEXThaler", "Luforbec"
    }  # fmt: skip


def test_devices_know_whether_they_need_a_spacer():
    assert MEDICINES.by_key("ventolin-evohaler-100").needs_spacer
    assert not MEDICINES.by_key("salamol-easi-breathe-100").needs_spacer
    assert not MEDICINES.by_key("ventolin-accuhaler-200").needs_spacer
    assert MEDICINES.by_key("ventolin-accuhaler-200").is_dpi
    assert MEDICINES.by_key("atectura-breezhaler-125-260").is_dpi


def test_the_list_is_read_once():
    assert read_medicines() is MEDICINES
