"""What pages for staff say of readers, parts, reasons in law and who decides: tables in plain English."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.competence import Finding, Ground
from plans.consent import How
from plans.sharing import Basis, Part, Reader


@dataclass(frozen=True)
class ReaderWords:
    """What a kind of reader is called above a list of them, and alone; and what to know before sharing."""

    title: str
    one: str
    hint: str


READERS: Mapping[Reader, ReaderWords] = {
    Reader.SCHOOL_NURSE: ReaderWords(
        "School nurses", "School nurse", "Health professionals of the team for this child's school."
    ),
    Reader.SCHOOL: ReaderWords(
        "School", "School staff", "School staff see what to do in an attack: no daily doses, no reasons."
    ),
    Reader.HOSPITAL: ReaderWords(
        "Hospital teams", "Hospital team", "Professionals who look after the child."
    ),
    Reader.COMMUNITY_NURSE: ReaderWords(
        "Community nurses", "Community nurse", "Teams who look after the child at home."
    ),
    Reader.PHARMACIST: ReaderWords("Pharmacies", "Pharmacist", "They see medicines and supply."),
    Reader.SOCIAL_CARE: ReaderWords(
        "Social care", "Social worker", "They see the plan and the emergency card."
    ),
    Reader.FAMILY: ReaderWords(
        "Family",
        "Family",
        "People with parental responsibility. Each gets a link of their own, which works for 28 days.",
    ),
    Reader.CARER: ReaderWords(
        "Other carers",
        "Other carer",
        "A grandparent, a club, a childminder. Each gets a link of their own to the emergency card alone.",
    ),
    Reader.YOUNG_PERSON: ReaderWords(
        "The young person",
        "The young person",
        "A link of their own, by their own word. The code goes to their own phone or e-mail: a parent sees "
        "neither that nor what they tell you.",
    ),
}

PARTS: Mapping[Part, str] = {
    Part.EMERGENCY_CARD: "The emergency card: what to do in an attack",
    Part.PLAN: "The whole plan",
    Part.MEDICINES: "The medicines",
    Part.SUPPLY: "What was collected from the pharmacy",
    Part.SCHOOL_FACTS: "What school needs, and days missed",
    Part.SCHOOL_NEWS: "What school has run out of, and relievers that it gave",
    Part.SIGNALS: "Facts that a professional should look at",
    Part.REVIEWS: "Reviews after hospital",
    Part.MAKING_OF_THE_PLAN: "How the plan was made, and reasons that were given",
    Part.CIRCLE: "Who else has the plan",
    Part.MISUSE: "Signs that somebody else may be using an inhaler",
}

BASES: Mapping[Basis, tuple[str, str]] = {
    Basis.CONSENT: (
        "Consent",
        "The family agreed, or the young person where they decide. They can stop it at any time.",
    ),
    Basis.DIRECT_CARE: ("Direct care", "They look after this child. No consent is needed."),
    Basis.SAFEGUARDING: (
        "Safeguarding, without consent",
        "A child may be at risk. No consent is needed, and nobody can refuse. Write down why.",
    ),
}

HOWS: Mapping[How, str] = {
    How.IN_PERSON: "In person",
    How.BY_PHONE: "By phone",
    How.IN_WRITING: "In writing",
}

GROUNDS: Mapping[Ground, str] = {
    Ground.FROM_16: "is 16 or over, and decides.",
    Ground.FROM_12_IN_SCOTLAND: "is 12 or over, and in Scotland is taken to understand. They decide.",
    Ground.JUDGED_TO_UNDERSTAND: "understands this decision, as a clinician found. They decide.",
    Ground.JUDGED_NOT_TO: "does not understand this decision yet, as a clinician found. "
    "A person with parental responsibility decides.",
    Ground.NOT_JUDGED: "is not recorded as deciding for themselves. "
    "A person with parental responsibility decides.",
}

FINDINGS: Mapping[Finding, str] = {
    Finding.UNDERSTANDS: "They understand it and can weigh it up",
    Finding.DOES_NOT_YET: "They do not understand it yet",
}

# Paraphrased from clinical.md 8.5 (DfE, Information sharing, May 2024). Tag V for the first and the third,
# the others U: for the safeguarding lead to confirm.
GOLDEN_RULES = (
    "A child's safety comes before anybody's privacy. The law lets you share where a child could be harmed.",
    "Be open with the family about what you share, when that is safe.",
    "You do not need consent to share when a child may be at risk.",
    "Not sure? Ask the safeguarding lead or the privacy lead. If the risk is high, do not wait.",
    "Think about who could be put at risk if you share.",
    "Share what is needed, correct and up to date, in time, safely, and with the right person.",
    "Write down what you decided and why, whether you share or not.",
)
# Paraphrased from clinical.md 8.5 and 8.6: care between professionals and the young person tag U, Scotland V.
ABOUT_CONSENT = (
    "Professionals who care for the child need no consent. A school, a club or a relative needs a clear yes, "
    "each one.",
    "A young person who understands decides for themselves. In Scotland that is taken to be so from 12.",
    "A parent without parental responsibility has no right of their own to see the plan.",
)
