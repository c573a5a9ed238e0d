"""A transaction is done as a whole, in no order that shows, or nothing of it is kept."""

import copy
from datetime import UTC, datetime

import pytest

from fhir.store import errors
from fhir.store.tables import outbox
from fhir.store.transaction import errors as refusals
from fhir.store.validation.checking import check
from tests.fhir.transaction_making import get, post, put, transaction

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"
ONE, OTHER = "urn:uuid:0b6f2d0a-8c0e-4c39-b8f2-6f8f4b1f2a01", "urn:uuid:0b6f2d0a-8c0e-4c39-b8f2-6f8f4b1f2a02"
IDS = "https://example.org/Id/child"
PLAY = {"text": "play football"}
SERIES = "https://puffin.example/fhir/Id/plan-series"

PATIENT = {"resourceType": "Patient"}
AUDIT = {
    "resourceType": "AuditEvent",
    "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
    "recorded": "2026-11-21T09:00:00Z",
    "agent": [{"who": {"display": "another system"}, "requestor": True}],
    "source": {"observer": {"display": "another system"}},
}


def child(number, **more):
    return PATIENT | {"identifier": [{"system": IDS, "value": number}]} | more


def plan(subject="Patient/p1", **more):
    return {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": subject},
    } | more


@pytest.fixture
def do(store):
    """Do a transaction of these entries with its audit entry, and return what was answered to each."""

    def carry_out(*entries):
        with store.write(by=DR_LEE, at=LATER) as write:
            answered = write.transaction(transaction(*entries))
            write.audit("E", detail="take in a transaction")
        check(answered)
        assert answered["type"] == "transaction-response"
        return answered.get("entry", [])

    return carry_out


@pytest.fixture
def refused(store, do):
    """Do a transaction that is refused and keeps nothing; return the number of its entry and the fault."""

    def carry_out(*entries):
        before = store.db.execute("SELECT count(*) FROM versions").fetchone()
        with pytest.raises(refusals.EntryRefused) as refusal:
            do(*entries)
        assert store.db.execute("SELECT count(*) FROM versions").fetchone() == before
        return refusal.value.number, type(refusal.value.fault)

    return carry_out


def added(answer):
    """Return the type and id in the answer to an entry that was added, and the reference of both."""
    resource_type, id, *_ = answer["response"]["location"].split("/")
    return resource_type, id


def test_every_entry_is_answered_in_its_place(store, keep, do):
    kept = keep(child("1", id="p1"))

    answers = do(
        get("Patient/p1"),
        put(kept | {"gender": "female"}, "1"),
        post(PATIENT),
        put(child("2", id="p2")),
        get("Patient/p1/_history/1"),
        get(f"Patient?identifier={IDS}|2"),
    )

    said = [answer["response"] for answer in answers]
    new_id = added(answers[2])[1]
    assert [one["status"] for one in said] == [
        "200 OK",
        "200 OK",
        "201 Created",
        "201 Created",
        *["200 OK"] * 2,
    ]
    assert [one.get("location") for one in said] == [
        "Patient/p1/_history/2",
        "Patient/p1/_history/2",
        f"Patient/{new_id}/_history/1",
        "Patient/p2/_history/1",
        "Patient/p1/_history/1",
        None,
    ]
    assert [one.get("etag") for one in said] == ['W/"2"', 'W/"2"', 'W/"1"', 'W/"1"', 'W/"1"', None]
    assert (
        said[1]["lastModified"]
        == store.read("Patient", "p1")["meta"]["lastUpdated"]
        == "2026-11-21T09:00:00Z"
    )
    assert answers[0]["resource"]["gender"] == "female"
    assert answers[4]["resource"] == kept
    assert answers[5]["resource"]["total"] == 1
    assert answers[5]["resource"]["entry"][0]["resource"]["id"] == "p2"


def test_a_transaction_of_nothing_is_answered_with_nothing(store):
    with store.write(by=DR_LEE, at=NOW) as write:
        answered = write.transaction({"resourceType": "Bundle", "type": "transaction"})

    assert answered == {"resourceType": "Bundle", "type": "transaction-response"}


def test_what_was_sent_is_not_changed(do):
    sent = transaction(post(PATIENT, ONE), post(plan(ONE)))
    before = copy.deepcopy(sent)

    do(*sent["entry"])

    assert sent == before


