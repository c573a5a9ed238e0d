"""Every address, asked as every role and in every relation to the child, opens as the table says."""

import re
import shutil
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace

import pytest

from docs.access_commands import COMMANDS, FILES, MESSAGES
from docs.access_links import (
    DOOR,
    FOR_ANYBODY,
    OPENED_BY_LINK,
    PRINTED_BY_LINK,
    Answer,
    Link,
    answer_of,
)
from docs.access_table import ADDRESSES, COPIES, Relation, opened_by
from fhir.store import open_store
from fhir.store.tables import gp_documents
from plans.content import Copy
from plans.places import Role
from plans.sharing import BY_LINK
from portal.access import ANYONE, who_may_use
from portal.actions import copies
from portal.actions.discharge import sheet
from portal.actions.emergency_access import Typed, open_record
from portal.notify.carrier import carriers
from portal.notify.choosing import MAY_CARRY
from portal.views.family.copies import COPIES as COPIES_BY_LINK
from tests.portal import test_every_command_is_audited as of_commands
from tests.portal.access_region import AT_HOME, BORN, IN_THEIR_OWN_RIGHT, NUMBERS, Region
from tests.portal.conftest import MONDAY_9AM, SETTINGS, on_the_embedded_engine
from tests.portal.making import open_by_link
from tests.portal.test_every_reading_is_audited import VISITS
from tests.portal.test_routes import counted

OWN, SHARED, ENDED, OTHER = Relation
PAGE, PDF = "text/html", "application/pdf"
COPY = re.compile(r'data-copy="([a-z]+)"')
# An address that a role has, and that answers as the view does: it was done, or the form says what it lacks.
ANSWERED = {200, 303, 409, 422}
NOT_NOW = {"class_lists.undo"}  # the summer is over: see tests/portal/test_year_end.py
# What is asked of an address that prints one copy, whatever is asked for: those that say most.
MOST = (Copy.RECORD, Copy.FAMILY)


@pytest.fixture(scope="session")
def region_and_its_file(tmp_path_factory, quick_passwords):
    """A store with the region, made once."""
    store = open_store(tmp_path_factory.mktemp("region"))
    region = Region(store)
    store.close()
    return region, store.engine.file


@pytest.fixture(scope="session")
def new_store_file(region_and_its_file):
    """Every test of this file begins with the region."""
    return region_and_its_file[1]


@pytest.fixture
def region(region_and_its_file):
    return region_and_its_file[0]


@pytest.fixture(autouse=True)
def typesetter(monkeypatch):
    """Hand out what would be printed as it goes to the printer: which copy it is stands in it."""
    for module in (copies, sheet):
        monkeypatch.setattr(module, "pdf", str.encode)


def rules_of(portal, method):
    """Yield each address that takes a method and is not for everybody, with the roles that have it."""
    for rule in portal.url_map.iter_rules():
        who = who_may_use(portal.view_functions[rule.endpoint])
        if method in rule.methods and who != ANYONE and rule.endpoint != "static":
            yield rule, who


def asked(portal, region, role, method):
    """Yield each address of a role that names something, in each relation in which there is such a thing.

    Each comes with whether the table opens it, and what a form about it may name.
    """
    for rule, who in rules_of(portal, method):
        for relation in Relation if role in who and rule.arguments else ():
            address = region.address(rule, relation, role)
            if address is not None:
                yield rule, relation, address, relation in _opened_to(rule, role)


def _opened_to(rule, role):
    return opened_by(rule.endpoint).get(role, ()) if _is_in_table(rule.endpoint) else ()


def _is_in_table(endpoint):
    try:
        return opened_by(endpoint) is not None
    except KeyError:
        return False


def forms():
    """Return what is typed where each form is sent, as the test of the audit sends it and it is done."""
    sent = {}
    for visit in VISITS:
        if visit.data is not None and (visit.view not in sent or visit.status in {200, 303}):
            sent[visit.view] = visit.data
    return sent


def filled(form, known):
    return {name.format_map(known): text.format_map(known) for name, text in form.items()}


