"""The declaration of having no compulsory health cover by another route."""

from __future__ import annotations

from extractors.kinds._forms import form

KIND = form("no_coverage_declaration")
