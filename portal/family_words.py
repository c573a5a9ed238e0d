"""The words of the family's pages and of the code on paper: sentences, translated as those of a plan are."""

from datetime import date

from plans.sentences import Day, Exact, Name, Sentence, say
from plans.sources import Source

# On every page, before anything else.
ATTACK_NOW = say("Attack now? Call 999.", source=Source.HAZARD_9)
SKIP = say("Skip to main content", source=Source.LAYOUT)
ERROR = say("Error:", source=Source.LAYOUT)
DEMO = say("Demo", source=Source.LAYOUT)
INVENTED = say("Demo: everybody here is invented", source=Source.LAYOUT)
CHOOSE_A_LANGUAGE = say("Choose a language", source=Source.LAYOUT)
QUESTIONS = say("Questions about the plan? Phone the GP surgery.", source=Source.LAYOUT)

# The date of birth, before a link opens.
OPEN_THE_PLAN = say("Open the asthma plan", source=Source.LAYOUT)
ASK_BORN = say("What is the child's date of birth?", source=Source.LAYOUT)
BORN_EXAMPLE = say("For example, {example}", source=Source.LAYOUT, example=Exact("15 3 2019"))
DAY = say("Day", source=Source.LAYOUT)
MONTH = say("Month", source=Source.LAYOUT)
YEAR = say("Year", source=Source.LAYOUT)
GO_ON = say("Continue", source=Source.LAYOUT)
THERE_IS_A_PROBLEM = say("There is a problem", source=Source.LAYOUT)
NOT_A_DATE = say("Enter the day, month and year in numbers.", source=Source.LAYOUT)
ANOTHER_DAY = say("This date of birth does not match. Check it and try again.", source=Source.LAYOUT)
OPEN_AGAIN = say("The plan was closed. Enter the date of birth to open it again.", source=Source.LAYOUT)

# The name, before the plan is shown.
IS_THIS_RIGHT = say("Is this the right child?", source=Source.LAYOUT)
YES_SHOW_THE_PLAN = say("Yes, show the plan", source=Source.LAYOUT)
NO_ANOTHER_CHILD = say("No, this is another child", source=Source.LAYOUT)
ANOTHER_CHILD = say("This plan is for another child", source=Source.LAYOUT)
DO_NOT_USE_IT = say("Do not use it. Phone your GP surgery and tell them.", source=Source.HAZARD_10)

# Beside the plan.
MORE = say("More for you", source=Source.LAYOUT)
SAVE_OR_PRINT = say("Save or print this plan", source=Source.LAYOUT)
SAVE_OR_PRINT_WITH_ENGLISH = say("Save or print it with English beside it", source=Source.LAYOUT)
IN_PICTURES = say("See the child's own plan, in pictures", source=Source.LAYOUT)
SAVE_OR_PRINT_PICTURES = say("Save or print the child's own plan", source=Source.LAYOUT)
CARD = say("See the card for a wallet or a school bag", source=Source.LAYOUT)
SAVE_OR_PRINT_CARD = say("Save or print the card", source=Source.LAYOUT)
AFTER_HOSPITAL = say("See what to do after hospital", source=Source.LAYOUT)
WHOLE_PLAN = say("See the whole plan", source=Source.LAYOUT)
CLOSE = say("Close this plan", source=Source.LAYOUT)
CLOSES_BY_ITSELF = say("It closes by itself after 30 minutes.", source=Source.LAYOUT)
CLOSED = say("The plan is closed", source=Source.LAYOUT)
HOW_TO_OPEN_AGAIN = say("Use your link to open it again.", source=Source.LAYOUT)
HAVE_YOU_READ_IT = say("Have you read this plan?", source=Source.LAYOUT)
SURGERY_KNOWS_THEN = say("Say so here. Then the surgery knows.", source=Source.LAYOUT)
I_HAVE_READ_IT = say("I have read this plan", source=Source.LAYOUT)
THANK_YOU = say("Thank you. You have said that you read this version.", source=Source.LAYOUT)

# A language in which the plan cannot be given.
NOT_IN_THIS_LANGUAGE = say("The plan is not ready in this language", source=Source.LAYOUT)
READ_IT_IN_ENGLISH = say("Read the plan in English", source=Source.LAYOUT)
INTERPRETER = say("You can ask for an interpreter.", source=Source.HAZARD_8)

# A link that opens nothing, whatever the reason.
DOES_NOT_WORK = say("This link does not work", source=Source.LAYOUT)
ASK_FOR_A_NEW_ONE = say("Ask your GP surgery for a new one.", source=Source.LAYOUT)

# What the code on paper answers.
IS_IT_CURRENT = say("Is this copy the newest?", source=Source.LAYOUT)
CURRENT = say("Yes. This copy is the newest.", source=Source.LAYOUT)
NOT_KNOWN = say("We do not know this code.", source=Source.LAYOUT)
ASK_THE_SURGERY = say("Ask the GP surgery if the plan is the newest.", source=Source.LAYOUT)
USE_THE_NEWEST = say("Use the newest plan.", source=Source.HAZARD_9)
PHONE_FOR_A_NEW_PLAN = say(
    "In an attack, call 999. Phone the surgery for a new plan.", source=Source.HAZARD_9
)


def is_this(name: str, born: Day) -> Sentence:
    """Return the question that is answered before a plan is shown."""
    return say("Is this {name}, born on {day}?", source=Source.LAYOUT, name=Name(name), day=born)


def replaced_on(day: Day) -> Sentence:
    return say("No. This plan was replaced on {day}.", source=Source.LAYOUT, day=day)


def withdrawn_on(day: Day) -> Sentence:
    return say("This plan was withdrawn on {day}. Do not follow it.", source=Source.HAZARD_9, day=day)


_SOME_DAY = Day(date.min)

# A language is offered on these pages only where it has every one of them.
EVERY_WORD: tuple[Sentence, ...] = (
    *(word for word in list(globals().values()) if isinstance(word, Sentence)),
    is_this("", _SOME_DAY),
    replaced_on(_SOME_DAY),
    withdrawn_on(_SOME_DAY),
)
