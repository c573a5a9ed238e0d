"""What was handed over: single records, folders of them, and files with one record a line."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fhir.intake.bundle import MEGABYTES
from fhir.intake.errors import FileNotThere, FileTooBig, NotJson
from plans.errors import PuffinError

SINGLE, LINES = (".json", ".json.gz"), (".ndjson", ".ndjson.gz")
FEW = 20  # records: what is said of them in full is still read
LONGEST = MEGABYTES * 10**6  # bytes of one record, as it lies there and as it is unpacked


class NoRecordInFolder(PuffinError):
    """A folder without one file that is named like a record."""

    def __init__(self) -> None:
        super().__init__(
            f"This folder holds no file that ends in {', '.join(SINGLE)} or {' or '.join(LINES)}."
        )


class CutOff(PuffinError):
    """A packed file that ends too soon, or is damaged from here on."""

    def __init__(self) -> None:
        super().__init__("The rest of this file is damaged or missing. Ask the sender for the file again.")


@dataclass(frozen=True)
class Found:
    """One record as it was handed over, not read yet; `refusal` says why there is nothing to read.

    `upto` is how many bytes of the whole hand-over lie before its end.
    """

    name: str
    raw: bytes
    upto: int
    refusal: PuffinError | None = None


@dataclass(frozen=True)
class HandedOver:
    """The files of one run, in their order: each beside the name that people know it by."""

    files: tuple[tuple[str, Path], ...]
    left_alone: tuple[str, ...]  # in a folder, and not named like a record
    empty: tuple[str, ...]  # folders without a record
    bytes: int

    @property
    def is_small(self) -> bool:
        """Return whether each record is a file of its own, and they are few enough to tell of each."""
        return len(self.files) <= FEW and not any(_has_lines(path) for _, path in self.files)

    @property
    def is_one(self) -> bool:
        """Return whether one record was handed over, and nothing else."""
        return self.is_small and len(self.files) == 1 and not self.left_alone and not self.empty

    def __iter__(self) -> Iterator[Found]:
        """Yield each record; what cannot be opened comes with its refusal."""
        before = 0
        for folder in self.empty:
            yield Found(folder, b"", 0, NoRecordInFolder())
        for name, path in self.files:
            yield from _lines(name, path, before) if _has_lines(path) else [_single(name, path, before)]
            before += _size(path)


def handed_over(paths: Iterable[Path]) -> HandedOver:
    """Return what lies at these paths: a file is what it is named, a folder all that it holds."""
    files: list[tuple[str, Path]] = []
    others: list[str] = []
    empty: list[str] = []
    for path in paths:
        if path.is_dir():
            inside = [
                (one.relative_to(path).as_posix(), one) for one in sorted(path.rglob("*")) if one.is_file()
            ]
            records = [(name, one) for name, one in inside if _is_named_like_a_record(one)]
            others += [name for name, one in inside if not _is_named_like_a_record(one)]
            empty += [] if records else [path.name or str(path)]
            files += records
        else:
            files.append((path.name, path))
    return HandedOver(tuple(files), tuple(others), tuple(empty), sum(_size(path) for _, path in files))


def _is_named_like_a_record(path: Path) -> bool:
    return path.name.casefold().endswith(SINGLE + LINES)


def _has_lines(path: Path) -> bool:
    return path.name.casefold().endswith(LINES)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone since: opening it says so


def _single(name: str, path: Path, before: int) -> Found:
    upto = before + _size(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except OSError:
        return Found(name, b"", upto, FileNotThere())
    return Found(name, b"", upto, FileTooBig(MEGABYTES)) if len(raw) > LONGEST else Found(name, raw, upto)


def _lines(name: str, path: Path, before: int) -> Iterator[Found]:
    """Yield each line that says something; the file is never held whole."""
    number = 0
    try:
        with path.open("rb") as file:
            packed = path.name.casefold().endswith(".gz")
            with gzip.GzipFile(fileobj=file) if packed else file as unpacked:
                for number, line in enumerate(_cut(unpacked), start=1):
                    if line is None or line.strip():
                        refusal = FileTooBig(MEGABYTES) if line is None else None
                        yield Found(f"{name} line {number}", line or b"", before + file.tell(), refusal)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Found(
            f"{name} after line {number}", b"", before + _size(path), CutOff() if number else NotJson()
        )
    except OSError:
        yield Found(name, b"", before + _size(path), FileNotThere())


def _cut(file: IO[bytes] | io.BufferedIOBase) -> Iterator[bytes | None]:
    """Yield each line, None for one that is too long to be a record."""
    while line := file.readline(LONGEST + 1):
        if len(line) <= LONGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)
        yield None
