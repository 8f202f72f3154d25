"""Reading a box to write in: its form field, the words in it, or only strokes that nobody could read."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Field, Reading
from extractors.forms.ink.drawn import INSET, share, writing
from extractors.forms.spot import Spot
from extractors.forms.values import DOUBT, Value, meaning
from extractors.lines import Box, Word, around, lines

FORM, TEXT = 0.99, 0.98
_DIFFER = 0.4
"""Certainty where the form field and the print over it say different things."""
_CLASH = 0.85
"""Certainty at most where a field's name belongs to another box."""
_STRAY = {"text": 0.0015, "ocr": 0.012}
"""Dark share, beyond the blank's own, that is somebody's writing and no dust."""
_HAND = 0.5
"""Certainty at most that a place is empty in which somebody wrote by hand."""
_CELL_MARKS = 0.025
"""Dark share that the marks between the cells of a comb may have, where no blank tells how much."""
_EMPTY = {"text": 0.97, "ocr": 0.85}
_ROOMLESS = 0.3
"""Certainty at most of an answer that is missing where no place to write it was seen."""


def written(spots: Sequence[Spot]) -> Field:
    """Return the field that *spots* hold: one box, or the day, month and year of one date."""
    readings = _readings(spots)
    place, box = spots[0].page.number, around(_extent(spot) for spot in spots)
    if not readings and (by_hand := _by_hand(spots)) is not None:
        return Field(value=None, text="", confidence=by_hand, page=place, box=box, hand=True)
    if not readings:
        return Field(value=None, text="", confidence=_emptiness(spots), page=place, box=box)
    best = max(readings, key=lambda reading: reading.confidence)
    differ = len({str(reading.value) for reading in readings}) > 1
    clash = any(spot.clash for spot in spots)
    sure = min(best.confidence, _DIFFER if differ else 1.0, _CLASH if clash else 1.0)
    kept = (*readings, *_seen_otherwise(spots)) if differ or clash else _seen_otherwise(spots)
    return Field(
        value=best.value, text=best.text, confidence=sure, page=place, box=box, readings=kept,
        hand=_by_hand(spots) is not None,
    )  # fmt: skip


def _extent(spot: Spot) -> Box:
    """Return the box of what is written, else of the spot."""
    if spot.widget and spot.widget.value:
        return spot.widget.box
    if spot.entry is not None:
        return spot.entry.box
    return around(word.box for word in spot.words) if spot.words else spot.box


def _readings(spots: Sequence[Spot]) -> list[Reading]:
    """Return what each reader saw; a reader that saw nothing gives none."""
    form = _joined([_form_text(spot) for spot in spots], spots)
    print_ = _joined([_printed(spot) for spot in spots], spots)
    found = []
    sure = min(spot.sure for spot in spots)
    if form.strip("/ "):
        value = _meaning(spots, form)
        found.append(
            Reading(reader="form", text=form, value=value.value, confidence=min(FORM, sure, value.sure))
        )
    if print_.strip("/ "):
        value = _meaning(spots, print_)
        seen = min(_certainties(spots))
        reader = spots[0].page.reader
        sure = min(TEXT, sure, seen, value.sure)
        found.append(Reading(reader=reader, text=print_, value=value.value, confidence=sure))
    return found


def _meaning(spots: Sequence[Spot], text: str) -> Value:
    """Return what *text* means; a date of which a part is missing means none."""
    if len(spots) > 1 and any(not part for part in text.split("/")):
        return Value(None, DOUBT)
    return meaning(spots[0].name, text, spots[0].choices)


def _joined(texts: list[str], spots: Sequence[Spot]) -> str:
    """Join the parts of a date in the order day, month, year; a single box as it is."""
    if len(spots) == 1:
        return texts[0]
    order = {"d": 0, "m": 1, "y": 2}
    parts = sorted(zip(spots, texts, strict=True), key=lambda pair: order.get(pair[0].part or "", 3))
    return "/".join(text for _, text in parts)


def _form_text(spot: Spot) -> str:
    """Return the value of the form field on the spot, white space folded."""
    return " ".join((spot.widget.value or "").split()) if spot.widget else ""


def _printed(spot: Spot) -> str:
    """Return the words on the spot; the single letters of a comb joined without blanks."""
    if spot.entry is not None:
        return spot.entry.text
    text = " ".join(word.text for row in lines(spot.words) for word in row.words).rstrip(" ,;")
    cells = spot.kind == "comb" and all(len(word.text) <= 2 for word in spot.words)
    return _comb(spot.words) if cells else text


def _comb(words: Sequence[Word]) -> str:
    """Return the letters in the cells of a comb, left to right."""
    return "".join(word.text for word in sorted(words, key=lambda word: word.box.x0))


def _certainties(spots: Sequence[Spot]) -> list[float]:
    """Return how sure each piece of what was seen is."""
    told = [spot.entry.certainty for spot in spots if spot.entry is not None]
    return told or [word.confidence for spot in spots for word in spot.words]


def _by_hand(spots: Sequence[Spot]) -> float | None:
    """Return how sure nothing is where somebody wrote by hand and nobody read it; None where nobody did."""
    hands = [spot.entry for spot in spots if spot.entry is not None and spot.entry.hand]
    return min(_HAND, *(entry.certainty for entry in hands)) if hands else None


def _seen_otherwise(spots: Sequence[Spot]) -> tuple[Reading, ...]:
    """Return the readings of a scanned place where the recognisers differ, of a date all parts together."""
    names = dict.fromkeys(one.reader for spot in spots if spot.entry for one in spot.entry.readings)
    return tuple(_reading(spots, name) for name in names)


def _reading(spots: Sequence[Spot], name: str) -> Reading:
    """Return what reader *name* saw in *spots*; where it saw the same as the others, that."""
    seen = [{one.reader: one for one in spot.entry.readings} if spot.entry else {} for spot in spots]
    texts = [of[name].text if name in of else _printed(spot) for of, spot in zip(seen, spots, strict=True)]
    text = _joined(texts, spots)
    sure = min(of[name].confidence for of in seen if name in of)
    return Reading(reader=name, text=text, value=_meaning(spots, text).value, confidence=sure)


def _emptiness(spots: Sequence[Spot]) -> float:
    """Return how sure it is that nothing is written: strokes without words are writing that nobody read."""
    return min(_clean(spot) for spot in spots)


def _clean(spot: Spot) -> float:
    """Return how sure it is that one box is empty."""
    if spot.entry is not None:
        return min(spot.entry.certainty, spot.sure)
    picture = spot.page.picture()
    inner = spot.box.grown(-INSET)
    dark = writing(picture, inner) if spot.ink is None else share(picture, inner) - spot.ink
    most = _STRAY[spot.page.reader]
    if spot.kind == "comb":
        most = _CELL_MARKS if spot.ink is None else most + 0.5 * spot.ink  # another scale thickens the marks
    sure = _EMPTY[spot.page.reader] if dark <= most else DOUBT
    return min(sure, spot.sure, 1.0 if spot.room else _ROOMLESS)
