"""Tesseract, behind one face: in this process where its binding is installed, else as a program of its own.

One model reads all four languages: `spa`. Debian's small Basque model lost every date of the Basque
certificates that `spa` read without a fault.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from PIL import Image
from pytesseract import pytesseract as program

from extractors.reading.raster import Grey
from extractors.reading.refusal import Missing

Layout = Literal["page", "column", "block", "line", "sparse"]
"""A whole page, one column, lines one below the other, one line, or words anywhere."""
Model = Literal["spa", "eng"]
_PSM: Mapping[Layout, int] = {"page": 3, "column": 4, "block": 6, "line": 7, "sparse": 11}
_DATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)
_NEEDED = "spa.traineddata"
_WORD = "5"
_NEGATIVE = "tessedit_do_invert"

# With its own threads one page costs three times the CPU and gains nothing where many are read at once.
os.environ["OMP_THREAD_LIMIT"] = "1"


class Seen(NamedTuple):
    """A word as the engine gives it: pixels from the top left, its certainty 0 to 1, and its line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float
    line: tuple[int, int, int]
    """Numbers of its block, paragraph and line."""


class Ask(NamedTuple):
    """How to look: `signs` are the only ones that may be seen, all of them where it is empty.

    `dark`: the ink is known to be dark on light. What the engine reads badly it reads once more as a negative
    otherwise, which costs a quarter of its time on seals and scribbles, and makes up letters of paper.
    """

    layout: Layout = "page"
    signs: str = ""
    model: Model = "spa"
    dark: bool = False


class Engine(Protocol):
    """What both ways of calling Tesseract can do."""

    def words(self, pixels: Grey, dpi: int, ask: Ask, seconds: float) -> list[Seen] | None:
        """Return the words on *pixels*, None where the engine fails or takes more than *seconds*."""

    def quarters(self, pixels: Grey, dpi: int, seconds: float) -> int | None:
        """Return by how many clockwise quarter turns the page stands upright, None where it cannot tell."""


@cache
def engine() -> Engine:
    """Return the quickest engine that works here.

    Raises:
        Missing: Neither the binding nor the program is installed, or their data are not.
    """
    try:
        import tesserocr  # noqa: F401, PLC0415 - a machine without a wheel of it reads all the same
    except ImportError:
        return Program()
    return InProcess() if _data() is not None else Program()


def _data() -> Path | None:
    """Return where the models lie."""
    stated = os.environ.get("TESSDATA_PREFIX")
    return next((Path(one) for one in ([stated] if stated else _DATA) if Path(one, _NEEDED).is_file()), None)


class InProcess:
    """Tesseract's library in this process: each model is loaded once."""

    def __init__(self) -> None:
        import tesserocr  # noqa: PLC0415 - only where it is installed

        self._library = tesserocr
        self._open: dict[str, Any] = {}

    def words(self, pixels: Grey, dpi: int, ask: Ask, seconds: float) -> list[Seen] | None:
        """Return the words on *pixels*; see `Engine`."""
        api = self._ready(ask.model, pixels, dpi)
        api.SetPageSegMode(_PSM[ask.layout])
        api.SetVariable("tessedit_char_whitelist", ask.signs)
        api.SetVariable(_NEGATIVE, "0" if ask.dark else "1")
        try:
            done = api.Recognize(max(round(seconds * 1000), 1))
            return _table(api.GetTSVText(0)) if done else None
        except RuntimeError:
            return None
        finally:
            api.Clear()

    def quarters(self, pixels: Grey, dpi: int, seconds: float) -> int | None:  # noqa: ARG002 - it takes 0.3 s
        """Return the clockwise quarter turns; see `Engine`."""
        api = self._ready("osd", pixels, dpi)
        api.SetPageSegMode(self._library.PSM.OSD_ONLY)
        try:
            found = api.DetectOrientationScript()
        except RuntimeError:
            return None
        finally:
            api.Clear()
        # what is told is how the page lies, counted clockwise; it goes back the other way
        return -int(found["orient_deg"]) // 90 % 4 if found else None

    def _ready(self, model: str, pixels: Grey, dpi: int) -> Any:
        """Return the library with *model* loaded and *pixels* set."""
        if model not in self._open:
            try:
                self._open[model] = self._library.PyTessBaseAPI(path=str(_data()), lang=model)
            except RuntimeError:
                raise Missing(f"tesseract's data for {model!r}") from None
        api = self._open[model]
        whole = np.ascontiguousarray(pixels)
        rows, columns = whole.shape
        api.SetImageBytes(whole.tobytes(), columns, rows, 1, columns)
        api.SetSourceResolution(_resolution(dpi))
        return api


class Program:
    """Tesseract as a program, started for each page by pytesseract."""

    def words(self, pixels: Grey, dpi: int, ask: Ask, seconds: float) -> list[Seen] | None:
        """Return the words on *pixels*; see `Engine`."""
        options = f"--psm {_PSM[ask.layout]} --oem 1 --dpi {_resolution(dpi)}"
        if ask.signs:
            options += f" -c tessedit_char_whitelist={ask.signs}"
        if ask.dark:
            options += f" -c {_NEGATIVE}=0"
        told = self._run(pixels, ask.model, options, seconds, "tsv")
        return None if told is None else _table(told.partition("\n")[2])

    def quarters(self, pixels: Grey, dpi: int, seconds: float) -> int | None:
        """Return the clockwise quarter turns; see `Engine`."""
        told = self._run(pixels, "osd", f"--psm 0 --dpi {_resolution(dpi)}", seconds, "osd")
        found = [line for line in (told or "").splitlines() if line.startswith("Rotate:")]
        return int(found[0].split(":")[1]) // 90 % 4 if found else None

    def _run(self, pixels: Grey, model: str, options: str, seconds: float, what: str) -> str | None:
        """Run the program until *seconds* have passed; None where it fails or is late."""
        if seconds < 1:
            return None
        with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
            Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PPM")
            file.flush()
            try:
                told = program.run_and_get_output(
                    file.name, extension=what, lang=model, config=f"{options} {'tsv' * (what == 'tsv')}",
                    timeout=seconds,
                )  # fmt: skip
            except program.TesseractNotFoundError:
                raise Missing("tesseract") from None
            except program.TesseractError as error:
                if "language" in str(error.message):
                    raise Missing(f"tesseract's data for {model!r}") from None
                return None
            except RuntimeError:
                return None
        return str(told)


def _resolution(dpi: int) -> int:
    """Return a resolution that Tesseract believes."""
    return min(max(dpi, 70), 2400)


def _table(told: str) -> list[Seen]:
    """Return the words of the engine's table of tab-parted values, whose first line is no heading."""
    rows: Sequence[Sequence[str]] = list(
        csv.reader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    return [
        Seen(
            text=row[11].strip(), left=int(row[6]), top=int(row[7]), width=int(row[8]), height=int(row[9]),
            sure=float(row[10]) / 100, line=(int(row[2]), int(row[3]), int(row[4])),
        )
        for row in rows
        if len(row) == 12 and row[0] == _WORD and row[11].strip() and float(row[10]) >= 0
    ]  # fmt: skip
