"""What form a certificate has: individual, collective, historical or of cohabitation."""

from __future__ import annotations

import re

from extractors.document import Field
from extractors.padron.page.layout import Layout

_FORMS = {
    "historical": r"(?<!territorio )(?<!territori )historic[oa]?s?|historial"
    r"|(?<!lurralde )(?<!lurralde-)historiko\w*|movimientos\s+padronales|movements?\s+padronals?",
    "collective": r"colectiv[oa]s?|col·?lectiu|kolektibo\w*|familiar|hoja\s+padronal"
    r"|hoja\s+de\s+inscripcion\s+padronal|full\s+padronal|folla\s+padronal|todas\s+las\s+personas|personas\s+que\s+(?:figuran|constan)|siguientes\s+personas"
    r"|seguintes\s+persoas|seguents\s+persones",
    "cohabitation": r"convivencia|bizikidetza\w*|conviven",
    "individual": r"individual|banakako\w*",
}


def form_field(layout: Layout, *, several: bool) -> Field | None:
    """Return the form that the title says; untitled, what the lists on the paper show."""
    titled = [
        (name, passage, found)
        for passage in layout.passages
        for name, source in _FORMS.items()
        if (found := re.search(rf"(?<!\w)(?:{source})(?!\w)", passage.prose.folded)) is not None
    ]
    top = [t for t in titled if t[1].box.y0 < 0.35 * t[1].page.height] or titled
    if top:
        name, passage, found = top[0]
        sure = 0.95 if len({t[0] for t in top}) == 1 else 0.7
        return passage.prose.field(found.start(), found.end(), name, sure)
    for passage in layout.passages[:1]:
        name = "collective" if several else "individual"
        return passage.prose.field(0, len(passage.prose.text), name, 0.8)
    return None
