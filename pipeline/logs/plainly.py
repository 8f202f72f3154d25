"""An error of the program, told without its words: they may be those of a paper or of a person."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

_HOUSE = Path(__file__).parents[2]
_CAUSES = 5
"""How far back the causes of an error are named."""
_PLACES = 12
"""How many of the places that an error went through are named, the last ones."""


def told_plainly(error: BaseException) -> str:
    """Return the kind of an error and the places it went through; with VENTANILLA_DEBUG set, all of it."""
    if os.environ.get("VENTANILLA_DEBUG"):
        return "".join(traceback.format_exception(error))
    return f"{kinds(error)} in {' > '.join(places(error)[-_PLACES:])}"


def kinds(error: BaseException) -> str:
    """Return the kind of an error and those of its causes, the last first."""
    named = [kind(error)]
    while (cause := error.__cause__ or error.__context__) is not None and len(named) < _CAUSES:
        named.append(kind(cause))
        error = cause
    return " < ".join(named)


def kind(error: BaseException) -> str:
    """Return the kind of one error; of a fault of the system also its code, `OSError ENOSPC`."""
    name = type(error).__name__
    code = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    return f"{name} {code}" if code else name


def places(error: BaseException) -> list[str]:
    """Return where an error went through, each as `file:line`."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames]


def _short(file: str) -> str:
    """Return the path of a module inside this program, or the name of another's."""
    path = Path(file)
    return str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else path.name
