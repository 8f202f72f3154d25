"""The data of one person (GDPR, art. 15): every case in which their number stands, their papers, who looked.

    papeles/     papers that name nobody else by number or name
    por-mirar/   papers that name others too, or in an own application somebody's number was not read: a
                 person goes over them, and covers what is others', before anything is handed over

Papers of others stay out and are counted. Of whoever looked it tells the day, the act and whether it was a
person or a program, each person by a number: staff are no recipients, and their names are theirs (CJEU
C-579/21).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal, NamedTuple

from pipeline.audit.chain import note
from pipeline.audit.read import Asked, every
from pipeline.decisions.kept import decisions_of
from pipeline.exchange.archive import MANIFEST, Archive
from pipeline.exchange.mentioned import own_fields, whose
from pipeline.exchange.of_person import Found, cases_of
from pipeline.folders.status import DECIDED
from pipeline.limits import Limits
from pipeline.notices.kept import counted, notices_of
from pipeline.pictures.papers import GoneError, paper
from pipeline.pictures.shelf import Shelf
from pipeline.store import Store

OWN, LOOK, DATA, LEAD = "papeles", "por-mirar", "datos.json", "LEAME.txt"
Reason = Literal["access", "portability", "authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for a person's data, who approves, on what ground, under which entry of the register, when."""

    asked_by: str
    approved_by: str
    why: Reason
    reference: str
    at: dt.datetime


class Place(NamedTuple):
    """Where a case lies: whether somebody may see it goes by that."""

    office: str
    queue: str | None
    procedure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where papers are taken from, and under which limits packages are opened again."""

    store: Store
    limits: Limits
    shelf: Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was gathered: cases, papers of the person's own, papers to be looked at, papers left out."""

    cases: tuple[str, ...]
    own: int
    look: int
    left: int


def gather(
    source: Source, number: str, request: Request, out: IO[bytes], may: Callable[[Place], bool]
) -> Handed:
    """Write the data of the person of that *number* to *out*, and note it in the audit of each case.

    *may* tells whether those who ask and approve see a case that lies there.

    Raises:
        PermissionError: a case is not theirs to see; nothing was written.
    """
    found = tuple(cases_of(source.store, number))
    if not all(may(Place(one.row.office, one.row.queue, one.row.procedure)) for one in found):
        raise PermissionError
    with contextlib.closing(Archive(out, request.at)) as into:
        packer = _Packer(source, number, into)
        told = [packer.case(one) for one in found]
        head = {"schema_version": 1, "made_at": request.at.isoformat(timespec="seconds"), "number": number}
        into.put(DATA, json.dumps(head | {"cases": told}, ensure_ascii=False, indent=2).encode())
        handed = packer.handed(found)
        into.put(LEAD, _lead(handed).encode("utf-8-sig"))
        into.put(MANIFEST, into.manifest())
    with source.store.writing() as transaction:
        detail = {"approved_by": request.approved_by, "why": request.why, "reference": request.reference}
        for one in found or (None,):
            case = one.row.id if one else None
            note(transaction, request.asked_by, "subject-exported", request.at, case=case, **detail)
    return handed


