"""What may be a drop: new cases, and answers beside what we wrote in 4_SUBSANAR/<number>."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.folders.places import CURE, DROP, Place
from pipeline.intake.junk import PRESENTATION, is_junk, is_unfinished
from pipeline.intake.memory import Where
from pipeline.letters.names import is_ours


def candidates(office: Place) -> list[Path]:
    """Return what may be a drop, by folder and name; raise OSError if the share cannot be read."""
    return [*_entries(office.path / DROP), *_answers(office)]


def _answers(office: Place) -> Iterator[Path]:
    """Yield what was dropped in the folders of cases that lack something."""
    cure = office.path / CURE
    if cure.is_dir():
        for folder in sorted(entry.path for entry in os.scandir(cure) if entry.is_dir(follow_symlinks=False)):
            if Path(folder).name.startswith(f"{office.office}-"):
                yield from (path for path in _entries(Path(folder)) if not is_ours(path.name))


def _entries(folder: Path) -> list[Path]:
    """Return the entries of *folder* by name, without what systems leave and what is still being written."""
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found)
    return [
        folder / name
        for name in names
        if not is_junk(name) and not is_unfinished(name) and not name.casefold().endswith(PRESENTATION)
    ]


def words_alone(office: Place) -> list[Path]:
    """Return the `<file>.presentacion.json` that lie there without their file; raise OSError as above."""
    found = (office.path / DROP).glob(f"?*.{PRESENTATION}")
    return sorted(word for word in found if not word.with_name(word.name[: -len(PRESENTATION) - 1]).exists())


def where(office: Place, path: Path) -> Where:
    """Return the place of a drop below the office's folder."""
    return Where(path.parent.relative_to(office.path).as_posix(), plain(path.name))


def plain(name: str) -> str:
    """Return *name* as text: bytes that are none, as an old share may hold, are spelt out."""
    return os.fsencode(name).decode(errors="backslashreplace")
