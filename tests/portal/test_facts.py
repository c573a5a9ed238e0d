"""The list of facts: what stands in it, for whom, in which order, and what it costs."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from fhir import kept_facts_seen, kept_school_log
from fhir.store.tables import child_facts
from plans.local_policy import read_policy
from plans.places import Role
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.signal_names import NAMES
from plans.signals import SIGNALS, SOMEBODY_ELSE
from portal.actions.facts import counting, thresholds
from portal.actions.facts.counting import count_child, count_some, from_row
from portal.actions.school import log
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal import making
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import OF_RECORDS, TODAY, make_child, make_draft, make_plan
from tests.portal.school_making import make_pupil, name_the_team
from tests.portal.test_children_in_pages import keep_many

engine = on_both_engines()

HELD = re.compile(r'type="hidden" name="(extent|day)" value="([^"]*)"')
CHILDREN = re.compile(r'<h2[^>]*><a href="/facts/[0-9a-f-]{36}">([^<]+)</a>')


@pytest.fixture
def gp(make_person, client_for):
    """The GP of the practice that the made GP records name."""
    return client_for(Role.CLINICIAN, make_person(organisation=OF_RECORDS))


@pytest.fixture
def bring_in(store, tmp_path):
    """Import a GP record and return the child's id; name what it holds."""

    return partial(making.bring_in, store, tmp_path)


def relievers(*months):
    return [gp_records.issue(f"2026-{month:02}-03") for month in months]


def count_all(store, now=MONDAY_9AM):
    while count_some(store, now=now, holidays_for=holidays_for):
        pass


def names_on(page):
    return CHILDREN.findall(page)


def given_at_school(child, person, day):
    return SchoolEntry(
        id=str(uuid4()),
        child_id=child.id,
        kind=EntryKind.RELIEVER,
        at=MONDAY_9AM - timedelta(days=day),
        kept_by=person.post_id,
        puffs=2,
        inhaler=Inhaler.OWN,
        why=Why.SYMPTOMS,
        told_by="The office",
    )


def opened(child_id, fact, browser):
    """Open the form of a fact, and return what it holds of the fact as it stands."""
    return dict(HELD.findall(browser.get(f"/facts/{child_id}/seen/{fact}").text))


def marked(child_id, fact, browser, **changes):
    """Say of a fact what will be done, and that somebody looks again in eight days."""
    typed = {"seen": str(uuid4()), "words": "I phone the mother", "look-again-day": "1"}
    typed |= {"look-again-month": "12", "look-again-year": "2026"} | opened(child_id, fact, browser)
    return browser.post(f"/facts/{child_id}/seen/{fact}", data=typed | changes)


def test_every_fact_has_a_name_to_choose_it_by():
    assert list(NAMES) == [rule.name for rule in SIGNALS]


def test_each_line_says_the_fact_its_day_its_source_and_never_a_score(gp, bring_in):
    child_id = bring_in(*relievers(5, 6, 7, 8, 9, 10, 11))

    page = gp.get("/facts").text

    line = "Blue inhalers in 12 months: 7 (3 or more is over-reliance)."
    assert line in page
    assert "Last on 3 November 2026." in page
    assert "From: GP record. Source: Greener Practice; National Bundle of Care." in page
    assert "The numbers in force: as published, sources read on 21 November 2026." in page
    assert "They are no score" in page
    assert SOMEBODY_ELSE in page
    of_child = gp.get(f"/children/{child_id}").text
    assert line in of_child
    assert SOMEBODY_ELSE in of_child
    shown = gp.get(f"/facts/{child_id}").text
    assert '<title id="chart-title">Relievers and preventers supplied in each of 12 months</title>' in shown
    assert re.search(r'scope="row">November 2026</th><td[^>]*>1</td><td[^>]*>0</td>', shown)
    assert "style=" not in shown


def test_a_local_policy_makes_a_fact_sooner_and_the_page_says_which_is_in_force(
    store, gp, bring_in, monkeypatch
):
    bring_in(*relievers(9, 10))
    count_all(store)
    said = {"source": "Elm care board", "dated": date(2026, 10, 1), "reliever-3-or-more": 2}
    assert "Blue inhalers in 12 months" not in gp.get("/facts").text

    monkeypatch.setattr(thresholds, "policy_here", lambda: read_policy({"signals": said}))
    count_all(store)

    page = gp.get("/facts").text
    assert "Blue inhalers in 12 months: 2 (2 or more is over-reliance)." in page
    assert "2026; made sooner by Elm care board, dated 1 October 2026." in page
    local = "Elm care board, dated 1 October 2026; standard: 3, Greener Practice; National Bundle of Care"
    assert f"{local} (not confirmed)" in page


