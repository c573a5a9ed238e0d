"""Every address, asked as every role and in every relation to the child, opens as the table says."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest

from docs.access_table import ADDRESSES, Relation, opened_by
from fhir import kept_questions, kept_reviews, kept_shares
from fhir.store import open_store
from fhir.store.tables import class_lists
from plans.class_list_match import Why
from plans.class_list_register import Pupil
from plans.places import Role
from plans.team_task import TaskKind
from portal.access import ANYONE, who_may_use
from portal.actions.accounts import NewAccount, add_account
from portal.actions.alerts import sweep
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.discharge.waiting import all_waiting
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.calendar import holidays_for
from tests.portal.conftest import HOMES, MONDAY_9AM, NAMES, PASSWORD
from tests.portal.discharge_making import tell
from tests.portal.making import make_child, make_draft, make_family_member, make_plan
from tests.portal.shared_making import READERS

OWN, SHARED, ENDED, OTHER = Relation
VARIABLE = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
NUMBERS = {OWN: "9990000018", SHARED: "9990000026", ENDED: "9990000034", OTHER: "9990000042"}
# What an address may name beside ids: one value that it has.
WORDS = {"slot": "preventer", "kind": "attack"}
# What a practice has in its own right, and a school as the place of a list, is theirs whatever is shared.
IN_THEIR_OWN_RIGHT = {Role.CLINICIAN, Role.PRIVACY_LEAD}
# Shown only where something had gone before; asked here without it, so that they are closed to everybody.
AFTER_MORE = {"bar_id", "days_id", "entry_id", "line_id", "move_id"}


class Region:
    """Two of every place, and a child in each relation to the people of the first."""

    def __init__(self, store, people, far) -> None:
        self.store, self.people, self.far = store, people, far
        self.names = {relation: self._names(relation, self._child(relation)) for relation in Relation}
        self.tasks = {(one, role): self._task(one, role) for one in (OWN, OTHER) for role in Role}

    def _child(self, relation):
        """Keep a child with a plan, a draft and somebody at home, shared as the relation says."""
        people = self.far if relation is OTHER else self.people
        gp = people[Role.CLINICIAN]
        child = make_child(
            self.store, gp, given=f"Robin{relation}", nhs_number=NUMBERS[relation],
            school_id=people[Role.SCHOOL_STAFF].organisation_id,
        )  # fmt: skip
        self.plan = make_plan(self.store, child, gp)
        self.mother = make_family_member(self.store, child)
        self.draft = make_draft(self.store, child, gp, replaces=self.plan.id)
        if relation is not OWN:
            wanted = [
                Wanted(reader, people[role].organisation_id, basis)
                for role, (reader, basis) in READERS.items()
            ]
            share(self.store, child.id, wanted, by=gp, at=MONDAY_9AM)
        if relation is ENDED:
            for one in kept_shares.live_shares_of(self.store, child.id, MONDAY_9AM):
                stop(self.store, child.id, one.id, by=gp, at=MONDAY_9AM)
        return child

    def _names(self, relation, child):
        """Return what the variables of an address stand for in this relation, as far as it has them."""
        shares = kept_shares.shares_of(self.store, child.id)
        names = {
            "child_id": child.id,
            "plan_id": self.plan.id,
            "draft_id": self.draft.id,
            "member_id": self.mother.id,
            "school_id": child.school_id,
            "pupil_id": self._pupil(child),
        } | ({"share_id": shares[0].id} if shares else {})
        return names | (self._at_hospital(relation, child) if relation in (OWN, OTHER) else {})

    def _pupil(self, child):
        """Put somebody on the register of the child's school who may be the child."""
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            row = Pupil(
                id="", school_id=child.school_id, given=child.given, family=child.family, born=child.born
            )
            pupil = class_lists.add_pupil(write, row)
            class_lists.add_doubt(write, pupil.id, child.id, Why.NAME, task_id="")
        return pupil.id

    def _at_hospital(self, relation, child):
        """Let the hospital of the relation discharge this child, and another whom nobody knows."""
        people, far = (self.far, True) if relation is OTHER else (self.people, False)
        hospital, practice = people[Role.HOSPITAL], people[Role.CLINICIAN]
        visit, code = ("FAR-1", "X98801") if far else ("ASH-1", "X99001")
        place = {"hospital_id": hospital.organisation_id, "practice_code": code}
        review = tell(self.store, child, **place, visit=visit).review_id
        unknown = replace(child, nhs_number="9990000050", given="Nobody")
        tell(self.store, unknown, **place, visit=f"{visit}-2")
        encounter = kept_reviews.review(self.store, review).encounter_id
        late = MONDAY_9AM + timedelta(days=9)
        sweep(self.store, now=late, holidays_for=holidays_for, at=MONDAY_9AM)
        alerts = kept_reviews.open_alerts(self.store, child.id)
        waiting = {one.told.notice.visit: one.id for one in all_waiting(self.store)}
        return {
            "review_id": review,
            "question_id": kept_questions.questions_about(self.store, encounter)[0].id,
            "alert_id": next(one.id for one in alerts if _is_told(one, hospital, practice)),
            "waiting_id": waiting[f"{visit}-2"],
        }

    def _task(self, relation, role):
        """Raise a task that this role may read for the team of somebody in this relation; return its id."""
        person = (self.far if relation is OTHER else self.people)[role]
        kind = TaskKind.WHO_LOOKED if role is Role.PRIVACY_LEAD else TaskKind.INHALER_AT_SCHOOL
        new = NewTask(kind, person.organisation_id, self.names[relation]["child_id"], once=str(relation))
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            return raise_task(write, new).id

    def address(self, rule, relation, role):
        """Return the address of a rule about what stands in this relation, None where nothing does."""
        names = WORDS | self.names[relation]
        if relation is OWN and role in IN_THEIR_OWN_RIGHT:
            names |= self.names[SHARED]
        if relation in (OWN, OTHER):
            names["task_id"] = self.tasks[relation, role]
        wanted = VARIABLE.findall(rule.rule)
        if not all(name in names for name in wanted):
            return None
        asked = f"?since={names['plan_id']}" if rule.endpoint == "plans.changes" else ""
        return VARIABLE.sub(lambda found: names[found[1]], rule.rule) + asked


