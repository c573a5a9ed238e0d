"""`make bench`: how fast the store is with children by the hundred thousand, on both engines."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import product
from pathlib import Path
from time import perf_counter

import click

from bench.clients import ROUNDS, Place, asked
from bench.fill import import_records, keep_plans, loaded, saved
from bench.page import Size, page_of
from bench.peers import PEERS, prepare, put_away
from bench.questions import QUESTIONS
from fhir.store import open_store
from fhir.store.copying.whole import copy, open_new
from tests.postgres import SAFE, running_server

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
CLIENTS = (1, 8)
SAMPLE = 1000


@click.command()
@click.option("--children", "sizes", type=int, multiple=True, default=(1_000, 100_000), show_default=True)
@click.option("--page", is_flag=True, help="Write docs/performance.md.")
@click.option(
    "--in",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the filled stores here, and ask those that are filled again: filling takes the longest.",
)
def bench(sizes: tuple[int, ...], page: bool, folder: Path | None) -> None:
    """Fill stores of these sizes, ask each question of both engines, and say how long it took."""
    measured = [Size(children) for children in sizes]
    with ExitStack() as stack:
        filled = [_filled(size, stack, folder) for size in measured]
        for engine, places in _places(filled, stack):
            _ask(engine, measured, places, [place[0] / "sample.json" for place in filled])
            if page:  # what is known so far: the rest takes long
                PAGE.write_text(page_of(measured, _disk()), encoding="utf-8")
    click.echo(page_of(measured, _disk()))


def _disk() -> str:
    """Return the kind of file system that temporary files are on, such as ext4 or tmpfs."""
    command = [shutil.which("stat") or "stat", "--file-system", "--format=%T", tempfile.gettempdir()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _filled(size: Size, stack: ExitStack, keep_in: Path | None) -> Place:
    """Return where the embedded store of this size is, filled."""
    if keep_in:
        folder = keep_in / str(size.children)
    else:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    place: Place = (folder, "")
    fill_once(size, place, folder / "sample.json")
    return place


def _places(filled: list[Place], stack: ExitStack) -> Iterator[tuple[str, list[Place]]]:
    """Yield each engine and where its stores are; those of PostgreSQL are copies made in its turn."""
    yield "SQLite", filled
    server = stack.enter_context(running_server(SAFE))
    shared: list[Place] = [(folder, server.new_database()) for folder, _ in filled]
    for source, target in zip(filled, shared, strict=True):
        _copy(source, target)
    yield "PostgreSQL", shared


def fill_once(size: Size, place: Place, sample: Path) -> None:
    """Fill the store, or take how long that took from a folder in which it was filled before."""
    took = place[0] / "filled.json"
    if not took.exists():
        _fill(size, place, sample)
        took.write_text(json.dumps([size.import_seconds, size.plan_seconds]), encoding="utf-8")
    size.import_seconds, size.plan_seconds = json.loads(took.read_text(encoding="utf-8"))


def _fill(size: Size, place: Place, sample: Path) -> None:
    with closing(open_store(*place)) as store:
        start = perf_counter()
        import_records(store, place[0], size.children)
        size.import_seconds = perf_counter() - start
        click.echo(f"{size.children} records imported in {size.import_seconds:.0f} s", err=True)
        start = perf_counter()
        saved(keep_plans(store, SAMPLE), sample)
        size.plan_seconds = perf_counter() - start
        click.echo(f"{size.children} plans kept in {size.plan_seconds:.0f} s", err=True)


def _copy(embedded: Place, shared: Place) -> None:
    with closing(open_store(*embedded)) as source, closing(open_new(*shared)) as target:
        copy(source, target)
        target.db.execute("ANALYZE")


def _ask(engine: str, measured: list[Size], places: list[Place], samples: list[Path]) -> None:
    """Ask each question of every size in turn, and then all of them again, some minutes later."""
    for place, sample in zip(places, samples, strict=True):
        with closing(open_store(*place)) as store:
            prepare(store, loaded(sample))
    everything = product(range(ROUNDS), (*PEERS, *QUESTIONS), CLIENTS)
    for turn, question, clients in everything:
        for size, place, sample in zip(measured, places, samples, strict=True):
            took = asked(place, sample, question, clients)
            size.took.setdefault((engine, question, clients), []).append(took)
            click.echo(
                f"{engine}, {turn + 1} of {ROUNDS}: {size.children}, {clients}: {question}:"
                f" {took.a_second:.0f} a second",
                err=True,
            )
    for place in places:
        with closing(open_store(*place)) as store:
            put_away(store)


if __name__ == "__main__":
    bench()
