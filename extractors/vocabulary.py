"""Word lists beside the modules that use them: YAML, read safely and, where PyYAML has it, quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractors.prose import fold

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same, twelve times slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


def loaded(text: str) -> Any:
    """Return what a YAML *text* of plain values holds."""
    return yaml.load(text, Loader=_Loader)


@cache
def lists(file: Path) -> Mapping[str, Any]:
    """Return the lists of a *file* by name; it is read once, whoever asks."""
    found: dict[str, Any] = loaded(file.read_text(encoding="utf-8"))
    return found


def either(phrases: Iterable[str]) -> str:
    r"""Return the source of a pattern for any of *phrases*: `*` is any ending, a blank any white space."""
    return "|".join(re.escape(fold(one)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for one in phrases)
