"""The mailbox of a team: where its e-mails go, said by its lead or by whoever runs Puffin."""

from datetime import datetime

from fhir import kept_people
from fhir.store import Store, Write
from fhir.store.tables import outbox
from plans.mailbox import checked_mailbox
from plans.places import Organisation
from portal.actions.places import kept_by_code
from portal.actions.teams import must_lead
from portal.person import Person


def keep_mailbox(store: Store, address: str, *, by: Person, at: datetime) -> str:
    """Keep the mailbox of somebody's team, "" for none, and return it.

    What was refused there is tried again. Raises ResourceNotFound for who does not lead, MailboxInvalid.
    """
    must_lead(by)
    checked = checked_mailbox(address)
    with store.write(by=by.ref, at=at) as write:
        _keep(write, by.organisation_id, checked)
    return checked


def keep_mailbox_by_code(store: Store, code: str, address: str, *, by: str, at: datetime) -> Organisation:
    """Keep the mailbox of a place by its code, "" for none, and return the place.

    Raises CodeInvalid, OrganisationNotFound and MailboxInvalid.
    """
    checked = checked_mailbox(address)
    with store.write(by=by, at=at) as write:
        place = kept_by_code(write, code)
        _keep(write, place.id, checked)
        return kept_people.organisation(write, place.id)


def _keep(write: Write, organisation_id: str, address: str) -> None:
    kept = write.read("Organization", organisation_id)
    others = [one for one in kept.get("telecom", ()) if one.get("system") != "email"]
    said = [{"system": "email", "value": address, "use": "work"}] if address else []
    changed = {name: value for name, value in kept.items() if name != "telecom"}
    if others or said:
        changed["telecom"] = [*others, *said]
    write.update(changed, if_match=kept["meta"]["versionId"])
    write.audit("U", f"Organization/{organisation_id}", detail="keep the mailbox of a team")
    outbox.try_again(write, organisation_id)
