"""The standard form that confers representation."""

from __future__ import annotations

from extractors.kinds._forms import form

KIND = form("representation")
