"""The command about languages: how complete each is."""

import click

from portal.commands.options import AS_JSON
from portal.commands.saying import as_line


@click.command()
@AS_JSON
def languages(as_json: bool) -> None:
    """Show how complete each language is, and who signed it off."""
    from portal.actions.coverage import coverage

    for one in coverage():
        signed_off = f"signed off: {one.signed_off_by}" if one.signed_off_by else "not signed off: demo only"
        line = f"{one.language}: {one.name}, {one.translated} of {one.all} sentences, {signed_off}"
        click.echo(as_line(one.as_json()) if as_json else line)
