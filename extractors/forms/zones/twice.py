"""Reading what is written in one place: by the engine, by the recogniser, and again where they differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.certainty import ACCEPTED, Second, Signals, certainty
from extractors.forms.template import Zone
from extractors.forms.zones import bars
from extractors.forms.zones.cleaning import Written
from extractors.forms.zones.kinship import LIKE, RAISED, kin, on_the_left
from extractors.forms.zones.letters import in_letters
from extractors.forms.zones.listed import listed
from extractors.forms.zones.looks import (
    Said,
    by_engine,
    by_recogniser,
    hollow,
    smaller,
    softer,
    thrice,
)
from extractors.forms.zones.manner import WORDED_DAY, Manner, day, manner
from extractors.forms.zones.naming import doubtful, torn
from extractors.forms.zones.proofs import ambiguous, bare, proof, repaired
from extractors.forms.zones.raised import broad, level, lowered, ordinal
from extractors.reading.raster import Grey
from extractors.reading.words.engine import Model
from extractors.reading.words.recogniser import tell

_HIGH = 30
"""Rows of pixels to which letters are brought: the engine was taught on lines of 36 to 48."""
_MARGIN = 12
"""White pixels around a line: the engine loses signs at an edge."""
_THIRD = 0.45
"""Certainty at most of an agreement that only a second look brought: below where first agreements lie."""
_STREET = "C/"
"""What one reader saw where the other took the slash for an I or an l: no street is a "Cl"."""
_DARK = 160
"""Grey below which a pixel of the first sign is ink."""
_CLEAR = ((0.9, 0.9), (0.7, 0.98))
"""Certainty of engine and recogniser that say the same, from which nobody need look again."""
_WORTH = 0.5
"""Certainty of the recogniser below which no look of the engine at the same ink would carry its reading."""
_MOST = 3
"""Looks of the engine, of five or six, that must see what the recogniser sees."""
_SHORT = 3
"""Signs of a value that the engine reads better if it is set thrice on a line."""


class Twice(NamedTuple):
    """What stands in a place: its text, the signals of its certainty, and what each of the two saw."""

    text: str
    signals: Signals
    first: Said
    second: Said

    @property
    def agreed(self) -> bool:
        """Whether both saw the same at the first look, accents and case apart."""
        return plain(self.first.text) == plain(self.second.text) != ""


def plain(text: str) -> str:
    """Return the letters, figures and telling signs of *text* without accents, case or blanks."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("º", "o").replace("ª", "a"))
    return "".join(sign for sign in folded if sign.isalnum() or sign in "@+/_")


def twice(zone: Zone, lines: Sequence[Grey], *, cells: int = 0) -> Twice:
    """Return what *lines* of pixels say in *zone*; there must be *cells* signs if that is not 0."""
    how = manner(zone)
    seen = _look(zone, how, lines)
    if day(zone) and zone.part is None and seen.signals.proof == "failed":
        worded = _look(zone, WORDED_DAY, lines)
        how, seen = (WORDED_DAY, worded) if worded.signals.proof != "failed" else (how, seen)
    if zone.name.endswith("id_number") and ambiguous(seen.text):
        seen = _with_first_sign(seen, lines[0])
    if seen.signals.proof == "failed" and zone.name.endswith("floor") and level(lines, seen.text):
        seen = seen._replace(signals=seen.signals._replace(proof="none"))  # a tenth floor, and no first one
    if _two_ways(zone, seen, lines):
        seen = seen._replace(signals=seen.signals._replace(second="other"))
    if cells and len(re.sub(r"\W", "", seen.text)) != cells:
        return seen._replace(signals=seen.signals._replace(proof="failed"))
    return _as_listed(zone, how, seen) or _in_letters(how, lines, seen)


def _with_first_sign(seen: Twice, line: Grey) -> Twice:
    """Return *seen*, in doubt where its first sign, looked at alone, is not clearly the 2 or the Z it was."""
    columns = np.flatnonzero((line < _DARK).any(axis=0))
    gaps = np.flatnonzero(np.diff(columns) > 1)
    if not gaps.size:
        return seen._replace(signals=seen.signals._replace(second="other"))
    end = int(columns[gaps[0]]) + 1
    alone = np.pad(line[:, :end], ((0, 0), (0, _MARGIN)), constant_values=255)
    same = tell([alone], "2Z")[0].text == bare(seen.text)[0]
    return seen if same else seen._replace(signals=seen.signals._replace(second="other"))


