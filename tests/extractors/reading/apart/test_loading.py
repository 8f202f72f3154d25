"""What scans need is loaded by the keeper while nobody waits, and a reader's want of memory has one code."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.bounds import Bounds
from extractors.reading.apart import processes
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.refusal import blamed
from tests.waiting import until

_MODELS = 60 << 20
"""Bytes by which the models of both recognisers make a process larger, at the very least."""


def test_an_idle_keeper_loads_the_models_before_a_reader_is_lent():
    """Whoever warms the sandbox and then waits has them in every reader."""
    with Sandbox(Bounds(), "limits") as box:
        box.warm()
        idle = [box._child.pid]
        before = processes.memory(idle)

        until(lambda: processes.memory(idle) > before + _MODELS, "nothing is loaded")


def test_every_library_s_want_of_memory_is_one_code():
    """OpenCV counts it -4, C++ and ONNX Runtime say it in words; nothing else passes for it."""
    with pytest.raises(cv2.error) as odd:
        cv2.resize(np.zeros((0, 0), np.uint8), (5, 5))
    starved = cv2.error("(-4:Insufficient memory) Failed to allocate 99 bytes")

    assert [blamed(one) for one in (MemoryError(), RuntimeError("std::bad_alloc"), starved)] == ["memory"] * 3
    assert [blamed(one) for one in (odd.value, ValueError("odd"))] == ["corrupt"] * 2
