"""What was measured, as docs/performance.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
store in turn, and all of them again, {rounds} times over some minutes. The best time counts: other work on
the machine, of which there is much, only ever slows an answer down. SQLite runs with WAL and synchronous
FULL, PostgreSQL with fsync and synchronous commit, both on the same two cores as the clients.

The stores stood on {disk}; TMPDIR puts them elsewhere. A disk takes only so many commits a second, as the
engine alone shows, and each audit entry is one of them; on tmpfs the disk does not hide what the code costs.
"""
EARLIER = """## How far runs differ

What runs of November 2026 have shown, all on one machine with two cores:

- The import of 100,000 took 545 s (183 records a second) and their plans 822 s on a quiet machine; while
  other work kept both cores busy it took 1,965 s.
- Of three runs that asked one store and then the other, a bare commit of the engine PostgreSQL took from 1.3
  to 8 times as long with 100,000 children as with 1,000, and the searches slowed down with it (1.1 to 2.6
  times by NHS number). Since the stores are asked in turn, one run gave these times with 100,000 children,
  as times those with 1,000. PostgreSQL: read 0.97, NHS number 1.05, name and birth date 1.21, plans 0.93,
  overdue 0.50, history 0.94. SQLite: 1.23, 0.89, 0.97, 0.99, 1.11, 0.87.
- Importing 1,500 records took 1.04 and 1.10 times as long as at the commit whose 100,000 took 545 s.
- The next run on the same stores, as the machine answered half as many reads a second, gave for SQLite: read
  0.71, NHS number 1.29, name and birth date 1.58, plans 2.05, overdue 1.15, history 0.99. One run of so noisy
  a machine settles no limit: whoever decides by it runs `make bench` on a quiet one.
"""


@dataclass
class Size:
    """What was measured with so many children: by engine, question and number of clients."""

    children: int
    import_seconds: float = 0.0
    plan_seconds: float = 0.0
    took: dict[tuple[str, str, int], Took] = field(default_factory=dict)


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


def _said(took: Took | None) -> str:
    return f"{took.a_second:,.0f} ({took.slow:.1f} ms)" if took else NOT_MEASURED


def _flatness(few: Size, many: Size) -> Iterator[str]:
    yield f"## {FLAT.format(more=many.children, few=few.children)}\n"
    yield "The middle of one client's times. 1.5 is the limit that we hold every search to.\n"
    yield "| Question | SQLite | PostgreSQL |"
    yield "| --- | ---: | ---: |"
    for question in QUESTIONS:
        ratios = [_ratio(few, many, (engine, question, 1)) for engine in ENGINES]
        yield f"| {question} | {' | '.join(ratios)} |"
    yield ""


def _ratio(few: Size, many: Size, key: tuple[str, str, int]) -> str:
    if key not in few.took or key not in many.took:
        return NOT_MEASURED
    return f"{many.took[key].median / few.took[key].median:.2f}"


def _memory(measured: Sequence[Size]) -> Iterator[str]:
    yield "## Memory\n"
    most: dict[str, float] = {}
    for size in measured:
        for (engine, _, _), took in size.took.items():
            most[engine] = max(took.megabytes, most.get(engine, 0))
    held = " and ".join(f"{megabytes:.0f} MB ({engine})" for engine, megabytes in most.items())
    yield f"Most that any client held: {held}. The limit is 200 MB."
