"""What clerks dropped, kept between the trials of one recorded run.

The journal knows a drop by its inode, so a disk laid out anew must hold the very same files: a file is
linked from here, a folder (which cannot be linked) is moved out and fetched back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.rig.office import Dropped, Office
from tests.faults.rig.replay import State, Whole


class Vault:
    """The drops of *office* as they lie before the run, the office's words beside them included."""

    def __init__(self, office: Office, dropped: Sequence[Dropped]) -> None:
        folder = office.home.with_name(f"{office.home.name} vault")
        folder.mkdir()
        self._folder = folder
        self._home = office.home
        drops = [office.path / drop.place for drop in dropped]
        words = [path.with_name(f"{path.name}.presentacion.json") for path in drops]
        found = [path for path in (*drops, *words) if path.exists()]
        self.places = tuple(path.relative_to(office.home).as_posix() for path in found)
        """Where they lie, below the disk's home."""
        self._folders: dict[int, Path] = {}
        self._kept: dict[str, Path] = {}
        for number, (place, path) in enumerate(zip(self.places, found, strict=True)):
            self._kept[place] = folder / str(number)
            if path.is_dir():
                self._folders[path.stat().st_ino] = self._kept[place]
            else:
                self._kept[place].hardlink_to(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder)

    def _gather(self) -> None:
        """Fetch the folders from wherever the last trial left them."""
        for top, names, _ in os.walk(self._home):
            for name in names:
                kept = self._folders.get((Path(top) / name).stat().st_ino)
                if kept is not None:
                    (Path(top) / name).rename(kept)

    def lay_out(self, state: State) -> None:
        """Make the disk *state* where the run was recorded, in place of what the last trial left."""
        self._gather()
        shutil.rmtree(self._home)
        self._home.mkdir()
        for path, held in state.items():
            place = self._home / path
            if held is None:
                place.mkdir()
            elif isinstance(held, Whole):
                self._give(self._kept[held.path], place)
            else:
                place.write_bytes(held)

    def _give(self, kept: Path, place: Path) -> None:
        """Put one dropped thing in its place."""
        if kept.is_dir():
            kept.rename(place)
        else:
            place.hardlink_to(kept)
