"""What each command reads of whom, and what leaves the portal as a file or a message; a test holds to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reads(StrEnum):
    """Of whom a command reads or changes what is kept."""

    EVERY_CHILD = "every child"
    ONE_CHILD = "the child whom the file or the plan is about"
    NO_CHILD = "accounts, places and teams; no child"
    SEALS = "the seals of the audit"
    NOTHING = "nothing that is kept"


@dataclass(frozen=True)
class Command:
    """What a command reads, whether it leaves an audit entry, and whether it has --json."""

    reads: Reads
    audited: bool
    as_json: bool = False


# Who runs a command is the operator of the machine: it knows no other, and the audit names it as "system".
COMMANDS: Mapping[str, Command] = {
    "alerts": Command(Reads.EVERY_CHILD, audited=True),
    "audit verify": Command(Reads.SEALS, audited=False, as_json=True),
    "backup": Command(Reads.EVERY_CHILD, audited=True),
    "copy-store": Command(Reads.EVERY_CHILD, audited=True),
    "discharge": Command(Reads.ONE_CHILD, audited=True, as_json=True),
    "due": Command(Reads.NOTHING, audited=False),
    "export": Command(Reads.ONE_CHILD, audited=True),
    "figures": Command(Reads.EVERY_CHILD, audited=True, as_json=True),
    "import": Command(Reads.ONE_CHILD, audited=True, as_json=True),
    "languages": Command(Reads.NOTHING, audited=False, as_json=True),
    "listen": Command(Reads.EVERY_CHILD, audited=True),
    "pdf": Command(Reads.ONE_CHILD, audited=True),
    "place add": Command(Reads.NO_CHILD, audited=True),
    "place import": Command(Reads.NO_CHILD, audited=True, as_json=True),
    "place list": Command(Reads.NO_CHILD, audited=False, as_json=True),
    "place mailbox": Command(Reads.NO_CHILD, audited=True),
    "place nurses": Command(Reads.NO_CHILD, audited=True),
    "plans": Command(Reads.EVERY_CHILD, audited=True, as_json=True),
    "restore": Command(Reads.EVERY_CHILD, audited=True),
    "seed": Command(Reads.EVERY_CHILD, audited=True),
    "serve": Command(Reads.EVERY_CHILD, audited=True),
    "team cover": Command(Reads.NO_CHILD, audited=True),
    "team list": Command(Reads.NO_CHILD, audited=False, as_json=True),
    "team messages": Command(Reads.NO_CHILD, audited=False, as_json=True),
    "user add": Command(Reads.NO_CHILD, audited=True),
    "user list": Command(Reads.NO_CHILD, audited=False, as_json=True),
    "user place add": Command(Reads.NO_CHILD, audited=True),
    "user place end": Command(Reads.NO_CHILD, audited=True),
    "user place lead": Command(Reads.NO_CHILD, audited=True),
    "user stop": Command(Reads.NO_CHILD, audited=True),
}

PDF, CSV, TEXT, SCRIPT = "application/pdf", "text/csv", "text/plain", "text/javascript"
# Addresses that answer with a file and not with a page, by the names of their views: what is in it. There is
# no calendar and no address of a FHIR API.
FILES: Mapping[str, tuple[str, str]] = {
    "audit.as_file": (CSV, "The audit of the children of the privacy lead's own practice."),
    "cards.pdf": (PDF, "The emergency copy."),
    "family.emergency_pdf": (PDF, "The emergency copy, the wallet's for somebody too old for school."),
    "family.pdf": (PDF, "The copies that a link opens."),
    "figures.as_file": (CSV, "Figures of the own place, small numbers hidden; of no child by name."),
    "health.show": (TEXT, "Whether the portal is alive; of nobody."),
    "phone.worker": (SCRIPT, "The script of the saved card; of nobody."),
    "plans.pdf": (PDF, "Every copy."),
    "reviews.sheet": (PDF, "The discharge copy."),
    "shared.pdf": (PDF, "The reader's own copy."),
}
# The outbox, by carrier: to whom, and what a message says. Only a document for the GP practice names a child.
MESSAGES: Mapping[str, str] = {
    "teams": "Alerts and the daily digest, to the webhook, the mailbox of a team, or the log: whose "
    "alert, what to do and where to look; how much is open.",
    "family": "Codes, to a contact of one person that is safe for them: the code, and no word about anybody.",
    "mesh": "Documents for the inbox of the child's own GP practice, where MESH is set up: the PDF of a "
    "signed plan or of the sheet after hospital, with the child's name, date of birth and NHS number.",
}
