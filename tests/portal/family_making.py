"""A mother with a link to her child's plan, for the tests of the family's pages."""

import re

from fhir.store.tables import links, outbox
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, token_hash
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import agreed

BORN = {"born-day": "1", "born-month": "5", "born-year": "2018"}
CODE = re.compile(r"\d{3} \d{3}")


def share_with(store, member, gp, at=MONDAY_9AM):
    """Share the plan with somebody at home; return the path of their new link."""
    word = agreed(store, member.child_id, at.date())
    wanted = [Wanted(Reader.FAMILY, member.id, Basis.CONSENT, consent=word)]
    (made,) = share(store, member.child_id, wanted, by=gp, at=at)
    return f"/f/{made.token}"


def past_the_name(browser, link):
    """Give the date of birth and confirm the name; return the answer, which asks for a code."""
    browser.get(link)
    browser.post(link, data=BORN)
    return browser.post(f"{link}/child", data={"answer": "yes"})


def waiting(store):
    """Return the messages to people at home that are not sent yet."""
    return [one for one in outbox.unsent(store) if one.carrier == "family"]


def code_in(store):
    """Return the code of the one message that waits."""
    (message,) = waiting(store)
    return CODE.search(message.secret)[0]


def kept(store, link):
    """Return a link as the store keeps it."""
    return links.by_token_hash(store, token_hash(link.removeprefix("/f/")))
