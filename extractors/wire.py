"""What was read as JSON and back, in the shape that the contract prints: no pickle crosses a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, get_args

from extractors.document import (
    Answer,
    Code,
    Document,
    Field,
    FileReading,
    Item,
    Part,
    Reading,
    Sign,
    Signature,
)
from extractors.lines import Box


def packed(reading: FileReading) -> dict[str, Any]:
    """Return *reading* as JSON values; what is empty is left out of fields."""
    return {
        "code": reading.code,
        "flags": list(reading.flags),
        "documents": [_document(document) for document in reading.documents],
        "signatures": [asdict(signature) for signature in reading.signatures],
    }


def unpacked(data: Mapping[str, Any]) -> FileReading:
    """Return the reading that `packed` made *data* from.

    Raises:
        KeyError, TypeError, ValueError: *data* has another shape.
    """
    return FileReading(
        code=data["code"],
        flags=tuple(data["flags"]),
        documents=tuple(document(one) for one in data["documents"]),
        signatures=tuple(signature(one) for one in data.get("signatures", ())),
    )


def signature(data: Mapping[str, Any]) -> Signature:
    """Return a signature from its JSON values; raise as `unpacked`."""
    made = Signature(**data)
    if not {made.intact, made.whole, made.chain, made.revocation} <= {*get_args(Answer)}:
        raise ValueError
    stated = "" if made.stated_at is None else made.stated_at
    if not all(isinstance(text, str) for text in (made.signer, made.issuer, stated)):
        raise TypeError
    return made


def _document(one: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "file": one.file,
        "sha256": one.sha256,
        "pages": list(one.pages),
        "kind": one.kind,
        "kind_confidence": one.kind_confidence,
        "language": one.language,
        "reader": one.reader,
        "fields": {name: _field(field) for name, field in one.fields.items()},
        "flags": list(one.flags),
        "mentions": {name: _field(field) for name, field in one.mentions.items()},
        "codes": [asdict(code) for code in one.codes],
    }


def document(data: Mapping[str, Any]) -> Document:
    """Return a document from its JSON values."""
    return Document(
        file=str(data["file"]),
        sha256=str(data["sha256"]),
        pages=tuple(int(number) for number in data["pages"]),
        kind=str(data["kind"]),
        kind_confidence=float(data["kind_confidence"]),
        language=data["language"],
        reader=data["reader"],
        fields={name: field(one) for name, one in data["fields"].items()},
        flags=tuple(data["flags"]),
        mentions={name: field(one) for name, one in data["mentions"].items()},
        codes=tuple(code(one) for one in data.get("codes", ())),
    )


def code(data: Mapping[str, Any]) -> Code:
    """Return a code from its JSON values; raise as `unpacked`."""
    if data["format"] not in get_args(Sign):
        raise ValueError
    return Code(
        format=data["format"],
        text=str(data["text"]),
        page=int(data["page"]),
        box=_box(data["box"]),
        code=str(data.get("code", "")),
        address=str(data.get("address", "")),
    )


def _field(one: Field) -> dict[str, Any]:
    """Return a field as JSON values."""
    plain: dict[str, Any] = {
        "value": one.value,
        "text": one.text,
        "confidence": one.confidence,
        "page": one.page,
        "box": list(one.box),
    }
    if one.readings:
        plain["readings"] = [
            {"reader": r.reader, "text": r.text, "value": r.value, "confidence": r.confidence}
            for r in one.readings
        ]
    if one.items:
        plain["items"] = [
            _place(item)
            | ({"parts": {name: _place(part) for name, part in item.parts.items()}} if item.parts else {})
            for item in one.items
        ]
    return plain | ({"hand": True} if one.hand else {})


def _place(one: Item | Part) -> dict[str, Any]:
    """Return a place in a list as JSON values."""
    return {"page": one.page, "box": list(one.box), "confidence": one.confidence}


def field(data: Mapping[str, Any]) -> Field:
    """Return a field from its JSON values."""
    return Field(
        value=data["value"],
        text=str(data["text"]),
        confidence=float(data["confidence"]),
        page=int(data["page"]),
        box=_box(data["box"]),
        readings=tuple(Reading(**reading) for reading in data.get("readings", ())),
        items=tuple(map(_item, data.get("items", ()))),
        hand=data.get("hand", False) is True,
    )


def _item(data: Mapping[str, Any]) -> Item:
    """Return the place of one object of a list from its JSON values."""
    return Item(
        page=int(data["page"]),
        box=_box(data["box"]),
        confidence=float(data["confidence"]),
        parts={
            str(name): Part(page=int(one["page"]), box=_box(one["box"]), confidence=float(one["confidence"]))
            for name, one in data.get("parts", {}).items()
        },
    )


def _box(data: list[float]) -> Box:
    """Return a box from its four numbers."""
    x0, y0, x1, y1 = data
    return Box(float(x0), float(y0), float(x1), float(y1))
