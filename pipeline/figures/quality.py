"""How well it goes: what was settled without help, decided otherwise, read badly, returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.decisions.kinds import KINDS
from pipeline.decisions.proposal import as_proposed
from pipeline.figures import told
from pipeline.figures.compare import Flows, Pair, Share, added

_PROPOSED = frozenset({"approve", "cure", "refer", "refuse"})
"""The queues that propose something; `review` asks a person."""
_BY_PEOPLE: frozenset[told.How] = frozenset({"proposed", "mended", "asked", "otherwise", "unproposed"})
"""How a person at the desk resolves (`told.How`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Each mapping goes by the names of `pipeline.figures.told`, the largest figure first."""

    unaided: Share
    """Of the cases resolved by a person: as proposed, nothing set right and nothing asked."""
    how: Mapping[str, Pair]
    """Cases resolved, by `told.How`."""
    overridden: Mapping[str, Pair]
    """Decisions other than proposed: `queue|kind`."""
    otherwise: Share
    """The same, of all decisions where something was proposed."""
    silence: Mapping[str, Pair]
    cures: Mapping[str, Pair]
    """Cases received, by each rule that asks for a cure."""
    returned: Mapping[str, Pair]
    pages: Mapping[str, Pair]
    """Pages by how they were read."""
    scanned: Share
    """Pages read by OCR, of all."""
    doubtful_scans: Share
    """Values that OCR read doubtfully, of all that it read."""
    bad_scans: Mapping[str, Pair]
    """Papers by what makes a scan bad."""
    doubtful: Share
    """Doubtful values of all that the cases resolved showed."""
    mended_doubtful: Share
    """Doubtful values that were set right, of those shown."""
    mended_sure: Share
    mended_rules: Mapping[str, Pair]
    """Cases resolved, by each rule that stood on a value that was set right."""


def quality(flows: Flows) -> Quality:
    """Return how well it went."""
    shown, mended = flows.by(told.SHOWN, _last), flows.by(told.MENDED, _last)
    decided = flows.total(told.DECIDED, lambda name: _queue(name) in _PROPOSED)
    overridden = flows.by(told.DECIDED, _overridden)
    how = flows.by(told.RESOLVED, _last)
    read = flows.by(told.READ)
    return Quality(
        unaided=Share(how.get("proposed", Pair()), added(n for name, n in how.items() if name in _BY_PEOPLE)),
        how=how,
        overridden=overridden,
        otherwise=Share(added(overridden.values()), decided),
        silence=flows.by(told.SILENCE),
        cures=flows.by(told.CURE),
        returned=flows.by(told.RETURNED),
        pages=flows.by(told.PAGES),
        scanned=Share(flows.total(told.PAGES, lambda name: name == "ocr"), flows.total(told.PAGES)),
        doubtful_scans=_doubtful_scans(read),
        bad_scans=flows.by(told.FLAG, lambda name: name if name in told.BAD_SCANS else None),
        doubtful=Share(shown.get("doubtful", Pair()), added(shown.values())),
        mended_doubtful=Share(mended.get("doubtful", Pair()), shown.get("doubtful", Pair())),
        mended_sure=Share(mended.get("sure", Pair()), shown.get("sure", Pair())),
        mended_rules=flows.by(told.MENDED_RULE),
    )


def _doubtful_scans(read: Mapping[str, Pair]) -> Share:
    """Return the doubtful values of what OCR read."""
    doubtful = read.get("ocr|doubtful", Pair())
    return Share(doubtful, added((doubtful, read.get("ocr|sure", Pair()))))


def _last(name: str) -> str:
    """Return the last word of a name."""
    return name.rpartition("|")[2]


def _queue(name: str) -> str:
    """Return the queue of a decision."""
    return name.partition("|")[0]


def _overridden(name: str) -> str | None:
    """Return the name of a decision if it is other than proposed."""
    queue, _, kind = name.partition("|")
    known = next((one for one in KINDS if one == kind), None)
    return name if queue in _PROPOSED and known is not None and not as_proposed(queue, known) else None
