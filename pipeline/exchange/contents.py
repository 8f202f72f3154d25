"""The documents of a case in the order of its file: what was handed in, receipts, letters, proofs of notices.

What a program read or proposed, what people noted or drafted, and second opinions are no part of it (ENI-06,
Ley 39/2015, art. 70.4). A decision is its letter, final and told; one that was undone before that is a draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.after_filing.record import After, listed
from pipeline.decisions.kept import Decision, decisions_of
from pipeline.decisions.kinds import resolves
from pipeline.exchange.paper import Paper
from pipeline.exchange.parted import parted
from pipeline.exchange.tails import tail
from pipeline.folders.status import DECIDED
from pipeline.journal.records import CAME_FROM, Entered
from pipeline.life.record import Kept as Lived
from pipeline.life.record import events_of
from pipeline.notices.kept import Notice, counted, notices_of
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.attached import attached
from pipeline.store.schema import originals, quarantine, submissions
from pipeline.store.statements import Statements
from validators.life.events import Event, Kind

APPLICATION, CITIZEN, RECEIPT, RESOLUTION, COMMUNICATION = "TD14", "TD18", "TD09", "TD01", "TD06"
PUBLISHED = "TD08"
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "ce_application": APPLICATION,
        "as_application": APPLICATION,
        "padron_certificate": "TD11",
        "non_export_certificate": "TD11",
        "disability_certificate": "TD11",
        "family_record": "TD11",
        "partner_registration": "TD11",
        "filing_receipt": RECEIPT,
    }
)
"""What a paper that was handed in alone is in the list of ENI-02; all others are TD99, declarations apart."""
_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "grant": "resolucion.pdf",
        "refuse": "resolucion.pdf",
        "desist": "resolucion-desistimiento.pdf",
        "withdraw": "resolucion-desistimiento.pdf",
        "refer": "derivacion.pdf",
        "require": "requerimiento.pdf",
        "hear": "audiencia.pdf",
    }
)
"""What the letter of each decision is called; whoever reads a file knows no word of the program."""
DECLARATION = "no_coverage_declaration"
_OTHER = "TD99"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the record holds of a file, in order.

    `withheld` are papers that an antivirus found harmful, `parted` those of which something, or all, was
    carried to another case; `life` is what was recorded and not annulled, `later` what came after filing.
    """

    entries: tuple[Entered, ...]
    papers: tuple[Paper, ...]
    withheld: tuple[str, ...]
    parted: tuple[str, ...]
    decisions: tuple[Decision, ...]
    notices: tuple[Notice, ...]
    life: tuple[Event, ...]
    later: tuple[After, ...]


