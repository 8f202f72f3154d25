"""What is remembered while a file is read, and forgotten when it is done.

Several readers ask the same of the same page, so that answers are kept. But a page leads to its file, and a
file may have a hundred megabytes: an answer that is kept for longer keeps the papers of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # who only reads what was read, as a watcher does, loads no pictures
    from extractors.reading.raster import Raster

_T = TypeVar("_T")

PICTURES = 4
"""Pictures of pages as they are read that are kept, of all readers together: the sheets of one paper are
looked at one after the other, several times. One has 17 MB with its colours."""

_memories: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[..., _T]], Callable[..., _T]]:
    """Keep the last *most* answers of a function of hashable arguments, until `forget` is called."""

    def keeping(ask: Callable[..., _T]) -> Callable[..., _T]:
        memory = lru_cache(most)(ask)
        _memories.append(memory.cache_clear)
        return memory

    return keeping


@remembered(PICTURES)
def picture(draw: Callable[..., Raster], *how: Hashable) -> Raster:
    """Return what *draw* makes of *how*; one memory for all, so that it does not grow with the readers."""
    return draw(*how)


def forget() -> None:
    """Forget all that was remembered: the file is read."""
    for clear in _memories:
        clear()
