"""Blocks of lines that may be a machine readable zone: which of them the recogniser is shown."""

from __future__ import annotations

import numpy as np

from extractors.reading.words.recogniser import Told
from extractors.reading.zone import machine_zone
from extractors.reading.zone.strips import Strip


def test_a_block_without_fillers_is_read_once_though_every_look_finds_it(monkeypatch):
    """As it lies and upside down; darker marks that make the same lines are no reason to read them anew."""
    block = [Strip(10, 20, 210, 20, 8), Strip(10, 40, 210, 40, 8)]
    shown = []
    monkeypatch.setattr(machine_zone, "stacks", lambda _: iter([block]))
    monkeypatch.setattr(
        machine_zone.recogniser, "tell", lambda *given: shown.extend(given[0]) or [Told("", 0.0)] * 2
    )
    assert list(machine_zone.blocks(np.full((300, 300), 255, np.uint8), 1.0)) == []
    assert len(shown) == 4
