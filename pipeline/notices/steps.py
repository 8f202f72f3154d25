"""The steps by which an act is told, by each way, and the event of the case's life that each one is.

On paper at the person's address: two attempts, the second within three days at another time of day, then
the official gazette (Ley 39/2015, arts. 42 and 44). At the electronic office: made available; opened, or
taken for rejected ten natural days later, only of who chose it or is bound to it (art. 43.2); to all others
it is offered besides the paper, and counts if it is opened (art. 42.1). In person at the office (art.
41.1.a).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from validators.life.events import Kind

ActKind = Literal["requirement", "hearing", "resolution"]
Way = Literal["paper", "electronic", "in_person", "publication"]
WAYS: tuple[Way, ...] = get_args(Way)
Step = Literal[
    "attempted",
    "delivered",
    "refused",
    "offered",
    "available",
    "opened",
    "rejected",
    "published",
    "answered",
    "waived",
]

BY_WAY: Mapping[Way, tuple[Step, ...]] = MappingProxyType(
    {
        "paper": ("attempted", "delivered", "refused"),
        "electronic": ("available", "offered", "opened", "rejected"),
        "in_person": ("delivered", "refused"),
        "publication": ("published",),
    }
)
"""What can be told of each way. `refused` by the person counts as notified (art. 41.5)."""
TOLD: frozenset[Step] = frozenset({"delivered", "refused", "opened", "rejected", "published"})
"""The steps after which the person counts as notified, on the day of the step."""
BY_THE_PERSON: frozenset[Step] = frozenset({"answered", "waived"})
"""What the person does: answer, or say in a hearing that nothing will be alleged (art. 82.3)."""
_OF_RESOLUTION: Mapping[Step, Kind] = MappingProxyType(
    {
        "attempted": Kind.NOTICE_ATTEMPTED,
        "delivered": Kind.RESOLUTION_NOTIFIED,
        "refused": Kind.NOTICE_REJECTED,
        "available": Kind.NOTICE_AVAILABLE,
        "offered": Kind.NOTICE_AVAILABLE,
        "opened": Kind.NOTICE_OPENED,
        "rejected": Kind.NOTICE_REJECTED,
        "published": Kind.NOTICE_PUBLISHED,
    }
)


def event_of(act: ActKind, step: Step) -> Kind | None:
    """Return the event of the case's life that a step is, None where the law's clock knows none.

    A requirement is notified once, by whatever way came first (art. 41.7): that is told apart. Of a hearing
    the clock of the case knows nothing.
    """
    if act == "resolution":
        return _OF_RESOLUTION.get(step)
    if act == "requirement" and step == "answered":
        return Kind.REQUIREMENT_COMPLIED
    return None