def test_the_list_of_children_says_who_has_facts_to_look_at_and_never_nothing_of_one_who_has(
    store, gp, client_for, bring_in
):
    child_id = bring_in(*relievers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    link = f'href="/facts/{child_id}">'

    def row(browser):
        page = browser.get("/children").text
        return page[page.index("Robin Kit Example") :]

    assert f"{link}Facts not counted yet" in row(gp)
    count_all(store)
    assert f"{link}Facts to look at" in row(gp)
    assert "Nothing" not in row(gp)
    for line in set(re.findall(rf"/facts/{child_id}/seen/([a-z0-9-]+)", gp.get(f"/facts/{child_id}").text)):
        assert marked(child_id, line, gp).status_code == 303
    count_all(store)
    assert link not in row(gp)
    assert "Nothing" in row(gp)
    draft = make_draft(store, make_child(store, gp.person), gp.person)
    page = gp.get("/children").text
    apart = rf'href="/drafts/{draft.id}">.*</a>\s+<a href="/facts/{draft.child_id}">'
    assert re.search(apart, page)
    assert "Facts" not in client_for(Role.HOSPITAL).get("/children").text


def test_a_child_without_facts_is_not_called_safe(store, gp):
    child = make_child(store, gp.person)
    make_plan(store, child, gp.person)

    assert (
        "No facts found in what is kept here to 23 November 2026, and no GP record was brought in; "
        in gp.get("/facts").text
    )


def test_the_newest_fact_is_on_top_until_a_fact_is_chosen_and_then_who_is_furthest_past_it(
    store, gp, bring_in
):
    bring_in(*relievers(1, 2, 3, 4, 5, 6, 7))  # the older facts
    newer = make_child(store, gp.person, given="Noor", family="Newer", nhs_number="")
    school = given_at_school(newer, gp.person, 1)
    log.record(store, school, by=gp.person, at=MONDAY_9AM)
    well = make_child(store, gp.person, given="Abe", family="Aa", nhs_number="")
    make_plan(store, well, gp.person)

    newest = names_on(gp.get("/facts").text)
    by_plan = names_on(gp.get("/facts?fact=no-plan").text)
    only = gp.get("/facts?fact=reliever-6-or-more&only=yes").text

    assert newest == ["Noor Newer", "Robin Kit Example", "Abe Aa"]
    assert by_plan[-1] == "Abe Aa"
    assert names_on(only) == ["Robin Kit Example"]
    assert "Found 1 of 3." in only
    for query in ("fact=risk-score", "page=2", "page=x"):
        assert gp.get(f"/facts?{query}").status_code == 404


def test_a_school_nurse_reads_facts_of_her_schools_and_never_that_somebody_may_misuse(
    store, gp, client_for, bring_in
):
    office, nurse = client_for(Role.SCHOOL_STAFF).person, client_for(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, nurse.person.organisation_id)
    child, _ = make_pupil(store, gp.person, office, nurse.person, nhs_number="9990000018")
    log.record(store, given_at_school(child, office, 1), by=office, at=MONDAY_9AM)
    elsewhere = given_at_school(child, gp.person, 2)
    log.record(store, elsewhere, by=gp.person, at=MONDAY_9AM)  # at no school that is known
    stranger = make_child(store, gp.person, given="Not", family="Shared", nhs_number="")

    for address in ("/facts", f"/facts/{child.id}"):
        page = nurse.get(address).text
        assert "Reliever given at school in 12 months, times: 1." in page
        assert "From: log of school. Source: " in page
        assert SOMEBODY_ELSE not in page
        assert "Not Shared" not in page
    assert nurse.get(f"/facts/{stranger.id}").status_code == 404
    for role in (Role.SCHOOL_STAFF, Role.PHARMACIST, Role.SOCIAL_WORKER, Role.HOSPITAL):
        assert client_for(role).get("/facts").status_code == 404


def test_a_nurse_reads_no_count_of_a_school_that_is_not_hers(store, gp, client_for, monkeypatch):
    office, nurse = client_for(Role.SCHOOL_STAFF).person, client_for(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, nurse.person.organisation_id)
    child, _ = make_pupil(store, gp.person, office, nurse.person, nhs_number="9990000018")
    far = given_at_school(child, gp.person, 3)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_school_log.keep(write, SchoolEntry(**vars(far) | {"school_id": str(uuid4())}))
        write.audit("C", f"MedicationAdministration/{far.id}", f"Patient/{child.id}", "write down at school")

    assert "Reliever given at school" not in nurse.get("/facts").text
    assert "Reliever given at school in 12 months, times: 1." in gp.get("/facts").text


def test_what_somebody_says_of_a_fact_is_labelled_as_hidden(store, gp, bring_in):
    child_id = bring_in(*relievers(5, 6, 7, 8, 9, 10, 11))
    marked(child_id, "reliever-6-or-more", gp, words="Ask whether the partner sells them")

    said = store.search("Communication", category="fact-seen")

    assert [[one["code"] for one in each["meta"]["security"]] for each in said] == [["R"], ["R"]]


def test_what_a_professional_says_of_a_fact_stands_on_its_line_until_it_grows(store, gp, bring_in):
    child_id = bring_in(*relievers(6, 7, 8))
    fact = "reliever-3-or-more"
    assert marked(child_id, fact, gp, words=" ").status_code == 422
    for day in (
        {"look-again-day": ""},
        {"look-again-day": "31", "look-again-month": "2"},
        {"look-again-year": "2029"},
        {"look-again-month": "11"},
    ):
        assert "day to look again" in marked(child_id, fact, gp, **day).text

    assert marked(child_id, fact, gp).status_code == 303
    page = gp.get("/facts").text
    assert re.search(r"Looked at</strong>\s+Dr Ada Lee, [^<]*: “I phone the mother”", page)
    assert "Look again on 1 December 2026." in page

    bring_in(*relievers(6, 7, 8, 10))
    assert "Look again</strong>" in gp.get("/facts").text
    assert marked(child_id, fact, gp, words="Seen again").status_code == 303
    page = gp.get("/facts").text
    assert ("Looked at</strong>" in page, "I phone the mother" in page) == (True, False)
    assert len(kept_facts_seen.said_by(store, [gp.person.organisation_id])) == 1
    assert marked(child_id, "admission", gp).status_code == 404


def test_a_fact_is_looked_at_only_as_it_was_seen(store, gp, bring_in):
    child_id, fact = bring_in(*relievers(6, 7, 8)), "reliever-3-or-more"
    before = opened(child_id, fact, gp)

    bring_in(*relievers(6, 7, 8, 10))  # while the form is open

    for as_seen in (before, before | {"extent": "4.0"}, {"extent": "", "day": ""}, {"extent": "nan"}):
        refused = marked(child_id, fact, gp, **as_seen)
        assert refused.status_code == 422, as_seen
        assert "The fact has changed since you opened this page. Read it again." in refused.text
        assert "Blue inhalers in 12 months: 4 (3 or more" in refused.text
    assert store.count("Communication", category="fact-seen") == 0
    typed = dict(HELD.findall(refused.text))
    assert marked(child_id, fact, gp, **typed).status_code == 303  # what is there is read again


def test_one_look_answers_every_fact_that_stands_on_the_same_count_and_no_other(store, gp, bring_in):
    child_id = bring_in(*relievers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    form = {"seen": str(uuid4())}
    opens = gp.get(f"/facts/{child_id}/seen/reliever-6-or-more").text
    told = opens[opens.index("stand on the same count") : opens.index("</ul>", opens.index("same count"))]
    assert re.findall(r"<li>\s*(.*?)\s*<", told) == [
        "Blue inhalers in 12 months: 10 (3 or more is over-reliance)."
    ]

    for _ in range(2):  # the same form again is kept once
        assert marked(child_id, "reliever-6-or-more", gp, **form).status_code == 303

    said = kept_facts_seen.said_by(store, [gp.person.organisation_id])
    assert sorted(one.fact for one in said) == ["reliever-3-or-more", "reliever-6-or-more"]
    assert gp.get(f"/facts/{child_id}").text.count("Looked at</strong>") == 2
    assert marked(child_id, "reliever-3-or-more", gp, words="Seen again").status_code == 303
    stands = kept_facts_seen.said_by(store, [gp.person.organisation_id])
    assert {one.words for one in stands} == {"Seen again"}
    assert len(stands) == 2
    assert "same count" not in gp.get(f"/facts/{child_id}/seen/no-plan").text


def test_a_look_at_a_mild_fact_puts_off_no_sooner_look_at_the_urgent_one(store, gp, bring_in):
    child_id = bring_in(*relievers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    sooner = {"look-again-day": "25", "look-again-month": "11", "look-again-year": "2026"}
    assert marked(child_id, "reliever-6-or-more", gp, words="I phone today", **sooner).status_code == 303
    opens = gp.get(f"/facts/{child_id}/seen/reliever-3-or-more").text
    assert "“I phone today”" in opens[opens.index("same count") :]

    assert marked(child_id, "reliever-3-or-more", gp, words="I see them in spring").status_code == 303

    said = {one.fact: one.words for one in kept_facts_seen.said_by(store, [gp.person.organisation_id])}
    assert said == {"reliever-6-or-more": "I phone today", "reliever-3-or-more": "I see them in spring"}


def test_the_list_asks_the_store_as_often_for_hundreds_of_children_as_for_fifty(store, gp, monkeypatch):
    def asked():
        counted, was = [], type(store.db).execute
        query = type(store.db).query
        with monkeypatch.context() as patch:
            patch.setattr(
                type(store.db), "execute", lambda db, *a, **k: counted.append(a) or was(db, *a, **k)
            )
            patch.setattr(
                type(store.db), "query", lambda db, *a, **k: counted.append(a) or query(db, *a, **k)
            )
            assert len(names_on(gp.get("/facts").text)) == 50
        return len(counted)

    keep_many(store, gp, 50)
    count_all(store)
    gp.get("/facts")
    few = asked()
    keep_many(store, gp, 250, first=50)
    count_all(store)

    assert asked() == few


def test_what_was_counted_is_what_is_found_and_anything_written_about_a_child_has_it_counted_again(
    store, gp, bring_in, clock
):
    child_id = bring_in(*relievers(6, 7, 8))
    (before,) = child_facts.of_children(store, [child_id])
    count_all(store)
    (kept,) = child_facts.of_children(store, [child_id])
    assert (before.has_changed, kept.has_changed) == (True, False)
    assert from_row(kept) == count_child(store, child_id, today=TODAY, holidays_for=holidays_for)

    bring_in(*relievers(6, 7, 8, 9, 10, 11))

    (changed,) = child_facts.of_children(store, [child_id])
    assert changed.has_changed
    assert (
        "Blue inhalers in 12 months: 6 (6 or more" in gp.get("/facts").text
    )  # at once, before it is counted
    count_all(store)
    assert child_facts.to_count(store, TODAY, 10) == []
    tomorrow = MONDAY_9AM + timedelta(days=1)
    assert child_facts.to_count(store, tomorrow.date(), 10) == [child_id]
    with store.write(by="system", at=MONDAY_9AM) as write:
        child_facts.count_all_again(write)
    assert child_facts.to_count(store, TODAY, 10) == [child_id]


def test_a_release_that_makes_facts_in_another_way_has_all_counted_again_and_reads_no_row_of_the_last(
    store, gp, bring_in, monkeypatch
):
    child_id = bring_in(*relievers(6, 7, 8))
    count_all(store)
    assert count_some(store, now=MONDAY_9AM, holidays_for=holidays_for) == 0

    said_anew = tuple(replace(rule, sentence=f"Now: {rule.sentence}") for rule in SIGNALS)
    monkeypatch.setattr(counting, "SIGNALS", said_anew)
    assert count_some(store, now=MONDAY_9AM, holidays_for=holidays_for) == 1

    of_the_last = {"found": [{"words": "A field that there is no longer"}]}
    with store.write_beside(by="system", at=MONDAY_9AM) as write:
        child_facts.keep(write, child_id, child_facts.begin(write, child_id), TODAY, of_the_last)
    assert "Blue inhalers in 12 months: 3 (3 or more" in gp.get("/facts").text
    monkeypatch.setattr(counting, "COUNTED_NOW", 0)
    assert "1 child has changed and is being counted again." in gp.get("/facts").text
    assert "1 child has changed and is being counted again." in gp.get("/before").text


def test_what_was_written_while_somebody_counted_is_counted_again(store, gp, bring_in):
    child_id = bring_in(*relievers(6, 7, 8))
    with store.write_beside(by="system", at=MONDAY_9AM) as write:
        mark = child_facts.begin(write, child_id)

    bring_in(*relievers(6, 7, 8, 9))
    with store.write_beside(by="system", at=MONDAY_9AM) as write:
        child_facts.keep(write, child_id, mark, TODAY, {})

    assert child_facts.of_children(store, [child_id])[0].has_changed


def test_a_day_is_counted_by_the_uk_and_the_windows_move_with_it(store, gp, clock, bring_in):
    bring_in(*(gp_records.issue(day) for day in ("2025-11-24", "2026-03-01", "2026-06-01")))
    assert "Blue inhalers in 12 months: 3" in gp.get("/facts").text

    clock.now = MONDAY_9AM.replace(day=25)
    count_all(store, clock.now)

    assert "Blue inhalers" not in gp.get("/facts").text
    assert (
        date(2026, 11, 25) == child_facts.of_children(store, [store.search("Patient")[0]["id"]])[0].counted_on
    )
