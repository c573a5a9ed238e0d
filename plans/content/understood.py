"""What was given, taught and understood, as facts for those who look after the child."""

from collections.abc import Iterator, Mapping

from plans.sections import Fact, Item
from plans.sentences import Day, Exact, Number, Sentence, Typed, say
from plans.sources import Source
from plans.understanding import Answer, ControlTool, Question, Technique, Understanding

TECHNIQUES: Mapping[Technique, Sentence] = {
    Technique.GOOD: say("Seen, and right", source=Source.ENTERED),
    Technique.CORRECTED: say("Seen, and put right together", source=Source.ENTERED),
    Technique.NOT_SEEN: say("Not seen", source=Source.ENTERED),
}
ANSWERS: Mapping[Answer, Sentence] = {
    Answer.OWN_WORDS: say("Said in their own words", source=Source.ENTERED),
    Answer.WITH_HELP: say("Said with help", source=Source.ENTERED),
    Answer.NOT_YET: say("Not said yet", source=Source.ENTERED),
}
QUESTIONS: Mapping[Question, Sentence] = {
    Question.EVERY_DAY: say("What to do every day", source=Source.LAYOUT),
    Question.ATTACK: say("What to do in an attack", source=Source.LAYOUT),
    Question.EMERGENCY: say("When to call 999", source=Source.LAYOUT),
}
# The names of scores, as records write them; their questions are copyrighted, so only numbers are kept.
TOOLS: Mapping[ControlTool, str] = {
    ControlTool.ACT: "ACT",
    ControlTool.CHILDHOOD_ACT: "C-ACT",
    ControlTool.ACQ: "ACQ",
    ControlTool.RCP_3: "RCP 3 questions",
}


def understood(facts: Understanding) -> Iterator[Item]:
    """Yield who was given the plan, who said it back and how that went, and how the asthma has been."""
    if facts.given_to:
        yield Fact(say("Plan given to", source=Source.LAYOUT), Typed(facts.given_to), "given-to")
    said_by = Typed(facts.taught_to) if facts.taught_to else say("Nobody yet", source=Source.LAYOUT)
    yield Fact(say("Said back in their own words by", source=Source.LAYOUT), said_by, "taught-to")
    for question, label in QUESTIONS.items():
        answer = facts.answer(question)
        if answer:
            yield Fact(label, ANSWERS[answer], f"teach-back-{question}")
    if facts.technique:
        yield Fact(say("Inhaler technique", source=Source.LAYOUT), TECHNIQUES[facts.technique], "technique")
    yield from _control(facts)


def _control(facts: Understanding) -> Iterator[Item]:
    if facts.control_tool:
        yield Fact(say("Control score", source=Source.LAYOUT), Exact(_score(facts, facts.control_tool)))
    if facts.control_on:
        yield Fact(say("Date of the score", source=Source.LAYOUT), Day(facts.control_on))
    if facts.attacks_in_year is not None:
        label = say("Attacks in the last 12 months", source=Source.LAYOUT)
        yield Fact(label, Number(facts.attacks_in_year), "attacks-in-year")


def _score(facts: Understanding, tool: ControlTool) -> str:
    return f"{TOOLS[tool]}: {facts.control_score}" if facts.control_score is not None else TOOLS[tool]