def _look(zone: Zone, how: Manner, lines: Sequence[Grey]) -> Twice:
    """Return what both see in *lines*; where that leaves doubt, both look again."""
    first, second = by_engine(lines, how), by_recogniser(lines, how)
    seen = _weighed(zone, first, second)
    if _clear(seen.signals) or _passes(how, seen) or not (first.text or second.text):
        return seen
    if zone.name.rsplit(".", 1)[-1] in RAISED and (told := ordinal(lines, second)) is not None:
        return Twice(*told, first, second)
    return _again(zone, how, lines, seen)


def _clear(signals: Signals) -> bool:
    """Whether two readings leave no doubt: they are the same, and sure, or one proves itself."""
    clear = any(signals.sure >= sure and signals.told >= told for sure, told in _CLEAR)
    return signals.proof == "twice" or (clear and signals.second in LIKE)


def _passes(how: Manner, seen: Twice) -> bool:
    """Whether both saw one value at once and it passes as it is, by its check letter."""
    return seen.signals.second in LIKE and certainty("zone", how.sort, seen.signals) >= ACCEPTED


def _again(zone: Zone, how: Manner, lines: Sequence[Grey], seen: Twice) -> Twice:
    """Return what is seen where the recogniser looks at softer letters, too, and the engine once or often."""
    first, second, soft = seen.first, seen.second, softer(lines)
    third = by_recogniser(soft, how)
    if _alike(zone, third, second):
        second = second._replace(sure=max(second.sure, third.sure))
    worth = second.sure >= _WORTH
    met = [first] if _alike(zone, first, second) else []
    looks = _looks(lines, soft, how, second.text if worth else "")
    for left, look in zip(reversed(range(len(looks))), looks, strict=True):
        met += [said] if _alike(zone, said := look(), second) else []
        if len(met) >= _MOST or (met and len(met) + left < _MOST):
            break
    if worth and len(met) >= _MOST:
        again = _weighed(zone, max(met, key=lambda look: look.sure), second)
        return Twice(again.text, again.signals._replace(second="often"), first, seen.second)
    if seen.signals.second in LIKE:
        return seen
    again = _weighed(zone, met[0], second) if met else _weighed(zone, first, third)
    if again.signals.second not in LIKE:
        return seen
    weak = again.signals._replace(sure=min(again.signals.sure, _THIRD))
    return Twice(again.text, weak, first, seen.second)


def _in_letters(how: Manner, lines: Sequence[Grey], seen: Twice) -> Twice:
    """Return *seen*, where it was agreed on and would not pass, with its worth by letters alone.

    What a second look of the engine alone saw as the recogniser does stays as weak as it is; and figures,
    a number's with its letters too, have neither accents nor case.
    """
    signals = seen.signals
    agreed = signals.second == "often" or (signals.second in LIKE and seen.agreed)
    lettered = how.sort in {"name", "text"} and any(map(str.isalpha, seen.text))
    asked = agreed and lettered and signals.proof == "none"
    if not asked or certainty("zone", how.sort, signals) >= ACCEPTED:
        return seen
    sure = in_letters(lines, how, seen.text)
    if sure is None:
        return seen
    return seen._replace(signals=Signals(sure.first, "letters", signals.proof, sure.second))


def _as_listed(zone: Zone, how: Manner, seen: Twice) -> Twice | None:
    """Return *seen* with its worth as one of the few words of its place; None where it passes, or is none."""
    signals = seen.signals
    agreed = signals.second == "often" or signals.second in LIKE
    if not agreed or signals.proof != "none" or not listed(zone, seen.text):
        return None
    if certainty("zone", how.sort, signals) >= ACCEPTED:
        return None
    return seen._replace(signals=signals._replace(second="listed"))


def _looks(lines: Sequence[Grey], soft: Sequence[Grey], how: Manner, told: str) -> list[Callable[[], Said]]:
    """Return how the engine can look at *soft* letters, and where the recogniser *told* something, again.

    Then it looks by its other model and smaller; a value of a few signs is set thrice on a line, since the
    engine was taught on lines, and takes a C alone for `Cc`, `E` or `6`.
    """
    other: Model = "spa" if how.model == "eng" else "eng"
    softly = partial(by_engine, soft, how)
    if not told:
        return [softly]
    if len(lines) == 1 and len(told) <= _SHORT:
        three = [partial(thrice, lines[0], how, "eng"), partial(thrice, lines[0], how, "spa")]
        return [*three, partial(thrice, soft[0], how, "eng"), softly, partial(by_engine, lines, how, other)]
    small = partial(by_engine, smaller(lines), how)
    return [softly, partial(by_engine, lines, how, other), small, partial(by_engine, soft, how, other)]


