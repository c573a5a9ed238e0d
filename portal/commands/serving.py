"""Commands that start Puffin: `serve`, `listen`, and `seed` for the demo."""

import click

from portal.commands.here import Here
from portal.commands.saying import say


@click.command()
@click.option("--demo", is_flag=True, help="Serve an invented practice, school and hospital.")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; else PORT, else 8000.")
@click.pass_obj
def serve(here: Here, demo: bool, port: int | None) -> None:
    """Serve the pages and raise alerts on time, until stopped."""
    from portal import serving

    settings = here.settings(port)
    who_can_sign_in = serving.prepare(settings, demo=demo, at=here.now())
    serving.serve(settings, when_open=lambda: say(*who_can_sign_in, f"Puffin is at {settings.url}"))


@click.command()
@click.pass_obj
def listen(here: Here) -> None:
    """Take discharges that hospitals send (HL7 v2 over MLLP)."""
    from portal import listener
    from portal.settings import Address

    at = here.settings().listen or Address()
    listener.run(at, when_open=lambda: say(f"Puffin listens at {at.host}:{at.port}"))


@click.command()
@click.pass_obj
def seed(here: Here) -> None:
    """Add the invented demo; again and again without doubling."""
    from portal.actions import demo

    say(*demo.seed(here.store(), at=here.now()))
