"""The words of the family's pages and of the code on paper: sentences, translated as those of a plan are."""

from datetime import UTC, date, datetime

from plans.sentences import Day, Exact, Moment, Name, Number, Sentence, say
from plans.sources import Source
from portal import family_school, saved_card_words

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
# Each part with its name: in a script from right to left the boxes stand the other way round.
BORN_EXAMPLE = say(
    "For example: day {day}, month {month}, year {year}",
    source=Source.LAYOUT,
    day=Exact("15"),
    month=Exact("3"),
    year=Exact("2019"),
)
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
IN_AN_ATTACK = say("What to do in an attack", source=Source.LAYOUT)
MORE = say("More for you", source=Source.LAYOUT)
SAVE_OR_PRINT = say("Save or print this plan", source=Source.LAYOUT)
SAVE_OR_PRINT_WITH_ENGLISH = say("Save or print it with English beside it", source=Source.LAYOUT)
IN_PICTURES = say("See the child's own plan, in pictures", source=Source.LAYOUT)
SAVE_OR_PRINT_PICTURES = say("Save or print the child's own plan", source=Source.LAYOUT)
CARD = say("See the card for a wallet or a school bag", source=Source.LAYOUT)
SAVE_OR_PRINT_CARD = say("Save or print the card", source=Source.LAYOUT)
AFTER_HOSPITAL = say("See what to do after hospital", source=Source.LAYOUT)
WHOLE_PLAN = say("See the whole plan", source=Source.LAYOUT)
SAY_AFTER_HOSPITAL = say("Say: {words}", source=Source.HAZARD_8, words=Exact("asthma review after hospital."))
CLOSE = say("Close this plan", source=Source.LAYOUT)
CLOSES_BY_ITSELF = say("It closes by itself after 30 minutes.", source=Source.LAYOUT)
CLOSED = say("The plan is closed", source=Source.LAYOUT)
HOW_TO_OPEN_AGAIN = say("Use your link to open it again.", source=Source.LAYOUT)
NAMED_ANEW = say("The child's name or NHS number has changed.", source=Source.HAZARD_10)
PRINT_AGAIN = say("Print the plan again. Give old copies back to the surgery.", source=Source.HAZARD_10)
HAVE_YOU_READ_IT = say("Have you read this plan?", source=Source.LAYOUT)
SURGERY_KNOWS_THEN = say("Say so here. Then the surgery knows.", source=Source.LAYOUT)
I_HAVE_READ_IT = say("I have read this plan", source=Source.LAYOUT)
THANK_YOU = say("Thank you. You have said that you read this version.", source=Source.LAYOUT)

# The code of the link's own person, on a new device.
ENTER_CODE = say("Enter your code", source=Source.LAYOUT)
WHY_A_CODE = say(
    "The code shows that it is you. Each phone or computer asks for it once.", source=Source.LAYOUT
)
YOUR_CODE = say("Code", source=Source.LAYOUT)
CODE_HINT = say("It has 6 numbers.", source=Source.LAYOUT)
NO_CODE_YET = say("No code yet?", source=Source.LAYOUT)
GET_A_CODE = say("Get your code", source=Source.LAYOUT)
HAVE_A_CODE = say("Do you have a code?", source=Source.LAYOUT)
LAST_CODE_WORKS = say("The last code still works.", source=Source.LAYOUT)
NUMBER_ON_PAPER = say("Its phone number is on your paper plan.", source=Source.LAYOUT)
SEND_A_CODE = say("Send me a code", source=Source.LAYOUT)
# It is said to everybody, so that nobody learns which phone numbers a surgery has, and which it never uses.
CODE_ON_ITS_WAY = say("If the surgery has your phone or e-mail, a code is on its way.", source=Source.LAYOUT)
CODE_LIVES = say("It works for 10 minutes.", source=Source.LAYOUT)
CODE_FROM_SURGERY = say("No code after 5 minutes? The surgery can give you one.", source=Source.LAYOUT)
NOT_A_CODE = say("Enter the 6 numbers of the code.", source=Source.LAYOUT)
ANOTHER_CODE = say("This code does not match. Check it, or ask for a new one.", source=Source.LAYOUT)
TOO_SOON = say("Wait a minute before you ask for another code.", source=Source.LAYOUT)
NO_MORE_CODES = say(
    "No more codes can be sent now. Phone the surgery: it can give you a code.", source=Source.LAYOUT
)
NOBODY_WILL_ASK = say("Nobody from Puffin will ask you for it.", source=Source.LAYOUT)

