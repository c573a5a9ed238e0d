"""What every request works with: the store, the clock, the notifier and the settings of this portal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import current_app

from portal.settings import Settings

if TYPE_CHECKING:
    from fhir.store import Store

Clock = Callable[[], datetime]  # now, aware and in UTC


@dataclass(frozen=True)
class Parts:
    store: "Store"
    clock: Clock
    notifier: object
    settings: Settings


def parts() -> Parts:
    """Return the parts of the application that answers this request."""
    return cast(Parts, current_app.extensions["puffin"])
