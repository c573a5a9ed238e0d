"""Commands about the whole store: `backup`, `restore` and `copy-store`."""

from pathlib import Path

import click

from portal.commands.here import Here
from portal.commands.options import FILE
from portal.commands.saying import row_progress, say


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(here: Here, file: Path) -> None:
    """Write a whole copy of the store to FILE, while it is in use."""
    from fhir.store.copying.backup import backup
    from portal.actions.audit.whole_store import note_copied

    store = here.store()
    note_copied(store, "a backup", by="system", at=here.now())
    with row_progress() as progress:
        backup(store, file, progress.watch)
    say(f"The store is copied to {file.name}. Keep it as safe as the store itself.")
    say("The key of the audit, audit.key or PUFFIN_AUDIT_KEY, is not in it: keep that apart, and as safe.")


@click.command(short_help="Put a backup in the place of the store.")
@click.argument("file", type=FILE)
@click.pass_obj
def restore(here: Here, file: Path) -> None:
    """Put the copy in FILE in the place of the store; the former store stays beside it.

    With PUFFIN_DATABASE_URL it goes into that database, which must be new and empty.
    """
    from fhir.store.copying.backup import restore, restore_to_database
    from portal.actions.audit.whole_store import note_restored

    settings, former = here.settings(), None
    if settings.database_url:
        with row_progress() as progress:
            restore_to_database(settings.database_url, file, progress.watch)
    else:
        former = restore(settings.data, file)
    note_restored(here.store(), by="system", at=here.now())
    say(f"The store is as it was in {file.name}." + (f" The one before is {former.name}." if former else ""))


@click.command("copy-store", short_help="Copy the store to PostgreSQL, or from there to a folder.")
@click.option("--to", "place", required=True, help="A new folder, or postgresql://... of an empty database.")
@click.pass_obj
def copy_store(here: Here, place: str) -> None:
    """Copy the store to another place, and prove that nothing was lost.

    Both are compared row by row before the copy counts. To move, stop Puffin first.
    """
    from portal.actions.audit.whole_store import note_copied
    from portal.actions.store_copy import copy_to

    store = here.store()
    note_copied(store, "to another place", by="system", at=here.now())
    with row_progress() as progress:
        told = copy_to(store, place, progress.watch)
    say(*told)