def _is_told(alert, *people):
    told = {alert.owner_id, *alert.told_ids}
    return all(one.organisation_id in told for one in people)


def relations_of(rule, role):
    """Return the relations that somebody can be in to what an address names."""
    if AFTER_MORE & rule.arguments:
        return ()
    if role in IN_THEIR_OWN_RIGHT or "school_id" in rule.arguments:
        return (OWN, OTHER)
    return tuple(Relation)


def staffed(store, places, prefix=""):
    """Add somebody of each role at one of these places; the school is looked after by the nurses."""
    people = {}
    for role in Role:  # the nurses before the school that they look after
        username, name, job = NAMES[role]
        place = places[role]
        if role is Role.SCHOOL_STAFF:
            place = replace(place, nursing_team_id=people[Role.SCHOOL_NURSE].organisation_id)
        new = NewAccount(f"{prefix}{username}", name, job, role, place)
        people[role] = add_account(store, new, PASSWORD, by="system", at=MONDAY_9AM)
    return people


@pytest.fixture(scope="session")
def region_and_its_file(tmp_path_factory, quick_passwords):
    """A store with the region, made once."""
    store = open_store(tmp_path_factory.mktemp("region"))
    far = {
        role: replace(home, name=f"Far {home.name}", code=f"X988{home.code[-2:]}")
        for role, home in HOMES.items()
    }
    region = Region(store, staffed(store, HOMES), staffed(store, far, "far."))
    store.close()
    return region, store.engine.file


@pytest.fixture(scope="session")
def new_store_file(region_and_its_file):
    """Every test of this file begins with the region."""
    return region_and_its_file[1]


@pytest.fixture
def region(region_and_its_file):
    return region_and_its_file[0]


def rules_of(portal, method):
    """Yield each address that takes a method and is not for everybody, with the roles that have it."""
    for rule in portal.url_map.iter_rules():
        who = who_may_use(portal.view_functions[rule.endpoint])
        if method in rule.methods and who != ANYONE and rule.endpoint != "static":
            yield rule, who


def test_the_table_names_every_journey_that_names_something_and_no_other(portal):
    rules = [rule for method in ("GET", "POST") for rule, _ in rules_of(portal, method) if rule.arguments]
    endpoints = {rule.endpoint for rule in rules}

    assert {one for one in endpoints if not _is_in_table(one)} == set()
    journeys = endpoints | {one.partition(".")[0] for one in endpoints}
    assert set(ADDRESSES) <= journeys


def _is_in_table(endpoint):
    try:
        return opened_by(endpoint) is not None
    except KeyError:
        return False


def test_the_table_opens_nothing_to_a_role_that_has_no_such_address(portal):
    has = defaultdict(set)
    for method in ("GET", "POST"):
        for rule, who in rules_of(portal, method):
            has[rule.endpoint] |= who
            has[rule.endpoint.partition(".")[0]] |= who

    assert {name: set(row) - has[name] for name, row in ADDRESSES.items() if set(row) - has[name]} == {}


def test_nothing_is_opened_by_a_share_that_ended_or_at_another_place():
    opened = {relation for row in ADDRESSES.values() for relations in row.values() for relation in relations}

    assert opened == {OWN, SHARED}


@pytest.mark.parametrize("role", Role)
def test_what_is_looked_at_opens_as_the_table_says(portal, client_for, region, role):
    browser = client_for(role, region.people[role])
    wrong = {}

    for rule, who in rules_of(portal, "GET"):
        for relation in relations_of(rule, role) if role in who and rule.arguments else ():
            address = region.address(rule, relation, role)
            if address is None:
                continue
            opens = relation in opened_by(rule.endpoint).get(role, ())
            status = browser.get(address).status_code
            if opens != (status != 404):
                wrong[f"{rule.endpoint}, {relation}"] = status

    assert wrong == {}


@pytest.mark.parametrize("role", Role)
def test_what_is_posted_where_the_table_opens_nothing_is_not_there(portal, client_for, region, role):
    browser = client_for(role, region.people[role])
    wrong = {}

    for rule, who in rules_of(portal, "POST"):
        for relation in relations_of(rule, role) if role in who and rule.arguments else ():
            address = region.address(rule, relation, role)
            if address and relation not in opened_by(rule.endpoint).get(role, ()):
                status = browser.post(address, data={"version": "1", "reason": "x"}).status_code
                if status != 404:
                    wrong[f"{rule.endpoint}, {relation}"] = status

    assert wrong == {}
