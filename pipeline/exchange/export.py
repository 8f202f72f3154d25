"""The administrative file of a case for another body, a court or an archive (Ley 39/2015, art. 70; ENI).

    with target.open("xb") as out:
        export(store, settings, "CEU01-2026-000123", Order(who="ana", why="court", at=now), out)

What the order does not allow to be left out is refused before the first byte: codes, the signature.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any, Literal, get_args
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.audit.chain import note
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.exchange import archive as zipped
from pipeline.exchange.codes import body_of, class_of
from pipeline.exchange.contents import Contents, Reader
from pipeline.exchange.counted import pages
from pipeline.exchange.cover import Cover, cover
from pipeline.exchange.paper import Paper
from pipeline.exchange.receipts import receipts
from pipeline.exchange.sealing import Sealer
from pipeline.exchange.xml import About, document, index, metadata
from pipeline.journal.rows import of_case
from pipeline.retention.tables import retained
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.schema import cases

Why = Literal["body", "court", "archive", "person", "other"]
"""For whom a file is made: another public body, a court, an archive, the interested person."""
WHYS: tuple[Why, ...] = get_args(Why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who wants a file, why, when, and with what it may be content. `at` is a moment with a zone."""

    who: str
    why: Why
    at: dt.datetime
    without_codes: bool = False
    unsigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was handed over; `lacking` are sentences on what is not as it should be."""

    number: str
    papers: int
    index_sha256: str
    signer: str | None
    lacking: tuple[str, ...]


def export(store: Store, settings: Settings, name: str, order: Order, out: IO[bytes]) -> Exported:
    """Write the file of the case with that number or id to *out*, and note in the audit that it was made.

    Raises:
        UsageError: there is no such case, or a code or the key is missing and must be there.
        EnvironmentFault: a paper is not what the record says, or the folders, the key or typst do not answer.
    """
    row = _case(store, name)
    zone = ZoneInfo(settings.letters.zone)
    here = order.at.astimezone(zone)
    # as that clock showed it, with its offset alone: a page bears no name of a zone
    made_at = here.astimezone(dt.timezone(here.utcoffset() or dt.timedelta()))
    sealer = Sealer(settings.receipts, order.at, unsigned=order.unsigned)
    about = _about(settings, row, zone, without=order.without_codes)
    contents, papers, missing = _gathered(store, settings, row, zone)
    lacking = tuple(_lacking(about, contents, missing, sealer))
    listed = index(papers, about.body, made_at)
    digest = hashlib.sha256(listed).hexdigest()
    told = Cover(row.number, row.office, about, made_at, zone, sealer.name, digest, lacking)
    with contextlib.closing(zipped.Archive(out, made_at)) as into:
        _fill(into, {zipped.INDEX: listed, zipped.SIGNATURE: sealer(listed)})
        _fill(into, {zipped.METADATA: metadata(about), zipped.COVER: cover(told, papers, contents)})
        _bring(into, store, papers, about.body, sealer)
        manifest = into.manifest()
        _fill(into, {zipped.MANIFEST: manifest, zipped.SEAL: sealer(manifest)})
    signed = sealer.name is not None
    with store.writing() as transaction:
        told_of = {"papers": len(papers), "index": digest, "why": order.why, "signed": signed}
        note(transaction, order.who, "case-exported", order.at, case=row.id, **told_of)
    return Exported(
        number=row.number, papers=len(papers), index_sha256=digest, signer=sealer.name, lacking=lacking
    )


def _case(store: Store, name: str) -> Row[Any]:
    """Return the case with that id or number; raise UsageError if there is none, or it is blocked."""
    query = sa.select(cases).where(sa.or_(cases.c.id == name, cases.c.number == name.strip().upper()))
    with store.read() as connection:
        row = connection.execute(query).first()
        blocked = row and connection.execute(sa.select(retained).where(retained.c.case_id == row.id)).first()
    if row is None:
        raise UsageError("No existe ese expediente", "Vea los que hay con `ventanilla case list`.")
    if blocked is not None:
        what = f"El expediente {row.number} está bloqueado o suprimido: no se exporta"
        raise UsageError(what, "Si un juzgado u otro de la ley lo pide: `ventanilla retention open`.")
    return row


def _about(settings: Settings, row: Row[Any], zone: ZoneInfo, *, without: bool) -> About:
    """Return the file as its metadata tell it."""
    return About(
        tail=f"{row.id:0>30}",
        body=body_of(settings.exchange, row.office, without=without),
        opened_at=row.received_at.astimezone(zone),
        classified=class_of(settings.exchange, row.procedure, without=without),
        closed=row.stage in {"resolved", "closed", "returned"},
        person=row.person,
    )


def _gathered(
    store: Store, settings: Settings, row: Row[Any], zone: ZoneInfo
) -> tuple[Contents, tuple[Paper, ...], tuple[str, ...]]:
    """Return what the record holds, all documents in their order, and the receipts that are missing."""
    entries = of_case(store, row.id)
    contents = Reader(store, row, zone, settings)(entries)
    try:
        given, missing = receipts(store, settings.folders.root, row.office, entries, zone)
    except OSError as error:
        what = f"Las carpetas de la oficina {row.office} no responden ({type(error).__name__})"
        raise EnvironmentFault(
            what, "Compruebe la unidad: en ella están los acuses del expediente."
        ) from None
    handed = [one for one in contents.papers if one.citizen]
    later = sorted(
        [*given, *(one for one in contents.papers if not one.citizen)], key=lambda one: (one.at, one.tail)
    )
    ordered = sorted([*handed, *later], key=lambda one: (one.at, not one.citizen))
    return contents, tuple(_counted(store, row, ordered)), missing


def _counted(store: Store, row: Row[Any], papers: Sequence[Paper]) -> Iterator[Paper]:
    """Yield the papers with their pages, as far as they were counted, and ours with their signature."""
    for one in papers:
        found = pages(store, one, row.report or {})
        yield replace(one, pages=found.pages, own=found.signed)


def _lacking(about: About, contents: Contents, missing: Sequence[str], sealer: Sealer) -> Iterator[str]:
    """Yield in words what is not as it should be."""
    if about.body is None:
        yield "Falta el código DIR3 del órgano: los identificadores no son los del ENI."
    if about.classified is None:
        yield "Falta el código SIA del procedimiento."
    if sealer.name is None:
        yield "El índice no está firmado: no es un expediente electrónico del ENI (NTI, apartado V)."
    if sealer.test:
        yield "Está firmado con una clave de prueba, que no acredita quién lo emite."
    for name in missing:
        yield f"El acuse {name} no está en la carpeta de la oficina, o no está como se emitió."
    for name in contents.parted:
        yield f"De {name} pasaron papeles a otro expediente: no están, y los demás van uno a uno."
    for name in contents.withheld:
        yield f"No se entrega {name}: el antivirus lo encontró dañino. Se conserva en el almacén."


def _fill(into: zipped.Archive, members: dict[str, bytes | None]) -> None:
    """Add the members that there are."""
    for name, data in members.items():
        if data is not None:
            into.put(name, data)


def _bring(
    into: zipped.Archive, store: Store, papers: Sequence[Paper], body: str | None, sealer: Sealer
) -> None:
    """Add the documents in the order of the index, each with its metadata after it."""
    for order, paper in enumerate(papers, 1):
        name = zipped.place(order, paper)
        zipped.bring(into, store, paper, name)
        signature = None if paper.own else sealer.digest(paper.sha256)
        into.put(f"metadatos/{order:03}.xml", document(paper, name, body, signature))
