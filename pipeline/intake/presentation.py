"""A `presentacion.json`: what the office, or the sender, says of a filing (docs/contract/README.md).

Nobody's word is trusted before it has the agreed shape: a file that has not is put aside whole.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pipeline.handed import Presentation
from pipeline.intake.junk import PRESENTATION
from pipeline.limits import Limits

DROP = "1_ENTRADA"
_LONGEST = 4000
_KEYS = ("filed_on", "office", "procedure", "remarks", "registry_number")


def presentation(raw: bytes, said_by: Literal["office", "package"]) -> Presentation | None:
    """Return what the JSON in *raw* says, or None if it is no object of short strings with an ISO date."""
    try:
        told = json.loads(raw.decode("utf-8-sig"))
        words = _words(told)
        filed_on = dt.date.fromisoformat(words["filed_on"]) if "filed_on" in words else None
    except (ValueError, TypeError, RecursionError):
        return None
    return Presentation(
        said_by=said_by,
        filed_on=filed_on,
        office=words.get("office"),
        procedure=words.get("procedure"),
        remarks=words.get("remarks"),
        registry_number=words.get("registry_number"),
    )


def _words(told: object) -> dict[str, str]:
    """Return the known keys that *told* gives; keys that are not known are passed over."""
    if not isinstance(told, dict):
        raise TypeError
    given = {key: told[key] for key in _KEYS if told.get(key) is not None}
    if not all(isinstance(word, str) and len(word) <= _LONGEST for word in given.values()):
        raise TypeError
    return {key: word.strip() for key, word in given.items() if word.strip()}


def plain(said: Presentation) -> dict[str, str]:
    """Return *said* as JSON for the store; `told` reads it back."""
    return {
        key: value.isoformat() if isinstance(value, dt.date) else str(value)
        for key in ("said_by", *_KEYS)
        if (value := getattr(said, key)) is not None
    }


def told(words: dict[str, str]) -> Presentation:
    """Return what `plain` wrote."""
    said_by: Literal["office", "package"] = "office" if words["said_by"] == "office" else "package"
    kept = {key: words.get(key) for key in _KEYS if key != "filed_on"}
    filed_on = dt.date.fromisoformat(words["filed_on"]) if "filed_on" in words else None
    return Presentation(said_by=said_by, filed_on=filed_on, **kept)


def option(*, filed_on: dt.date | None, office: str | None, procedure: str | None) -> Presentation | None:
    """Return what the options of a command say, None if they say nothing."""
    if filed_on is None and office is None and procedure is None:
        return None
    return Presentation(said_by="option", filed_on=filed_on, office=office, procedure=procedure)


def beside(path: Path, limits: Limits) -> tuple[Presentation, ...]:
    """Return the office's word on *path*: the file beside it, then the office's folder."""
    path = path.resolve()
    office = path.parent.parent if path.parent.name == DROP else path.parent
    word = word_on(path)
    own = _office_word(word, limits) if word else None
    return (*((own,) if own else ()), *of_folders((path.parent, office), limits))


def word_on(path: Path) -> Path | None:
    """Return the office's file beside *path*, None if none lies there; raise OSError.

    The name of *path* may be so long that no disk has room for the word's: then there is none.
    """
    word = path.with_name(f"{path.name}.{PRESENTATION}")
    try:
        word.lstat()
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENAMETOOLONG}:
            return None
        raise
    return word


def of_folders(folders: Sequence[Path], limits: Limits) -> tuple[Presentation, ...]:
    """Return the office's word on all that lies in the *folders*, in their order."""
    found = (_office_word(folder / PRESENTATION, limits) for folder in dict.fromkeys(folders))
    return tuple(said for said in found if said)


def _office_word(place: Path, limits: Limits) -> Presentation | None:
    """Return what the office's file at *place* says, None if there is none or it cannot be taken."""
    if not place.is_file() or place.stat().st_size > limits.presentation:
        return None
    return presentation(place.read_bytes(), "office")
