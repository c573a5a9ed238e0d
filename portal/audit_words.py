"""How the audit is said in plain words: tables, each complete."""

from collections.abc import Mapping

from fhir.actor import FAMILY_LINK, Purpose
from fhir.audit_event import Action
from plans.places import Role

ROLES: Mapping[str, str] = {
    Role.CLINICIAN: "GP practice clinician",
    Role.HOSPITAL: "Hospital asthma team",
    Role.SCHOOL_NURSE: "School nurse",
    Role.COMMUNITY_NURSE: "Community nurse",
    Role.PHARMACIST: "Pharmacist",
    Role.SOCIAL_WORKER: "Social worker",
    Role.SCHOOL_STAFF: "School staff",
    Role.PRIVACY_LEAD: "Privacy lead",
    FAMILY_LINK: "Family, by their own link",
}
PURPOSES: Mapping[Purpose, str] = {
    Purpose.DIRECT_CARE: "Care of the child",
    Purpose.CARE_TOGETHER: "Care together with the health team",
    Purpose.OVERSIGHT: "Looking after privacy",
    Purpose.FAMILY: "Their own family's plan",
    Purpose.EMERGENCY: "Emergency",
}
# Where an entry has no words of its own.
ACTIONS: Mapping[Action, str] = {
    Action.CREATE: "Add",
    Action.READ: "Read",
    Action.UPDATE: "Change",
    Action.DELETE: "Take away",
    Action.EXECUTE: "Use",
}
# What the privacy lead may narrow the list to.
KINDS: Mapping[str, tuple[Action, ...]] = {
    "read": (Action.READ,),
    "change": (Action.CREATE, Action.UPDATE, Action.DELETE),
    "other": (Action.EXECUTE,),
}
KIND_WORDS: Mapping[str, str] = {
    "": "All",
    "read": "Looked at something",
    "change": "Added or changed something",
    "other": "Signed in, printed or did something else",
}
