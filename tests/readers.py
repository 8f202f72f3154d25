"""Readers that the tests of a process share: each start of them loads everything anew.

Whoever proves something of the readers themselves, of their bounds or of their end, has readers of their own.
"""

from __future__ import annotations

import atexit
import hashlib
from functools import cache

from extractors import wire
from extractors.bounds import Bounds
from extractors.reading.apart.sandbox import Sandbox

DRAWERS = 2
"""How many draw the pages of one desk."""


class Shared(Sandbox):
    """Readers that stay for the next test, and read the same bytes under the same name once."""

    def __init__(self, bounds):
        super().__init__(bounds)
        self._known = {}
        atexit.register(super().close)

    def read(self, path, name):
        """Read the file, or remember what was read."""
        paper = name, hashlib.sha256(path.read_bytes()).digest()
        if paper not in self._known:
            self._known[paper] = wire.packed(super().read(path, name))
        return wire.unpacked(self._known[paper])

    def forget(self):
        """Read anew what was read."""
        self._known.clear()

    def close(self):
        """Stay."""


@cache
def readers():
    """Return the readers of papers."""
    return Shared(Bounds())


@cache
def _drawers(bounds):
    return [Shared(bounds) for _ in range(DRAWERS)]


def lend_drawers(pictures):
    """Let the pages of a desk be drawn by those that drew the last desk's."""
    own = [pictures._drawers.get() for _ in range(DRAWERS)]
    for drawer in _drawers(own[0]._bounds):
        pictures._drawers.put(drawer)
