"""The papers of a case as people set them right: first which papers there are, then what each says.

    case = mend(case, rows)       # between `read` and `consult`

Nothing that a person said is dropped in silence: what speaks of a paper or value that is no longer there is
told as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.document import Document
from pipeline.case import Read
from pipeline.correction import mended as mended_field
from pipeline.corrections.kept import Fate, Kept, Mended, Paper, paper_of, standing
from pipeline.corrections.retold import document_told


def mend(case: Read, rows: Sequence[Kept]) -> Read:
    """Return *case*, whose papers are as they were read, with what people set right in them."""
    said = standing(rows)
    if not said:
        return replace(case, mended=None)
    places: dict[int, str | None] = dict.fromkeys(range(len(said)))
    papers = _papers(case.documents, said, places)
    documents = _values(papers, said, places)
    fates = tuple(Fate(row.what, places[n], row.field, row.path) for n, row in enumerate(said))
    return replace(case, documents=documents, mended=Mended(as_read=case.documents, fates=fates))


def _papers(
    documents: Sequence[Document], said: Sequence[Kept], places: dict[int, str | None]
) -> list[Document]:
    """Return which papers there are after kinds were changed, papers split and joined.

    *places* gets the document that each of these corrections gave.
    """
    found, given = list(documents), {}
    for n, row in enumerate(said):
        if row.what == "papers" and (changed := _exchanged(found, row)) is not None:
            found = changed
            given[n] = paper_of(document_told(row.value["gives"][0]))
    there = {paper_of(one): f"d{n}" for n, one in reversed([*enumerate(found, 1)])}
    places.update({n: there.get(paper, "d1") for n, paper in given.items()})
    return found


def _exchanged(found: list[Document], row: Kept) -> list[Document] | None:
    """Return the papers with those that a correction gives in the place of those that it takes.

    None where one that it takes is not there.
    """
    taken = {Paper(sha256, tuple(pages), kind) for sha256, pages, kind in row.value["takes"]}
    if not taken <= {paper_of(one) for one in found}:
        return None
    first = next(n for n, one in enumerate(found) if paper_of(one) in taken)
    given = [replace(document_told(one), file=found[first].file) for one in row.value["gives"]]
    rest = [one for one in found[first:] if paper_of(one) not in taken]
    return [*found[:first], *given, *rest]


def _values(
    papers: Sequence[Document], said: Sequence[Kept], places: dict[int, str | None]
) -> tuple[Document, ...]:
    """Return the papers with the values that people set right; of a paper handed in twice, both.

    *places* gets the document in which each of these corrections fits.
    """
    by_paper: dict[Paper, list[int]] = defaultdict(list)
    for n, row in enumerate(said):
        if row.what != "papers":
            by_paper[row.paper].append(n)
    documents = []
    for number, paper in enumerate(papers, 1):
        mine = by_paper.get(paper_of(paper), [])
        document, fitting = _fields(paper, {n: said[n] for n in mine}, f"d{number}")
        places.update({n: f"d{number}" for n in fitting if places[n] is None})
        documents.append(document)
    return tuple(documents)


def _fields(document: Document, said: Mapping[int, Kept], name: str) -> tuple[Document, list[int]]:
    """Return the paper as people set it right, and which of their words fit it."""
    by_field: dict[str, list[int]] = defaultdict(list)
    for n, row in said.items():
        by_field[row.field].append(n)
    fields, fitting = dict(document.fields), []
    for field, numbers in by_field.items():
        words = [said[n].of(name) for n in numbers]
        value, lost = mended_field(document.fields.get(field), words, _page(document))
        fields.pop(field, None)
        if value is not None:
            fields[field] = value
        fitting += [n for n, word in zip(numbers, words, strict=True) if not any(word is o for o in lost)]
    return replace(document, fields=fields), fitting


def _page(document: Document) -> int:
    """Return the page on which something is that nobody showed."""
    return document.pages[0] if document.pages else 1
