"""The local policy of this place: one TOML file, read once, as whoever starts a process begins.

It is the file that PUFFIN_POLICY names, else `policy.toml` in the data folder; without either the standard
holds. plans/local_policy.py says what may stand in it.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from plans.local_policy import LocalPolicy, PolicyRefused, read_policy
from portal.settings import settings_from

FILE_NAME = "policy.toml"


@cache
def policy_here() -> LocalPolicy:
    """Return the policy that holds in this process; raises PolicyRefused."""
    return policy_in(os.environ)


def policy_in(environ: Mapping[str, str]) -> LocalPolicy:
    """Return the policy that an environment names, the standard where it names none; raises PolicyRefused."""
    named = environ.get("PUFFIN_POLICY", "")
    file = Path(named) if named else settings_from(environ).data / FILE_NAME
    if not named and not file.exists():
        return LocalPolicy()
    try:
        return read_policy(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError:
        raise PolicyRefused("Set PUFFIN_POLICY to its file, which can be read, or leave it out.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyRefused(f"It is no TOML file. Put it right: {error}.") from None