class TestTables:
    def test_name_every_journey_that_names_something_and_no_other(self, portal):
        rules = [rule for method in ("GET", "POST") for rule, _ in rules_of(portal, method) if rule.arguments]
        endpoints = {rule.endpoint for rule in rules}

        assert {one for one in endpoints if not _is_in_table(one)} == set()
        journeys = endpoints | {one.partition(".")[0] for one in endpoints}
        assert set(ADDRESSES) <= journeys

    def test_open_nothing_to_a_role_that_has_no_such_address(self, portal):
        has = defaultdict(set)
        for method in ("GET", "POST"):
            for rule, who in rules_of(portal, method):
                has[rule.endpoint] |= who
                has[rule.endpoint.partition(".")[0]] |= who

        assert {name: set(row) - has[name] for name, row in ADDRESSES.items() if set(row) - has[name]} == {}

    def test_open_nothing_by_a_share_that_ended_or_at_another_place(self):
        rows = (*ADDRESSES.values(), *COPIES.values())
        opened = {relation for row in rows for relations in row.values() for relation in relations}

        assert opened == {OWN, SHARED}

    def test_name_every_copy_every_reader_by_link_and_every_address_for_anybody(self, portal):
        for_anybody = {name for name, view in portal.view_functions.items() if who_may_use(view) == ANYONE}
        by_link = {name.partition(".")[2] for name in for_anybody if name.startswith("family.")}

        assert set(COPIES) == set(Copy)
        assert set(OPENED_BY_LINK) == set(PRINTED_BY_LINK) == set(AT_HOME) == BY_LINK
        assert DOOR.union(*OPENED_BY_LINK.values()) == by_link
        assert {f"family.{name}" for name in by_link} | set(FOR_ANYBODY) | {"static"} == for_anybody

    def test_name_every_command_and_say_as_the_audit_does(self):
        leaves = defaultdict(set)
        for one in of_commands.COMMANDS:
            name = max((name for name in COMMANDS if f"{one.words} ".startswith(f"{name} ")), key=len)
            leaves[name].add(one.leaves is not of_commands.Leaves.NOTHING)

        assert set(COMMANDS) == set(of_commands.names())
        assert {name for name in leaves if COMMANDS[name].audited != any(leaves[name])} == set()

    def test_name_every_message_and_every_command_that_hands_on_json(self):
        with_json = {
            name for name, command in _commands() if any(p.name == "as_json" for p in command.params)
        }

        assert set(carriers(SETTINGS)) == set(MAY_CARRY)
        assert set(MESSAGES) == {*MAY_CARRY, gp_documents.CARRIER}
        assert {name for name, command in COMMANDS.items() if command.as_json} == with_json

    @pytest.mark.parametrize("role", Role)
    def test_leave_no_cell_unasked(self, portal, region, role):
        """Wherever an address opens something, the region has that thing, and one that is not theirs."""
        unasked = {}
        for method in ("GET", "POST"):
            relations = defaultdict(set)
            for rule, relation, _address, _opens in asked(portal, region, role, method):
                relations[rule.endpoint].add(relation)
            for rule, who in rules_of(portal, method):
                if role in who and rule.arguments:
                    wanted = {OTHER, *_opened_to(rule, role)}
                    lacking = wanted - relations[rule.endpoint]
                    unasked |= {rule.endpoint: lacking} if lacking else {}

        assert unasked == {}


def _commands(group=of_commands.run.door, before=""):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