def _alike(zone: Zone, one: Said, other: Said) -> bool:
    """Whether two looks saw the same, accents apart."""
    return bool(one.text) and kin(zone, one.text, other.text) in LIKE


def _weighed(zone: Zone, first: Said, second: Said) -> Twice:
    """Return the better of two readings with what both together are worth."""
    kinship = kin(zone, first.text, second.text)
    best = _better(zone, first, second, kinship)
    told = proof(zone, best.text)
    if told == "failed" and (mended := repaired(zone, best.text)) is not None:
        told, best = "repaired", best._replace(text=mended)
    return Twice(_righted(zone, best.text), Signals(first.sure, kinship, told, second.sure), first, second)


def _righted(zone: Zone, text: str) -> str:
    """Return *text* with its bars as a capital I or a small l, as the letters around them have it."""
    if zone.name.endswith("email"):
        return bars.mail(text)
    text = on_the_left(zone, text)
    return bars.upright(text) if manner(zone).sort in {"name", "text"} else text


def _two_ways(zone: Zone, seen: Twice, lines: Sequence[Grey]) -> bool:
    """Whether a name, words or an address that were seen can be meant in two ways."""
    sort = manner(zone).sort
    if sort not in {"name", "text"}:
        return False
    if zone.name.endswith("email"):
        return bars.mail_two_ways(seen.text)
    if zone.name.endswith(".number") and hollow(lines, seen.text):
        return True
    if torn(seen.text) or (sort == "name" and doubtful(seen.text, lines)):
        return True
    raised = zone.name.rsplit(".", 1)[-1] in RAISED
    if raised and (broad(lines, seen.text) or lowered(lines, seen.text)):
        return True
    like = (said.text for said in (seen.first, seen.second) if kin(zone, said.text, seen.text) in LIKE)
    frame = "|" in seen.second.text  # a bar that is no letter to the recogniser either
    return frame or any(map(bars.two_ways, (seen.text, *like)))


def _better(zone: Zone, first: Said, second: Said, kinship: Second) -> Said:
    """Return the reading to give: one that proves itself, else the one with more accents, or the second."""
    if zone.name.endswith("street_type") and _STREET in (first.text, second.text):
        return first if first.text == _STREET else second
    worth = {"twice": 3, "held": 2, "none": 1, "failed": 0, "repaired": 0}
    one, two = worth[proof(zone, first.text)], worth[proof(zone, second.text)]
    if one != two or ambiguous(second.text):
        return first if one > two else second
    if kinship == "accents":
        return first if _marks(first.text) >= _marks(second.text) else second
    return first if kinship == "same" else second


def _marks(text: str) -> int:
    """Count the accents and raised signs: dust makes one less often than a reader loses one."""
    return sum(unicodedata.combining(sign) > 0 or sign in "ºª" for sign in unicodedata.normalize("NFD", text))


def lines(found: Written, scale: float) -> list[Grey]:
    """Return the lines of what is written, brought to one height of letters; usually it is one."""
    high = max(found.high * scale, 4.0)
    rows = np.asarray(found.ink.any(axis=1), dtype=np.bool_)
    tall = found.ink.shape[0] > 2.4 * high
    pieces = _runs(rows, round(0.9 * high)) if tall else [slice(0, len(rows))]
    return [_brought(found.pixels[piece], high) for piece in pieces]


def _runs(rows: npt.NDArray[np.bool_], least: int) -> list[slice]:
    """Return the runs of rows with ink that are at least *least* high, dots and accents with the letters."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    tall = [run for run in runs if run[1] - run[0] >= least]
    if len(tall) < 2:
        return [slice(0, len(rows))]
    cuts = [0, *((a[1] + b[0]) // 2 for a, b in pairwise(tall)), len(rows)]
    return [slice(a, b) for a, b in pairwise(cuts)]


def _brought(pixels: Grey, high: float) -> Grey:
    """Return *pixels* with their letters brought to one height, on a white margin."""
    factor = min(max(_HIGH / high, 0.4), 2.5)
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = [max(round(side * factor), 1) for side in pixels.shape[::-1]]
    drawn = pixels if 0.85 < factor < 1.2 else cv2.resize(pixels, size, interpolation=way)
    return np.pad(np.asarray(drawn, dtype=np.uint8), _MARGIN, constant_values=255)
