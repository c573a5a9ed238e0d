"""The local policy is one file, read as a process begins: its numbers hold, or nothing starts."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.ladder import HOURS
from plans.local_policy import PolicyRefused
from plans.places import Role
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.policy import policy_here, policy_in
from portal.serving import prepare
from portal.settings import Settings
from tests.portal.discharge_making import FRIDAY_1830, a_discharge

SOONER = '[ladder]\nsource = "Elm care board, version 3"\ndated = 2026-10-01\naccept = 12\n'
LATER = SOONER.replace("12", "48")


@pytest.fixture
def policy(tmp_path, monkeypatch):
    """Write the policy of this place, which the next process reads."""

    def write(text):
        (tmp_path / "policy.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
        policy_here.cache_clear()

    yield write
    policy_here.cache_clear()


def test_the_file_in_the_data_folder_holds_unless_another_is_named(tmp_path):
    (tmp_path / "policy.toml").write_text(SOONER, encoding="utf-8")
    (tmp_path / "other.toml").write_text("", encoding="utf-8")
    here = {"PUFFIN_DATA": str(tmp_path)}

    assert policy_in(here).number("ladder", "accept") == 12
    assert policy_in(here | {"PUFFIN_POLICY": str(tmp_path / "other.toml")}).numbers("ladder") == dict(HOURS)
    assert policy_in({"PUFFIN_DATA": str(tmp_path / "nowhere")}).numbers("ladder") == dict(HOURS)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "Set PUFFIN_POLICY"), (b"accept", "no TOML"), (b"\xff", "no TOML")]
)
def test_a_named_file_that_cannot_be_read_is_refused(tmp_path, content, said):
    file = tmp_path / "named.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(PolicyRefused, match=said):
        policy_in({"PUFFIN_POLICY": str(file)})


def test_nothing_starts_with_a_policy_that_would_make_anybody_look_later(tmp_path, policy):
    policy(LATER)

    with pytest.raises(PolicyRefused, match="accept in the section ladder"):
        prepare(Settings(data=tmp_path, url=""), demo=True, at=datetime(2026, 11, 22, tzinfo=UTC))


def test_a_sweep_keeps_the_local_hours(store, make_person, policy):
    policy(SOONER)
    make_person(Role.HOSPITAL)
    a_discharge(store, make_person(Role.CLINICIAN))

    raised = sweep(store, now=FRIDAY_1830 + timedelta(hours=12), holidays_for=holidays_for)

    assert [one.rung for one in raised] == ["not-accepted"]
    assert "in 12 hours" in raised[0].about
