"""Where a finding of a case's life stands: the events of its record, by their ids."""

from __future__ import annotations

from validators.facts import Evidence
from validators.life.events import Event


def seen(*events: Event) -> tuple[Evidence, ...]:
    """Return the places of some events, as a finding shows them; of those that have an id."""
    return tuple(Evidence(event.id, event.kind.value) for event in events if event.id)
