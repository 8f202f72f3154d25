"""Papers as reports tell them and back, and what a report keeps of corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractors.document import Document, Field, Item, Part, Reading, Signature
from extractors.lines import Box
from extractors.wire import code
from pipeline.corrections.kept import Fate, Mended


def document_told(told: Mapping[str, Any]) -> Document:
    """Return one paper of a report."""
    return Document(
        file=told["file"],
        sha256=told["sha256"],
        pages=tuple(told["pages"]),
        kind=told["kind"],
        kind_confidence=told["kind_confidence"],
        language=told["language"],
        reader=told["reader"],
        fields={name: field_told(one) for name, one in told["fields"].items()},
        flags=tuple(told["flags"]),
        mentions={name: field_told(one) for name, one in told.get("mentions", {}).items()},
        signatures=tuple(_signatures(told)),
        codes=tuple(code(one) for one in told.get("codes", ())),
    )


def _signatures(told: Mapping[str, Any]) -> Iterator[Signature]:
    """Yield the electronic signatures of a paper."""
    yield from (Signature(**one) for one in told.get("signatures", ()))


def field_told(told: Mapping[str, Any]) -> Field:
    """Return one field of a paper."""
    return Field(
        value=told["value"],
        text=told["text"],
        confidence=told["confidence"],
        page=told["page"],
        box=Box(*told["box"]),
        readings=tuple(Reading(**one) for one in told.get("readings", ())),
        items=tuple(map(_item, told.get("items", ()))),
        state=told.get("state", "read"),
        keys=tuple(told.get("keys", ())),
        hand=told.get("hand", False) is True,
    )


def _item(told: Mapping[str, Any]) -> Item:
    """Return the place of one row of a list, and of each of its cells where it tells them."""
    parts = {
        name: Part(page=one["page"], box=Box(*one["box"]), confidence=one["confidence"])
        for name, one in told.get("parts", {}).items()
    }
    return Item(page=told["page"], box=Box(*told["box"]), confidence=told["confidence"], parts=parts)


def mended_told(report: Mapping[str, Any]) -> Mended | None:
    """Return what a report keeps of the corrections of its case, None where nobody set anything right."""
    if "as_read" not in report:
        return None
    return Mended(
        as_read=tuple(document_told(one) for one in report["as_read"]),
        fates=tuple(
            Fate(one["what"], one["document"], one["field"], tuple(one["path"]))
            for one in report["corrections"]
        ),
    )
