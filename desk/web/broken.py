"""An error of the program, told without its words: they may be those of a paper or of a person."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

_HOUSE = Path(__file__).parents[2]


def told_plainly(error: BaseException) -> str:
    """Return the kind of an error and the places it went through; with VENTANILLA_DEBUG set, all of it."""
    if os.environ.get("VENTANILLA_DEBUG"):
        return "".join(traceback.format_exception(error))
    kinds = [type(error).__name__]
    while (cause := error.__cause__ or error.__context__) is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        error = cause
    places = [
        f"{_short(frame.filename)}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{' < '.join(kinds)} in {' > '.join(places[-12:])}"


def _short(file: str) -> str:
    """Return the path of a module inside this program, or the name of another's."""
    path = Path(file)
    return str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else path.name
