"""What is read beside a chosen medicine: each fact with how sure it is, said once."""

import pytest

from plans.medicines import read_medicines
from plans.plan import Slot
from portal.forms.about_products import about

ANY_AGE = (3, 7, 13)


@pytest.mark.parametrize("age", ANY_AGE)
def test_what_is_not_confirmed_is_said_so_once(age):
    facts = [
        fact for product in read_medicines().products for fact in about(product, Slot.RELIEVER, None, age)
    ]

    assert any("is not confirmed." in fact for fact in facts)
    assert [fact for fact in facts if fact.lower().count("not confirmed") > 1] == []
