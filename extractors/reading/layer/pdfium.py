"""PDFium's C interface. It is generated and has no types, so it is held here as what it is: untyped."""

from __future__ import annotations

import importlib
from typing import Any

c: Any = importlib.import_module("pypdfium2.raw")
