"""Why a transaction is refused, by name: each says what to do, without a word of what was sent."""

from plans.errors import PuffinError


class NotATransaction(PuffinError):
    """Something other than a FHIR R4 transaction Bundle."""

    def __init__(self) -> None:
        super().__init__("This is no FHIR R4 Bundle of type transaction, so nothing was kept. Send one.")


class EntryRefused(PuffinError):
    """One entry, counted from 1, cannot be done for the reason `fault`: so none of the transaction is."""

    def __init__(self, number: int, fault: PuffinError) -> None:
        super().__init__(f"Nothing of the transaction was kept, because of its entry {number}. {fault}")
        self.number, self.fault = number, fault


class MethodNotTaken(PuffinError):
    """An entry that deletes, patches, or does what no transaction does."""

    def __init__(self) -> None:
        super().__init__(
            "A transaction here reads with GET, adds with POST and changes with PUT, and never deletes or "
            "patches. Send the whole resource with PUT instead."
        )


class AddressNotUnderstood(PuffinError):
    """An entry whose address is not written as its method needs it."""

    def __init__(self, method: str, wanted: str) -> None:
        super().__init__(f"The address of this {method} cannot be read. Write it as {wanted}.")


class NotForThisMethod(PuffinError):
    """An entry with something that its method does not have; leaving it aside would change what was meant."""

    def __init__(self, method: str, name: str) -> None:
        super().__init__(f"A {method} here has no {name}. Leave it out.")
        self.name = name


class ResourceDiffers(PuffinError):
    """An entry whose resource is missing, or is not the one that its address names."""

    def __init__(self) -> None:
        super().__init__("Its resource must have the type, and with PUT the id, that its address names.")


class VersionNotNamed(PuffinError):
    """A change of what is kept, without the version that it was made from: nothing is overwritten unseen."""

    def __init__(self) -> None:
        super().__init__(
            'This is kept already. Read it first, and send its version as ifMatch, such as W/"3".'
        )


class VersionNotUnderstood(PuffinError):
    """An ifMatch that is no version."""

    def __init__(self) -> None:
        super().__init__('Its ifMatch cannot be read. Write it as W/"3".')


class SeveralMatch(PuffinError):
    """More than one resource answers what asks for one."""

    def __init__(self, resource_type: str) -> None:
        super().__init__(
            f"More than one {resource_type} answers what it asks. "
            "Ask for what only one of them has, or name its id."
        )


class NoneMatches(PuffinError):
    """No resource answers a reference by identifier."""

    def __init__(self, resource_type: str) -> None:
        super().__init__(
            f"It points by identifier to a {resource_type} that is not here. Send that one as well."
        )


class NotByOneIdentifier(PuffinError):
    """A reference by a search other than for one identifier."""

    def __init__(self) -> None:
        super().__init__(
            "A reference may search by one identifier only. Write it as Type?identifier=system|value."
        )


class SameResource(PuffinError):
    """Two entries about one resource: which of them is to last is anybody's guess."""

    def __init__(self, other: int) -> None:
        super().__init__(f"Entry {other} is about the same resource. Put both into one entry.")


class SameAddress(PuffinError):
    """Two entries with one fullUrl: nobody can tell which of them a reference means."""

    def __init__(self, other: int) -> None:
        super().__init__(f"Entry {other} has the same fullUrl. Give each entry its own.")


class PointsNowhere(PuffinError):
    """A reference to what is neither in the transaction nor kept."""

    def __init__(self) -> None:
        super().__init__(
            "It points to something that is neither in the transaction nor kept here. Send that as well."
        )


class ReferenceNotUnderstood(PuffinError):
    """A reference that is no address."""

    def __init__(self) -> None:
        super().__init__(
            "One of its references cannot be read. Write it as Type/id, or as the fullUrl of an entry."
        )


class NoSuchVersionYet(PuffinError):
    """A reference to a version of what this transaction adds, whose id and version the store gives."""

    def __init__(self) -> None:
        super().__init__(
            "It points to a version of what a POST here adds. Leave the version out, or add that with PUT."
        )


class AuditIsWrittenHere(PuffinError):
    """An entry is an AuditEvent: who did what to whose record is not for a sender to say."""

    def __init__(self) -> None:
        super().__init__("The audit of a transaction is written here. Leave the AuditEvent out.")
