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
CHOOSE_A_PIN = say("Choose a PIN for the card", source=Source.LAYOUT)
WHICH_PIN = say("At least 6 numbers. Do not use a date of birth.", source=Source.LAYOUT)
PIN_AGAIN = say("Type the PIN again", source=Source.LAYOUT)
IF_FORGOTTEN = say(
    "Nobody can open the card without the PIN. Forgot it? Save it again.", source=Source.LAYOUT
)
SAVE_NOW = say("Save on this phone", source=Source.LAYOUT)
TOO_SHORT = say("The PIN needs at least 6 numbers.", source=Source.LAYOUT)
NOT_THE_SAME = say("The 2 PINs are not the same.", source=Source.LAYOUT)
NOT_SAVED = say("The card was not saved. Open your link again, then try once more.", source=Source.LAYOUT)
CANNOT = say("This phone cannot save the card. Use the card on paper.", source=Source.LAYOUT)
SAVED = say("The card is saved on this phone.", source=Source.LAYOUT)
OPEN_IT = say("Open the saved card", source=Source.LAYOUT)
PUT_IT_AT_HAND = say("Add that page to your home screen, so that you find it.", source=Source.LAYOUT)

# Where it is opened.
THE_SAVED_CARD = say("The saved emergency card", source=Source.LAYOUT)
TYPE_THE_PIN = say("Type the PIN of the card", source=Source.LAYOUT)
SHOW_IT = say("Show the card", source=Source.LAYOUT)
WRONG_PIN = say("This is not the PIN of the card. Try again.", source=Source.LAYOUT)
NONE_SAVED = say("No card is saved on this phone.", source=Source.LAYOUT)
HIDE_IT = say("Close the card", source=Source.LAYOUT)
DELETE_IT = say("Delete the card from this phone", source=Source.LAYOUT)
DELETED = say("The card is deleted from this phone.", source=Source.LAYOUT)


def saved_on(day: Day) -> Sentence:
    """Return how old the card is; nothing on a phone can know whether a plan has changed since."""
    return say("Saved on {day}. It may be out of date.", source=Source.LAYOUT, day=day)


EVERY_WORD: tuple[Sentence, ...] = (
    *(word for word in list(globals().values()) if isinstance(word, Sentence)),
    saved_on(Day(date.min)),
)
