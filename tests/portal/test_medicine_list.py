"""The list of medicines is open to every clinician, with each fact, how sure it is and where it was read."""

import pytest

from plans.medicines import read_medicines
from plans.places import Role
from plans.products import Says
from portal.forms.medicine_list import groups

PRODUCTS = {product.printed_name: product for product in read_medicines()}
ROWS = [row for group in groups(read_medicines()) for row in group.rows]


def test_every_product_of_the_file_is_on_the_page():
    assert {row.name for row in ROWS} == set(PRODUCTS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_fact_stands_there_with_how_sure_it_is(row):
    product = PRODUCTS[row.name]

    assert product.source in row.source
    assert product.licence_source in row.source
    if product.doses:
        assert row.holds == f"{product.doses} [{product.doses_tag}]"
    if product.colour:
        assert row.colour == f"{product.colour} [{product.colour_tag}]"
    for code in product.amp_codes:
        assert code in row.codes
    assert (product.mart.says is Says.NOTHING) == (row.mart == "")
    if product.maxima.a_day:
        assert f"{product.maxima.a_day} in a day" in row.maximum
        assert f"[{product.maxima.tag}]" in row.maximum


def test_what_nobody_knows_is_said_to_be_unknown():
    stalpex = next(row for row in ROWS if row.name == "Stalpex")

    assert (stalpex.device, stalpex.holds, stalpex.colour) == ("not known", "not known", "not known")
    assert stalpex.codes == "none found"


def test_a_clinician_opens_the_list_and_staff_of_a_school_do_not(client_for):
    page = client_for(Role.CLINICIAN).get("/medicines")

    assert page.status_code == 200
    assert "Luforbec 100/6" in page.text
    assert "From age 18. Usual maximum, in puffs: 8 in a day. [V2]" in page.text
    assert client_for(Role.SCHOOL_STAFF).get("/medicines").status_code == 404
