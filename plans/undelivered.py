"""When somebody is told that a message has not arrived, and who: nothing that fails stays silent."""

from datetime import timedelta

# Of what was queued and is still not sent: design (U). A rung of a ladder is hours from the next.
TOLD_AFTER = timedelta(hours=1)
# For so long what was lost is looked at: by then somebody was told, or the worker has stood still for days.
LOOKED_AT_FOR = timedelta(days=7)
