"""The command that brings in records: `import`."""

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from plans.working_days import uk_day
from portal.commands.here import Here
from portal.commands.options import AS_JSON
from portal.commands.saying import as_line, say


@click.command("import", short_help="Read FHIR bundles: children and their records.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@AS_JSON
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to count from; else today.")
@click.pass_obj
def import_files(here: Here, files: tuple[Path, ...], as_json: bool, today: datetime | None) -> None:
    """Read FHIR R4 bundles: children and their records.

    FILES are bundles (.json, .json.gz), files with one bundle a line (.ndjson, .ndjson.gz), or folders of
    these. A run that was stopped goes on where it was when the same command is given again."""
    from portal.actions.importing.files import handed_over
    from portal.actions.importing.run import bring_in
    from portal.import_progress import ImportProgress

    given, day = handed_over(files), today.date() if today else uk_day(here.now())
    with ImportProgress(given.bytes, sys.stderr, time.monotonic) as progress:
        for outcome in bring_in(here.store(), given, by="system", clock=here.now, today=day, reports=as_json):
            if as_json and outcome.report:
                click.echo(as_line(outcome.report))
            progress.step(outcome)
            for line in outcome.lines(in_full=given.is_small):
                progress.say(line)
    say(*_left_alone(given.left_alone), *([] if given.is_one else progress.summary()))
    if progress.refused:
        sys.exit(1)


def _left_alone(names: Sequence[str]) -> list[str]:
    return [f"Left alone, as they are not named like records: {', '.join(names)}."] if names else []
