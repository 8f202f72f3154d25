"""What a document says: fields with value, text, certainty and place, as the contract prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extractors.lines import Box
from extractors.page import Reader

Json = Any
"""A JSON value: text, number, boolean, None, list or object of these; dates as ISO text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader saw in a field, kept where readers differ."""

    reader: str
    text: str
    value: Json
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The place of one value of an object of a list field, and the chance that it is right."""

    page: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The place of one object of a list field, in the order of the list.

    `parts` has, by name, each value that is a place of its own on the paper, none surer than that the
    object is that one of the list; without it all that the object says is as sure as the object.
    """

    page: int
    box: Box
    confidence: float
    parts: Mapping[str, Part] = field(default_factory=dict)

    def at_most(self, sure: float) -> Item:
        """Return the item, and its parts, none more certain than *sure*."""
        parts = {
            name: replace(part, confidence=min(part.confidence, sure)) for name, part in self.parts.items()
        }
        return replace(self, confidence=min(self.confidence, sure), parts=parts)


State = Literal["read", "corrected", "confirmed", "illegible"]
"""Whether a program read a field, or a person set it right, found it right, or cannot read it either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `value` None where the paper leaves it empty; `confidence` the chance that it is right.

    `keys` name the rows of a list in which a person set something right; `hand` says that somebody wrote
    by hand where a program reads print: a person has to read it.
    """

    value: Json
    text: str
    confidence: float
    page: int
    box: Box
    readings: tuple[Reading, ...] = ()
    items: tuple[Item, ...] = ()
    state: State = "read"
    keys: tuple[str, ...] = ()
    hand: bool = False


Answer = Literal["valid", "invalid", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """An electronic signature of a file, with four answers (`extractors.reading.files.signatures`).

    `signer` and `issuer` are names as its certificate says them; `stated_at` the moment, as ISO text with
    its offset, that it states of itself.
    """

    signer: str = ""
    issuer: str = ""
    stated_at: str | None = None
    intact: Answer = "unknown"
    whole: Answer = "unknown"
    chain: Answer = "unknown"
    revocation: Answer = "unknown"


Sign = Literal["qr", "data-matrix", "aztec", "pdf417", "code128", "written"]
"""How a code stands on a paper: drawn for machines, or written for people behind its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code on a paper says, as text that nobody followed.

    `code` is the verification code in it and `address` where it asks to be checked, both empty where it
    tells none.
    """

    format: Sign
    text: str
    page: int
    box: Box
    code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper found in a file.

    `mentions` are subjects that the text touches outside its own fields (a pregnancy, a power of
    attorney ...), by slug; see `extractors.said.mentions`.
    """

    file: str
    sha256: str
    pages: tuple[int, ...]
    kind: str
    kind_confidence: float
    language: str | None = None
    reader: Reader = "text"
    fields: Mapping[str, Field] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    mentions: Mapping[str, Field] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What reading one file gave: its documents, or the `code` of the contract's list that says why not."""

    documents: tuple[Document, ...] = ()
    code: str | None = None
    flags: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
