"""Copies of the store: made while it is in use, checked, and put back without losing what was there."""

import os
import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from fhir.store.errors import BackupElsewhere, IsTheStore, NotAPuffinStore, StoreInUse, StoreTooNew
from fhir.store.sqlite import FILE_NAME, SqliteDatabase, SqliteEngine, is_busy, is_puffin, latest, version
from fhir.store.store import Store

COMPANIONS = (
    "-wal",
    "-shm",
)  # what SQLite keeps beside a file that is in use, or was when its machine stopped


def backup(store: Store, file: Path) -> None:
    """Write a whole copy of the store to one file; an earlier copy there is replaced once this one is good.

    Raises NotAPuffinStore if something else is there, or if the copy is damaged, and IsTheStore.
    """
    engine = store.engine
    if not isinstance(engine, SqliteEngine):
        raise BackupElsewhere
    if file.resolve() == engine.file.resolve():
        raise IsTheStore
    if file.exists():
        _must_be_whole(file)
    copying = file.with_name(f"{file.name}.copying")
    copying.unlink(missing_ok=True)
    try:
        copying.touch(mode=0o600)
        with closing(sqlite3.connect(copying)) as copy:
            engine.mine().conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _must_be_whole(copying)
        _put(copying, file)
    finally:
        copying.unlink(missing_ok=True)


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