class TestTogether:
    MESSAGE = outbox.NewMessage("told once", "email", "surgery", {"words": "A plan is here."})

    def tell(self, write):
        write.transaction(transaction(post(PATIENT)))
        outbox.enqueue(write, self.MESSAGE)
        write.audit("C")

    def catch_a_refusal_and_go_on(self, write):
        with pytest.raises(refusals.EntryRefused):
            write.transaction(transaction(post(PATIENT), get("Patient/nobody")))
        assert (write.count("Patient"), write.count("AuditEvent")) == (0, 0)
        write.create(PATIENT)

    def test_plain_rows_and_audit_land_with_it(self, store):
        with store.write(by=DR_LEE, at=NOW) as write:
            self.tell(write)

        assert (store.count("Patient"), len(outbox.unsent(store)), store.count("AuditEvent")) == (1, 1, 1)

    def test_nothing_lands_if_the_audit_cannot(self, store, refuse_rows):
        refuse_rows("audit_unsealed")

        with pytest.raises(errors.engine_faults()), store.write(by=DR_LEE, at=NOW) as write:
            self.tell(write)

        assert (store.count("Patient"), outbox.unsent(store)) == (0, [])

    def test_nothing_lands_if_nobody_audits_it(self, store):
        with pytest.raises(errors.AuditMissing), store.write(by=DR_LEE, at=NOW) as write:
            write.transaction(transaction(post(PATIENT)))

        assert store.count("Patient") == 0

    def test_a_sender_cannot_audit_it(self, store):
        left_out = pytest.raises(refusals.EntryRefused, match="Leave the AuditEvent out")
        with left_out, store.write(by=DR_LEE, at=NOW) as write:
            write.transaction(transaction(post(PATIENT), post(AUDIT)))

        assert (store.count("Patient"), store.count("AuditEvent")) == (0, 0)

    def test_a_refusal_that_is_caught_leaves_nothing_and_audits_nothing(self, store):
        with pytest.raises(errors.AuditMissing), store.write(by=DR_LEE, at=NOW) as write:
            self.catch_a_refusal_and_go_on(write)

        assert store.count("Patient") == 0

    @pytest.mark.parametrize(
        "last",
        [post(plan(status="activ")), post(plan("Patient/nobody")), put(child("1", id="p1")), get("Task/t1")],
    )
    def test_a_fault_in_the_last_entry_leaves_nothing(self, keep, refused, last):
        keep(child("1", id="p1"))

        number, _ = refused(*[post(PATIENT)] * 19, last)

        assert number == 20


class TestChanging:
    def test_a_change_is_made_from_the_version_it_names(self, store, keep, do):
        kept = keep(child("1", id="p1"))

        do(put(kept | {"gender": "female"}, "1"))

        assert [one["meta"]["versionId"] for one in store.history("Patient", "p1")] == ["2", "1"]

    def test_nothing_is_overwritten_unseen(self, keep, refused):
        keep(child("1", id="p1"))

        assert refused(put(child("1", id="p1"))) == (1, refusals.VersionNotNamed)

    def test_an_older_version_is_refused(self, keep, do, refused):
        kept = keep(child("1", id="p1"))
        do(put(kept, "1"))

        assert refused(post(PATIENT), put(kept, "1")) == (2, errors.StaleVersion)

    def test_a_version_of_what_is_not_here_is_refused(self, refused):
        assert refused(put(child("1", id="p1"), "1")) == (1, errors.ResourceNotFound)

    @pytest.mark.parametrize("end_first", [True, False])
    def test_a_plan_is_replaced_in_any_order(self, store, keep, do, end_first):
        keep(child("1", id="p1"))
        series = {"identifier": [{"system": SERIES, "value": "p1"}]}
        old = keep(plan(id="c1", **series))
        entries = [put(old | {"status": "revoked"}, "1"), post(plan(**series))]

        do(*(entries if end_first else reversed(entries)))

        assert store.count("CarePlan", status="active") == store.count("CarePlan", status="revoked") == 1

    def test_a_second_live_plan_is_refused(self, keep, refused):
        keep(child("1", id="p1"))
        series = {"identifier": [{"system": SERIES, "value": "p1"}]}
        keep(plan(id="c1", **series))

        assert refused(post(PATIENT), post(plan(**series))) == (2, errors.SecondLivePlan)

    def test_a_provenance_is_in_the_record_that_it_tells_of_wherever_it_stands(self, store, keep, do):
        keep(child("1", id="p1"))
        told = {
            "resourceType": "Provenance",
            "target": [{"reference": ONE}],
            "recorded": "2026-11-21T09:00:00Z",
            "agent": [{"who": {"display": "Dr Lee"}}],
        }

        do(post(told), post(plan(), ONE))

        whose = store.db.execute("SELECT child FROM resources WHERE type = 'Provenance'").fetchall()
        assert whose == [("p1",)]

    def test_two_entries_about_one_resource_are_refused(self, keep, refused):
        kept = keep(child("1", id="p1"))

        assert refused(put(kept, "1"), put(kept, "1")) == (2, refusals.SameResource)
        assert refused(put(kept, "1"), post(child("1"), ifNoneExist=f"identifier={IDS}|1")) == (
            2,
            refusals.SameResource,
        )