# What the plan says, asked of whoever has read it.
WHAT_DOES_IT_SAY = say("What does the plan say?", source=Source.LAYOUT)
NO_TEST = say("This is no test. It helps to remember the plan in an attack.", source=Source.LAYOUT)
SURGERY_SEES_ANSWERS = say("The surgery sees your answers.", source=Source.LAYOUT)
CHOOSE_AN_ANSWER = say("Choose an answer.", source=Source.LAYOUT)
SEND_ANSWERS = say("Send my answers", source=Source.LAYOUT)
THAT_IS_RIGHT = say("Yes, the plan says so.", source=Source.LAYOUT)
LOOK_AGAIN = say("Look again.", source=Source.LAYOUT)
PLAN_SAYS = say("The plan says:", source=Source.LAYOUT)
TRY_AGAIN = say("Try again", source=Source.LAYOUT)
BACK_TO_PLAN = say("Back to the plan", source=Source.LAYOUT)
ALL_AS_PLAN = say("All your answers are as the plan says.", source=Source.LAYOUT)

# What asthma is like, in the child's words.
WHAT_IS_IT_LIKE = say("What is asthma like for the child?", source=Source.LAYOUT)
IN_CHILDS_WORDS = say("Write it in the child's own words. The child can write it too.", source=Source.LAYOUT)
WHO_READS_WORDS = say(
    "The surgery and the school nurse can read it. It does not change the plan.", source=Source.LAYOUT
)
NO_HELP_HERE = say("Do not ask for help here. In an attack, call 999.", source=Source.HAZARD_26)
WRITE_SOMETHING = say("Write at least one word.", source=Source.LAYOUT)
SAVE = say("Save", source=Source.LAYOUT)
SAVED = say("Saved", source=Source.LAYOUT)

# What a family tells the surgery: first what to do now.
TELL_THE_SURGERY = say("Tell the surgery", source=Source.LAYOUT)
NO_INHALER = say("We have no inhaler", source=Source.LAYOUT)
NOT_CALLED = say("We have not been called for a review", source=Source.LAYOUT)
DO_THIS_NOW = say("Do this now", source=Source.LAYOUT)
ATTACK_CALL_999 = say("Attack? Call 999.", source=Source.HAZARD_26)
NO_RELIEVER_NOW = say(
    "No reliever? Phone the surgery, go to a pharmacy or call 111 now.", source=Source.HAZARD_26
)
NO_INHALER_NOW = say(
    "No inhaler for an attack? Phone the surgery, go to a pharmacy or call 111 now.", source=Source.HAZARD_26
)
NOT_AT_NIGHT = say(
    "What you send here is not read at night, or while the surgery is closed.", source=Source.HAZARD_26
)
CLOSED_TODAY = say("The surgery is closed today.", source=Source.HAZARD_26)
NO_RELIEVER_CLOSED = say("No reliever? Go to a pharmacy or call 111 now.", source=Source.HAZARD_26)
NO_INHALER_CLOSED = say(
    "No inhaler for an attack? Go to a pharmacy or call 111 now.", source=Source.HAZARD_26
)
NOBODY_ANSWERED = say("Nobody has answered yet.", source=Source.LAYOUT)
LATE = say("The surgery is late. Phone the surgery now, or call 111.", source=Source.HAZARD_26)
NOT_RIGHT_YET = say("Still not right? Phone the surgery.", source=Source.LAYOUT)
ONCE_A_DAY = say("You can tell the surgery once a day.", source=Source.LAYOUT)
CANNOT_TELL = say("This cannot be sent from here. Phone the surgery.", source=Source.LAYOUT)

# A question about the plan, and its answer.
ASK_ABOUT_PLAN = say("Ask the surgery about this plan", source=Source.LAYOUT)
YOUR_QUESTION = say("What do you want to ask?", source=Source.LAYOUT)
WHO_READS_QUESTION = say(
    "The surgery reads it and answers here. Nobody else at home sees it here.", source=Source.LAYOUT
)
SEND_QUESTION = say("Send the question", source=Source.LAYOUT)
WRITE_A_QUESTION = say("Write your question.", source=Source.LAYOUT)
ONE_QUESTION_A_DAY = say(
    "You can ask one question a day. More to ask? Phone the surgery.", source=Source.LAYOUT
)
NOT_CLEAR_YET = say("Still not clear? Phone the surgery.", source=Source.LAYOUT)

# Which places have used the record.
WHO_LOOKED = say("Who has looked at this plan?", source=Source.LAYOUT)
ASK_WHICH_PLACES = say("You can ask the surgery which places have opened the record.", source=Source.LAYOUT)
NAMES_NO_PEOPLE = say(
    "The list names places, such as a school or a hospital. It names no people.", source=Source.LAYOUT
)
CHECKED_FIRST = say("The surgery checks the list first. This can take 7 days.", source=Source.LAYOUT)
ASK_FOR_THE_LIST = say("Ask for the list", source=Source.LAYOUT)
PHONE_FOR_THE_LIST = say("Phone the surgery to ask for the list.", source=Source.LAYOUT)

