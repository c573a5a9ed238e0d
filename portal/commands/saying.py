"""What a command says: standard output is for what was asked for, standard error for people."""

import json
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from portal.row_progress import RowProgress


def say(*lines: str) -> None:
    """Tell people something, on standard error."""
    for line in lines:
        click.echo(line, err=True)


def as_line(values: dict) -> str:
    """Return one compact JSON object."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def row_progress() -> "RowProgress":
    """Return what tells people how many rows of how many went by."""
    from portal.row_progress import RowProgress

    return RowProgress(sys.stderr, time.monotonic)
