"""A page of a paper as a picture, or the reason why there is none: never an exception for a bad paper.

    pictures = Pictures(store, settings)
    pictures.page(case, paper, 2, SCREEN)     # Picture, or Unseen("encrypted")

Papers are opened in the sandbox alone, with less time than reading has. What is asked for by the digest of
a paper is asked for within its case: whoever shows the picture has seen to who may look.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import LifoQueue
from typing import NamedTuple

from extractors.reading.apart.sandbox import Sandbox
from pipeline.pictures.papers import GoneError, paper
from pipeline.pictures.shelf import Shelf
from pipeline.reasons import reasons
from pipeline.settings import Settings
from pipeline.store import Store

SCREEN, CLOSE = 150, 220
"""Dots per inch of a page on the screen, and of one that is looked at closely."""
_DRAWERS = 2
_CPU_SECONDS, _WALL_SECONDS = 10, 20
_PASSING = frozenset({"timeout", "memory"})
"""Reasons that may be the machine's: tried again after a while."""
_AGAIN_SECONDS = 600.0
_REMEMBERED = 256


class Picture(NamedTuple):
    """A JPEG, and the size in points of the page that it shows."""

    jpeg: bytes
    width: float
    height: float


class Unseen(NamedTuple):
    """Why a page cannot be shown: a code of the contract's closed list, `missing` or `environment`."""

    code: str


class Paper(NamedTuple):
    """A paper as the report of its case names it."""

    sha256: str
    flags: tuple[str, ...]


class Pictures:
    """The pictures of a store. Drawers are started when they are first needed, or by `warm`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        chosen = settings.desk
        root = chosen.pictures or settings.storage.local.parent / "imagenes"
        self.shelf = Shelf(root, chosen.pictures_bytes)
        self._store, self._settings = store, settings
        self._drawers: LifoQueue[Sandbox] = LifoQueue()
        bounds = replace(
            settings.bounds,
            cpu_seconds=min(settings.bounds.cpu_seconds, _CPU_SECONDS),
            wall_seconds=min(settings.bounds.wall_seconds, _WALL_SECONDS),
        )
        for _ in range(_DRAWERS):
            self._drawers.put(Sandbox(bounds, settings.sandbox.level))
        self._lately: dict[str, tuple[str, float]] = {}
        self._turn = threading.Lock()

    def page(self, case: str, of: Paper, page: int, dpi: int) -> Picture | Unseen:
        """Return page *page* (from 1) of a paper of the *case* with that id."""
        refused = next((flag for flag in of.flags if flag in reasons()), None)
        if refused is not None:
            return Unseen(refused)
        try:
            with self._opened(case, of.sha256) as path:
                return self._kept(of.sha256, page, dpi) or self._drawn(path, of, page, dpi)
        except GoneError as gone:
            if gone.code == "malware":
                self.shelf.forget(of.sha256)  # it was drawn before anybody knew
            return Unseen(gone.code)
        except (FileNotFoundError, NotADirectoryError):
            return Unseen("missing")
        except OSError:
            return Unseen("environment")

    def original(self, case: str, of: Paper) -> bytes | Unseen:
        """Return the bytes of a paper as they came, for somebody who asks for just that."""
        if "malware" in of.flags:
            return Unseen("malware")
        try:
            with self._opened(case, of.sha256) as path:
                return path.read_bytes()
        except GoneError as gone:
            return Unseen(gone.code)
        except OSError:
            return Unseen("missing")

    @contextmanager
    def reading(self, case: str, of: Paper) -> Iterator[tuple[Path, Sandbox]]:
        """Lend a sandbox with a file that holds a paper of the *case*, to read something of it again.

        Raises:
            GoneError: the paper is harmful, or is in none of the case's originals.
            OSError: the paper or the sandbox is away.
        """
        if "malware" in of.flags:
            raise GoneError("malware")
        with self._opened(case, of.sha256) as path, self._drawer() as drawer:
            yield path, drawer

    def warm(self) -> None:
        """Start a drawer, so that the first page does not wait for it."""
        with contextlib.suppress(OSError), self._drawer() as drawer:
            drawer.warm()

    def close(self) -> None:
        """End the drawers, each when it has drawn what it draws; they start again if they are asked."""
        ended = [self._drawers.get() for _ in range(_DRAWERS)]
        for drawer in ended:
            drawer.close()
            self._drawers.put(drawer)

    def _opened(self, case: str, sha256: str) -> contextlib.AbstractContextManager[Path]:
        """Give a file with the paper's bytes; raise as `paper`."""
        settings = self._settings
        return paper(self._store, case, sha256, settings.limits, self.shelf, settings.storage.work)

    def _kept(self, sha256: str, page: int, dpi: int) -> Picture | Unseen | None:
        """Return what is on the shelf, or what lately came of it."""
        name = f"{page}.{dpi}"
        code, until = self._lately.get(f"{sha256}.{name}", ("", 0.0))
        if time.monotonic() < until:
            return Unseen(code)
        found = self.shelf.get(sha256, name)
        if found is None:
            return None
        head, _, jpeg = found.partition(b"\n")
        if head.startswith(b"!"):
            return Unseen(head[1:].decode())
        width, height = map(float, head.split())
        return Picture(jpeg, width, height)

    def _drawn(self, path: Path, of: Paper, page: int, dpi: int) -> Picture | Unseen:
        """Draw the page and keep it, or why it cannot be."""
        with self._drawer() as drawer:
            found = drawer.draw(path, page, dpi, mended="repaired" in of.flags)
        name = f"{page}.{dpi}"
        if not isinstance(found, str):
            size = f"{found.width!r} {found.height!r}\n".encode()
            self.shelf.put(of.sha256, name, size + found.jpeg)
            return Picture(*found)
        if found in _PASSING:
            self._remember(f"{of.sha256}.{name}", found)
        else:
            self.shelf.put(of.sha256, name, f"!{found}\n".encode())
        return Unseen(found)

    def _remember(self, key: str, code: str) -> None:
        """Keep for a while that a page took too much: it must not be tried at every look."""
        with self._turn:
            while len(self._lately) >= _REMEMBERED:
                self._lately.pop(next(iter(self._lately)))
            self._lately[key] = code, time.monotonic() + _AGAIN_SECONDS

    @contextmanager
    def _drawer(self) -> Iterator[Sandbox]:
        """Lend the drawer that was used last, which is warm; wait for one while all draw."""
        drawer = self._drawers.get()
        try:
            yield drawer
        finally:
            self._drawers.put(drawer)
