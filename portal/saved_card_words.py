"""The words of the emergency card that a family saves on a phone: translated as those of a plan are."""

from datetime import date

from plans.sentences import Day, Sentence, say
from plans.sources import Source

# Where it is saved.
SAVE_THE_CARD = say("Save the emergency card on this phone", source=Source.LAYOUT)
WITHOUT_INTERNET = say("You can then open it on this phone without the internet.", source=Source.LAYOUT)
AS_OF_TODAY = say("It is the card of today. Has the plan changed? Save it again.", source=Source.LAYOUT)
OWN_PHONE = say("Do this only on your own phone.", source=Source.LAYOUT)
KEEP_THE_PAPER = say("Some phones delete it after some days. Keep a card on paper too.", source=Source.LAYOUT)
CHOOSE_A_PASSWORD = say("Choose a password for the card", source=Source.LAYOUT)
WHICH_PASSWORD = say(
    "At least 8 letters or numbers, not numbers alone. 4 words that you will remember are best.",
    source=Source.LAYOUT,
)
NO_NAME = say("Do not use a name or a date of birth.", source=Source.LAYOUT)
PASSWORD_AGAIN = say("Type the password again", source=Source.LAYOUT)
SHOW_TYPED = say("Show what I type", source=Source.LAYOUT)
IF_FORGOTTEN = say(
    "Nobody can open the card without the password. Forgot it? Save it again.", source=Source.LAYOUT
)
PROTECTS = say("The password keeps the card from people who find or steal your phone.", source=Source.LAYOUT)
PROTECTS_NO_MORE = say(
    "A computer can guess a short password. If somebody knows yours, they can read the card.",
    source=Source.LAYOUT,
)
SAVE_NOW = say("Save on this phone", source=Source.LAYOUT)
TOO_SHORT = say("The password needs at least 8 letters or numbers, not numbers alone.", source=Source.LAYOUT)
NOT_THE_SAME = say("The 2 passwords are not the same.", source=Source.LAYOUT)
NOT_SAVED = say("The card was not saved. Open your link again, then try once more.", source=Source.LAYOUT)
CANNOT = say("This phone cannot save the card. Use the card on paper.", source=Source.LAYOUT)
SAVED = say("The card is saved on this phone.", source=Source.LAYOUT)
OPEN_IT = say("Open the saved card", source=Source.LAYOUT)
PUT_IT_AT_HAND = say("Add that page to your home screen, so that you find it.", source=Source.LAYOUT)

# Where it is opened.
THE_SAVED_CARD = say("The saved emergency card", source=Source.LAYOUT)
TYPE_THE_PASSWORD = say("Type the password of the card", source=Source.LAYOUT)
SHOW_IT = say("Show the card", source=Source.LAYOUT)
WRONG_PASSWORD = say("This is not the password of the card. Try again.", source=Source.LAYOUT)
NONE_SAVED = say("No card is saved on this phone.", source=Source.LAYOUT)
HIDE_IT = say("Close the card", source=Source.LAYOUT)
DELETE_IT = say("Delete the card from this phone", source=Source.LAYOUT)
DELETED = say("The card is deleted from this phone.", source=Source.LAYOUT)
DELETE_ALL = say("Delete all saved cards from this phone", source=Source.LAYOUT)
SURE = say("Delete all saved cards? You then need your link to save one again.", source=Source.LAYOUT)
YES_DELETE_ALL = say("Yes, delete them all", source=Source.LAYOUT)
NO_KEEP_THEM = say("No, keep them", source=Source.LAYOUT)
ALL_DELETED = say("All saved cards are deleted from this phone.", source=Source.LAYOUT)
BACK_TO_CARD = say("Back to the emergency card", source=Source.LAYOUT)


def saved_on(day: Day) -> Sentence:
    """Return how old the card is; nothing on a phone can know whether a plan has changed since."""
    return say("Saved on {day}. It may be out of date.", source=Source.LAYOUT, day=day)


EVERY_WORD: tuple[Sentence, ...] = (
    *(word for word in list(globals().values()) if isinstance(word, Sentence)),
    saved_on(Day(date.min)),
)
