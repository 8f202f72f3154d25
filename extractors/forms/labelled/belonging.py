"""To what a bare "Número" belongs: the document or the home, as the words beside it in its row tell."""

from __future__ import annotations

import re
from typing import Literal

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.prose import fold

Topic = Literal["document", "home"]
_TOPICS = re.compile(
    r"(?P<document>\b(?:document\w*|d\.?n\.?i\b|n\.?i\.?[ef]\b|t\.?i\.?e\b|pas\b|pasaporte|passaport|identidad\w*"
    r"|identificativo|tarjeta|tarxeta|targeta)\b)"
    r"|(?P<home>\b(?:via|calle|rua|kalea|domicilio|enderezo|direccion|piso|puerta|portal|bloque|blq|escalera|esc"
    r"|escal|planta|pta|postal|c\.?p|localidad|municipio)\b)"
    r"|(?P<other>\b(?:seguridad|afiliacion|cuenta|telefono|hijos|beneficiarios|expediente|registro|entrada)\b)"
)
_ROW = 1.3
"""Heights of the label within which words are of its row: cells of one row are not set at one height."""


def topic(page: Page, label: Box) -> Topic | None:
    """Return what the number at *label* is of, None where the row is about neither, or leaves it open."""
    reach = _ROW * max(label.height, 8.0)
    row = [word for word in page.words if abs(word.box.middle[1] - label.middle[1]) <= reach]
    before = sorted((w for w in row if w.box.x1 <= label.x0 + 1), key=lambda w: -w.box.x1)
    after = sorted((w for w in row if w.box.x0 >= label.x1 - 1), key=lambda w: w.box.x0)
    found = _first(before) or _first(after)
    if found == "document":
        return "document"
    return "home" if found == "home" else None


def _first(words: list[Word]) -> str | None:
    """Return the topic of the nearest of *words* that tells one."""
    told = (match.lastgroup for word in words if (match := _TOPICS.search(fold(word.text))))
    return next(told, None)