# Who has the plan: for the young person, who decides about it.
WHO_HAS_IT = say("Who has your plan now?", source=Source.LAYOUT)
SURGERY_SEES_ALL = say("Your GP surgery sees all of it.", source=Source.LAYOUT)
SEES_THE_PLAN = say("The whole plan", source=Source.LAYOUT)
SEES_MEDICINES = say("The medicines", source=Source.LAYOUT)
SEES_THE_CARD = say("The attack steps alone", source=Source.LAYOUT)
TO_CHANGE_IT = say("Want to change this? Talk to the surgery.", source=Source.LAYOUT)
LAW_LETS_SHARE_MORE = say(
    "The law sometimes lets the surgery share more, to keep somebody safe.", source=Source.LAYOUT
)

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
REVIEW_DATE_PASSED = say("The review date of this plan has passed.", source=Source.HAZARD_9)
BOOK_A_REVIEW = say("Phone the surgery to book a review.", source=Source.HAZARD_9)
STEPS_STAY = say("In an attack, still follow the attack steps.", source=Source.HAZARD_9)
OUT_OF_DATE = say("No. This copy is out of date.", source=Source.HAZARD_10)
ASK_FOR_A_NEW_COPY = say("Ask the GP surgery for a new copy.", source=Source.HAZARD_10)
USE_THE_NEWEST = say("Use the newest plan.", source=Source.HAZARD_9)
PHONE_FOR_A_NEW_PLAN = say(
    "In an attack, call 999. Phone the surgery for a new plan.", source=Source.HAZARD_9
)


def is_this(name: str, born: Day) -> Sentence:
    """Return the question that is answered before a plan is shown."""
    return say("Is this {name}, born on {day}?", source=Source.LAYOUT, name=Name(name), day=born)


def review_was_due_by(day: Day) -> Sentence:
    return say("The review after hospital was due by {day}.", source=Source.LAYOUT, day=day)


def replaced_on(day: Day) -> Sentence:
    return say("No. This plan was replaced on {day}.", source=Source.LAYOUT, day=day)


def withdrawn_on(day: Day) -> Sentence:
    return say("This plan was withdrawn on {day}. Do not follow it.", source=Source.HAZARD_9, day=day)


def code_message(code: str) -> tuple[Sentence, ...]:
    """Return what is sent to the link's own person: nothing about a child, a plan or a surgery."""
    return (
        say("Your Puffin code is {code}.", source=Source.LAYOUT, code=_in_threes(code)),
        CODE_LIVES,
        NOBODY_WILL_ASK,
    )


def shown_code(code: str) -> Sentence:
    return say("In this demo the code is {code}.", source=Source.LAYOUT, code=_in_threes(code))


def up_to(letters: int) -> Sentence:
    return say("Write up to {n} letters and spaces.", source=Source.LAYOUT, n=Number(letters))


def told_at(moment: Moment) -> Sentence:
    return say("You told the surgery: {moment}.", source=Source.LAYOUT, moment=moment)


def answered_at(moment: Moment) -> Sentence:
    return say("The surgery has dealt with it: {moment}.", source=Source.LAYOUT, moment=moment)


def asked_at(moment: Moment) -> Sentence:
    return say("You asked the surgery: {moment}.", source=Source.LAYOUT, moment=moment)


def question_answered_at(moment: Moment) -> Sentence:
    return say("The surgery answered: {moment}.", source=Source.LAYOUT, moment=moment)


def asked_on(day: Day) -> Sentence:
    return say("You asked on {day}. The surgery has not given the list yet.", source=Source.LAYOUT, day=day)


def list_given_on(day: Day) -> Sentence:
    return say("The surgery gave you this list on {day}.", source=Source.LAYOUT, day=day)


def within(hours: int) -> Sentence:
    """Return how long the surgery has; no hour of the clock, which at night would promise too much."""
    return say(
        "While it is open, the surgery is asked to act within {n} hours.",
        source=Source.LAYOUT,
        n=Number(hours),
    )


def nobody_reads_before(day: Day) -> Sentence:
    return say("Nobody reads this before {day}.", source=Source.HAZARD_26, day=day)


def _in_threes(code: str) -> Exact:
    return Exact(f"{code[:3]} {code[3:]}")


_SOME_DAY = Day(date.min)
_SOME_MOMENT = Moment(datetime.min.replace(tzinfo=UTC))

# A language is offered on these pages only where it has every one of them.
EVERY_WORD: tuple[Sentence, ...] = (
    *(word for word in list(globals().values()) if isinstance(word, Sentence)),
    *saved_card_words.EVERY_WORD,
    *family_school.EVERY_WORD,
    is_this("", _SOME_DAY),
    review_was_due_by(_SOME_DAY),
    replaced_on(_SOME_DAY),
    withdrawn_on(_SOME_DAY),
    asked_on(_SOME_DAY),
    list_given_on(_SOME_DAY),
    *code_message(""),
    shown_code(""),
    up_to(0),
    told_at(_SOME_MOMENT),
    answered_at(_SOME_MOMENT),
    asked_at(_SOME_MOMENT),
    question_answered_at(_SOME_MOMENT),
    within(0),
    nobody_reads_before(_SOME_DAY),
)
