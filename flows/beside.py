"""Work that signals do not break off: done in a thread of its own, in an empty context.

Prefect's engine takes over SIGTERM in the main thread and raises in the middle of whatever runs; and what it
finds in its context it takes for a parent. A worker that is asked to stop finishes the case in hand.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def beside(act: Callable[[], T]) -> T:
    """Do *act* beside the main thread and return what it returns, or raise what it raises."""
    return _Done(act).result()


class _Done(Generic[T]):
    """What a thread came to."""

    def __init__(self, act: Callable[[], T]) -> None:
        self._act = act
        self._returned: list[T] = []
        self._raised: list[BaseException] = []

    def result(self) -> T:
        """Wait for the thread. It does not outlive a main thread that is broken off."""
        thread = threading.Thread(target=self._do, name="drain", daemon=True)
        thread.start()
        thread.join()
        for error in self._raised:
            raise error
        return self._returned[0]

    def _do(self) -> None:
        """Do the work and keep its end."""
        try:
            self._returned.append(self._act())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            self._raised.append(error)