class TestAddingOnce:
    ONCE = f"identifier={IDS}|1"

    def test_what_is_not_here_is_added(self, store, do):
        (answer,) = do(post(child("1"), ifNoneExist=self.ONCE))

        assert answer["response"]["status"] == "201 Created"
        assert store.count("Patient") == 1

    def test_what_is_here_is_used(self, store, keep, do):
        keep(child("1", id="p1"))

        found, _ = do(post(child("1"), ONE, ifNoneExist=self.ONCE), post(plan(ONE)))

        assert found["response"]["status"] == "200 OK"
        assert found["response"]["location"] == "Patient/p1/_history/1"
        assert store.search("CarePlan")[0]["subject"] == {"reference": "Patient/p1"}
        assert store.count("Patient") == 1

    def test_several_are_refused(self, keep, refused):
        keep(child("1"))
        keep(child("1"))

        assert refused(post(PATIENT), post(child("1"), ifNoneExist=self.ONCE)) == (2, refusals.SeveralMatch)

    def test_two_entries_that_would_each_add_it_are_refused(self, refused):
        twice = [post(child("1"), ifNoneExist=self.ONCE)] * 2

        assert refused(*twice) == (1, refusals.SeveralMatch)

    @pytest.mark.parametrize(
        ("condition", "fault"),
        [
            ("shoe-size=34", errors.UnknownSearchParameter),
            ("birthdate=soon", errors.SearchNotUnderstood),
            ("identifier", errors.SearchNotUnderstood),
            ("identifier=%ff", errors.SearchNotUnderstood),
            ("identifier=", errors.SearchNotUnderstood),
            ("identifier=a\\|b", errors.SearchNotUnderstood),
        ],
    )
    def test_a_condition_that_cannot_be_asked_is_refused(self, refused, condition, fault):
        assert refused(post(child("1"), ifNoneExist=condition)) == (1, fault)


