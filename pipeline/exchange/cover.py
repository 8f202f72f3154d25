"""The cover of a file: what is in it, for people. Set by typst like the letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.exchange.acts import acts
from pipeline.exchange.contents import Contents
from pipeline.exchange.paper import Paper
from pipeline.exchange.xml import About, of_file
from pipeline.letters.render import day, line, moment
from pipeline.letters.typeset import typeset


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
        "acts": [[line(day(on)), line(said)] for on, said in sorted(acts(contents, told.zone))],
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