class TestWhoSignsIn:
    @pytest.mark.parametrize("role", Role)
    def test_finds_what_the_table_opens_and_nothing_else(self, portal, client_for, region, role):
        browser, wrong, files = client_for(role, region.people[role]), {}, {}

        for rule, relation, address, opens in asked(portal, region, role, "GET"):
            answer = browser.get(address)
            if answer.status_code not in (ANSWERED if opens else {404}):
                wrong[f"{rule.endpoint}, {relation}"] = answer.status_code
            if names_of_others(answer, role):
                wrong[f"{rule.endpoint}, {relation}, says"] = names_of_others(answer, role)
            if answer.status_code == 200 and answer.mimetype != PAGE:
                files[rule.endpoint] = answer.mimetype

        assert wrong == {}
        theirs = {name for name in FILES if FILES[name][0] == PDF and not name.startswith("family.")}
        assert files == {name: PDF for name in theirs if opened_by(name).get(role)}

    @pytest.mark.parametrize("role", Role)
    def test_sees_only_their_own_on_every_list(self, portal, client_for, region, role):
        browser, wrong = client_for(role, region.people[role]), {}

        for rule, who in rules_of(portal, "GET"):
            if rule.arguments:
                continue
            answer = browser.get(rule.rule)
            if answer.status_code not in (ANSWERED if role in who else {404}):
                wrong[rule.endpoint] = answer.status_code
            elif names_of_others(answer, role):
                wrong[rule.endpoint] = names_of_others(answer, role)

        assert wrong == {}

    @pytest.mark.parametrize("role", Role)
    def test_sends_nothing_to_what_the_table_does_not_open(self, portal, client_for, region, store, role):
        browser, form, wrong = client_for(role, region.people[role]), forms(), {}
        before = counted(store)

        for rule, relation, address, opens in asked(portal, region, role, "POST"):
            if not opens:
                known = region.typed(store, region.known(rule, relation, role))
                answer = browser.post(address, data=filled(form.get(rule.endpoint, {}), known))
                if answer.status_code != 404:
                    wrong[f"{rule.endpoint}, {relation}"] = answer.status_code

        assert wrong == {}
        assert counted(store) == before

    @on_the_embedded_engine
    @pytest.mark.parametrize("role", Role)
    def test_sends_the_same_form_to_what_it_opens(self, portal, client_for, region, afresh, store, role):
        browser, form, wrong = client_for(role, region.people[role]), forms(), {}

        for rule, relation, address, opens in asked(portal, region, role, "POST"):
            if opens and rule.endpoint not in NOT_NOW:
                known = region.typed(store, region.known(rule, relation, role))
                browser.get("/nothing-here")  # where the token of the form is from
                with afresh():
                    answer = browser.post(address, data=filled(form.get(rule.endpoint, {}), known))
                if answer.status_code not in ANSWERED:
                    wrong[f"{rule.endpoint}, {relation}"] = answer.status_code

        assert wrong == {}

    @pytest.mark.parametrize("role", Role)
    def test_is_given_the_copies_of_the_table_and_no_other(self, portal, client_for, region, role):
        browser, given = client_for(role, region.people[role]), defaultdict(set)

        for rule, relation, address, _opens in asked(portal, region, role, "GET"):
            if rule.endpoint in FILES:
                for copy in Copy if rule.endpoint == "plans.pdf" else MOST:
                    answer = browser.get(f"{address}?copy={copy}")
                    if answer.mimetype == PDF:
                        given[Copy(COPY.search(answer.text)[1])].add(relation)

        assert given == {copy: set(row[role]) for copy, row in COPIES.items() if role in row}

    @pytest.mark.parametrize("role", [Role.CLINICIAN, Role.HOSPITAL])
    def test_finds_in_an_emergency_the_page_of_that_child_and_nothing_else(
        self, portal, client_for, region, store, role
    ):
        browser, child = client_for(role, region.people[role]), region.children[OTHER]
        typed = Typed("An attack in our department", NUMBERS[OTHER], child.born)
        open_record(store, typed, by=region.people[role], at=MONDAY_9AM)

        found = {
            rule.endpoint: answer
            for rule, relation, address, _opens in asked(portal, region, role, "GET")
            if relation is OTHER and (answer := browser.get(address).status_code) != 404
        }
        assert found == {"emergency.show": 200}


def by_link(link, store, region, born):
    """Yield each view of a link by its name, its method, address and form; what closes it is the last."""
    known = region.typed(store, region.names[SHARED]) | {"link": link}
    last = {visit.view: visit for visit in VISITS if visit.view.startswith("family.")}
    for view, visit in sorted(last.items(), key=lambda one: one[0] == "family.close"):
        form = filled(visit.data or {}, known)
        if view == "family.prove":
            form = {"born-day": born.day, "born-month": born.month, "born-year": born.year}
        yield view.partition(".")[2], visit.method, visit.address.format_map(known), form


def what_was_answered(answer, link, view):
    """Return what somebody was given at an address of a link."""
    if answer.status_code == 404:
        return Answer.NOT_THERE
    if answer.location == link or "born-day" in answer.text and "Robin" not in answer.text:
        return Answer.DOOR
    if answer.location == f"{link}/emergency" and view not in DOOR:
        return Answer.CARD
    return Answer.OPENS if answer.status_code in ANSWERED else answer.status_code


