"""Makers for discharges: what a hospital tells, and the telling of it."""

from datetime import UTC, datetime

from plans.diagnosis import Asthma
from plans.discharge_notice import DischargeNotice, VisitKind
from plans.places import Nation
from portal.actions.discharge.told import News, Told
from portal.actions.discharges import record_discharge
from portal.calendar import holidays_for
from tests.portal.making import make_child

FRIDAY_1830 = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOSPITAL_CODE, PRACTICE_CODE = "X99003", "X99001"

# A discharge as a message, of a child whom nobody here knows.
MESSAGE = (
    b"MSH|^~\\&|WARD|RZZ09|PUFFIN|Y99909|20261120184210||ADT^A03^ADT_A03|C0001|P|2.4|||AL|NE|GBR"
    b"|UNICODE UTF-8\r"
    b"EVN|A03|20261120184210\r"
    b"PID|1||9991230041^^^NHS^NH||Example^Robin^^^^^L||20160314|F\r"
    b"PV1|1|I|W1^03^2^RZZ09||||||||||||||||V-0001^^^RZZ09^VN|||||||||||||||||||||||||20261117230500|20261120183000\r"
    b"DG1|1||J45.9^Asthma^I10|||F\r"
)


def notice_about(child, **changes):
    """Return what a hospital tells of a stay of this child; name only what your test is about."""
    usual = {
        "nhs_number": child.nhs_number,
        "given": child.given,
        "family": child.family,
        "born": child.born,
        "practice_code": PRACTICE_CODE,
        "nation": Nation.ENGLAND_AND_WALES,
        "visit": "ASH-1",
        "hospital_code": HOSPITAL_CODE,
        "hospital_name": "Ash Hospital",
        "kind": VisitKind.STAY,
        "admitted_at": None,
        "discharged_at": FRIDAY_1830,
        "asthma": Asthma.YES,
    }
    return DischargeNotice(**usual | changes)


def told_about(child, news=News.DISCHARGED, answers=None, hospital_id="", **changes):
    """Return the telling of it, as a message."""
    notice = notice_about(child, **changes)
    return Told(news, notice, f"{news} {notice}", hospital_id, answers or {})


def tell(store, child, *, at=SATURDAY, **changes):
    """Record what a hospital tells and return what became of it."""
    told = told_about(child, **changes)
    return record_discharge(store, told, by="system", at=at, holidays_for=holidays_for)


def a_discharge(store, clinician, **changes):
    """Keep a child of this practice and its discharge; return both, the discharge as its outcome."""
    child = make_child(store, clinician)
    return child, tell(store, child, **changes)


# A message about a stay of the child that `make_child` makes.
NUMBER = "9990000018"
LEFT = "20261120183000"
MSH = "MSH|^~\\&|WARD|X99003|PUFFIN|X99001|20261120184210||ADT^{event}|{control}|P|2.4|||AL|NE|GBR|{charset}"
PID = "PID|1||{nhs}L01^^^X99003^MR||{family}^Amina^^^^^L||20180501|F"
PD1 = "PD1|||Elm Surgery^^X99001"
PV1 = (
    "PV1|1|I|W1^03^2^X99003"
    + "|" * 16
    + "{visit}^^^X99003^VN"
    + "|" * 17
    + "{how}|{where}"
    + "|" * 8
    + "{left}"
)
DG1 = "DG1|1||{diagnosis}|||F"


def adt(event="A03", *more, leave_out=(), **changes):
    """Return a message about a stay; name only what your test is about."""
    usual = {
        "event": event,
        "control": f"{event}-1",
        "charset": "UNICODE UTF-8",
        "nhs": f"{NUMBER}^^^NHS^NH~",
        "family": "Test",
        "visit": "V-1",
        "how": "1",
        "where": "19",
        "left": LEFT,
        "diagnosis": "J45.9^Asthma^I10",
    }
    told = usual | {"left": "" if event == "A13" else LEFT} | changes
    lines = [one.format(**told) for one in (MSH, PID, PD1, PV1, DG1) if one[:3] not in leave_out]
    return ("\r".join([*lines, *more]) + "\r").encode()
