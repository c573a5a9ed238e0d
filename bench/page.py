"""What was measured, as docs/performance.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.clients import ROUNDS, SECONDS, Took
from bench.peers import PEERS
from bench.questions import QUESTIONS

ENGINES = ("SQLite", "PostgreSQL")
NOT_MEASURED = "not measured"
FLAT = "Time with {more:,} children, as times that with {few:,}"
HEAD = """# How fast the store is

Measured by `make bench`, which writes this page. Machines differ and other work disturbs: compare figures of
this page with each other, above all with the engine alone, which was asked in the same run and only reads or
commits one row.

Every question but the one that says so goes through access control and leaves its audit entry, committed
before the answer. What is written is validated. Each client is a process of its own; it asks for {seconds:g}
seconds about children spread over the whole store. Each question is asked of the small and of the large
store in turn, and all of them again, {rounds} times over some minutes. The tables have the best time: other
work on the machine, of which there is much, only ever slows an answer down. SQLite runs with WAL and
synchronous FULL, PostgreSQL with fsync and synchronous commit, both on the same two cores as the clients.

The stores stood on {disk}; TMPDIR puts them elsewhere. A disk takes only so many commits a second, as the
engine alone shows, and each audit entry is one of them; on tmpfs the disk does not hide what the code costs.
"""
EARLIER = """## How far runs differ

What runs of November 2026 have shown, all on one machine with two cores, beside others on the same computer:

- The import of 100,000 took 545 s with an earlier commit, on a quiet machine, and 750 s (133 records a
  second) with the code of these tables. A second run, ended after 540 s, had brought in 70,336. The first
  1,500 come in at some 200 a second: it slows down as the store grows. So the 10 minutes that we hold it to
  are not kept now. The stores above were filled while both cores had other work.
- We hold a read of a child to 2,000 a second. One client that read from the store of 100,000 children, with
  access and audit, had from 2,385 to 2,557 answers a second (15,000 reads in a row), and from 1,276 to 2,018
  an hour and a half before.
- Runs that asked the stores only once, or first one and then the other, gave from 0.5 to 2.6 for the same
  question, code and stores. That is why both are asked in turn, and several times.
"""


@dataclass
class Size:
    """What was measured with so many children: by engine, question and number of clients, each time."""

    children: int
    import_seconds: float = 0.0
    plan_seconds: float = 0.0
    took: dict[tuple[str, str, int], list[Took]] = field(default_factory=dict)


def page_of(measured: Sequence[Size], disk: str) -> str:
    """Return the page: filling, answers a second, how long the slow ones take, how flat, how much memory."""
    parts = [HEAD.format(seconds=SECONDS, rounds=ROUNDS, disk=disk), *_filling(measured)]
    for size in measured:
        parts += [f"## {size.children:,} children\n", *_table(size)]
    if len(measured) > 1:
        parts += _flatness(measured[0], measured[-1])
    parts.append(EARLIER)
    parts += _memory(measured)
    return "\n".join(parts).rstrip() + "\n"


def _filling(measured: Sequence[Size]) -> Iterator[str]:
    yield "## Filling the store (SQLite)\n"
    yield "| Children | Import of their records | Records a second | Plans signed | Plans a second |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for size in measured:
        yield (
            f"| {size.children:,} | {size.import_seconds:.0f} s | {size.children / size.import_seconds:.0f} "
            f"| {size.plan_seconds:.0f} s | {size.children / size.plan_seconds:.0f} |"
        )
    yield ""


def _table(size: Size) -> Iterator[str]:
    columns = "SQLite, 1 client | 8 clients | PostgreSQL, 1 client | 8 clients"
    yield f"| Answers a second (one in twenty is slower than) | {columns} |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for question in (*PEERS, *QUESTIONS):
        took = [size.took.get((engine, question, clients)) for engine in ENGINES for clients in (1, 8)]
        yield f"| {question} | {' | '.join(map(_said, took))} |"
    yield ""


def _said(took: Sequence[Took] | None) -> str:
    if not took:
        return NOT_MEASURED
    best = min(took, key=lambda one: one.median)
    return f"{best.a_second:,.0f} ({best.slow:.1f} ms)"


def _flatness(few: Size, many: Size) -> Iterator[str]:
    yield f"## {FLAT.format(more=many.children, few=few.children)}\n"
    yield "One client, each time both stores were asked in turn: the middle of those ratios."
    yield "1.5 is the limit that we hold every search to.\n"
    yield "| Question | SQLite | PostgreSQL |"
    yield "| --- | ---: | ---: |"
    for question in QUESTIONS:
        ratios = [_ratio(few, many, (engine, question, 1)) for engine in ENGINES]
        yield f"| {question} | {' | '.join(ratios)} |"
    yield ""


def _ratio(few: Size, many: Size, key: tuple[str, str, int]) -> str:
    if key not in few.took or key not in many.took:
        return NOT_MEASURED
    times = zip(few.took[key], many.took[key], strict=True)
    return f"{median(one.a_second / other.a_second for one, other in times):.2f}"


def _memory(measured: Sequence[Size]) -> Iterator[str]:
    yield "## Memory\n"
    most: dict[str, float] = {}
    for size in measured:
        for (engine, _, _), each in size.took.items():
            most[engine] = max(most.get(engine, 0), *(took.megabytes for took in each))
    held = " and ".join(f"{megabytes:.0f} MB ({engine})" for engine, megabytes in most.items())
    yield f"Most that any client held: {held}. The limit is 200 MB."
