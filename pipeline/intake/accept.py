"""The acceptance of one drop, in the order that loses nothing whatever stops the program.

Copy to the store and force to disk, write the journal row, move the original, note that it was moved.
Stopped before the row, the drop lies where it lay. Stopped after it, `place` ends what is left to do.
"""

from __future__ import annotations

import datetime as dt

from pipeline.case import Original, Source
from pipeline.folders.places import CURE, DROP, Place
from pipeline.intake.junk import PRESENTATION
from pipeline.intake.receive import beside, source
from pipeline.intake.sight import Sight, look
from pipeline.limits import Limits
from pipeline.store import Store
from pipeline.store.journal import Drop, Entered, Part, enter, mark_placed


def accept(store: Store, place: Place, sight: Sight, limits: Limits, at: dt.datetime) -> Entered | None:
    """Take the drop in *sight* and return its journal row; None if it changed or went away meanwhile.

    Raise OSError or ChangedError when disk or share fail: nothing is accepted then.
    """
    said = beside(sight.path, limits)
    parts = tuple(Part(name, *store.blobs.keep(file)) for name, file in sight.files)
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
    return enter(store, drop, at, lambda: _same(look(sight.path), sight))


def _source(sight: Sight, parts: tuple[Part, ...]) -> Source:
    """Return what was dropped, under its own name."""
    originals = tuple(
        Original(part.name, file, part.sha256, part.bytes)
        for part, (_, file) in zip(parts, sight.files, strict=True)
    )
    return source(sight.path.name, originals, folder=sight.folder)


def _same(now: Sight | None, before: Sight) -> bool:
    """Tell whether the drop, and the office's word on it, are as they were."""
    return now is not None and (now.stamp, now.word) == (before.stamp, before.word)


def place(store: Store, office: Place, entered: Entered, at: dt.datetime) -> bool:
    """Move the original of an accepted drop to 2_EN_CURSO; False if the share does not allow it now.

    Safe to repeat: an original that was moved, or that somebody took away, is only noted as such.
    """
    old = office.path / entered.found_in / entered.name
    new = office.doing(entered.placed_as)
    if not (office.path / DROP).is_dir() or not new.parent.is_dir():
        return False
    found = new.exists()
    if not found:
        lying = look(old)
        found = lying is not None and lying.stamp == entered.stamp
        if found:
            store.files.rename(old, new)
            store.files.force_folder(new.parent)
            store.files.force_folder(old.parent)
    word = old.with_name(f"{old.name}.{PRESENTATION}")
    if word.is_file() and not old.exists():
        store.files.rename(word, office.doing_word(entered.placed_as))
    mark_placed(store, entered, at, found=found)
    return True
