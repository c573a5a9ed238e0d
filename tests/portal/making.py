"""Makers for the portal's tests: a child of a practice, a draft that is ready to sign, a signed plan."""

from datetime import date, timedelta
from uuid import uuid4

from fhir import kept_people
from fhir.codes import PRIVACY_CONSENT
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.related_person import to_related_person
from fhir.store.tables import drafts, links
from plans.confirmations import needed
from plans.consent import How, Word
from plans.draft import read_draft
from plans.medicines import read_medicines
from plans.people import Child, FamilyMember
from plans.places import Organisation, OrganisationKind
from plans.sharing import Basis
from portal.actions.circle.deciding import deciding
from portal.actions.circle.refusing import refuse
from portal.actions.circle.sharing import token_hash
from portal.actions.family.one_time_code import hand_over_code
from portal.actions.importing.record import import_file
from portal.actions.plans import sign_draft
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.conftest import MONDAY_9AM

TODAY = MONDAY_9AM.date()
OF_RECORDS = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")

# What a clinician types for a preventer and a reliever, with every question answered.
PREVENTER_AND_RELIEVER = {
    "regimen": "preventer-reliever",
    "preventer-product": "clenil-modulite-50",
    "preventer-morning": "2",
    "preventer-evening": "2",
    "preventer-spacer": "mouthpiece",
    "reliever-product": "ventolin-evohaler-100",
    "reliever-when-needed": "2",
    "reliever-spacer": "mouthpiece",
    "worse-puffs": "4",
    "worse-hours": "4",
    "use-peak-flow": "no",
    "trigger-pollen": "yes",
    "surgery-phone": "0121 496 0101",
    "language": "en",
    "review-by": (TODAY + timedelta(days=200)).isoformat(),
    "taught-to": "The mother and the child",
    "technique": "good",
    "teach-back-every-day": "own-words",
    "teach-back-attack": "own-words",
    "teach-back-emergency": "own-words",
}


def make_child(store, person, **changes):
    """Keep a child of this person's practice; name only what your test is about."""
    usual = {
        "id": str(uuid4()),
        "given": "Amina",
        "family": "Test",
        "born": date(2018, 5, 1),
        "nhs_number": "9990000018",
        "practice_id": person.organisation_id,
    }
    child = Child(**usual | changes)
    with store.write(by=person.ref, at=MONDAY_9AM) as write:
        write.create(to_patient(child))
        write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "add the child")
    return child


def bring_in(store, folder, *resources, at=MONDAY_9AM):
    """Import a GP record of the practice OF_RECORDS that holds these, and return the child's id."""
    file = folder / "record.json"
    file.write_bytes(gp_records.raw(gp_records.bundle(*map(gp_records.entry, resources))))
    how = {"by": "system", "at": at, "today": at.date(), "holidays_for": holidays_for}
    return import_file(store, file, **how).child_id


def make_organisation(store, kind=OrganisationKind.SCHOOL, name="Oak School", **more):
    """Keep a school, hospital or practice where nobody signs in."""
    place = Organisation(str(uuid4()), kind, name, **more)
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.create(to_organization(place))
        write.audit("C", f"Organization/{place.id}", detail="add the organisation")
    return place


def make_family_member(store, child, **changes):
    """Keep the child's mother, who has parental responsibility; name only what your test is about."""
    usual = {
        "id": str(uuid4()),
        "child_id": child.id,
        "name": "Sana Test",
        "relationship": "mother",
        "with_parental_responsibility": True,
        "phone": "07700 900111",
        "phone_is_safe": True,
    }
    member = FamilyMember(**usual | changes)
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.create(to_related_person(member))
        if member.barred:
            write.create(_denial(child, member))
        write.audit("C", f"RelatedPerson/{member.id}", f"Patient/{child.id}", "add a family member")
    return next(one for one in kept_people.family(store, child.id) if one.id == member.id)


def agreed(store, child_id, on=TODAY):
    """Return the word of whoever decides about sharing a child's plan; of a mother who is kept if nobody."""
    child = kept_people.child(store, child_id)
    who = deciding(store, child, on).who
    if not who:
        make_family_member(store, child, phone="", phone_is_safe=False)
        who = deciding(store, child, on).who
    return Word(who[0].ref, who[0].name, How.IN_PERSON, on)


def word_for(store, child_id, basis, on=TODAY):
    """Return whose word a share on this basis rests on: that of whoever decides, None but for consent."""
    return agreed(store, child_id, on) if basis is Basis.CONSENT else None


def keep_refusal(store, child_id, whom, word, *, by, reason="No reason given", at=MONDAY_9AM):
    """Keep that somebody said no to a reader before the plan was shared with them; return it."""
    return refuse(store, child_id, whom, word, reason, by=by, at=at)


def open_by_link(browser, store, path, gp, born=date(2018, 5, 1)):
    """Open a family's link as its own person does: date of birth, name, and a code that `gp` handed over."""
    typed = {"born-day": born.day, "born-month": born.month, "born-year": born.year}
    browser.post(path, data=typed)
    browser.post(f"{path}/child", data={"answer": "yes"})
    link = links.by_token_hash(store, token_hash(path.removeprefix("/f/")))
    code = hand_over_code(store, link.child_id, link.related_person_id, by=gp, at=MONDAY_9AM)
    answer = browser.post(f"{path}/code", data={"code": code})
    assert answer.location == f"{path}/plan", answer.text


def ready_fields(child, today=TODAY, **changes):
    """Return the fields of a draft that may be signed as it is; `_` in a name stands for `-`."""
    fields = PREVENTER_AND_RELIEVER | {name.replace("_", "-"): text for name, text in changes.items()}
    plan = read_draft(fields, draft_id=str(uuid4()), child_id=child.id).plan
    wordings = needed(plan, child.age_on(today), read_medicines())
    return {f"wording-{wording.key}": "yes" for wording in wordings} | fields


def make_draft(store, child, person, **changes):
    """Keep a draft that is ready to sign; name only what your test is about."""
    with store.write(by=person.ref, at=MONDAY_9AM) as write:
        return drafts.create(write, child.id, ready_fields(child, **changes))


def make_plan(store, child, person, at=MONDAY_9AM, **changes):
    """Sign a plan for the child and return it; name only what your test is about."""
    draft = make_draft(store, child, person, **changes)
    return sign_draft(store, draft.id, draft.version, by=person, at=at, today=at.date())


def _denial(child, member):
    """Return the Consent of a GP record that bars somebody."""
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": PRIVACY_CONSENT,
        "category": [{"text": "Court order"}],
        "patient": {"reference": f"Patient/{child.id}"},
        "policyRule": {"text": "Court order"},
        "provision": {
            "type": "deny",
            "actor": [{"role": {"text": "mother"}, "reference": {"reference": f"RelatedPerson/{member.id}"}}],
        },
    }