class Reader:
    """Reads the documents of one case out of the record, in one state of it."""

    def __init__(self, store: Store, case: Row[Any], zone: dt.tzinfo, settings: Settings) -> None:
        self._store, self._case, self._zone, self._settings = store, case, zone, settings
        self._kinds = _kinds(case.report or {}, settings.exchange.declaration)

    def __call__(self, entries: Sequence[Entered]) -> Contents:
        """Return what there is; *entries* are the rows of the journal of this case."""
        with self._store.read() as connection:
            handed = list(self._handed(connection, entries))
            harmful = _harmful(connection, [one.sha256 for one in handed])
            decided = tuple(one for one in decisions_of(connection, self._case.id) if one.final is not None)
            told = counted(notices_of(connection, self._case.id))
            ours = [*self._letters(connection, decided), *self._proofs(connection, told)]
            life = _lived(events_of(Statements(connection), self._case.id))
            later = listed(connection, self._case.id)
        mine = list(zip(handed, parted(self._store, self._settings, self._case.id, handed), strict=True))
        kept = (one for whole, left in mine if whole.sha256 not in harmful for one in left)
        return Contents(
            entries=tuple(entries),
            papers=(*map(self._known, kept), *_once(ours)),
            withheld=tuple(one.name for one in handed if one.sha256 in harmful),
            parted=tuple(whole.name for whole, left in mine if left != (whole,)),
            decisions=decided,
            notices=told,
            life=life,
            later=later,
        )

    def _handed(self, connection: Connection, entries: Sequence[Entered]) -> Iterator[Paper]:
        """Yield the originals in the order they came; the same package once more adds nothing."""
        query = (
            sa.select(originals, submissions.c.kind)
            .join(submissions, submissions.c.id == originals.c.submission)
            .where(submissions.c.case_id == self._case.id, submissions.c.kind != "duplicate")
            .order_by(submissions.c.seq, originals.c.position)
        )
        came = {one.id: one for one in entries}
        for row in connection.execute(query):
            entered = came[row.submission]
            yield Paper(
                tail=tail("original", row.submission, row.position),
                kind=self._kinds.get(row.sha256, APPLICATION if entered.order == 1 else CITIZEN),
                about=_entry(entered),
                name=row.name,
                sha256=row.sha256,
                size=row.bytes,
                at=entered.received_at.astimezone(self._zone),
                citizen=True,
            )

    def _known(self, one: Paper) -> Paper:
        """Return a paper that was taken out of its package as what it was read to be."""
        return one if one.data is None else replace(one, kind=self._kinds.get(one.sha256, _OTHER))

    def _letters(self, connection: Connection, decided: Sequence[Decision]) -> Iterator[Paper]:
        """Yield the letters of final decisions."""
        kept = self._attached(connection)
        for one in decided:
            assert one.final is not None
            if one.final.paper in kept:
                yield Paper(
                    tail=tail("letter", one.id),
                    kind=RESOLUTION if resolves(one.kind) else COMMUNICATION,
                    about=f"Carta: {DECIDED[one.kind].lower()}",
                    name=_LETTERS[one.kind],
                    sha256=one.final.paper,
                    size=kept[one.final.paper],
                    at=one.final.at.astimezone(self._zone),
                    citizen=False,
                )

    def _proofs(self, connection: Connection, told: Sequence[Notice]) -> Iterator[Paper]:
        """Yield the proofs of notices that were not annulled."""
        kept = self._attached(connection)
        for one in told:
            if one.proof is not None and one.proof in kept:
                yield Paper(
                    tail=tail("proof", one.id),
                    kind=PUBLISHED if one.step == "published" else RECEIPT,
                    about="Anuncio publicado"
                    if one.step == "published"
                    else "Justificante de una notificación",
                    name=one.proof_name or "justificante.pdf",
                    sha256=one.proof,
                    size=kept[one.proof],
                    at=one.at.astimezone(self._zone),
                    citizen=False,
                )

    def _attached(self, connection: Connection) -> dict[str, int]:
        """Return what is attached to the case, with its size."""
        query = sa.select(attached.c.sha256, attached.c.bytes).where(attached.c.case_id == self._case.id)
        return {row.sha256: row.bytes for row in connection.execute(query)}


def _lived(record: Sequence[Lived]) -> tuple[Event, ...]:
    """Return what was recorded of the life of a case, without what was annulled and the annulments."""
    events = [kept.event for kept in record]
    struck = {one.event for one in events if one.kind is Kind.ANNULLED}
    return tuple(one for one in events if one.kind is not Kind.ANNULLED and one.id not in struck)


def _entry(entered: Entered) -> str:
    """Say in words with which entry a paper came."""
    if entered.found_in.startswith(CAME_FROM):
        return f"Aportado, del expediente {entered.found_in.removeprefix(CAME_FROM)}"
    return "Presentado" if entered.order == 1 else f"Aportado después (entrega {entered.order})"


def _harmful(connection: Connection, digests: Sequence[str]) -> frozenset[str]:
    """Return those of the *digests* that are in quarantine."""
    query = sa.select(quarantine.c.sha256).where(quarantine.c.sha256.in_(digests))
    return frozenset(connection.execute(query).scalars())


def _once(papers: Sequence[Paper]) -> Iterator[Paper]:
    """Yield the papers by their moment; one proof of two steps once."""
    seen = set()
    for one in sorted(papers, key=lambda paper: (paper.at, paper.tail)):
        if one.sha256 not in seen:
            seen.add(one.sha256)
            yield one


def _kinds(report: Mapping[str, Any], declaration: str) -> dict[str, str]:
    """Return by digest what each file is that holds papers of one kind alone."""
    found: dict[str, set[str]] = {}
    for one in report.get("documents") or ():
        found.setdefault(one["sha256"], set()).add(one["kind"])
    known = {**_KINDS, DECLARATION: declaration}
    return {
        sha256: known.get(next(iter(kinds)), _OTHER) for sha256, kinds in found.items() if len(kinds) == 1
    }
