"""The plain tables: accounts, sessions, drafts, links, outbox, incoming messages and the small ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import choice
from string import ascii_letters

import pytest

from fhir.store.errors import DraftClosed, NotADemoStore, ResourceNotFound, StaleVersion, UsernameTaken
from fhir.store.tables import accounts, drafts, imported, incoming, links, marks, outbox, pulse, sessions

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
IDLE = timedelta(minutes=15)


@pytest.fixture
def do(store):
    """Do one thing in one write, and return what it returned."""

    def act(change, *values, at=NOW, **named):
        with store.write(by="Practitioner/dr-lee", at=at) as write:
            return change(write, *values, **named)

    return act


@pytest.fixture
def account(do):
    """Add an account; name only what your test is about."""

    def make(**changes):
        ready = {"username": "amy", "display_name": "Amy Lee", "password_hash": "h"}
        return do(accounts.add, accounts.NewAccount(**ready | changes))

    return make


@pytest.fixture
def session(do):
    """Begin a session that lasts a day; name only what your test is about."""

    def make(name="t", account_id=None, state=None, expires_at=NOW + timedelta(days=1)):
        return do(sessions.begin, name, account_id=account_id, state=state or {}, expires_at=expires_at)

    return make


@pytest.fixture
def link(do):
    """Make a link; name only what your test is about."""

    def make(**changes):
        ready = {
            "token_hash": "t",
            "child_id": "p1",
            "plan": "series-1",
            "expires_at": NOW + timedelta(days=30),
        }
        return do(links.create, links.NewLink(**ready | changes))

    return make


@pytest.fixture
def message(do):
    """Queue a message; name only what your test is about."""

    def make(at=NOW, **changes):
        ready = {
            "key": "late|t1|o1",
            "carrier": "e-mail",
            "recipient": "desk@example.org",
            "body": {"subject": "é"},
        }
        return do(outbox.enqueue, outbox.NewMessage(**ready | changes), at=at)

    return make


@pytest.fixture
def take(do):
    """Take the message that has been due for longest, for ten minutes."""
    return lambda now: do(
        outbox.take, due_by=now, until=now + timedelta(minutes=10), carrier="e-mail", at=now
    )


def adt(**changes):
    ready = {"kind": "adt", "text": "MSH|^~\\&|", "reason": "no such child", "fields": {"due": "2026-11-24"}}
    return incoming.NewIncoming(**ready | changes)


# Accounts


def test_an_account_is_found_whatever_the_capitals(store, account):
    amy = account(username="Amy.Lee", practitioner_id="x", demo=True)

    assert accounts.by_username(store, " amy.LEE ") == amy
    assert accounts.by_id(store, amy.id) == amy
    assert accounts.by_username(store, "amy") is None
    assert (amy.username, amy.demo, amy.created_at, amy.stopped_at) == ("Amy.Lee", True, NOW, None)


def test_a_user_name_is_used_once(account):
    account(username="straße")

    with pytest.raises(UsernameTaken):
        account(username="STRASSE")


def test_a_stopped_account_stays_and_its_sessions_end(store, do, account, session):
    amy = account()
    session(account_id=amy.id)

    do(accounts.stop, amy.id, at=LATER)
    do(accounts.stop, amy.id, at=LATER + IDLE)

    assert [each.stopped_at for each in accounts.all_accounts(store)] == [LATER]
    assert sessions.live(store, "t", now=LATER, idle=IDLE) is None


def test_a_password_is_changed(store, do, account):
    amy = account()

    do(accounts.set_password, amy.id, "other")

    assert accounts.by_id(store, amy.id).password_hash == "other"


def test_an_account_that_is_not_there_is_not_found(store, do):
    for act in (lambda: accounts.by_id(store, "x"), lambda: do(accounts.stop, "x")):
        with pytest.raises(ResourceNotFound):
            act()


# Sessions


def test_a_session_remembers_its_state(store, do, account, session):
    amy = account()
    begun = session(account_id=amy.id, state={"csrf": "c", "child": None})
    assert sessions.live(store, "t", now=NOW, idle=IDLE) == begun

    do(sessions.save, "t", {"csrf": "d"}, at=LATER)

    found = sessions.live(store, "t", now=LATER, idle=IDLE)
    assert (found.state, found.seen_at, found.account_id) == ({"csrf": "d"}, LATER, amy.id)


def test_a_session_ends_when_nobody_is_seen_in_it(store, do, session):
    session()
    assert sessions.live(store, "t", now=NOW + IDLE, idle=IDLE) is None

    do(sessions.touch, "t", at=LATER)

    assert sessions.live(store, "t", now=NOW + IDLE, idle=IDLE)


def test_a_session_ends_at_its_end(store, session):
    session(expires_at=LATER)

    assert sessions.live(store, "t", now=LATER, idle=IDLE) is None


def test_an_ended_session_stays_ended(store, do, session):
    session()
    do(sessions.revoke, "t")

    assert sessions.live(store, "t", now=NOW, idle=IDLE) is None
    with pytest.raises(ResourceNotFound):
        do(sessions.save, "t", {})


def test_all_sessions_of_an_account_end_together(store, do, account, session):
    amy = account()
    session("a", amy.id)
    session("b", amy.id)
    session("c")

    assert do(sessions.revoke_all, amy.id) == 2
    assert [bool(sessions.live(store, each, now=NOW, idle=IDLE)) for each in "abc"] == [False, False, True]


def test_old_sessions_are_forgotten(store, do, session):
    session("old", expires_at=NOW)
    session("new", expires_at=LATER)

    assert do(sessions.forget, before=LATER) == 1
    assert sessions.live(store, "new", now=NOW, idle=IDLE)


# Drafts


def test_a_draft_keeps_every_version(store, do):
    first = do(drafts.create, "p1", {"preventer": "Clenil 50"})

    second = do(drafts.save, first.id, {"preventer": "Clenil 100"}, 1, at=LATER)

    assert drafts.read(store, first.id) == second
    assert [each.fields["preventer"] for each in drafts.versions(store, first.id)] == [
        "Clenil 100",
        "Clenil 50",
    ]
    assert (second.version, second.saved_at, second.created_at) == (2, LATER, NOW)
    assert (second.saved_by, second.status) == ("Practitioner/dr-lee", "draft")


def test_a_draft_is_not_saved_over_somebody_elses_change(store, do):
    draft = do(drafts.create, "p1", {})
    second = do(drafts.save, draft.id, {"a": 1}, 1)

    for change, values in ((drafts.save, ({}, 1)), (drafts.drop, (1,)), (drafts.mark_signed, (1,))):
        with pytest.raises(StaleVersion):
            do(change, draft.id, *values)
    assert drafts.read(store, draft.id) == second


@pytest.mark.parametrize(("close", "status"), [(drafts.mark_signed, "signed"), (drafts.drop, "dropped")])
def test_a_closed_draft_is_not_changed(store, do, close, status):
    draft = do(drafts.create, "p1", {})

    do(close, draft.id, 1)

    assert drafts.read(store, draft.id).status == status
    with pytest.raises(DraftClosed, match=status):
        do(drafts.save, draft.id, {}, 1)


def test_open_drafts_are_listed_with_the_last_saved_first(store, do):
    first, second, other = (do(drafts.create, child, {}) for child in ("p1", "p1", "p2"))
    dropped = do(drafts.create, "p1", {})
    do(drafts.drop, dropped.id, 1)
    do(drafts.save, first.id, {}, 1, at=LATER)

    assert [each.id for each in drafts.of_child(store, "p1")] == [first.id, second.id]
    assert [each.id for each in drafts.all_open(store)] == [first.id, other.id, second.id]
    assert [each.id for each in drafts.open_of(store, ["p2", "p3"])] == [other.id]
    assert drafts.open_of(store, []) == []


def test_a_draft_that_is_not_there_is_not_found(store):
    with pytest.raises(ResourceNotFound):
        drafts.read(store, "x")


# Links


def test_a_link_is_found_by_its_token(store, link):
    made = link(related_person_id="r1", language="pa")

    assert links.by_token_hash(store, "t") == made == links.by_id(store, made.id)
    assert links.by_token_hash(store, "other") is None
    assert (made.created_by, made.created_at, made.failed_attempts) == ("Practitioner/dr-lee", NOW, 0)


def test_failures_are_counted_until_it_opens(do, store, link):
    made = link()

    do(links.note_failure, made.id)
    locked = do(links.note_failure, made.id, locked_until=LATER)
    assert (locked.failed_attempts, locked.locked_until) == (2, LATER)

    do(links.note_success, made.id, at=LATER)
    opened = links.by_id(store, made.id)
    assert (opened.failed_attempts, opened.locked_until, opened.last_opened_at) == (0, None, LATER)


def test_an_ended_link_keeps_the_moment_of_its_end(do, store, link):
    made = link()

    do(links.revoke, made.id)
    do(links.revoke, made.id, at=LATER)

    assert links.by_id(store, made.id).revoked_at == NOW


def test_all_links_of_a_child_end_together(do, store, link):
    link(token_hash="a")
    link(token_hash="b")
    link(token_hash="c", child_id="p2")

    assert do(links.revoke_all, "p1") == 2
    assert [each.revoked_at for each in links.of_child(store, "p1")] == [NOW, NOW]
    assert [each.revoked_at for each in links.of_child(store, "p2")] == [None]


# Outbox


def test_a_message_is_queued_once(store, message):
    first = message()

    assert message(at=LATER) is None
    assert outbox.unsent(store) == [first]
    assert first.body == {"subject": "é"}


def test_a_message_that_is_taken_is_nobody_elses_until_its_time_is_over(do, message):
    queued, until = message(), LATER + timedelta(minutes=2)

    taken = do(outbox.take, due_by=LATER, until=until, carrier="e-mail", at=LATER)

    assert taken == replace(queued, next_try_at=until, attempts=1)
    assert do(outbox.take, due_by=LATER, until=until, carrier="e-mail") is None
    assert do(outbox.take, due_by=until, until=until, carrier="e-mail").id == queued.id


def test_a_sent_message_is_not_tried_again(store, do, message, take):
    queued = message()
    take(LATER)

    do(outbox.mark_sent, queued.id, at=LATER)

    assert take(LATER) is None
    sent = outbox.by_id(store, queued.id)
    assert (sent.sent_at, sent.attempts) == (LATER, 1)


def test_a_failed_message_is_tried_again_when_it_is_time(do, message, take):
    queued = message()
    take(NOW)

    do(outbox.mark_failed, queued.id, "timeout", next_try_at=LATER)

    assert take(NOW) is None
    again = take(LATER)
    assert (again.attempts, again.last_error) == (2, "timeout")


def test_a_message_given_up_waits_for_a_person(store, do, message, take):
    queued = message()

    do(outbox.mark_failed, queued.id, "no such address", next_try_at=None)

    assert take(LATER) is None
    assert [each.last_error for each in outbox.unsent(store)] == ["no such address"]


def test_the_longest_waiting_are_tried_first(message, take):
    later, sooner = message(at=LATER, key="a"), message(key="b")

    assert [take(LATER).id, take(LATER).id] == [sooner.id, later.id]
    assert take(LATER) is None


def test_each_attempt_is_counted_as_it_begins_and_waiting_is_none(store, do, message, take):
    queued = message()

    take(NOW)
    do(outbox.put_off, queued.id, NOW)
    take(NOW)
    do(outbox.mark_failed, queued.id, "timeout", next_try_at=LATER)
    take(LATER)

    assert outbox.by_id(store, queued.id).attempts == 2


def test_all_messages_about_a_child_stop_together(store, do, message):
    sent = message(key="a", child_id="p1")
    do(outbox.mark_sent, sent.id)
    waiting, other = message(key="b", child_id="p1"), message(key="c", child_id="p2")

    assert do(outbox.stop_for_child, "p1") == 1
    assert outbox.unsent(store) == [other]
    assert outbox.by_id(store, waiting.id).stopped_at == NOW


# Incoming messages


def test_a_message_waits_until_it_is_matched(store, do):
    kept = do(incoming.keep, adt())
    assert incoming.open_list(store) == [kept]

    do(incoming.match, kept.id, "Task/t1", at=LATER)

    assert incoming.open_list(store) == []
    matched = incoming.by_id(store, kept.id)
    assert (matched.matched_at, matched.matched_to, matched.fields) == (
        LATER,
        "Task/t1",
        {"due": "2026-11-24"},
    )


def test_the_same_message_is_kept_once(store, do):
    kept = do(incoming.keep, adt())

    assert do(incoming.keep, adt(reason="other"), at=LATER) == kept
    assert do(incoming.keep, adt(kind="fhir")) != kept
    assert len(incoming.open_list(store)) == 2


def test_a_message_is_matched_once(do):
    kept = do(incoming.keep, adt())
    do(incoming.match, kept.id, "Task/t1")

    with pytest.raises(ResourceNotFound):
        do(incoming.match, kept.id, "Task/t2")


def test_each_owner_sees_its_own_messages(store, do):
    mine = do(incoming.keep, adt(owner_organisation_id="o1"))
    do(incoming.keep, adt(text="other", owner_organisation_id="o2"), at=LATER)

    assert incoming.open_list(store, "o1") == [mine]
    assert len(incoming.open_list(store)) == 2


# Imports, pulse, marks


def test_what_was_imported_is_known_again(store, do):
    first = imported.Imported("p1", "MedicationRequest|m1", "MedicationRequest", "r1", "d1")
    do(imported.remember, first)
    changed = imported.Imported("p1", "MedicationRequest|m1", "MedicationRequest", "r1", "d2")

    do(imported.remember, changed)

    assert imported.lookup(store, "p1", "MedicationRequest|m1") == changed
    assert imported.lookup(store, "p2", "MedicationRequest|m1") is None
    assert imported.of_child(store, "p1") == [changed]


def test_an_address_of_any_length_is_known_again(store, do):
    key = "Condition|" + "".join(
        choice(ascii_letters) for _ in range(6000)
    )  # no engine can press it together

    for digest in ("d1", "d2"):
        do(imported.remember, imported.Imported("p1", key, "Condition", "r1", digest))

    assert imported.lookup(store, "p1", key).digest == "d2"
    assert imported.lookup(store, "p1", key + "0") is None
    assert [one.source_key for one in imported.of_child(store, "p1")] == [imported.key_of(key)]


def test_the_pulse_is_the_last_beat_of_each_worker(store, do):
    do(pulse.beat, "sweep")
    do(pulse.beat, "sweep", at=LATER)
    do(pulse.beat, "outbox")

    assert pulse.seen(store) == {"sweep": LATER, "outbox": NOW}


def test_only_a_marked_store_is_a_demo(store, do):
    with pytest.raises(NotADemoStore):
        marks.must_be_demo(store)
    assert marks.get(store, "demo") is None

    do(marks.put, "demo", "2026-11-20")
    do(marks.put, "demo", "2026-11-21")

    marks.must_be_demo(store)
    assert marks.get(store, "demo") == "2026-11-21"


def change_two_tables_and_fail(store):
    """Change two plain tables and be interrupted."""
    with store.write(by="system", at=NOW) as write:
        drafts.create(write, "p1", {})
        marks.put(write, "demo", "yes")
        raise KeyboardInterrupt


def test_plain_rows_land_with_their_write_or_not_at_all(store):
    with pytest.raises(KeyboardInterrupt):
        change_two_tables_and_fail(store)

    assert drafts.all_open(store) == []
    assert not marks.is_demo(store)


def test_moments_are_kept_to_the_microsecond_and_come_back_in_utc(store, do):
    exact = datetime(2026, 6, 1, 0, 30, 0, 123456, tzinfo=UTC)

    do(pulse.beat, "sweep", at=exact)

    assert pulse.seen(store) == {"sweep": exact}
