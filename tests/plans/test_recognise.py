"""Which product a record means: by code, by exact words, and otherwise not at all."""

import pytest

from plans.medicine_kinds import Kind, is_montelukast, kind_of, kind_of_product
from plans.medicine_words import named, telling_words
from plans.medicines import CodeKind, read_medicines
from plans.products import Ingredient
from plans.recognise import MatchKind, match

MEDICINES = read_medicines()
VENTOLIN, SALBUTAMOL = "222311000001102", "39113611000001102"
VENTOLIN_TERM = "Ventolin 100micrograms/dose Evohaler (GlaxoSmithKline UK Ltd)"
with_product = pytest.mark.parametrize(
    "entry", [e for e in MEDICINES.codes if e.key], ids=lambda entry: entry.term
)


@with_product
def test_each_code_and_each_term_alone_mean_the_same_product(entry):
    product = MEDICINES.by_key(entry.key)

    assert match([], entry.term).product == product
    if entry.code:
        assert match([entry.code], "").product == product
        assert match([entry.code], entry.term).product == product


@pytest.mark.parametrize(
    "product", [p for p in MEDICINES if p.strength and p.device], ids=lambda product: product.key
)
def test_each_printed_name_means_its_product(product):
    assert match([], product.printed_name).product == product


def test_no_two_products_share_a_name():
    names = {}
    for entry in MEDICINES.codes:
        if entry.kind is not CodeKind.SPACER:
            assert names.setdefault(telling_words(entry.term), entry.key) == entry.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("bricanyl 500micrograms/dose turbohaler (AstraZeneca UK Ltd)", "bricanyl-turbohaler-500"),
        ("Luforbec 100micrograms/dose / 6micrograms/dose inhaler", "luforbec-100-6"),
        (
            "Symbicort 100micrograms/dose / 3micrograms/dose pressurised inhaler",
            "symbicort-pressurised-inhaler-100-3",
        ),
        ("  VENTOLIN  Evohaler 100 mcg ", "ventolin-evohaler-100"),
        ("Salbutamol 100micrograms/dose inhaler CFC free (A Maker Ltd)", "salbutamol-cfc-free-inhaler-100"),
    ],
)
def test_the_same_words_and_numbers_in_another_order_are_the_same_product(text, key):
    assert match([], text).product == MEDICINES.by_key(key)


@pytest.mark.parametrize(
    "text",
    [
        "Ventolin",
        "Ventolin inhaler",
        "Salbutamol 100micrograms",
        "Clenil 100 inhaler",
        "Symbicort 200/6",
        "Symbicort Turbohaler",
        "Ventolin 100micrograms/dose Evohaler (stopped, has Airomir)",
        "200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler",
        "120 ACTUAT Fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler",
        "",
    ],
)
def test_whatever_is_less_than_exact_is_unknown(text):
    assert match([], text).kind is MatchKind.UNKNOWN


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (["35908111000001105"], "Beclometasone 100micrograms/dose inhaler CFC free"),
        (["35909611000001106"], ""),
        (["12911011000001100"], ""),
        ([], "Beclometasone 100micrograms/dose inhaler"),
        ([], "Beclomethasone inhaler 250"),
        ([], "Beclometasone 100 / Formoterol 6 inhaler"),
    ],
)
def test_beclometasone_without_a_brand_is_never_matched_to_one(codes, text):
    found = match(codes, text)

    assert found.kind is MatchKind.BRAND_MISSING
    assert found.product is None
    assert all(Ingredient.BECLOMETASONE in product.ingredients for product in found.choices)
    assert len({product.brand for product in found.choices}) > 1


@pytest.mark.parametrize(
    "text", ["Beclometasone 50micrograms/dose nasal spray", "Clenil (beclometasone) inhaler"]
)
def test_a_nose_spray_or_half_a_brand_is_not_beclometasone_without_a_brand(text):
    assert match([], text).kind is MatchKind.UNKNOWN


@pytest.mark.parametrize(
    "code", ["38896811000001103", "134498003", "39110911000001100", "39112711000001103", "320141001"]
)
def test_other_generics_wait_for_a_choice(code):
    found = match([code], "")

    assert found.kind is MatchKind.CHOOSE
    assert found.product is None
    assert found.choices


