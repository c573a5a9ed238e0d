"""Each check of the regimen fires at its edge, and not beside it."""

import pytest

from plans.checks import regimen

AS_NEEDED = {
    "base": "other",
    "combination-product": "symbicort-turbohaler-200-6",
    "combination-when-needed": "1",
}
RELIEVER_ALONE = {
    "preventer-product": "",
    "preventer-morning": "",
    "preventer-evening": "",
    "preventer-spacer": "",
}

CASES = [
    ("regimen-missing", "regimen", {"regimen": ""}, {}),
    ("air-under-12", "regimen", {"base": "air", "age": 11}, {"base": "air", "age": 12}),
    ("mart-under-5", "regimen", {"base": "mart", "age": 4}, {"base": "mart", "age": 5}),
    ("air-under-12", "regimen", AS_NEEDED | {"age": 11}, AS_NEEDED | {"age": 12}),
    ("air-under-12", "regimen", AS_NEEDED | {"age": 11}, AS_NEEDED | {"combination-morning": "1", "age": 11}),
    (
        "mart-under-5",
        "regimen",
        AS_NEEDED | {"combination-morning": "1", "age": 4},
        {"base": "other", "age": 4},
    ),
    ("no-preventer", "preventer-product", RELIEVER_ALONE | {"base": "other"}, AS_NEEDED),
    (
        "no-reliever",
        "reliever-product",
        {"reliever-product": "", "reliever-when-needed": "", "reliever-spacer": ""},
        {},
    ),
    (
        "no-reliever",
        "combination-product",
        {"combination-product": "", "combination-when-needed": "", "combination-most-a-day": ""}
        | {"base": "air"},
        {"base": "air"},
    ),
    (
        "medicine-not-in-regimen",
        "preventer-product",
        {"preventer-product": "clenil-modulite-50"} | {"base": "mart"},
        {"add-on-product": "montelukast-tablets-10mg"} | {"base": "mart"},
    ),
    (
        "medicine-not-in-regimen",
        "reliever-product",
        {"reliever-product": "salamol-100"} | {"base": "air"},
        {"backup-product": "salamol-100"} | {"base": "air"},
    ),
    ("medicine-not-in-regimen", "backup-product", {"backup-product": "ventolin-accuhaler-200"}, {}),
    (
        "no-preventer",
        "preventer-product",
        {"preventer-product": "", "preventer-morning": "", "preventer-evening": "", "preventer-spacer": ""},
        {},
    ),
    (
        "no-preventer",
        "preventer-product",
        {"preventer-product": "", "preventer-morning": "", "preventer-evening": "", "preventer-spacer": ""}
        | {"age": 3},
        {"base": "air"},
    ),
    (
        "backup-beside-one-inhaler",
        "backup-product",
        {"backup-product": "salamol-100"} | {"base": "mart"},
        {"base": "mart"},
    ),
]


@pytest.mark.parametrize(("code", "field", "fires", "quiet"), CASES)
def test_it_fires_at_its_edge_and_not_beside_it(found, code, field, fires, quiet):
    assert (code, field) in found(fires)
    assert code not in dict(found(quiet))


def test_every_check_of_the_regimen_is_tested():
    assert {code for code, *_ in CASES} == {rule.code for rule in regimen.CHECKS}
