"""What one unit of reading may cost, the contract's defaults; and whose signatures are believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Caps per file and per unit of work (a page to OCR, a document to parse)."""

    pages: int = 500
    page_letters: int = 200_000
    """Letters in the text layer of one page, blanks included; a full page of small print has 10 000."""
    letters: int = 5_000_000
    """The same for all pages of a file."""
    pixels: int = 100_000_000
    side: int = 20_000
    cpu_seconds: int = 30
    wall_seconds: int = 60
    memory: int = 1 << 30
    """Bytes of address space of the child that reads."""
    anchors: str = ""
    """PEM file of the issuers whose certificates are believed in signatures on papers; none by default."""
