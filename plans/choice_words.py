"""The plain words for each choice that a plan holds, as a professional reads them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from plans.further_treatment import Diagnosis, StartRule
from plans.plan import Regimen, Slot, Spacer
from plans.products import Device
from plans.understanding import Answer, ControlTool, Technique

SLOT_WORDS: Mapping[Slot, str] = {
    Slot.PREVENTER: "Preventer",
    Slot.RELIEVER: "Reliever",
    Slot.COMBINATION: "MART or AIR inhaler",
    Slot.BACKUP: "Backup inhaler",
    Slot.ADD_ON: "Extra medicine",
}
REGIMEN_WORDS: Mapping[Regimen, str] = {
    Regimen.PREVENTER_RELIEVER: "preventer and reliever",
    Regimen.MART: "MART",
    Regimen.AIR: "AIR",
    Regimen.OTHER: "another way, with attack steps written by a clinician",
}
SPACER_WORDS: Mapping[Spacer, str] = {
    Spacer.NONE: "no spacer",
    Spacer.MOUTHPIECE: "with a spacer",
    Spacer.MASK: "with a spacer and mask",
}
DEVICE_WORDS: Mapping[Device, str] = {
    Device.PMDI: "aerosol",
    Device.BREATH_ACTUATED: "breath-actuated",
    Device.DRY_POWDER: "dry powder",
    Device.CAPSULE_DRY_POWDER: "dry powder capsules",
    Device.SOFT_MIST: "soft mist",
    Device.ORAL: "by mouth",
}
START_WORDS: Mapping[StartRule, str] = {
    StartRule.TOLD: "when the surgery or the hospital says so",
    StartRule.PEAK_FLOW: "when peak flow is low",
    StartRule.WRITTEN: "in the clinician's own words",
}
DIAGNOSIS_WORDS: Mapping[Diagnosis, str] = {
    Diagnosis.SUSPECTED: "suspected asthma",
    Diagnosis.CONFIRMED: "asthma, confirmed",
}
TECHNIQUE_WORDS: Mapping[Technique, str] = {
    Technique.GOOD: "seen, and good",
    Technique.CORRECTED: "put right and shown again",
    Technique.NOT_SEEN: "not seen",
}
ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.OWN_WORDS: "in their own words",
    Answer.WITH_HELP: "with help",
    Answer.NOT_YET: "not yet",
}
TOOL_WORDS: Mapping[ControlTool, str] = {
    ControlTool.ACT: "ACT",
    ControlTool.CHILDHOOD_ACT: "Childhood ACT",
    ControlTool.ACQ: "ACQ",
    ControlTool.RCP_3: "RCP 3 questions",
}
# With which choices each kind of choice is shown; a test holds every table of them complete.
CHOICES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Slot: SLOT_WORDS,
    Regimen: REGIMEN_WORDS,
    Spacer: SPACER_WORDS,
    Device: DEVICE_WORDS,
    StartRule: START_WORDS,
    Diagnosis: DIAGNOSIS_WORDS,
    Technique: TECHNIQUE_WORDS,
    Answer: ANSWER_WORDS,
    ControlTool: TOOL_WORDS,
}
