"""Sharing a plan with the circle, ending it, who decides about it, and who must not have it."""

from portal.views.sharing import carers, deciding, done, ending, plan, refusing
from portal.views.sharing.page import bp

# The modules add their addresses to it.
__all__ = ["bp", "carers", "deciding", "done", "ending", "plan", "refusing"]
