"""What the portal can write, gathered once."""

import pytest
from argon2 import PasswordHasher

from conformance.__main__ import read_examples
from conformance.gathered import different
from portal import passwords
from tests.conformance import scenario
from tests.conformance.capture import kept_by


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """Every different resource of the scenario, and the examples of the guide."""
    kept = read_examples()
    with pytest.MonkeyPatch.context() as patch, kept_by(kept.append):
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        scenario.play(tmp_path_factory.mktemp("scenario"))
    return different(kept)
