"""Rules for readers in other processes, which find them by name: holidays that bring a reader down."""

import os

from plans.places import Nation
from plans.working_days import Holidays
from portal.calendar import holidays_for


def holidays_that_kill(nation: Nation) -> Holidays:
    """Return the holidays of England and Wales; end the process where those of another nation are wanted."""
    if nation is not Nation.ENGLAND_AND_WALES:
        os._exit(9)
    return holidays_for(nation)