class TestReferences:
    def test_an_address_in_the_transaction_becomes_the_reference(self, store, do):
        site = {"url": "https://example.org/about", "valueReference": {"reference": ONE}}
        sent = plan(
            ONE,
            identifier=[{"system": "urn:ietf:rfc:3986", "value": ONE}],
            extension=[{"url": "https://example.org/more", "extension": [site]}],
            contained=[
                {"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": PLAY}
                | about(ONE)
            ],
            goal=[{"reference": "#g"}],
            text={
                "status": "generated",
                "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><a href="{ONE}">Zofia</a> {ONE}</div>',
            },
        )

        _, mine = do(post(sent, OTHER), post(PATIENT, ONE))

        kept, whole = store.search("CarePlan")[0], f"Patient/{added(mine)[1]}"
        extension = kept["extension"][0]["extension"][0]
        assert kept["subject"] == kept["contained"][0]["subject"] == {"reference": whole}
        assert extension["valueReference"] == {"reference": whole}
        assert f'<a href="{whole}">Zofia</a> {ONE}' in kept["text"]["div"]
        assert (kept["identifier"][0]["value"], kept["goal"]) == (ONE, [{"reference": "#g"}])

    def test_a_nested_bundle_points_to_the_same(self, store, do):
        nested = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": plan(ONE)}]}

        _, mine = do(post(nested), post(PATIENT, ONE))

        inner = store.search("Bundle")[0]["entry"][0]["resource"]
        assert inner["subject"] == {"reference": f"Patient/{added(mine)[1]}"}

    def test_an_attachment_that_is_an_entry_is_pointed_to(self, store, do):
        page = {"resourceType": "Binary", "contentType": "text/plain", "data": "aGVsbG8="}
        elsewhere = "https://example.org/letter.pdf"
        letter = {
            "resourceType": "DocumentReference",
            "status": "current",
            "content": [{"attachment": {"url": ONE}}, {"attachment": {"url": elsewhere}}],
        }

        mine, _ = do(post(page, ONE), post(letter))

        content = store.search("DocumentReference")[0]["content"]
        urls = [each["attachment"]["url"] for each in content]
        assert urls == [f"Binary/{added(mine)[1]}", elsewhere]

    @pytest.mark.parametrize(
        ("full_url", "from_url"),
        [
            pytest.param("Patient/p1", "CarePlan/c1", id="addresses without a server"),
            pytest.param("Patient/p1", "", id="the other without an address"),
            pytest.param("https://gp.example/Patient/p1", "https://gp.example/CarePlan/c1", id="one server"),
        ],
    )
    def test_a_relative_reference_leads_to_an_entry_of_its_server(self, store, do, full_url, from_url):
        mine, _ = do(post(PATIENT | {"id": "p1"}, full_url), post(plan("Patient/p1"), from_url))

        assert added(mine)[1] != "p1"
        assert store.search("CarePlan")[0]["subject"] == {"reference": f"Patient/{added(mine)[1]}"}

    @pytest.mark.parametrize(
        "reference",
        [
            "Patient/p1",
            "Patient/p1/_history/1",
            "#g",
            "https://gp.example/fhir/Patient/7",
            "https://gp.example",
        ],
    )
    def test_what_leads_to_what_is_kept_or_elsewhere_stays(self, store, keep, do, reference):
        keep(child("1", id="p1"))
        goal = {"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": PLAY} | about(
            "Patient/p1"
        )

        do(post(plan(contained=[goal], supportingInfo=[{"reference": reference}])))

        assert store.search("CarePlan")[0]["supportingInfo"] == [{"reference": reference}]

    @pytest.mark.parametrize(
        ("reference", "fault"),
        [
            (OTHER, refusals.PointsNowhere),
            ("urn:oid:1.2.3", refusals.PointsNowhere),
            ("Patient/nobody", refusals.PointsNowhere),
            ("Patient/p1/_history/2", refusals.PointsNowhere),
            ("Zofia", refusals.ReferenceNotUnderstood),
            ("Patient/../p1", refusals.ReferenceNotUnderstood),
            ("Patient/..", refusals.ReferenceNotUnderstood),
            ("Patient/a%2fb", refusals.ReferenceNotUnderstood),
            ("Patient/a b", refusals.ReferenceNotUnderstood),
            ("/Patient/p1", refusals.ReferenceNotUnderstood),
            ("Patient/" + "a" * 65, refusals.ReferenceNotUnderstood),
            (ONE + "/_history/1", refusals.NoSuchVersionYet),
        ],
    )
    def test_what_leads_nowhere_is_refused(self, keep, refused, reference, fault):
        keep(child("1", id="p1"))

        assert refused(post(PATIENT, ONE), post(plan(reference))) == (2, fault)

    def test_a_version_that_the_transaction_makes_may_be_pointed_to(self, store, keep, do):
        keep(child("1", id="p1"))
        old = keep(plan(id="c1"))
        task = {"resourceType": "Task", "status": "requested", "intent": "order"}

        do(
            put(old | {"title": "again"}, "1", ONE),
            post(task | {"focus": {"reference": "CarePlan/c1/_history/2"}}),
            post(task | {"focus": {"reference": f"{ONE}/_history/1"}}),
        )

        focus = {one["focus"]["reference"] for one in store.search("Task")}
        assert focus == {"CarePlan/c1/_history/2", "CarePlan/c1/_history/1"}

    def test_a_change_may_go_on_pointing_where_it_did(self, store, keep, do, refused):
        old = keep(plan("Patient/long-gone", id="c1"))

        do(put(old | {"status": "revoked"}, "1"))

        assert store.read("CarePlan", "c1")["status"] == "revoked"
        assert refused(put(old | about("Patient/nobody"), "2")) == (1, refusals.PointsNowhere)


