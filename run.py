"""The one door: every command of Puffin, and one line for whatever any of them refuses."""

import os
from datetime import UTC, datetime

import click

from fhir.store.errors import StoreNotUsable, engine_faults
from plans.errors import PuffinError
from portal.commands import COMMANDS
from portal.commands.here import Here
from portal.commands.saying import say


class Door(click.Group):
    """Commands of which a refusal is one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PuffinError as refusal:
            say(str(refusal))
        except engine_faults():
            say(str(StoreNotUsable()))
        except BrokenPipeError:
            raise  # whoever read standard output has seen enough
        except OSError as fault:
            say(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}. Check its place and rights.")
        return ctx.exit(1)


def now() -> datetime:
    return datetime.now(UTC)


@click.group(cls=Door, commands=COMMANDS)
@click.pass_context
def door(ctx: click.Context) -> None:
    """Puffin: asthma action plans that a family can read, a school can see, and nobody can forget."""
    ctx.obj = Here(os.environ, now)


if __name__ == "__main__":
    door(prog_name="run.py")
