"""Every reason why something from elsewhere is refused, each in one sentence without patient data."""

import re

from plans.errors import PuffinError

ASK_AGAIN = "Ask the sender to export it again."
LONG_NUMBER = re.compile(r"\d{6,}")


class IntakeError(PuffinError):
    """Something from elsewhere was not taken in; nothing of it was kept."""


class FileNotThere(IntakeError):
    """There is no such file, or it is a folder."""

    def __init__(self) -> None:
        super().__init__("There is no such file. Check its name.")


class FileTooBig(IntakeError):
    """A file is larger than a child's record can be, perhaps only when unpacked."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"This file holds more than {megabytes} MB. Ask for one child at a time.")


class NotJson(IntakeError):
    """A file is not JSON in UTF-8, or is damaged."""

    def __init__(self) -> None:
        super().__init__(f"This file is damaged, or is not JSON in UTF-8. {ASK_AGAIN}")


class RepeatedKey(IntakeError):
    """Two values under one name: which of them a reader sees is chance."""

    def __init__(self) -> None:
        super().__init__(f"This file gives two values under one name, so neither can be trusted. {ASK_AGAIN}")


class TooDeep(IntakeError):
    """A file is nested deeper than any FHIR resource."""

    def __init__(self) -> None:
        super().__init__(f"This file is nested too deeply to be a FHIR record. {ASK_AGAIN}")


class NotABundle(IntakeError):
    """JSON, but not a FHIR bundle of a type that holds a record."""

    def __init__(self) -> None:
        super().__init__(
            "This file is not a FHIR R4 bundle of type collection, transaction, document or searchset. "
            "Ask the sender for one of these."
        )


class ResourceNotUnderstood(IntakeError):
    """A resource that we would use does not keep to FHIR R4."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} does not keep to FHIR R4. Ask the sender to correct it.")


class TwoVersions(IntakeError):
    """Two different resources have one address: nobody can tell which is meant."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} has the same address as another one, but says something else. {ASK_AGAIN}")


class BrokenReference(IntakeError):
    """A resource points to one that the file lacks."""

    def __init__(self, where: str, missing: str) -> None:
        # A server may number its resources by NHS number.
        shown = LONG_NUMBER.sub("...", missing) if not missing.startswith("urn:") else missing
        super().__init__(f"{where} points to {shown}, which is not in the file. Ask for the whole record.")


class NotOneChild(IntakeError):
    """A record of nobody, or of several."""

    def __init__(self, found: int) -> None:
        super().__init__(f"This file holds {found} patients. Ask for the record of one child at a time.")


class ChildNotNamed(IntakeError):
    """A child without a name or a full date of birth cannot be told from another."""

    def __init__(self) -> None:
        super().__init__("This record lacks the child's name or full date of birth. Ask for both.")


class TwoChildrenHere(IntakeError):
    """The identifiers of a record belong to two children here: nobody can tell which is meant."""

    def __init__(self) -> None:
        super().__init__(
            "The numbers in this record belong to two children who are kept here. Find out with the practice "
            "which child it is, and which NHS number is right, before you import this record."
        )


class NotOneDischarge(IntakeError):
    """A file that was to tell of one discharge tells of none, or of several."""

    def __init__(self, found: int) -> None:
        super().__init__(f"This file tells of {found} hospital visits. Send one discharge at a time.")


class NotADischarge(IntakeError):
    """A file that was to tell of a discharge is of no kind that does."""

    def __init__(self) -> None:
        super().__init__(
            "This file is neither a FHIR bundle nor an HL7 v2 message. Ask the sender for one of these."
        )


class MessageNotUnderstood(IntakeError):
    """A message that is not HL7 v2 ADT, or that lacks what it must have."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This HL7 v2 message cannot be used: {what}. Ask the sender to correct it.")
