"""The request for the convenio especial: annex of Orden SSI/1475/2014, two sheets."""

from __future__ import annotations

from extractors.kinds._forms import form

KIND = form("ce_application")
