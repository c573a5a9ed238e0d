"""Sharing a plan with the circle, ending it, who decides about it, and who must not have it."""

from portal.views.sharing import carers, deciding, ending, plan, refusing
from portal.views.sharing.page import bp

__all__ = ["bp", "carers", "deciding", "ending", "plan", "refusing"]  # the modules add their addresses to it
