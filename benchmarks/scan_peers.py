"""What people would use instead, on the same files: full-page pytesseract, and OCRmyPDF if installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2

from benchmarks.spending import spent
from extractors.prose import fold
from fixtures.wear.packed import Picture

_Document: Any = pypdfium2.PdfDocument


class Told(NamedTuple):
    """The CPU seconds that a tool took, rendering included, and the text that it found."""

    cpu: float
    text: str


def tesseract(data: bytes, pictures: list[Picture]) -> Told:
    """Recognise every page at its own resolution, told to the program, in one thread."""
    from pytesseract import pytesseract

    recognise: Any = pytesseract.image_to_string

    def whole() -> str:
        found = []
        for page, picture in zip(_Document(data), pictures, strict=True):
            dpi = round(picture.dpi[0])
            image = page.render(scale=dpi / 72).to_pil()
            found.append(recognise(image, lang="spa", config=f"--dpi {dpi}"))
        return "\n".join(found)

    return Told(*spent(whole))


def ocrmypdf(data: bytes, program: str) -> Told | None:
    """Make the PDF searchable, without what costs more: no PDF/A, no optimising; None where it is missing."""
    found = shutil.which(program)
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paper, text = Path(folder, "paper.pdf"), Path(folder, "paper.txt")
        paper.write_bytes(data)
        options = ["-j1", "-l", "spa", "--output-type", "pdf", "-O0", "-q", "--sidecar", str(text)]

        def whole() -> str:
            subprocess.run(
                [found, *options, str(paper), str(Path(folder, "out.pdf"))],
                check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
            return text.read_text("utf-8")

        return Told(*spent(whole))


def pages_of(data: bytes) -> int:
    """Return the number of pages."""
    return len(_Document(data))


def found_in(text: str, values: list[str]) -> int:
    """Return how many *values* stand anywhere in *text*, accents, case and blanks apart."""
    there = "".join(fold(text).split())
    return sum("".join(fold(value).split()) in there for value in values)
