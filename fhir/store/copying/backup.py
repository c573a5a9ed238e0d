"""Copies of the store: made while it is in use, checked, and put back without losing what was there."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from fhir.store.copying.errors import RestoreNeedsNew, TargetNotEmpty
from fhir.store.copying.whole import Watch, copy, open_new, unwatched
from fhir.store.errors import IsTheStore, NotAPuffinStore, StoreInUse, StoreTooNew
from fhir.store.sqlite import FILE_NAME, SqliteDatabase, SqliteEngine, is_busy, is_puffin, latest, version
from fhir.store.store import Store, open_store

COMPANIONS = (
    "-wal",
    "-shm",
)  # what SQLite keeps beside a file that is in use, or was when its machine stopped


def backup(store: Store, file: Path, watch: Watch = unwatched) -> None:
    """Write a whole copy of the store to one file; an earlier copy there is replaced once this one is good.

    It is the file of an embedded store, whichever engine keeps this one.

    Raises NotAPuffinStore if something else is there, or if the copy is damaged, and IsTheStore.
    """
    engine = store.engine
    if isinstance(engine, SqliteEngine) and file.resolve() == engine.file.resolve():
        raise IsTheStore
    if file.exists():
        _must_be_whole(file)
    with _folder_beside(file, "copying") as folder:
        copied = folder / FILE_NAME
        if isinstance(engine, SqliteEngine):
            _copy_pages(engine, copied)
        else:
            with closing(open_new(folder)) as target:
                copy(store, target, watch)
                target.db.execute("PRAGMA journal_mode = DELETE")
        _must_be_whole(copied)
        _put(copied, file)


def restore(folder: Path, file: Path) -> Path | None:
    """Put a copy in the place of the folder's store; return where the former store now is, if there was one.

    Raises NotAPuffinStore for any other file or a damaged one, StoreTooNew, StoreInUse and IsTheStore.
    """
    here = folder / FILE_NAME
    if here.exists() and file.exists() and here.samefile(file):
        raise IsTheStore
    _must_be_whole(file)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = folder / f"{FILE_NAME}.coming"
    try:
        _copy(file, coming)
        _must_be_whole(coming)
        former = _set_aside(here) if here.exists() else None
        _put(coming, here)
    finally:
        coming.unlink(missing_ok=True)
    return former


def restore_to_database(url: str, file: Path, watch: Watch = unwatched) -> None:
    """Put what a backup holds into a new and empty database; raises RestoreNeedsNew for any other.

    Raises NotAPuffinStore, StoreTooNew, DatabaseNotReached, NotOurDatabase, and what `copy` raises.
    """
    _must_be_whole(file)
    with _folder_beside(file, "restoring") as folder:
        _copy(file, folder / FILE_NAME)  # which may be of an earlier Puffin: then it is renewed, not FILE
        try:
            with closing(open_store(folder)) as source, closing(open_new(folder, url)) as target:
                copy(source, target, watch)
        except TargetNotEmpty:
            raise RestoreNeedsNew from None


@contextmanager
def _folder_beside(file: Path, doing: str) -> Iterator[Path]:
    """Make an empty folder beside a file, for its owner alone, and take it away with all that is in it."""
    folder = file.with_name(f"{file.name}.{doing}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _copy_pages(engine: SqliteEngine, to: Path) -> None:
    to.touch(mode=0o600)
    with closing(sqlite3.connect(to)) as copied:
        engine.mine().conn.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")


def _must_be_whole(file: Path) -> None:
    """Raise NotAPuffinStore unless every page, index and reference of a store is in order."""
    if not file.is_file():
        raise NotAPuffinStore(file.name)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            db = SqliteDatabase(connection)
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            joined = not connection.execute("PRAGMA foreign_key_check").fetchall()
            if version(db) > latest():
                raise StoreTooNew
            if not (is_puffin(db) and whole and joined):
                raise NotAPuffinStore(file.name)
    except sqlite3.DatabaseError:
        raise NotAPuffinStore(file.name) from None


def _set_aside(here: Path) -> Path:
    """Give the store a second name beside it; the first is then free to be replaced in one step."""
    _must_be_idle(here)
    former = next(
        each for number in count(1) if not (each := here.with_name(f"former-{number}-{FILE_NAME}")).exists()
    )
    for companion in COMPANIONS:
        beside = here.with_name(here.name + companion)
        if beside.exists():
            beside.rename(former.with_name(former.name + companion))
    try:
        os.link(here, former)
    except OSError:
        shutil.copy2(here, former)
    return former


def _must_be_idle(here: Path) -> None:
    """Raise StoreInUse while anybody has the store open; a damaged one is idle, and needs this most."""
    try:
        with closing(sqlite3.connect(here, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise StoreInUse from None


def _copy(file: Path, to: Path) -> None:
    shutil.copyfile(file, to)
    to.chmod(0o600)


def _put(file: Path, place: Path) -> None:
    """Move a file to its place in one step, once it is safe on disk."""
    _flush(file)
    os.replace(file, place)
    _flush(place.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
