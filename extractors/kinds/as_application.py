"""The INSS request for recognition of health care, model 6-071, two sheets."""

from __future__ import annotations

from extractors.kinds._forms import form

KIND = form("as_application")
