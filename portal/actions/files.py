"""Files that the command line writes: whole or not at all, and for their owner's eyes."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside `path` and put it in its place, so that nobody ever finds half of it.

    What stood there stays as it was if anything fails; raises OSError that names `path`.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a pipe or a terminal has no place to be put into
        return
    try:
        _replace(path.resolve(), data)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from fault


def _replace(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        try:
            beside.write(data)
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).replace(path)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
