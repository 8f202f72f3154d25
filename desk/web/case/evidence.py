"""What a finding stands on, each place by the name of its paper and of its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from desk.web.case.found import Found
from desk.web.case.places import fields_of
from desk.web.case.told import field_name, kind_name, share, value
from desk.web.words import Speaker


class Spot(NamedTuple):
    """One place: `document` and `field` lead to its box, `words` name it, `holds` is what is read there."""

    document: str
    field: str
    words: str
    holds: str


def spots(say: Speaker, case: Found, evidence: Iterable[Mapping[str, Any]]) -> tuple[Spot, ...]:
    """Return the places of *evidence* in its order, each once."""
    each = dict.fromkeys((one["document"], one["field"]) for one in evidence)
    return tuple(_spot(say, case, document, field) for document, field in each)


def _spot(say: Speaker, case: Found, document: str, field: str) -> Spot:
    """Return one place; what is on no paper (a register's answer, the remarks) is named alone."""
    paper = case.places.document(document)
    if paper is None:
        return Spot(document, field, say("case.beside_papers", name=field), "")
    words = f"{document.removeprefix('d')} {kind_name(say, paper['kind'])}"
    told = fields_of(paper).get(field)
    if told is None:
        return Spot(document, field, words, "")
    holds = f"{value(say, told['value'])} ({share(told['confidence'])}{_least(say, field, told)})"
    return Spot(document, field, f"{words}, {field_name(say, field)}", holds)


def _least(say: Speaker, field: str, told: Mapping[str, Any]) -> str:
    """Return which cell of a list makes it as little sure as it is, where its cells are not all alike."""
    cells = [
        (part["confidence"], row, column)
        for row, item in enumerate(told.get("items") or (), 1)
        for column, part in item.get("parts", {}).items()
    ]
    if not cells or min(cells)[0] == max(cells)[0]:
        return ""
    _, row, column = min(cells)
    return f": {row}, {field_name(say, f'{field}.{column}')}"
