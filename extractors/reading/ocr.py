"""Words of a scanned page, with Tesseract through pytesseract.

One model reads all four languages: `spa`. Debian's small Basque model lost every date of the Basque
certificates that `spa` read without a fault.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from typing import Any, NamedTuple

import numpy as np
from PIL import Image
from pytesseract import pytesseract as engine

from extractors.page import Box, Word
from extractors.reading.raster import Grey
from extractors.reading.refusal import Missing
from extractors.reading.straighten import Turn, even, ink_share, skew, turned

DPI = 300
CEILING = 0.89
"""No word that one engine alone saw passes the 0.9 that a decision asks for."""
BLANK = 0.0005
"""Ink below this share is dust; pages without a letter and a little more ink are blank too."""
_LITTLE = 0.003
_SURE = 0.36
_RULES = re.compile(r"[|_—–~¦=.·'`‘’\"-]+")

# With its own threads one page costs three times the CPU and gains nothing where many are read at once.
os.environ["OMP_THREAD_LIMIT"] = "1"


class Scan(NamedTuple):
    """A page as read: its words on the upright page, and how it was turned."""

    words: tuple[Word, ...]
    turn: Turn


def read(grey: Grey, scale: float, seconds: float) -> Scan:
    """Read a page of *scale* pixels per point within *seconds* of wall time for all passes of the engine.

    Without legible words, or where the engine fails or takes too long, the scan has none.
    """
    upright = Turn(0, 0.0, grey.shape[1] / scale, grey.shape[0] / scale)
    share = ink_share(grey)
    if share < BLANK:
        return Scan((), upright)
    lit = even(grey)
    until = time.monotonic() + seconds
    scan = _pass(lit, scale, upright, until)
    if share >= _LITTLE and (_quality(scan.words) < 0.5 or _on_its_side(scan.words)):
        others = [_pass(lit, scale, _turn(upright, q), until) for q in _quarters(lit, scale, until)]
        scan = max([scan, *others], key=lambda s: _letters(s.words) * (not _on_its_side(s.words)))
    return scan


def block(grey: Grey, scale: float, seconds: float) -> dict[str, list[Any]] | None:
    """Return the engine's table of words for lines that stand one below the other, upright.

    None where it fails or takes more than *seconds* of wall time.
    """
    return _tesseract(grey, scale, time.monotonic() + seconds, "--psm 6 --oem 1", "data")


def words(grey: Grey, scale: float, seconds: float) -> list[Word]:
    """Return the words of lines that stand one below the other, upright; none where the engine fails."""
    table = block(grey, scale, seconds)
    return _words(table, scale) if table else []


def blank(grey: Grey) -> bool:
    """Whether a page on which no word was found is empty paper rather than something illegible."""
    return ink_share(grey) < _LITTLE


def legible(words: tuple[Word, ...]) -> bool:
    """Whether some words can be read: three with two letters or more, and half of the letters clear."""
    clear = [w for w in words if w.confidence >= _SURE and sum(map(str.isalnum, w.text)) >= 2]
    return len(clear) >= 3 and _quality(words) >= 0.3


def _on_its_side(words: tuple[Word, ...]) -> bool:
    """Whether most words are taller than wide: the engine reads such pages, but their lines are columns."""
    long = [word for word in words if len(word.text) >= 4]
    return sum(word.box.height > word.box.width for word in long) * 2 > max(len(long), 1)


def _turn(upright: Turn, quarters: int) -> Turn:
    """Return the turn by *quarters* of the page that came as *upright*."""
    width, height = (upright.height, upright.width) if quarters % 2 else (upright.width, upright.height)
    return Turn(quarters, 0.0, width, height)


def _pass(lit: Grey, scale: float, turn: Turn, until: float) -> Scan:
    """Read once: turn by quarters, level the lines, recognise."""
    pixels = turned(lit, turn)
    level = turn._replace(skew=skew(pixels))
    if level.skew:
        pixels = turned(lit, level)
    table = _tesseract(pixels, scale, until, "--psm 3 --oem 1", "data")
    return Scan(tuple(_words(table, scale)) if table else (), level)


def _words(table: dict[str, list[Any]], scale: float) -> list[Word]:
    """Return the engine's words; strokes of ruled lines taken for signs are left out."""
    found = []
    for i, raw in enumerate(table["text"]):
        text = str(raw).strip()
        sure = float(table["conf"][i]) / 100
        if not text or sure < 0 or (_RULES.fullmatch(text) and sure < 0.8):
            continue
        x, y = table["left"][i] / scale, table["top"][i] / scale
        box = Box(x, y, x + table["width"][i] / scale, y + table["height"][i] / scale)
        found.append(Word(text, box, _chance(sure)))
    return found


def _chance(sure: float) -> float:
    """Return a cautious chance that a word is right: the engine's own figure squared, under the ceiling."""
    return round(min(sure * sure, CEILING), 3)


def _letters(words: tuple[Word, ...]) -> int:
    """Count the letters of the words that are clear."""
    return sum(len(word.text) for word in words if word.confidence >= _SURE)


def _quality(words: tuple[Word, ...]) -> float:
    """Return the share of letters in clear words; 0 for a page with next to none."""
    total = sum(len(word.text) for word in words)
    return _letters(words) / total if total >= 12 else 0.0


def _quarters(lit: Grey, scale: float, until: float) -> list[int]:
    """Return the clockwise quarter turns worth trying: the engine's opinion, or all three."""
    found = _tesseract(lit, scale, until, "--psm 0", "osd")
    if not found:
        return [1, 2, 3]
    turns = int(found["rotate"]) // 90 % 4
    return [turns] if turns else []


def _tesseract(pixels: Grey, scale: float, until: float, config: str, what: str) -> dict[str, Any] | None:
    """Run the engine on *pixels* until *until* on the monotonic clock; None where it fails or is late."""
    seconds = until - time.monotonic()
    if seconds < 1:
        return None
    options = f"{config} --dpi {round(min(max(scale * 72, 70), 2400))}"
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PPM")
        file.flush()
        ask = engine.image_to_data if what == "data" else engine.image_to_osd
        language = "spa" if what == "data" else "osd"
        try:
            table: dict[str, Any] = ask(
                file.name, lang=language, config=options, output_type="dict", timeout=seconds
            )
        except engine.TesseractNotFoundError:
            raise Missing("tesseract") from None
        except engine.TesseractError as error:
            if "language" in str(error.message):
                raise Missing(f"tesseract's data for {language!r}") from None
            return None
        except RuntimeError:
            return None
    return table
