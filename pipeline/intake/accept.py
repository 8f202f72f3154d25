"""The acceptance of one drop, in the order that loses nothing whatever stops the program.

Copy to the store and force to disk, write the journal row, move the original, note that it was moved.
Stopped before the row, the drop lies where it lay. Stopped after it, `place` ends what is left to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipeline.files import Files
from pipeline.folders.places import CURE, DROP, Place
from pipeline.handed import Original, Source, source
from pipeline.intake.junk import PRESENTATION
from pipeline.intake.presentation import beside, word_on
from pipeline.intake.sight import Sight, look
from pipeline.journal.entry import enter
from pipeline.journal.port import Journal
from pipeline.journal.records import Drop, Entered, Part
from pipeline.journal.rows import mark_placed
from pipeline.limits import Limits
from pipeline.store.blobs import Blobs, Kept, digest


def accept(
    journal: Journal,
    blobs: Blobs,
    place: Place,
    sight: Sight,
    limits: Limits,
    at: dt.datetime,
    *,
    twice: bool = False,
) -> Entered | None:
    """Take the drop in *sight* and return its journal row; None if it changed or went away meanwhile.

    *twice* has every file read a second time. Raise OSError or ChangedError when disk or share fail, and
    EnvironmentFault when the database does: nothing is accepted then.
    """
    said = beside(sight.path, limits)
    kept = tuple(blobs.keep(file, twice=twice) for _, file in sight.files)
    parts = tuple(Part(name, one.sha256, one.bytes) for (name, _), one in zip(sight.files, kept, strict=True))
    drop = Drop(
        office=place.office,
        found_in=sight.path.parent.relative_to(place.path).as_posix(),
        folder=sight.folder,
        stamp=sight.stamp,
        source=_source(sight, parts),
        parts=parts,
        said=said,
        answers=sight.path.parent.name if sight.path.parent.parent.name == CURE else None,
    )
    entered = enter(journal, drop, at, lambda: _same(look(sight.path), sight) and _there(blobs, kept))
    if entered is not None:
        for one in kept:
            blobs.settle(one)
    return entered


def _source(sight: Sight, parts: tuple[Part, ...]) -> Source:
    """Return what was dropped, under its own name."""
    originals = tuple(
        Original(part.name, file, part.sha256, part.bytes)
        for part, (_, file) in zip(parts, sight.files, strict=True)
    )
    return source(sight.path.name, originals, folder=sight.folder)


def _same(now: Sight | None, before: Sight) -> bool:
    """Tell whether the drop, and the office's word on it, are as they were."""
    return now is not None and (now.stamp, now.stir, now.word) == (before.stamp, before.stir, before.word)


def _there(blobs: Blobs, kept: Sequence[Kept]) -> bool:
    """Tell whether the copies still lie in the store: a sweep removes what no row has, and holds the lock."""
    return all(blobs.there(one.sha256) for one in kept)


def place(journal: Journal, files: Files, office: Place, entered: Entered, at: dt.datetime) -> bool:
    """Move the original of an accepted drop to 2_EN_CURSO; False if the share does not allow it now.

    Safe to repeat: an original that was moved, or that somebody took away, is only noted as such. What lies
    there in its place, or came there while it was moved, is another drop and is left to the next look.
    """
    old = office.path / entered.found_in / entered.name
    new = office.doing(entered.placed_as)
    if not (office.path / DROP).is_dir() or not new.parent.is_dir():
        return False
    lying, found = look(old), look(new)
    if found is None and lying is not None:
        if not _is(lying, entered):
            return False
        files.rename(old, new)
        found = look(new)
    if found is not None and not _is(found, entered):
        put_back(files, new, old)
        return False
    if found is not None:
        _bring(files, old, new)
    mark_placed(journal, entered, at, found=found is not None)
    return True


def _is(sight: Sight, entered: Entered) -> bool:
    """Tell whether that is the drop that was accepted; a share mounted anew shows it as another file."""
    if sight.stamp == entered.stamp:
        return True
    return _holds(sight, entered)


def holds(path: Path, entered: Entered) -> bool:
    """Tell whether the very bytes that were accepted lie at *path*, by reading them; OSError if it cannot."""
    sight = look(path)
    return sight is not None and _holds(sight, entered)


def _holds(sight: Sight, entered: Entered) -> bool:
    """Tell the same of what was seen."""
    if sum(file.lstat().st_size for _, file in sight.files) != entered.bytes:
        return False
    parts = tuple(Part(name, digest(file), 0) for name, file in sight.files)
    return sight.folder == entered.folder and _source(sight, parts).sha256 == entered.sha256


def _bring(files: Files, old: Path, new: Path) -> None:
    """Bring the office's word after its drop, which lies at *new*, and all their names to the disk.

    A power cut in the middle of the move may leave both names on the one file: the old one goes.
    """
    if old.is_file() and old.samefile(new):
        files.remove(old)
    word = word_on(old)
    brought = new.with_name(f"{new.name}.{PRESENTATION}")
    if word is not None and word.is_file() and not old.exists():
        if brought.is_file() and word.samefile(brought):
            files.remove(word)  # a rename from one name of a file to its other does nothing
        else:
            files.rename(word, brought)
    files.force_folder(new.parent)
    if old.parent.is_dir():
        files.force_folder(old.parent)


def put_back(files: Files, taken: Path, old: Path) -> None:
    """Put what was taken by mistake where it lay, beside what came there since: it is another drop."""
    back = old.with_name(taken.name) if old.exists() else old
    if not back.exists():
        files.rename(taken, back)
        files.force_folder(back.parent)
