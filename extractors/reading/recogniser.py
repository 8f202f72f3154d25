"""A second opinion: an independent recogniser of one line of print, on crops.

The model is PP-OCRv6's small one, which RapidOCR carries in its package; it is run here by ONNX Runtime
itself, since RapidOCR's own code would bring its page detector and four times the memory. What it may
answer is held to Latin letters, figures and the signs of papers: it knows 18 000 characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.raster import Grey
from extractors.reading.refusal import Missing

HIGH = 48
"""Rows of pixels that the model takes."""
_WIDEST = 2400
_NARROWEST = 48
_MODEL = Path("models", "PP-OCRv6_rec_small.onnx")
_SIGNS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝáàâäãåçéèêëíìîïñóòôöõúùûüýßœŒøØæÆ"
    "ªº·.,:;-–—_/\\()[]'’`\"“”«»&@#%+*=<>|!¡?¿€$°"
)


class Told(NamedTuple):
    """What a crop says, and the mean certainty of its letters, 0 to 1."""

    text: str
    sure: float


class _Loaded(NamedTuple):
    """The model, the name of its input, and its columns that may win with what they stand for."""

    session: Any
    entry: str
    columns: npt.NDArray[np.intp]
    signs: tuple[str, ...]


def tell(crops: Sequence[Grey], signs: str = "") -> list[Told]:
    """Return what each crop of one line says; only *signs* and blanks may be seen unless it is empty.

    An empty crop says nothing, with no certainty.

    Raises:
        Missing: The package that carries the model is not installed.
    """
    loaded = _loaded(signs)
    return [_told(loaded, crop) if min(crop.shape) > 2 else Told("", 0.0) for crop in crops]


@cache
def _loaded(signs: str) -> _Loaded:
    """Return the model, held to *signs*."""
    session, characters = _session()
    wanted = set(signs or _SIGNS)
    kept = [(at, one) for at, one in enumerate(characters) if one in wanted or one in {"", " "}]
    return _Loaded(
        session, session.get_inputs()[0].name, np.array([at for at, _ in kept]), tuple(s for _, s in kept)
    )


@cache
def _session() -> tuple[Any, tuple[str, ...]]:
    """Return the model and what its columns stand for: nothing first, the blank last."""
    runtime: Any = import_module("onnxruntime")  # not before a scan needs it
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise Missing("rapidocr")
    told = runtime.SessionOptions()
    told.intra_op_num_threads = told.inter_op_num_threads = 1
    told.enable_cpu_mem_arena = False
    session = runtime.InferenceSession(
        str(Path(found.origin).parent / _MODEL), told, providers=["CPUExecutionProvider"]
    )
    characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return session, ("", *characters, " ")


def _told(loaded: _Loaded, crop: Grey) -> Told:
    """Return what one crop says: the likeliest sign of each step, repeats and nothings left out."""
    chances = np.asarray(loaded.session.run(None, {loaded.entry: _fitted(crop)})[0])[0][:, loaded.columns]
    best = chances.argmax(axis=1)
    new = np.concatenate(([True], best[1:] != best[:-1]))
    steps = [step for step in np.flatnonzero(new) if loaded.signs[best[step]]]
    text = "".join(loaded.signs[best[step]] for step in steps)
    sure = float(np.mean([chances[step, best[step]] for step in steps])) if steps else 0.0
    return Told(" ".join(text.split()), sure)


def _fitted(crop: Grey) -> npt.NDArray[np.float32]:
    """Return the crop as the model wants it: 48 rows, three equal channels, from -1 to 1."""
    rows, columns = crop.shape
    wide = min(max(round(columns * HIGH / rows), _NARROWEST), _WIDEST)
    way = cv2.INTER_AREA if rows > HIGH else cv2.INTER_LINEAR
    small = cv2.resize(np.ascontiguousarray(crop), (wide, HIGH), interpolation=way)
    plane = np.asarray(small, dtype=np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)), dtype=np.float32)
