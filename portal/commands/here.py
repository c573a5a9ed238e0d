"""Where a command runs: what the environment says, the clock, and the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from portal.settings import Settings, settings_from

if TYPE_CHECKING:
    from fhir.store import Store


@dataclass(frozen=True)
class Here:
    """`now` says what time it is: aware, and in UTC."""

    environ: Mapping[str, str]
    now: Callable[[], datetime]

    def settings(self, port: int | None = None) -> Settings:
        """Return what the environment says, with another port if one was asked for; raises PortInvalid."""
        return settings_from(dict(self.environ) | ({"PORT": str(port)} if port else {}))

    def store(self) -> "Store":
        """Return the store of PUFFIN_DATA, closed when the command ends."""
        from fhir.store import open_store

        settings = self.settings()
        opened = open_store(settings.data, settings.database_url)
        click.get_current_context().call_on_close(opened.close)
        return opened
