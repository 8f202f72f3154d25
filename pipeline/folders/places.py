"""The folders of an office, as docs/contract/README.md names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.files import Files
from pipeline.intake.junk import PRESENTATION

DROP, DOING, ACCEPTED, CURE, RETURNED = "1_ENTRADA", "2_EN_CURSO", "3_ACEPTADO", "4_SUBSANAR", "5_DEVUELTO"
FIVE = (DROP, DOING, ACCEPTED, CURE, RETURNED)
STATUS = "ESTADO.html"
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,15}")
NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,15})-(\d{4})-(\d{6,9})")
"""A case's number: the office that received it, the year, the count. The case may be another's by now."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one office."""

    root: Path
    office: str

    @property
    def path(self) -> Path:
        """The office's own folder."""
        return self.root / self.office

    def doing(self, placed_as: str) -> Path:
        """Where an accepted original waits while its case is worked on."""
        return self.path / DOING / placed_as

    def doing_word(self, placed_as: str) -> Path:
        """Where the office's `presentacion.json` on it waits beside it."""
        return self.doing(f"{placed_as}.{PRESENTATION}")

    def accepted(self, number: str) -> Path:
        """Where the receipts of a case are."""
        return self.path / ACCEPTED / number

    def cure(self, number: str) -> Path:
        """Where it says what a case lacks, and answers are dropped."""
        return self.path / CURE / number

    def returned(self, number: str) -> Path:
        """Where a case that could not be received lies with the reason."""
        return self.path / RETURNED / number


def make(root: Path, office: str, files: Files | None = None) -> Place:
    """Make the five folders of *office* under *root*; raise UsageError on a code that is none."""
    if not _CODE.fullmatch(office):
        what = f"El código de oficina {office!r} no sirve"
        raise UsageError(what, "Use de 2 a 16 letras mayúsculas y cifras, como CEU01.")
    place = Place(root, office)
    disk = files or Files()
    for name in FIVE:
        disk.make_folder(place.path / name)
    return place


def offices(root: Path) -> Iterator[Place]:
    """Yield the offices that have folders under *root*, by code; raise OSError if it cannot be read."""
    for entry in sorted(root.iterdir()):
        if _CODE.fullmatch(entry.name) and (entry / DROP).is_dir() and (entry / DOING).is_dir():
            yield Place(root, entry.name)
