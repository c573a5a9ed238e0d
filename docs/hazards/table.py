"""Every hazard of the log, in the order of its number."""

from docs.hazards.after_hospital import AFTER_HOSPITAL
from docs.hazards.entered import ENTERED
from docs.hazards.hazard import Hazard
from docs.hazards.printed import PRINTED
from docs.hazards.readers import READERS

HAZARDS: tuple[Hazard, ...] = (*PRINTED, *ENTERED, *AFTER_HOSPITAL, *READERS)
