"""The last that was heard of a client."""

from __future__ import annotations

from datetime import date

from letters.lifecycle import Answered, Opened, Seen, Standing


def heard_on(stands: Standing) -> date | None:
    """The day a client was last seen or answered; None where nothing was heard since the work (re)began."""
    days = {event.on for event in stands.history if isinstance(event, Seen | Answered)}
    days |= {event.last_seen for event in stands.history if isinstance(event, Opened) and event.last_seen}
    return stands.silent_since if stands.silent_since in days else None
