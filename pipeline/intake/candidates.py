"""What lies where clerks drop papers: new cases, answers in 4_SUBSANAR/<number>, and what nobody may take."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.folders.places import CURE, DROP, NUMBER, Place
from pipeline.intake.junk import PRESENTATION, is_junk, is_unfinished, may_be_left
from pipeline.intake.memory import Where
from pipeline.letters.names import is_ours


class Found(NamedTuple):
    """What lies in the drop folders of an office, each by folder and name.

    `words` are the office's own that nobody hears: their file is not there, or they are not spelt as agreed;
    one without a file's name is for all. `unfinished` have names that say that they are being written.
    `astray` lie in 4_SUBSANAR and in no case's folder: nobody knows whose answer they are.
    """

    drops: tuple[Path, ...]
    words: tuple[Path, ...]
    unfinished: tuple[Path, ...]
    astray: tuple[Path, ...]

    def all(self) -> Iterator[Path]:
        """Yield every one of them."""
        for some in self:
            yield from some


def candidates(office: Place) -> Found:
    """Return what lies in the drop folders of *office*; raise OSError if the share cannot be read."""
    cases, beside = _answers(office.path / CURE)
    lying = [folder / name for folder in (office.path / DROP, *cases) for name in _names(folder)]
    return Found(
        drops=tuple(path for path in lying if _may_be_paper(path)),
        words=tuple(path for path in lying if _unheard(path)),
        unfinished=tuple(path for path in lying if may_be_left(path.name) and _is_file(path)),
        astray=tuple(path for path in beside if _is_astray(path)),
    )


def _names(folder: Path) -> list[str]:
    """Return the names in *folder*, in order."""
    with os.scandir(folder) as found:
        return sorted(entry.name for entry in found)


def _answers(cure: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders of cases in *cure*, and what else lies there, each by name."""
    if not cure.is_dir():
        return [], []
    with os.scandir(cure) as found:
        lying = sorted(
            (entry.name, bool(NUMBER.fullmatch(entry.name)) and entry.is_dir(follow_symlinks=False))
            for entry in found
        )
    return [cure / name for name, case in lying if case], [cure / name for name, case in lying if not case]


def _is_file(path: Path) -> bool:
    """Tell whether that is a file, and no link to one."""
    return path.is_file() and not path.is_symlink()


def _may_be_paper(path: Path) -> bool:
    """Tell whether that is none of what systems leave, what is still being written, words and our own."""
    name = path.name
    if is_junk(name) or is_unfinished(name) or _is_word(name):
        return False
    return path.parent.name == DROP or not is_ours(name)


def _is_astray(path: Path) -> bool:
    """Tell whether somebody may have meant what lies beside the cases' folders as an answer."""
    return _may_be_paper(path) and (_is_file(path) or (path.is_dir() and bool(_names(path))))


def _is_word(name: str) -> bool:
    """Tell whether a file of that name is an office's word, however it is spelt."""
    return name.casefold() == PRESENTATION or name.casefold().endswith(f".{PRESENTATION}")


def _unheard(path: Path) -> bool:
    """Tell whether that is an office's word that is not spelt as agreed, or does not lie beside its file."""
    if not _is_word(path.name) or path.name == PRESENTATION or is_junk(path.name):
        return False
    name = path.name.removesuffix(f".{PRESENTATION}")
    return name == path.name or not path.with_name(name).exists()


def where(office: Place, path: Path) -> Where:
    """Return the place of a drop below the office's folder."""
    return Where(path.parent.relative_to(office.path).as_posix(), plain(path.name))


def plain(name: str) -> str:
    """Return *name* as text: bytes that are none, as an old share may hold, are spelt out."""
    return os.fsencode(name).decode(errors="backslashreplace")