def test_a_brand_with_its_own_generic_beside_it_is_the_brand():
    ventolin = MEDICINES.by_code(VENTOLIN)

    assert match([SALBUTAMOL, VENTOLIN], VENTOLIN_TERM).product == ventolin
    assert match([VENTOLIN], "Salbutamol 100micrograms/dose inhaler CFC free").product == ventolin


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        pytest.param(
            [VENTOLIN], "Salamol 100micrograms/dose inhaler CFC free (Teva UK Ltd)", id="another brand"
        ),
        pytest.param(["3294611000001104"], "Symbicort 100/6 Turbohaler", id="another strength"),
        pytest.param(
            ["35909611000001106"], "Clenil Modulite 100 microgram", id="another strength of the generic"
        ),
        pytest.param([VENTOLIN, "10617711000001103"], "", id="two codes"),
        pytest.param(["35908111000001105"], VENTOLIN_TERM, id="another ingredient"),
    ],
)
def test_codes_and_words_that_disagree_are_unknown(codes, text):
    found = match(codes, text)

    assert (found.kind, found.product) == (MatchKind.UNKNOWN, None)


def test_a_code_that_is_not_in_the_list_leaves_it_to_the_words():
    assert match(["999999999999999"], VENTOLIN_TERM).product == MEDICINES.by_code(VENTOLIN)


def test_a_printed_name_is_found_whatever_its_case():
    assert named("ventolin EVOHALER 100 microgram").key == "ventolin-evohaler-100"
    assert named("ventolin") is None


@pytest.mark.parametrize(
    ("text", "codes", "kind"),
    [
        (VENTOLIN_TERM, [VENTOLIN], Kind.RELIEVER),
        (
            "Salbutamol 100micrograms/dose breath actuated inhaler CFC free",
            ["39112711000001103"],
            Kind.RELIEVER,
        ),
        ("Bricanyl 500micrograms/dose Turbohaler", [], Kind.RELIEVER),
        ("Clenil Modulite 50micrograms/dose inhaler (Chiesi Ltd)", [], Kind.PREVENTER),
        ("Beclometasone 100micrograms/dose inhaler CFC free", ["35908111000001105"], Kind.PREVENTER),
        ("Seretide 50 Evohaler", [], Kind.PREVENTER),
        ("Relvar Ellipta 92micrograms/dose / 22micrograms/dose dry powder inhaler", [], Kind.PREVENTER),
        ("Trelegy Ellipta 92/55/22", [], Kind.PREVENTER),
        ("Trimbow 87micrograms/dose / 5micrograms/dose / 9micrograms/dose inhaler", [], Kind.PREVENTER),
        ("Symbicort 200/6 Turbohaler (AstraZeneca UK Ltd)", ["3294611000001104"], Kind.COMBINATION),
        ("", ["38896811000001103"], Kind.COMBINATION),
        ("Flutiform 50/5", [], Kind.COMBINATION),
        ("Montelukast 5mg chewable tablets sugar free", [], Kind.ADD_ON),
        ("Montelukast 4mg tablets", [], Kind.ADD_ON),
        ("Spiriva Respimat 2.5 microgram", [], Kind.ADD_ON),
        ("Prednisolone 5mg soluble tablets", ["39722711000001103"], Kind.STEROID_COURSE),
        ("Prednisolone 1mg tablets", [], Kind.STEROID_COURSE),
        ("Prednisolone 20mg/100ml rectal foam", [], Kind.OTHER),
        ("Methylprednisolone 4mg tablets", [], Kind.OTHER),
        ("AeroChamber Plus", ["9516911000001109"], Kind.SPACER),
        ("Spacer with mask", [], Kind.SPACER),
        ("EpiPen Jr. 150micrograms/0.3ml auto-injector", [], Kind.ADRENALINE_PEN),
        ("NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector", [], Kind.ADRENALINE_PEN),
        ("Salbutamol 2.5mg/2.5ml nebuliser liquid unit dose vials", [], Kind.NEBULISER_LIQUID),
        ("200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler", [], Kind.UNKNOWN_INHALER),
        ("Clenil inhaler", [], Kind.UNKNOWN_INHALER),
        ("Emollient cream, 500 g pump", [], Kind.OTHER),
        ("", [], Kind.OTHER),
    ],
)
def test_a_line_of_a_record_has_a_kind(text, codes, kind):
    assert kind_of(text, codes) is kind


def test_two_codes_that_disagree_on_the_brand_still_have_a_kind():
    assert kind_of("Salamol 100micrograms/dose inhaler CFC free (Teva UK Ltd)", [VENTOLIN]) is Kind.RELIEVER


@pytest.mark.parametrize("product", MEDICINES.products, ids=lambda product: product.key)
def test_every_product_has_a_kind(product):
    assert kind_of_product(product) in Kind


def test_montelukast_is_known_by_its_word():
    assert is_montelukast("Montelukast 4mg granules sachets sugar free")
    assert is_montelukast("montelukast")
    assert not is_montelukast("Prednisolone 5mg tablets", ["42087311000001104"])
