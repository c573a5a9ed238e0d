"""Options that more than one command has, and the types of what is typed."""

from datetime import datetime
from pathlib import Path

import click

from plans.places import Nation
from plans.working_days import NaiveDatetime

COPY = click.Choice(["family", "school", "child", "wallet", "emergency", "medicines", "record", "discharge"])
NATION = click.Choice([nation.value for nation in Nation])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="One object a line on standard output, nothing else."
)
OUTPUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)


class Moment(click.ParamType):
    """A moment with its timezone, such as 2026-11-27T18:30+00:00."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment, aware; raises NaiveDatetime."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail("Write a moment with its timezone, such as 2026-11-27T18:30+00:00.", param, ctx)
        if moment.tzinfo is None:
            raise NaiveDatetime
        return moment