class _Packer:
    """Puts what is one person's into an archive, case after case."""

    def __init__(self, source: Source, number: str, into: Archive) -> None:
        self._source, self._number, self._into = source, number, into
        self._count = {OWN: 0, LOOK: 0}
        self._left = 0
        self._staff: dict[str, str] = {}

    def handed(self, found: Sequence[Found]) -> Handed:
        """Return what was put in."""
        numbers = tuple(one.row.number for one in found)
        return Handed(cases=numbers, own=self._count[OWN], look=self._count[LOOK], left=self._left)

    def case(self, found: Found) -> dict[str, Any]:
        """Put the papers of one case in, and return what is told of it."""
        row = found.row
        told: dict[str, Any] = {
            "number": row.number,
            "office": row.office,
            "received_on": row.received_at.date().isoformat(),
            "procedure": row.procedure,
            "stage": row.stage,
            "as": list(found.roles),
            "papers": list(self._papers(found)),
            "seen_by": list(self._seen(row.number)),
        }
        return told | (self._applied(row) if found.applies else {})

    def _applied(self, row: Any) -> dict[str, Any]:
        """Return what was judged, decided and told of the person's own application."""
        findings = (row.report or {}).get("findings") or ()
        with self._source.store.read() as connection:
            decided = [one for one in decisions_of(connection, row.id) if one.final is not None]
            notices = counted(notices_of(connection, row.id))
        return {
            "proposed_by_program": row.queue,
            "rules": [
                {"rule": one["rule"], "outcome": one["outcome"], "basis": one["basis"]} for one in findings
            ],
            "decisions": [{"on": one.dated_on.isoformat(), "what": DECIDED[one.kind]} for one in decided],
            "notices": [
                {"on": one.happened_on.isoformat(), "act": one.act, "step": one.step, "way": one.way}
                for one in notices
            ],
        }

    def _papers(self, found: Found) -> Iterator[dict[str, Any]]:
        """Put in the papers that may go, each file once, and yield what is told of each."""
        by_file: dict[str, list[Mapping[str, Any]]] = {}
        for one in (found.row.report or {}).get("documents") or ():
            by_file.setdefault(one["sha256"], []).append(one)
        for sha256, parts in by_file.items():
            folder = self._folder({whose(one, self._number) for one in parts}, found)
            if folder is None:
                self._left += 1
                continue
            told = [{"kind": one["kind"], "says": own_fields(one, self._number)} for one in parts]
            yield {"file": self._bring(found.row.id, sha256, folder), "sha256": sha256, "parts": told}

    def _folder(self, kinds: set[str], found: Found) -> str | None:
        """Return where a file goes by whose its parts are, None where it stays out."""
        if kinds == {"own"}:
            return OWN
        if kinds & {"own", "shared"} or (found.applies and "other" not in kinds):
            return LOOK
        return None

    def _bring(self, case: str, sha256: str, folder: str) -> str | None:
        """Put the bytes of a paper in; None where they cannot be given out: they are harmful, or gone."""
        source = self._source
        try:
            with paper(source.store, case, sha256, source.limits, source.shelf, None) as path:
                data = path.read_bytes()
        except GoneError:
            return None
        self._count[folder] += 1
        name = f"{folder}/{self._count[folder]:03}{_ending(data)}"
        self._into.put(name, data)
        return name

    def _seen(self, number: str) -> Iterator[dict[str, Any]]:
        """Yield who looked at a case or acted on it, oldest first: nobody of the staff by name."""
        for line in reversed(list(every(self._source.store, Asked(number=number)))):
            yield {"at": line.at.isoformat(timespec="seconds"), "did": line.did, "who": self._who(line.who)}

    def _who(self, who: str) -> str:
        """Return a program as itself, and a person by a number of this answer's own."""
        if who.startswith(("programa", "program")):
            return "programa"
        return self._staff.setdefault(who, f"persona {len(self._staff) + 1}")


def _ending(data: bytes) -> str:
    """Return the ending of a paper's name by how its bytes begin."""
    starts = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"II*": ".tif", b"MM\0": ".tif"}
    return next((ending for start, ending in starts.items() if data.startswith(start)), ".bin")


def _lead(handed: Handed) -> str:
    """Return what whoever hands it over must know, in Spanish."""
    lines = (
        f"Expedientes en los que figura el número: {len(handed.cases)}",
        "",
        f"{OWN}: {handed.own} papeles que solo nombran a la persona.",
        f"{LOOK}: {handed.look} papeles que nombran también a otros, o en los que no se leyó el número.",
        "Antes de entregar nada, una persona los mira y tapa lo que no es de quien pide.",
        f"No van {handed.left} papeles de otras personas que están en los mismos expedientes.",
        "",
        f"{DATA}: lo que los papeles dicen de la persona, lo decidido y quién lo miró.",
        "El personal va por números, no por nombres.",
        "Los expedientes bloqueados no aparecen: solo se abren para quien dice la ley.",
        "Un expediente devuelto sin leer no se encuentra por el número: búsquelo por su acuse.",
    )
    return "".join(f"{line}\r\n" for line in lines)
