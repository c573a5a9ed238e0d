"""The lists that a plan's form lets somebody choose from: what is sent, and what is read."""

from dataclasses import dataclass

from plans.draft import UnknownChoice
from plans.further_treatment import Diagnosis, StartRule
from plans.plan import Regimen, Spacer
from plans.understanding import SCALES, Answer, ControlTool, Technique


@dataclass(frozen=True)
class Choice:
    """One answer of a list: what is sent, and what is read."""

    value: str
    text: str


REGIMENS = (
    Choice(Regimen.PREVENTER_RELIEVER, "Preventer and reliever"),
    Choice(Regimen.MART, "MART: one inhaler, daily and when needed"),
    Choice(Regimen.AIR, "AIR: one inhaler, only when needed"),
    Choice(Regimen.OTHER, "Another way: I write the attack steps"),
)
SPACERS = (
    Choice(Spacer.MOUTHPIECE, "Spacer with a mouthpiece"),
    Choice(Spacer.MASK, "Spacer with a mask"),
    Choice(Spacer.NONE, "No spacer"),
)
UNKNOWN_CHOICES = (
    Choice(UnknownChoice.PREVENTER, "It is the preventer: I choose it below"),
    Choice(UnknownChoice.RELIEVER, "It is the reliever: I choose it below"),
    Choice(UnknownChoice.COMBINATION, "It is the one inhaler of MART or AIR: I choose it below"),
    Choice(UnknownChoice.ADD_ON, "It is an add-on medicine: I choose it below"),
    Choice(UnknownChoice.NOT_FOR_THIS_PLAN, "It is not for this plan"),
)
DIAGNOSES = (
    Choice(Diagnosis.SUSPECTED, "Suspected asthma"),
    Choice(Diagnosis.CONFIRMED, "Confirmed asthma"),
)
STEROID_STARTS = (
    Choice(StartRule.TOLD, "When the surgery or the hospital says so"),
    Choice(StartRule.PEAK_FLOW, "When peak flow is below a number"),
    Choice(StartRule.WRITTEN, "By a rule that I write"),
)
TECHNIQUES = (
    Choice(Technique.GOOD, "Seen: good"),
    Choice(Technique.CORRECTED, "Seen: put right together"),
    Choice(Technique.NOT_SEEN, "Not seen today"),
)
ANSWERS = (
    Choice(Answer.OWN_WORDS, "In their own words"),
    Choice(Answer.WITH_HELP, "With help"),
    Choice(Answer.NOT_YET, "Not yet"),
)
CONTROL_TOOLS = tuple(
    Choice(tool, f"{name} ({SCALES[tool].lowest} to {SCALES[tool].highest})")
    for tool, name in {
        ControlTool.ACT: "Asthma Control Test",
        ControlTool.CHILDHOOD_ACT: "Childhood Asthma Control Test",
        ControlTool.ACQ: "Asthma Control Questionnaire",
        ControlTool.RCP_3: "RCP 3 questions",
    }.items()
)
