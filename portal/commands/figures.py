"""The command about figures: `figures --region` counts what became of every discharge."""

import csv
import sys

import click

from portal.commands.here import Here
from portal.commands.options import AS_JSON
from portal.commands.saying import as_line


@click.command()
@click.option("--region", is_flag=True, help="Of every place here together.")
@click.option("--quarter", default="", help="Such as 2026-Q4; else this one.")
@AS_JSON
@click.pass_obj
def figures(here: Here, region: bool, quarter: str, as_json: bool) -> None:
    """Count discharges, reviews and plans; small numbers are hidden."""
    from plans.working_days import uk_day
    from portal.actions.figures import CELLS, figures_of_region, quarter_from

    if not region:
        raise click.UsageError("Add --region. The figures of one place are on its own page.")
    now = here.now()
    found = figures_of_region(here.store(), quarter_from(quarter, uk_day(now)), by="system", at=now)
    if as_json:
        for line in found.as_json():
            click.echo(as_line(line))
        return
    csv.writer(sys.stdout, lineterminator="\n").writerows([CELLS, *found.lines()])
