"""The words of the family's pages and of the code on paper: sentences, translated as those of a plan are."""

from datetime import date

from plans.sentences import Day, Exact, Name, Sentence, say

# On every page, before anything else.
ATTACK_NOW = say("Attack now? Call 999.")
SKIP = say("Skip to main content")
ERROR = say("Error:")
DEMO = say("Demo")
INVENTED = say("Demo: everybody here is invented")
CHOOSE_A_LANGUAGE = say("Choose a language")
QUESTIONS = say("Questions about the plan? Phone the GP surgery.")

# The date of birth, before a link opens.
OPEN_THE_PLAN = say("Open the asthma plan")
ASK_BORN = say("What is the child's date of birth?")
BORN_EXAMPLE = say("For example, {example}", example=Exact("15 3 2019"))
DAY = say("Day")
MONTH = say("Month")
YEAR = say("Year")
GO_ON = say("Continue")
THERE_IS_A_PROBLEM = say("There is a problem")
NOT_A_DATE = say("Enter the day, month and year in numbers.")
ANOTHER_DAY = say("This date of birth does not match. Check it and try again.")
OPEN_AGAIN = say("The plan was closed. Enter the date of birth to open it again.")

# The name, before the plan is shown.
IS_THIS_RIGHT = say("Is this the right child?")
YES_SHOW_THE_PLAN = say("Yes, show the plan")
NO_ANOTHER_CHILD = say("No, this is another child")
ANOTHER_CHILD = say("This plan is for another child")
DO_NOT_USE_IT = say("Do not use it. Phone your GP surgery and tell them.")

# Beside the plan.
MORE = say("More for you")
SAVE_OR_PRINT = say("Save or print this plan")
SAVE_OR_PRINT_WITH_ENGLISH = say("Save or print it with English beside it")
IN_PICTURES = say("See the child's own plan, in pictures")
SAVE_OR_PRINT_PICTURES = say("Save or print the child's own plan")
AFTER_HOSPITAL = say("See what to do after hospital")
WHOLE_PLAN = say("See the whole plan")
CLOSE = say("Close this plan")
CLOSES_BY_ITSELF = say("It closes by itself after 30 minutes.")
CLOSED = say("The plan is closed")
HOW_TO_OPEN_AGAIN = say("Use your link to open it again.")
HAVE_YOU_READ_IT = say("Have you read this plan?")
SURGERY_KNOWS_THEN = say("Say so here. Then the surgery knows.")
I_HAVE_READ_IT = say("I have read this plan")
THANK_YOU = say("Thank you. You have said that you read this version.")

# A language in which the plan cannot be given.
NOT_IN_THIS_LANGUAGE = say("The plan is not ready in this language")
READ_IT_IN_ENGLISH = say("Read the plan in English")
INTERPRETER = say("You can ask for an interpreter.")

# A link that opens nothing, whatever the reason.
DOES_NOT_WORK = say("This link does not work")
ASK_FOR_A_NEW_ONE = say("Ask your GP surgery for a new one.")

# What the code on paper answers.
IS_IT_CURRENT = say("Is this copy the newest?")
CURRENT = say("Yes. This copy is the newest.")
NOT_KNOWN = say("We do not know this code.")
ASK_THE_SURGERY = say("Ask the GP surgery if the plan is the newest.")
USE_THE_NEWEST = say("Use the newest plan.")
PHONE_FOR_A_NEW_PLAN = say("In an attack, call 999. Phone the surgery for a new plan.")


def is_this(name: str, born: Day) -> Sentence:
    """Return the question that is answered before a plan is shown."""
    return say("Is this {name}, born on {day}?", name=Name(name), day=born)


def replaced_on(day: Day) -> Sentence:
    return say("No. This plan was replaced on {day}.", day=day)


def withdrawn_on(day: Day) -> Sentence:
    return say("This plan was withdrawn on {day}. Do not follow it.", day=day)


_SOME_DAY = Day(date.min)

# A language is offered on these pages only where it has every one of them.
EVERY_WORD: tuple[Sentence, ...] = (
    *(word for word in list(globals().values()) if isinstance(word, Sentence)),
    is_this("", _SOME_DAY),
    replaced_on(_SOME_DAY),
    withdrawn_on(_SOME_DAY),
)
