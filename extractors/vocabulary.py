"""Word lists beside the modules that use them: YAML, read safely and, where PyYAML has it, quickly."""

from __future__ import annotations

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same, twelve times slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


def loaded(text: str) -> Any:
    """Return what a YAML *text* of plain values holds."""
    return yaml.load(text, Loader=_Loader)
