"""Commands about plans: `plans` lists them, `pdf` prints one, `export` writes one for another system."""

import json
from pathlib import Path

import click

from portal.commands.here import Here
from portal.commands.options import AS_JSON, COPY, OUTPUT
from portal.commands.saying import as_line, say


@click.command()
@AS_JSON
@click.pass_obj
def plans(here: Here, as_json: bool) -> None:
    """List the plans."""
    from portal.actions.plan_list import all_plans

    for plan in all_plans(here.store(), by="system", at=here.now()):
        review = f", review by {plan.review_by.isoformat()}" if plan.review_by else ""
        line = f"{plan.id}: {plan.name}, version {plan.version}, {plan.status}, {plan.language}{review}"
        click.echo(as_line(plan.as_json()) if as_json else line)


@click.command(short_help="Print a plan, or a file that `export` wrote.")
@click.argument("plan")
@click.option("--lang", required=True, help="A language, such as ur; see `languages`.")
@click.option("--copy", type=COPY, default="family", help="Who it is for; else family.")
@click.option("--bilingual", is_flag=True, help="With English beside it.")
@OUTPUT
@click.pass_obj
def pdf(here: Here, plan: str, lang: str, copy: str, bilingual: bool, output: Path) -> None:
    """Print PLAN: the id of a plan, or a bundle file that `export` wrote."""
    from plans.content import Copy
    from portal.actions import printing
    from portal.actions.files import write_whole

    wanted = printing.Wanted(Copy(copy), lang, bilingual=bilingual)
    url = here.settings().url
    if Path(plan).is_file():
        printed = printing.print_bundle(Path(plan), wanted, url=url, at=here.now())
    else:
        printed = printing.print_plan(here.store(), plan, wanted, url=url, by="system", at=here.now())
    write_whole(output, printed)
    say(f"The {copy} copy is in {output.name}.")


@click.command()
@click.argument("plan")
@click.option("--copy", type=COPY, default="record", help="Who it is for; else record.")
@OUTPUT
@click.pass_obj
def export(here: Here, plan: str, copy: str, output: Path) -> None:
    """Write PLAN, and what its reader may see, as one FHIR bundle."""
    from plans.content import Copy
    from portal.actions import exporting
    from portal.actions.files import write_whole

    url = here.settings().url
    bundle = exporting.export(here.store(), plan, Copy(copy), by="system", at=here.now(), url=url)
    write_whole(output, json.dumps(bundle, ensure_ascii=False, indent=2).encode())
    say(f"The {copy} copy is in {output.name}.")
