"""Papers of another kind, split or joined because a person says so: read anew as what they are said to be.

What was set right in a paper as it was holds for that paper alone: it stays in the record, shown as of a
paper that is no longer there, and counts again when the change is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from extractors.document import Document
from extractors.kinds import kinds
from extractors.reading.apart.sandbox import Sandbox
from pipeline.errors import UsageError
from pipeline.report import document_report

_OF_OLD_PAGES = frozenset({"pages-missing", "reading-failed"})
"""Flags that speak of the pages as they lay together before."""


class Part(NamedTuple):
    """Some pages and the kind that they are."""

    pages: tuple[int, ...]
    kind: str


def another_kind(paper: Document, kind: str) -> tuple[Part, ...]:
    """Return the paper as of another kind; raise UsageError where that changes or means nothing."""
    if not paper.pages or kind == paper.kind:
        raise UsageError("El documento ya es de ese tipo, o no tiene páginas.", "Elija otro tipo.")
    return (Part(paper.pages, _known(kind)),)


def split(paper: Document, after: int, kind: str) -> tuple[Part, ...]:
    """Return the pages up to *after* as the paper they were, the rest as a paper of a *kind*."""
    first = tuple(page for page in paper.pages if page <= after)
    rest = tuple(page for page in paper.pages if page > after)
    if not first or not rest:
        raise UsageError(
            "El documento no se puede dividir por esa página.", "Elija una que no sea la última."
        )
    return (Part(first, paper.kind), Part(rest, _known(kind)))


def joined(papers: Sequence[Document], kind: str) -> tuple[Part, ...]:
    """Return two papers of one file as one; raise UsageError where they are of two."""
    if len({paper.sha256 for paper in papers}) != 1 or len(papers) < len(("one", "other")):
        raise UsageError("Solo se unen documentos de un mismo archivo.", "Elija otro.")
    return (Part(tuple(sorted({page for paper in papers for page in paper.pages})), _known(kind)),)


def _known(kind: str) -> str:
    """Return a kind that there is."""
    if kind not in kinds():
        raise UsageError("No hay un documento de ese tipo.", "Elija uno de la lista.")
    return kind


def read_anew(
    papers: Sequence[Document], parts: Sequence[Part], path: Path, sandbox: Sandbox
) -> dict[str, object]:
    """Return what is kept of the change: the papers that it takes, and those that it gives, read anew."""
    takes = [[one.sha256, list(one.pages), one.kind] for one in papers]
    gives = [document_report("", _read(papers, part, path, sandbox)) for part in parts]
    return {"takes": takes, "gives": gives}


def _read(papers: Sequence[Document], part: Part, path: Path, sandbox: Sandbox) -> Document:
    """Return the pages as a paper of the kind; without fields where they cannot be read as one."""
    first = papers[0]
    reading = sandbox.read_as(path, first.file, part.kind, part.pages)
    found = next((one for one in reading.documents if one.kind == part.kind), None)
    kept = [flag for paper in papers for flag in paper.flags if flag not in _OF_OLD_PAGES]
    flags = dict.fromkeys((*(found.flags if found else ()), *reading.flags, *kept))
    blank = replace(first, pages=part.pages, kind=part.kind, fields={}, mentions={}, codes=(), reader="text")
    return replace(
        found or blank,
        file=first.file,
        sha256=first.sha256,
        kind_confidence=1.0,
        flags=tuple(flags),
        signatures=first.signatures,
    )
