"""Papers of one case that belong to another: to a new one (two people's in one ZIP), or to one that is there.

Both keep the hour at which the papers were first received (Ley 39/2015, arts. 16.3 and 31.2), and each names
the other. What people set right in those papers goes with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection, Row

from pipeline.acts import Act, acting
from pipeline.after_filing.apart import FILES, apart
from pipeline.after_filing.carry import Bundle, bring, bundled
from pipeline.after_filing.open import NotDone, judged, owe_telling, undecided
from pipeline.after_filing.record import After, Kind, add
from pipeline.audit.chain import note
from pipeline.case import paper_key
from pipeline.corrections.kept import standing
from pipeline.corrections.record import add as set_right
from pipeline.corrections.record import of_case as corrections_of
from pipeline.journal.cases import allocate, known
from pipeline.journal.entry import wake
from pipeline.journal.port import Row as Plain
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.statements import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which papers go: `out` leave the case, `both` are copied. *into* is a case's number; None: a new one.

    Papers are named as in `pipeline.case.paper_key`.
    """

    out: frozenset[str]
    both: frozenset[str] = frozenset()
    into: str | None = None
    why: str = ""


def papers(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the papers that a judged case counts, each by its key with its name."""
    told = report.get("as_read") or report.get("documents") or ()
    return {paper_key(one["sha256"], one["file"]): one["file"] for one in told}


def part(store: Store, settings: Settings, case: str, choice: Choice, act: Act) -> str:
    """Carry the papers of *choice* out of *case*, both of which are read anew; return the other's number.

    Raises:
        NotDone: the papers or the cases do not allow it.
        Stale: the case is another than was looked at, or another's to change.
    """
    chosen = choice.out | choice.both
    if not chosen:
        raise NotDone("no_papers")
    with bundled(store, settings, case, chosen) as bundle, acting(store, case, act) as connection:
        row = judged(connection, case)
        _some_stay(connection, row, choice)
        other = _other(connection, row, bundle, choice, act.at)
        _tell(connection, row, other, choice, act)
        _corrections(connection, row.id, other["id"], {part.sha256 for part in bundle.parts})
        wake(Statements(connection), row._asdict(), act.at)
    return str(other["number"])


def _some_stay(connection: Connection, row: Row[Any], choice: Choice) -> None:
    """Refuse papers that the case does not count, and to leave it without any."""
    counted = papers(row.report).keys() - apart(connection, row.id)
    if not (choice.out | choice.both) <= counted:
        raise NotDone("no_papers")
    if not counted - choice.out:
        raise NotDone("all_papers")


def _other(connection: Connection, row: Row[Any], bundle: Bundle, choice: Choice, at: dt.datetime) -> Plain:
    """Write the entry in the other case, made now or there already, and return that case."""
    carried = {"came_from": row.number, "office": row.office, "at": at}
    transaction = Statements(connection)
    if choice.into is None:
        other = allocate(transaction, row.office, bundle.whole, bundle.first, linked_to=None)
        bring(connection, bundle, other, "new", came=bundle.first, **carried)
        return other
    found = known(transaction, row.office, choice.into)
    if found is None:
        raise NotDone("no_case")
    if found["id"] == row.id:
        raise NotDone("same_case")
    undecided(connection, found["id"])
    bring(connection, bundle, found, "answer", came=bundle.last, **carried)
    return found


def _tell(connection: Connection, row: Row[Any], other: Plain, choice: Choice, act: Act) -> None:
    """Keep in both cases what became of the papers, and say so in the folders and in the audit."""
    new = choice.into is None
    kinds = (Kind.SPLIT_OFF, Kind.SPLIT_FROM) if new else (Kind.PAPERS_OUT, Kind.PAPERS_IN)
    told = After(kind=kinds[0], entered_on=act.at.date(), who=act.who, at=act.at, said={"why": choice.why})
    gone = {FILES: sorted(choice.out), "copied": sorted(choice.both), "why": choice.why}
    mine = add(connection, row.id, replace(told, said=gone, other_case=other["id"]))
    theirs = add(connection, other["id"], replace(told, kind=kinds[1], other_case=row.id))
    owe_telling(connection, row.id, mine, act.at)
    owe_telling(connection, other["id"], theirs, act.at)
    note(Statements(connection), act.who, kinds[1].value.replace("_", "-"), act.at, case=other["id"])


def _corrections(connection: Connection, source: str, target: str, carried: Collection[str]) -> None:
    """Let what people set right in the papers that were carried hold where these count now."""
    for said in standing(corrections_of(connection, source)):
        if said.paper.sha256 in carried:
            set_right(connection, target, replace(said, seq=0, undoes=None))


def carry_corrections(connection: Connection, source: str, target: str) -> None:
    """Do the same for all papers of a case."""
    said: Sequence[Any] = standing(corrections_of(connection, source))
    _corrections(connection, source, target, {one.paper.sha256 for one in said})
