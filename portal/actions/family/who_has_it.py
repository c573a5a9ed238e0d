"""Who has the plan now, for the young person who decides about it."""

from datetime import datetime

from fhir import kept_circle
from fhir.store import Reader
from plans.sharing import Basis, Part, Share, sees
from portal.actions.family.link import Opened

# What a reader is said to see, the most first; every kind of reader sees one of them.
SAID = (Part.PLAN, Part.MEDICINES, Part.EMERGENCY_CARD)


def shared_openly(reader: Reader, opened: Opened, *, now: datetime) -> list[Share]:
    """Return the shares by which others read now, the newest first; nothing to who is not given the circle.

    What was shared for safeguarding is left out: somebody at risk may be read over the shoulder.
    """
    if not sees(opened.reader, Part.CIRCLE):
        return []
    shares = kept_circle.shares_that_hold(reader, opened.child.id, now)
    others = (one for one in shares if one.reader_id != opened.reader_id)
    return [one for one in others if one.basis is not Basis.SAFEGUARDING]


def what_is_seen(share: Share) -> Part:
    """Return the largest part of the plan that the reader of a share is given."""
    return next(part for part in SAID if sees(share.reader, part))
