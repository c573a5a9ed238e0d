"""The numbered steps that make or renew the tables: each runs once, whole or not at all."""

from pathlib import Path

from fhir.store.engine import Database, Engine
from fhir.store.errors import StoreTooNew


def steps(engine: Engine) -> list[Path]:
    """Return an engine's steps in order; each engine has a step of every number."""
    return sorted(engine.schema.glob("[0-9]*.sql"))


def latest(engine: Engine) -> int:
    """Return the number of the last step."""
    return number_of(steps(engine)[-1])


def number_of(step: Path) -> int:
    """Return the number of a step."""
    return int(step.name.partition("_")[0])


def migrate(engine: Engine, *, to: int | None = None) -> None:
    """Bring a store up to date, or up to one step; does nothing to one that is. Raises StoreTooNew."""
    db = engine.mine()
    had = engine.version(db)
    if had > latest(engine):
        raise StoreTooNew
    for step in steps(engine):
        if had < number_of(step) <= (to or latest(engine)):
            _run(engine, db, step)


def _run(engine: Engine, db: Database, step: Path) -> None:
    """Run one step in one transaction, unless another process has done so while this one waited."""
    with engine.transaction(db, in_line=True):
        if engine.version(db) < number_of(step):
            engine.run(db, step.read_text(encoding="utf-8"), number_of(step))
