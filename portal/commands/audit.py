"""The command about the audit: `audit verify` checks every entry against its seal."""

import itertools
import sys
from typing import TYPE_CHECKING

import click

from portal.commands.here import Here
from portal.commands.options import AS_JSON
from portal.commands.saying import as_line, row_progress

if TYPE_CHECKING:
    from fhir.store.seals.faults import Fault
    from fhir.store.seals.sealing import Head


class WrittenDown(click.ParamType):
    """A seal as `audit verify` shows it, such as 12345:9f86d0... with 64 digits."""

    name = "number:seal"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Head":
        """Return the seal."""
        from portal.actions.audit.check import head_from

        head = head_from(str(value))
        if head is None:
            self.fail("Write the seal as `audit verify` showed it: a number, a colon, 64 digits.", param, ctx)
        return head


@click.group()
def audit() -> None:
    """The audit: who read and changed whose record."""


@audit.command()
@AS_JSON
@click.option("--head", type=WrittenDown(), help="A seal that was written down before: must be there still.")
@click.pass_obj
def verify(here: Here, as_json: bool, head: "Head | None") -> None:
    """Check every audit entry against its seal, and the seals against each other; name each fault."""
    from fhir.store.seals.checking import check_seals
    from fhir.store.tables import marks
    from portal.actions.audit.check import MOST_LINES, Summary, fault_line, key_place

    told = itertools.count()

    def tell(fault: "Fault") -> None:
        if as_json or next(told) < MOST_LINES:
            click.echo(as_line(fault.as_json()) if as_json else fault_line(fault))

    store = here.store()
    place = key_place(here.settings(), is_demo=marks.is_demo(store))
    with row_progress() as progress:
        verdict = check_seals(store, place, head=head, found=tell, watch=progress.watch)
    summary = Summary(verdict)
    for line in [as_line(summary.as_json())] if as_json else summary.lines():
        click.echo(line)
    if verdict.faults:
        sys.exit(1)