def names_of_others(answer, role):
    """Return the names of children that no answer to this role may say."""
    hidden = [f"Robin{OTHER}", f"Nobody{OTHER}"]
    hidden += [f"Left{ENDED}"] if role in IN_THEIR_OWN_RIGHT else []
    return [name for name in hidden if name in answer.text]


@pytest.fixture
def afresh(portal, store, tmp_path):
    """Let each answer within work on a copy of the store as it is now, which is thrown away after it."""
    number = iter(range(1000))
    kept = portal.extensions["puffin"]

    @contextmanager
    def copied():
        folder = tmp_path / f"copy-{next(number)}"
        folder.mkdir()
        store.db.execute("VACUUM INTO ?", (str(folder / store.engine.file.name),))
        copy = open_store(folder)
        portal.extensions["puffin"] = replace(kept, store=copy)
        try:
            yield copy
        finally:
            portal.extensions["puffin"] = kept
            copy.close()
            shutil.rmtree(folder)

    return copied


class TestWhoHasNoAccount:
    def test_is_asked_to_sign_in_whatever_is_asked_for(self, portal, region, stranger):
        wrong = {}
        for method in ("GET", "POST"):
            for role in Role:
                for rule, relation, address, _opens in asked(portal, region, role, method):
                    answer = stranger.open(address, method=method)
                    if answer.status_code != 303 or not answer.location.startswith("/sign-in"):
                        wrong[f"{rule.endpoint}, {relation}"] = answer.status_code

        assert wrong == {}

    def test_reads_the_name_of_no_child_at_an_address_for_anybody(self, portal, region, stranger):
        names = [{"token": theirs["own"].removeprefix("/f/")} for theirs in region.links.values()]
        names += [{"plan_id": region.names[SHARED]["plan_id"]}]
        told = []
        for rule in portal.url_map.iter_rules():
            if who_may_use(portal.view_functions[rule.endpoint]) == ANYONE and rule.endpoint != "static":
                for address in {_address(rule, each) for each in names} - {None}:
                    for method in rule.methods & {"GET", "POST"}:
                        answer = stranger.open(address, method=method, data={})
                        told += [rule.endpoint] if "Robin" in answer.text else []

        assert told == []


def _address(rule, names):
    """Return an address of a rule with these names, None where it names something else too."""
    some = {"name": "no-inhaler" if "tell" in rule.rule else "plan"} | names
    try:
        return rule.build(some, append_unknown=False)[1] if set(rule.arguments) <= set(some) else None
    except LookupError:
        return None


class TestWhoReadsByALink:
    @pytest.mark.parametrize("reader", AT_HOME)
    def test_finds_what_the_table_opens_and_nothing_else(self, portal, region, store, reader):
        wrong, links = {}, region.links[reader]
        browser, ended = portal.test_client(), portal.test_client()
        open_by_link(browser, store, links["own"], region.people[Role.CLINICIAN], BORN[reader])
        open_by_link(ended, store, links["ended"], region.people[Role.CLINICIAN], BORN[reader])
        region.end_link(store, links["ended"])

        for link in (Link.ENDED, Link.OF_ANOTHER_PARENT, Link.OF_ANOTHER_CHILD, Link.OWN):
            who = ended if link is Link.ENDED else browser
            for view, method, address, form in by_link(links[link], store, region, BORN[reader]):
                answer = who.open(address, method=method, data=form if link is Link.OWN else {})
                got = what_was_answered(answer, links[link], view)
                if got is not answer_of(view, reader, link):
                    wrong[f"{method} {view}, {link}"] = f"{got}: {answer.status_code} {answer.location}"

        assert wrong == {}

    @pytest.mark.parametrize("reader", AT_HOME)
    def test_is_given_the_copies_of_the_table_and_no_other(self, portal, region, store, reader):
        browser, link = portal.test_client(), region.links[reader]["own"]
        open_by_link(browser, store, link, region.people[Role.CLINICIAN], BORN[reader])
        printed = [browser.get(f"{link}/{name}.pdf") for name in (*COPIES_BY_LINK, "emergency")]

        given = {Copy(COPY.search(one.text)[1]) for one in printed if one.mimetype == PDF}
        assert given == PRINTED_BY_LINK[reader]
