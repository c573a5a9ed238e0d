"""What can set off a child's asthma: the keys a plan keeps, their words, and what a school is told of."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.sentences import Sentence, say
from plans.sources import Source


@dataclass(frozen=True)
class Trigger:
    """`at_school`: staff can act on it there; what happens at home is not on the school's copy."""

    words: Sentence
    at_school: bool


# Source: the trigger codes of clinical reference 6.2; air pollution from NICE NG245 recommendation 1.14.1.
TRIGGERS: Mapping[str, Trigger] = {
    "colds": Trigger(say("Colds and chest infections", source=Source.TRIGGER_CODES), at_school=True),
    "tobacco-smoke": Trigger(say("Tobacco smoke", source=Source.TRIGGER_CODES), at_school=False),
    "air-pollution": Trigger(
        say("Air pollution, indoors or outdoors", source=Source.NG245_1_14_1), at_school=True
    ),
    "pollen": Trigger(say("Pollen", source=Source.TRIGGER_CODES), at_school=True),
    "animals": Trigger(say("Animals", source=Source.TRIGGER_CODES), at_school=True),
    "exercise": Trigger(say("Exercise", source=Source.TRIGGER_CODES), at_school=True),
    "cold-air": Trigger(say("Cold air", source=Source.TRIGGER_CODES), at_school=True),
    "damp": Trigger(say("Damp and mould", source=Source.TRIGGER_CODES), at_school=False),
    "dust": Trigger(say("Dust", source=Source.TRIGGER_CODES), at_school=True),
    "feelings": Trigger(
        say("Strong feelings, such as worry or laughing", source=Source.TRIGGER_CODES), at_school=False
    ),
    "season": Trigger(say("Some times of the year", source=Source.TRIGGER_CODES), at_school=True),
}
