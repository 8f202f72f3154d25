"""What may be a drop: new cases, and answers beside what we wrote in 4_SUBSANAR/<number>."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.folders.places import CURE, DROP, NUMBER, Place
from pipeline.intake.junk import PRESENTATION, is_junk, is_unfinished, may_be_left
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
            if NUMBER.fullmatch(Path(folder).name):
                yield from (path for path in _entries(Path(folder)) if not is_ours(path.name))


def _entries(folder: Path) -> list[Path]:
    """Return the entries of *folder* by name, without what systems leave and what is still being written."""
    return [
        folder / name
        for name in _names(folder)
        if not is_junk(name) and not is_unfinished(name) and not _is_word(name)
    ]


def _names(folder: Path) -> list[str]:
    """Return the names in *folder*, in order."""
    with os.scandir(folder) as found:
        return sorted(entry.name for entry in found)


def _is_word(name: str) -> bool:
    """Tell whether a file of that name is an office's word, however it is spelt."""
    return name.casefold() == PRESENTATION or name.casefold().endswith(f".{PRESENTATION}")


def words_alone(office: Place) -> list[Path]:
    """Return the words of the office that nobody hears, by name; raise OSError as above.

    Their file is not there, or they are not spelt as agreed. One without a file's name is for all.
    """
    folder = office.path / DROP
    found = (folder / name for name in _names(folder) if _is_word(name) and name != PRESENTATION)
    return [word for word in found if not is_junk(word.name) and not _heard(word)]


def unfinished(office: Place) -> list[Path]:
    """Return the new files whose names say that they are being written, by name; raise OSError as above."""
    with os.scandir(office.path / DROP) as found:
        files = sorted(entry.name for entry in found if entry.is_file(follow_symlinks=False))
    return [office.path / DROP / name for name in files if may_be_left(name)]


def _heard(word: Path) -> bool:
    """Tell whether the word is spelt as agreed and lies beside its file."""
    name = word.name.removesuffix(f".{PRESENTATION}")
    return name != word.name and word.with_name(name).exists()


def where(office: Place, path: Path) -> Where:
    """Return the place of a drop below the office's folder."""
    return Where(path.parent.relative_to(office.path).as_posix(), plain(path.name))


def plain(name: str) -> str:
    """Return *name* as text: bytes that are none, as an old share may hold, are spelt out."""
    return os.fsencode(name).decode(errors="backslashreplace")
