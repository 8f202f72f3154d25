"""What a scan needs that takes long to load: the engine's models, the second recogniser, the blanks.

A reader loads each when its first scan asks for it. The keeper, while nobody waits for it, loads them once,
and every reader that it then lends has them from the start: copies that share the keeper's memory.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from extractors.forms.laying import blanks
from extractors.reading.refusal import Missing
from extractors.reading.words import recogniser
from extractors.reading.words.engine import Ask, engine

_SECONDS = 5.0


def load() -> None:
    """Load what is installed; what is missing is told to whoever reads a scan."""
    with suppress(Missing):
        ready = engine()
        white = np.full((40, 160), 255, dtype=np.uint8)
        ready.words(white, 150, Ask("line"), _SECONDS)
        ready.words(white, 150, Ask("line", model="eng"), _SECONDS)
    with suppress(Missing):
        recogniser.ready()
    blanks.blanks()
