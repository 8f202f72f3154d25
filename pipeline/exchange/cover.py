"""The cover of a file: what is in it, for people. Set by typst like the letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.exchange.contents import Contents
from pipeline.exchange.paper import Paper
from pipeline.exchange.xml import About, of_file
from pipeline.folders.status import DECIDED
from pipeline.letters.render import day, line, moment
from pipeline.letters.typeset import typeset

_WAYS: Mapping[str, str] = MappingProxyType(
    {"paper": "papel", "electronic": "sede electrónica", "in_person": "en persona", "publication": "BOE"}
)
_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "attempted": "intento de notificación",
        "delivered": "notificación entregada",
        "refused": "notificación rechazada por la persona",
        "offered": "puesta también en la sede electrónica",
        "available": "puesta a disposición en la sede electrónica",
        "opened": "notificación abierta",
        "rejected": "rechazada por no abrirse en diez días",
        "published": "publicada en el BOE",
        "answered": "respuesta de la persona",
        "waived": "la persona declara que no alegará",
    }
)
_ACTS: Mapping[str, str] = MappingProxyType(
    {"requirement": "Requerimiento", "hearing": "Audiencia", "resolution": "Resolución"}
)


class Cover(NamedTuple):
    """What a cover tells besides the papers. `lacking` are sentences on what is not as it should be."""

    number: str
    office: str
    about: About
    made_at: dt.datetime
    zone: dt.tzinfo
    signer: str | None
    index_sha256: str
    lacking: Sequence[str]


def cover(told: Cover, papers: Sequence[Paper], contents: Contents) -> bytes:
    """Return the page as a PDF; the same bytes for the same values.

    Raises:
        EnvironmentFault: typst cannot make the file on this machine.
    """
    part = {
        "language": "es",
        "facts": list(_facts(told, papers)),
        "lacking": [line(one) for one in told.lacking],
        "rows": [_row(n, one) for n, one in enumerate(papers, 1)],
        "acts": [[line(day(on)), line(said)] for on, said in sorted(_acts(contents, told.zone))],
    }
    page = {
        "title": f"Expediente {told.number}",
        "number": told.number,
        "author": told.office,
        "at": told.made_at.timetuple()[:6],
        "parts": [part],
    }
    return typeset("expediente.typ", page, told.made_at)


def _facts(told: Cover, papers: Sequence[Paper]) -> Iterator[list[str]]:
    """Yield the lines at the head."""
    yield ["Expediente", told.number]
    yield ["Identificador", of_file(told.about)]
    yield ["Órgano (DIR3)", told.about.body or "sin código configurado"]
    yield ["Clasificación (SIA)", told.about.classified or "sin código configurado"]
    yield ["Abierto el", moment(told.about.opened_at)]
    yield ["Estado", "cerrado" if told.about.closed else "abierto"]
    yield ["Documentos", str(len(papers))]
    yield ["Índice hecho el", moment(told.made_at)]
    yield ["Índice firmado por", line(told.signer) if told.signer else "nadie: no está firmado"]
    yield ["Huella del índice (SHA-256)", told.index_sha256]


def _row(order: int, paper: Paper) -> list[str]:
    """Return a document as a row of the table."""
    pages = "-" if paper.pages is None else str(paper.pages)
    return [f"{order:03}", paper.about, line(paper.name), day(paper.at), pages, paper.sha256]


def _acts(contents: Contents, zone: dt.tzinfo) -> Iterator[tuple[dt.date, str]]:
    """Yield what was received, decided and told, by day: what people signed, nothing that was proposed."""
    for entered in contents.entries:
        again = " (el mismo paquete otra vez)" if entered.kind == "duplicate" else ""
        yield entered.received_at.date(), f"Entrega {entered.order}{again}"
    for one in contents.decisions:
        assert one.final is not None
        signer = one.letter.get("signer") or one.by
        yield one.final.at.astimezone(zone).date(), f"{DECIDED[one.kind]}. Firma: {signer}"
        if not one.stands:
            fallen = next(end for end in one.ends if end.how != "final")
            yield fallen.at.astimezone(zone).date(), f"{DECIDED[one.kind]}: queda sin efecto"
    for told in contents.notices:
        registry = f", registro {told.registry}" if told.registry else ""
        hour = f", {told.hour}" if told.hour else ""
        said = f"{_ACTS[told.act]}: {_STEPS[told.step]} ({_WAYS[told.way]}{hour}{registry})"
        yield told.happened_on, said