class TestReferencesByIdentifier:
    BY = f"Patient?identifier={IDS}|1"

    def test_one_that_is_kept_is_found(self, store, keep, do):
        keep(child("1", id="p1"))
        keep(child("2", id="p2"))

        do(post(plan(self.BY)), post(plan(self.BY.replace("|", "%7C"))))

        assert [one["subject"] for one in store.search("CarePlan")] == [{"reference": "Patient/p1"}] * 2

    def test_one_that_is_being_added_is_found(self, store, do):
        _, mine = do(post(plan(self.BY)), post(child("1")))

        assert store.search("CarePlan")[0]["subject"] == {"reference": f"Patient/{added(mine)[1]}"}

    def test_what_the_transaction_changes_is_found_as_it_leaves_it(self, store, keep, do):
        one, other = keep(child("1", id="p1")), keep(child("2", id="p2"))

        do(post(plan(self.BY)), put(one | child("2"), "1"), put(other | child("1"), "1"))

        assert store.search("CarePlan")[0]["subject"] == {"reference": "Patient/p2"}

    def test_none_and_several_are_refused(self, keep, refused):
        assert refused(post(PATIENT), post(plan(self.BY))) == (2, refusals.NoneMatches)
        keep(child("1"))
        assert refused(post(child("1")), post(plan(self.BY))) == (2, refusals.SeveralMatch)
        keep(child("1"))
        assert refused(post(PATIENT), post(plan(self.BY))) == (2, refusals.SeveralMatch)

    @pytest.mark.parametrize(
        ("search", "fault"),
        [
            ("Patient?family=Nowak", refusals.NotByOneIdentifier),
            (f"Patient?identifier={IDS}|1&family=Nowak", refusals.NotByOneIdentifier),
            (f"Patient?identifier={IDS}|1,{IDS}|2", refusals.NotByOneIdentifier),
            ("Patient?identifier=", errors.SearchNotUnderstood),
            ("Patient?identifier", errors.SearchNotUnderstood),
            ("Binary?identifier=1", errors.UnknownSearchParameter),
            ("Patient?", refusals.ReferenceNotUnderstood),
        ],
    )
    def test_any_other_search_is_refused(self, keep, refused, search, fault):
        keep(child("1", id="p1"))

        assert refused(post(PATIENT), post(plan(search))) == (2, fault)


class TestReading:
    def test_what_is_read_is_what_was_written(self, do):
        found, _ = do(get(f"Patient?identifier={IDS}|1"), post(child("1")))

        assert [one["search"] for one in found["resource"]["entry"]] == [{"mode": "match"}]

    def test_commas_part_values_and_a_name_again_is_one_more_condition(self, keep, do):
        for number in "123":
            keep(child(number, id=f"p{number}", birthDate=f"2015-0{number}-01"))

        either, between, page = do(
            get(f"Patient?identifier={IDS}|1,{IDS}|3&_sort=birthdate"),
            get("Patient?birthdate=gt2015-01-15&birthdate=lt2015-02-15"),
            get("Patient?_count=1&_sort=-birthdate"),
        )

        ids = [
            [each["resource"]["id"] for each in one["resource"]["entry"]] for one in (either, between, page)
        ]
        assert ids == [["p1", "p3"], ["p2"], ["p3"]]
        assert page["resource"]["total"] == 3

    @pytest.mark.parametrize(
        ("url", "fault"),
        [
            ("Patient/nobody", errors.ResourceNotFound),
            ("Patient/nobody/_history/1", errors.ResourceNotFound),
            ("Patient?shoe-size=34", errors.UnknownSearchParameter),
            ("Patient?family:exact=Nowak", errors.UnknownSearchParameter),
            ("Patient?_count=1&_count=2", errors.SearchNotUnderstood),
            ("Patient?_count=-1", errors.SearchNotUnderstood),
            ("Patient?_sort=birthdate,_lastUpdated", errors.SearchNotUnderstood),
            ("Patient?family", errors.SearchNotUnderstood),
        ],
    )
    def test_what_cannot_be_read_undoes_it_all(self, refused, url, fault):
        assert refused(post(PATIENT), get(url)) == (2, fault)


def about(subject):
    return {"subject": {"reference": subject}}
