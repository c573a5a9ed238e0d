"""Words that change with a child's age are confirmed again when they do."""

from datetime import timedelta

import pytest

from plans.places import Role
from portal.actions.drafts import check_draft
from tests.portal.making import TODAY, make_child, make_draft


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.mark.parametrize(("age", "open_fields"), [(12, []), (16, ["wording-danger-signs"])])
def test_a_birthday_takes_back_what_was_confirmed_of_words_that_read_otherwise_now(
    store, doctor, age, open_fields
):
    tomorrow = TODAY + timedelta(days=1)
    child = make_child(store, doctor, born=tomorrow.replace(year=tomorrow.year - age))
    draft = make_draft(store, child, doctor)

    assert check_draft(store, draft.id, by=doctor, today=TODAY).open_problems == ()
    checked = check_draft(store, draft.id, by=doctor, today=tomorrow)
    assert [problem.field for problem in checked.open_problems] == open_fields
