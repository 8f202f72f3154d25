"""The lines of a machine readable zone, found on the picture of a page and read by both recognisers.

Found by their looks and not by what an engine made of the page: a zone that lies on its side, on a dim photo
or small on a large sheet is read all the same, since each line is cut out, levelled and scaled for itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

import cv2
import numpy as np

from extractors.lines import Box, Word
from extractors.mrz.agreement import covers
from extractors.reading.raster import Grey
from extractors.reading.words import recogniser
from extractors.reading.words.engine import Ask, engine
from extractors.reading.zone.line_cut import TALL, cut, straight
from extractors.reading.zone.stacks import around, stacks, turned
from extractors.reading.zone.strips import SHARES, Contrasts, Strip, aslant, strips

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_EVEN = 0.08
"""Share of a line's up and down that repeats with one breadth of signs; print of other faces has less."""
_FILLERS = 3
"""Fillers that a zone shows at least when it is held the right way up; upside down none is seen."""
_BLOCKS = 4
"""Blocks of lines looked at on a page: two cards, each with something that resembles a zone."""
_LEAST = 18
"""Signs of a line below which it is none of a zone."""
_FIGURES = 6
"""Figures of a line from which it may hold a number or a day."""
_SOFT = 0.8
"""Pixels of blur of what Tesseract is shown: it took the steps of a fax for other signs. Of 65 lines it read
49 without a fault in their signs instead of 43."""
_SOFTER, _SMALLER = 1.0, 0.75
"""Blur and size at another look, which finds other faults."""
_SECONDS = 5
_PLAIN, _WORD, _SURE = 3, (4, 14), 0.85
"""Words of print in a block, signs of each, and their certainty, from which the block is no zone:
a line of a zone is one word of 30 signs or more, of which the engine is never sure."""
WORDY = 260
"""A page with more words is no copy of a card."""


Look = Callable[[float], Iterator[list[Strip]]]
"""A way to find lines of signs on the picture, by how dark they are."""


class Rows(NamedTuple):
    """A block of lines as both recognisers read it, and where it lies; `sure` is that of the first.

    `again`: what the second said at another look, where it had not seen the same as the first.
    `slant`: degrees, clockwise, by which the picture is to be turned for the lines to be level.
    """

    texts: tuple[str, ...]
    seconds: tuple[str, ...]
    again: tuple[str, ...]
    sure: tuple[float, ...]
    box: Box
    slant: float = 0.0


def worded(box: Box, words: Sequence[Word]) -> bool:
    """Whether the engine surely read common words in *box*: then nothing need be read there as a zone."""
    least, most = _WORD
    plain = (
        word
        for word in words
        if word.confidence >= _SURE and least <= len(word.text) <= most and "<" not in word.text
    )
    return sum(box.holds(*word.box.middle) for word in plain) >= _PLAIN


def blocks(
    grey: Grey, scale: float, *, dye: Grey | None = None, slanting: bool = False,
    print_in: Callable[[Box], bool] = lambda _: False,
) -> Iterator[Rows]:  # fmt: skip
    """Yield the blocks of lines that show fillers, as they lie or else upside down.

    Those are left out of which *print_in* says that they are common print, by the box in points.

    *scale* is pixels per point of the picture. What its *dye* darkens, a seal or the pattern of a card, is
    not looked at: lines for machines are black. Mirrored lines show none. With *slanting* those are sought
    that run neither along the picture nor down it, if there are no others.
    """
    black = grey if dye is None else cv2.add(grey, dye)
    pixels: Grey = np.ascontiguousarray(black, dtype=np.uint8)
    along = partial(strips, Contrasts(pixels))
    looks: list[tuple[Look, float]] = [(along, share) for share in SHARES]
    if slanting:
        looks.append((partial(aslant, pixels), SHARES[0]))
    for look, share in looks:
        strange = (block for block in _fresh(pixels, look(share)) if not print_in(_place(block, scale)))
        fresh = islice(strange, _BLOCKS)
        found = [rows for block in fresh for rows in _held(pixels, scale, block)]
        yield from found
        if found:
            return


