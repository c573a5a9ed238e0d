"""A local policy can make somebody look sooner than the standard, and never later."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from plans.ladder import HOURS
from plans.local_policy import STANDARD, LocalPolicy, Number, PolicyRefused, read_policy

README = Path(__file__).parents[2] / "README.md"
HEAD = '[ladder]\nsource = "Elm care board, version 3"\ndated = 2026-10-01\n'


def read(text):
    return read_policy(tomllib.loads(text))


def test_without_a_local_policy_the_standard_holds():
    assert LocalPolicy().numbers("ladder") == dict(HOURS)
    assert read("") == LocalPolicy()


def test_a_shorter_time_holds_and_the_rest_stays_as_it_is():
    policy = read(HEAD + "accept = 12\nanswer-overdue = 1\n")

    assert policy.numbers("ladder") == {**HOURS, "accept": 12, "answer-overdue": 1}
    assert policy.number("ladder", "accept") == 12
    assert (policy.sections["ladder"].source, policy.sections["ladder"].dated) == (
        "Elm care board, version 3",
        date(2026, 10, 1),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "accept = 25\n", "accept in the section ladder must be a whole number of hours from 1 to 24"),
        (HEAD + "accept = 0\n", "accept in the section ladder"),
        (HEAD + "accept = -1\n", "accept in the section ladder"),
        (HEAD + "accept = 1.5\n", "accept in the section ladder"),
        (HEAD + "accept = true\n", "accept in the section ladder"),
        (HEAD + 'accept = "12"\n', "accept in the section ladder"),
        (HEAD + "acept = 12\n", "no number acept"),
        ("[ladders]\n", "no section ladders"),
        ("ladder = 12\n", r"Write \[ladder\]"),
        ('[ladder]\nsource = "Elm"\naccept = 12\n', "from when it is"),
        ('[ladder]\nsource = "Elm"\ndated = "yesterday"\n', "from when it is"),
        ("[ladder]\ndated = 2026-10-01\n", "what its source is"),
        ('[ladder]\ndated = 2026-10-01\nsource = " "\n', "what its source is"),
    ],
)
def test_what_would_make_anybody_look_later_or_is_not_understood_is_refused_by_name(text, said):
    with pytest.raises(PolicyRefused, match=said) as refused:
        read(text)

    assert str(refused.value).startswith("The local policy was not taken. ")


def test_where_higher_is_sooner_a_local_number_can_only_be_higher():
    share = Number(75, "per cent", bound=100)

    assert [value for value in (74, 75, 80, 100, 101) if share.is_no_later(value)] == [75, 80, 100]


@pytest.mark.parametrize("section", STANDARD)
def test_every_number_of_the_standard_is_one_that_a_policy_may_repeat(section):
    assert all(number.is_no_later(number.standard) for number in STANDARD[section].values())


def test_the_example_of_the_readme_is_a_policy():
    (example,) = re.findall(r"```\n(\[ladder\]\n.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert read(example).numbers("ladder") == {**HOURS, "accept": 12, "answer-due-today": 1}
