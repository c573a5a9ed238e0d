"""The list of who looked: by name, without a gap, and never with what safeguarding alone opened."""

from datetime import UTC, datetime

import pytest

from plans.places import OrganisationKind
from plans.sharing import Basis
from plans.who_looked import LeaveOutReasonMissing, NothingLeft, Place, must_stay_out, vetted

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def place(id, name, *, must_stay_out=False):
    return Place(id, name, OrganisationKind.PRACTICE, NOW, must_stay_out)


OAK, ELM = place("o", "Oak School"), place("e", "Elm Surgery")
SAFE = place("s", "Council", must_stay_out=True)


@pytest.mark.parametrize(
    ("kind", "bases", "out"),
    [
        (OrganisationKind.SOCIAL_CARE, set(), True),
        (OrganisationKind.SOCIAL_CARE, {Basis.SAFEGUARDING}, True),
        (OrganisationKind.SOCIAL_CARE, {Basis.CONSENT}, False),
        (OrganisationKind.SCHOOL, {Basis.SAFEGUARDING}, True),
        (OrganisationKind.SCHOOL, {Basis.SAFEGUARDING, Basis.CONSENT}, False),
        (OrganisationKind.HOSPITAL, set(), False),
        (OrganisationKind.PRACTICE, set(), False),
    ],
)
def test_who_looked_to_keep_a_child_safe_is_not_told(kind, bases, out):
    assert must_stay_out(kind, bases) is out


def test_the_list_is_in_the_order_of_the_alphabet():
    assert vetted([OAK, ELM], {}) == ([ELM, OAK], {})


def test_what_safeguarding_alone_opened_is_out_whatever_the_lead_ticks():
    assert vetted([OAK, SAFE], {}) == ([OAK], {"s": "shared for safeguarding"})


def test_what_the_lead_leaves_out_has_a_reason():
    assert vetted([OAK, ELM], {"o": " Third party "}) == ([ELM], {"o": "Third party"})
    for reason in ("", "  ", "x" * 1001):
        with pytest.raises(LeaveOutReasonMissing):
            vetted([OAK, ELM], {"o": reason})


def test_a_list_of_nothing_is_not_given():
    with pytest.raises(NothingLeft):
        vetted([OAK, SAFE], {"o": "Third party"})