def _place(block: list[Strip], scale: float) -> Box:
    """Return where a block lies, in points."""
    return Box(*(float(side) / scale for side in around(block)))


def _held(grey: Grey, scale: float, found: list[Strip]) -> Iterator[Rows]:
    """Yield a block as it is read, the right way up, if it shows fillers."""
    for block in (found, turned(found)):
        crops = [straight(cut(grey, line)) for line in block]
        told = recogniser.tell(crops, _SIGNS)
        if sum(one.text.count("<") for one in told) >= _FILLERS:
            rows = _rows(crops, told, _place(block, scale))
            ux, uy = block[0].along
            yield rows._replace(slant=-math.degrees(math.atan2(uy, ux)))
            return


def _fresh(grey: Grey, looked: Iterator[list[Strip]]) -> Iterator[list[Strip]]:
    """Yield the blocks of evenly spaced signs among lines that were found, none twice."""
    seen: list[Box] = []
    for lines in looked:
        for block in stacks(_even(grey, lines)):
            box = around(block)
            if any(box.common(other) > 0.3 * other.width * other.height for other in seen):
                continue
            seen.append(box)
            yield block


def _even(grey: Grey, lines: Sequence[Strip]) -> list[Strip]:
    """Return the lines whose signs are all of one breadth, the most even first."""
    found = [(_evenness(cut(grey, line)), line) for line in lines]
    return [line for evenness, line in sorted(found, reverse=True) if evenness >= _EVEN]


def _evenness(crop: Grey) -> float:
    """Return how much of what changes along a line repeats with the breadth of its signs, 0 to 1."""
    profile = (255 - crop[8:40]).mean(axis=0, dtype=np.float64)
    power = np.abs(np.fft.rfft((profile - profile.mean()) * np.hanning(len(profile)))) ** 2
    waves = np.arange(len(power)) / len(profile)  # per pixel
    signs = (waves > 1 / (1.6 * TALL)) & (waves < 1 / (0.6 * TALL))
    rest = power[waves > 1 / (8 * TALL)].sum()
    best = int(np.argmax(np.where(signs, power, 0)))
    return float(power[max(best - 1, 0) : best + 2].sum() / max(rest, 1e-9))


def _rows(crops: Sequence[Grey], told: Sequence[recogniser.Told], box: Box) -> Rows:
    """Return a block that the first recogniser has read, with what Tesseract reads on the same lines."""
    texts = tuple("".join(one.text.split()) for one in told)
    lines = list(zip(crops, texts, strict=True))
    seconds = tuple(_by_engine(_soft(crop)) if len(text) >= _LEAST else "" for crop, text in lines)
    again = tuple(
        _by_engine(_small(crop)) if _differ(text, second) else second
        for (crop, text), second in zip(lines, seconds, strict=True)
    )
    return Rows(texts, seconds, again, tuple(one.sure for one in told), box)


def _differ(text: str, second: str) -> bool:
    """Whether the readers differ in a line whose figures can be proved."""
    return bool(second) and len(re.findall(r"\d", text)) >= _FIGURES and not covers(text, second)


def _soft(crop: Grey) -> Grey:
    """Return a cut line without the steps at the edges of its signs."""
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), _SOFT), dtype=np.uint8)


def _small(crop: Grey) -> Grey:
    """Return a cut line soft and smaller, as Tesseract is shown it when it is asked again."""
    soft = cv2.GaussianBlur(crop, (0, 0), _SOFTER)
    return np.asarray(
        cv2.resize(soft, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def _by_engine(crop: Grey) -> str:
    """Return what Tesseract reads on a line, held to a zone's signs."""
    seen = engine().words(crop, 300, Ask("line", _SIGNS, "eng"), _SECONDS) or []
    return "".join(one.text for one in seen)
