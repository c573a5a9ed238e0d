"""A child who could be taken for another is named wherever a plan leaves the house."""

from plans.places import Role
from tests.portal.making import make_child, make_plan


def test_a_twin_is_named_where_a_plan_is_printed_and_shared(store, client_for):
    gp = client_for(Role.CLINICIAN)
    child = make_child(store, gp.person)
    plan = make_plan(store, child, gp.person)
    pages = (f"/plans/{plan.id}", f"/children/{child.id}/share", f"/children/{child.id}")
    assert not any("Check that this is the right child." in gp.get(page).text for page in pages)

    make_child(store, gp.person, given="Bilal", nhs_number="")

    for page in pages:
        assert "Check that this is the right child." in gp.get(page).text
        assert "Bilal Test" in gp.get(page).text
