"""The circle of one child of the demo: who is in it, and what they say in the story."""

from datetime import date

from plans.people import Child

ZARA = Child("", "Zara", "Malik", date(2018, 4, 17), "9999458076")
MOTHER, FATHER = "Sana Malik", "Imran Malik"
PHARMACY, NURSES, OFFICE = (
    "Larkhill Pharmacy",
    "Larkhill School Nursing Team",
    "Larkhill Green Primary School",
)
MOTHERS_PHONE = "900111"  # its last digits, which stay together however it is printed
PHARMACIST = "Kwame Boateng"

DAILY_DOSE = "Clenil"
ATTACK_STEP = "up to 10 puffs"
WORDS_ON_THE_PLAN = "belt round my chest"
MOTHERS_WORDS = "A cat sits on my chest"
FATHERS_WORDS = "Like a drink through a thin straw"
QUESTION = "Which of her two spacers is for school?"
ANSWER = "The one with the mouthpiece. I have phoned her mother."
PUFFS = 6
