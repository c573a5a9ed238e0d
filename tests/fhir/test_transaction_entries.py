"""Each entry of a transaction is written as FHIR says, or refused by its number with what to do."""

import pytest

from fhir.store import errors
from fhir.store.transaction import errors as refusals
from fhir.store.transaction.entries import Method, read_entries
from tests.fhir.transaction_making import get, post, put, transaction

PATIENT = {"resourceType": "Patient"}
AUDIT = {"resourceType": "AuditEvent", "id": "a1"}


def asking(method, url, resource=None, **request):
    """Return an entry whatever its method is."""
    asked = {"request": {"method": method, "url": url} | request}
    return asked if resource is None else asked | {"resource": resource}


@pytest.mark.parametrize(
    "bundle",
    [
        pytest.param([], id="a list"),
        pytest.param({}, id="nothing"),
        pytest.param(PATIENT, id="another resource"),
        pytest.param(transaction() | {"type": "batch"}, id="a batch, which may be done by halves"),
        pytest.param(transaction() | {"type": "collection"}, id="a collection"),
        pytest.param({"resourceType": "Bundle", "type": "transaction", "entry": {}}, id="entries in no list"),
    ],
)
def test_what_is_no_transaction_is_refused(bundle):
    with pytest.raises(refusals.NotATransaction):
        read_entries(bundle)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (asking("DELETE", "Patient/p1"), refusals.MethodNotTaken),
        (asking("PATCH", "Patient/p1", PATIENT), refusals.MethodNotTaken),
        (asking("HEAD", "Patient/p1"), refusals.MethodNotTaken),
        ({"resource": PATIENT}, errors.ResourceNotValid),
        (asking("post", "Patient", PATIENT), refusals.MethodNotTaken),
        (asking("POST", "Patient/p1", PATIENT), refusals.AddressNotUnderstood),
        (asking("POST", "Patient/_search", PATIENT), refusals.AddressNotUnderstood),
        (asking("POST", "/Patient", PATIENT), refusals.AddressNotUnderstood),
        (asking("POST", "https://example.org/Patient", PATIENT), refusals.AddressNotUnderstood),
        (asking("POST", "Plan", {"resourceType": "Plan"}), refusals.AddressNotUnderstood),
        (asking("PUT", "Patient", PATIENT), refusals.AddressNotUnderstood),
        (asking("PUT", "Patient?identifier=a|1", PATIENT), refusals.AddressNotUnderstood),
        (asking("PUT", "Patient/../p1", PATIENT), refusals.AddressNotUnderstood),
        (asking("PUT", "Patient/..", PATIENT | {"id": ".."}), errors.ResourceNotValid),
        (asking("PUT", "Patient/..%2fp1", PATIENT | {"id": "..%2fp1"}), errors.ResourceNotValid),
        (asking("PUT", "Patient/a b", PATIENT | {"id": "a b"}), errors.ResourceNotValid),
        (asking("PUT", "Patient/" + "a" * 65, PATIENT | {"id": "a" * 65}), errors.ResourceNotValid),
        (asking("GET", "Patient/.."), errors.ResourceNotValid),
        (asking("GET", "Patient/p1/_history"), refusals.AddressNotUnderstood),
        (asking("GET", "Patient/p1/$everything"), refusals.AddressNotUnderstood),
        (asking("GET", "metadata"), refusals.AddressNotUnderstood),
        (asking("GET", "Plan?status=active"), refusals.AddressNotUnderstood),
        (post(PATIENT | {"id": "../p1"}), errors.ResourceNotValid),
        (asking("POST", "Patient"), refusals.ResourceDiffers),
        (asking("POST", "Patient", "Zofia"), refusals.ResourceDiffers),
        (asking("POST", "Patient", {"resourceType": "Task"}), refusals.ResourceDiffers),
        (asking("PUT", "Patient/p1", PATIENT), refusals.ResourceDiffers),
        (asking("PUT", "Patient/p1", PATIENT | {"id": "p2"}), refusals.ResourceDiffers),
        (asking("GET", "Patient/p1", PATIENT), refusals.NotForThisMethod),
        (asking("POST", "Patient", PATIENT, ifMatch='W/"1"'), refusals.NotForThisMethod),
        (asking("PUT", "Patient/p1", PATIENT, ifNoneExist="a=b"), refusals.NotForThisMethod),
        (asking("GET", "Patient/p1", ifNoneMatch='W/"1"'), refusals.NotForThisMethod),
        (get("Patient/p1") | {"search": {"mode": "match"}}, refusals.NotForThisMethod),
        (put(PATIENT | {"id": "p1"}) | {"response": {"status": "200"}}, refusals.NotForThisMethod),
        (asking("PUT", "Patient/p1", PATIENT | {"id": "p1"}, ifMatch="1"), refusals.VersionNotUnderstood),
        (asking("PUT", "Patient/p1", PATIENT | {"id": "p1"}, ifMatch="*"), refusals.VersionNotUnderstood),
        (put(AUDIT, "1"), refusals.AuditIsWrittenHere),
        (put(AUDIT), refusals.AuditIsWrittenHere),
        (post(AUDIT), refusals.AuditIsWrittenHere),
        (asking("POST", "Patient", PATIENT, ifNoneExists="a=b"), errors.ResourceNotValid),
        (asking("POST", 1, PATIENT), errors.ResourceNotValid),
        (post(PATIENT) | {"fullUrl": 1}, errors.ResourceNotValid),
        ({}, errors.ResourceNotValid),
        (None, errors.ResourceNotValid),
        ("Zofia", errors.ResourceNotValid),
    ],
)
def test_an_entry_that_cannot_be_done_as_it_stands_is_refused_by_its_number(entry, fault):
    with pytest.raises(refusals.EntryRefused) as refused:
        read_entries(transaction(post(PATIENT), entry, get("Patient/p1")))

    assert (refused.value.number, type(refused.value.fault)) == (2, fault)
    assert str(refused.value).startswith("Nothing of the transaction was kept, because of its entry 2. ")
    assert "Zofia" not in str(refused.value)


def test_two_entries_of_one_address_are_refused():
    same = "urn:uuid:5f0c3a52-7d3e-4d4d-9c0b-0a7c86a7f9d1"

    with pytest.raises(refusals.EntryRefused, match="Entry 1 has the same fullUrl") as refused:
        read_entries(transaction(post(PATIENT, same), post(PATIENT), post(PATIENT, same)))

    assert refused.value.number == 3


def test_an_entry_nested_without_end_is_refused():
    deep: dict = {}
    for _ in range(10_000):
        deep = {"extension": [deep]}

    with pytest.raises(refusals.EntryRefused, match="nested too deeply") as refused:
        read_entries(transaction(post(PATIENT | deep)))

    assert refused.value.number == 1


def test_what_is_wrong_around_the_entries_is_refused():
    with pytest.raises(errors.ResourceNotValid, match="oddity"):
        read_entries(transaction(post(PATIENT)) | {"oddity": 1})


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("Patient/p1", ("p1", "", "")),
        ("Patient/p1/_history/3", ("p1", "3", "")),
        ("Patient?family=Nowak&_count=1", ("", "", "family=Nowak&_count=1")),
        ("Patient", ("", "", "")),
    ],
)
def test_what_may_be_read(url, said):
    (entry,) = read_entries(transaction(get(url)))

    assert (entry.method, entry.type, (entry.id, entry.version, entry.query)) == (Method.GET, "Patient", said)
