"""Commands about places: schools, practices, pharmacies, teams and hospitals where nobody signs in yet."""

import sys
from pathlib import Path

import click

from plans.places import Nation, Organisation, OrganisationKind
from portal.commands.here import Here
from portal.commands.options import AS_JSON, FILE, NATION
from portal.commands.saying import as_line, say


@click.group()
def place() -> None:
    """Places: schools, practices, pharmacies, teams and hospitals."""


@place.command("add")
@click.argument("kind", type=click.Choice([kind.value for kind in OrganisationKind]))
@click.argument("code")
@click.argument("name")
@click.option("--phone", default="", help="Its phone number, as printed.")
@click.option("--nurses", default="", help="For a school: the code of the nursing team that looks after it.")
@click.option(
    "--nation",
    type=NATION,
    default=Nation.ENGLAND_AND_WALES.value,
    show_default=True,
    help="Where it is: its bank holidays count.",
)
@click.pass_obj
def add_place(here: Here, kind: str, code: str, name: str, phone: str, nurses: str, nation: str) -> None:
    """Keep a place by its ODS code, a school by its URN."""
    from portal.actions import places

    wanted = Organisation("", OrganisationKind(kind), name, code.upper(), phone, Nation(nation))
    is_new = places.add_place(here.store(), wanted, nurses.upper(), by="system", at=here.now())
    say(f"{name} is kept." if is_new else f"{name} is here already.")


@place.command("list")
@AS_JSON
@click.pass_obj
def list_places(here: Here, as_json: bool) -> None:
    """Show every place that is kept here."""
    from portal.actions import places

    found = places.all_places(here.store())
    names = {one.id: one.name for one in found}
    for one in found:
        nurses = names.get(one.nursing_team_id, "")
        said = {"kind": one.kind, "code": one.code, "name": one.name, "phone": one.phone, "nurses": nurses}
        said |= {"mailbox": one.email}
        line = ", ".join(text for text in (one.kind, one.code, one.name, one.phone) if text)
        click.echo(as_line(said) if as_json else line + (f", looked after by {nurses}" if nurses else ""))


@place.command("nurses")
@click.argument("school")
@click.argument("team")
@click.pass_obj
def nurses_of(here: Here, school: str, team: str) -> None:
    """Say by their codes which nursing team looks after a school."""
    from portal.actions import places

    places.set_nurses(here.store(), school.upper(), team.upper(), by="system", at=here.now())
    say("It is kept which team looks after the school.")


@place.command("mailbox")
@click.argument("code")
@click.argument("address", default="")
@click.pass_obj
def mailbox_of(here: Here, code: str, address: str) -> None:
    """Say by its code to which e-mail address a team's alerts go; to none without ADDRESS."""
    from portal.actions import mailboxes

    kept = mailboxes.keep_mailbox_by_code(here.store(), code.upper(), address, by="system", at=here.now())
    say(f"E-mails to {kept.name} go to {kept.email}." if kept.email else f"{kept.name} gets no e-mails.")


@place.command("import")
@click.argument("file", type=FILE)
@AS_JSON
@click.pass_obj
def import_places(here: Here, file: Path, as_json: bool) -> None:
    """Keep the places of a CSV file with the columns kind, code, name, phone, nation and nurses.

    Every row is told of; one that is refused does not stop the others."""
    from portal.actions import places_file

    refused = 0
    rows = places_file.bring_in_places(here.store(), file.read_bytes(), by="system", at=here.now())
    for one in rows:
        refused += one.became is places_file.Became.REFUSED
        if as_json:
            click.echo(as_line({"line": one.line, "code": one.code, "became": one.became, "why": one.why}))
        else:
            say(f"Line {one.line}, {one.code or 'no code'}: {one.became}. {one.why}".strip())
    if refused:
        sys.exit(1)
