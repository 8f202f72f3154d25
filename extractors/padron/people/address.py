"""A home in one line, taken apart: kind of street, name, number, block, stair, floor, door, code, town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import Field
from extractors.padron.origin import proper
from extractors.padron.vocabulary import labels_in
from extractors.prose import Prose

_TYPES = (
    r"calle|c/|cl\.?|cl/|avenida|avda\.?|avd\.?|av\.?|plaza|pza\.?|pl\.?|paseo|p[ºo]\.?|carretera|ctra\.?|camino|cno\.?|barriada|bda\.?"
    r"|barrio|travesia|trv\.?|ronda|rua|r/|carrer|carrero|avinguda|avgda\.?|placa|passeig|rambla|praza|estrada|poligono|pol\.?"
    r"|urbanizacion|urb\.?|pasaje|pje\.?|callejon|lugar|grupo|glorieta|cuesta|bulevar|via|passatge|cami"
)
NEAR = 25
"""Letters after its label or its words within which a home begins."""
_STREET = re.compile(
    rf"(?<!\w)(?P<street_type>{_TYPES})[\s,]\s*(?P<street_name>[^\d,;:]*?[^\d,;:\s.º](?: \d+ de [^\d,;:]+)?)"
    r"(?:,|\s)\s*(?:n[ºo°.]{0,2}\s*|num(?:ero)?\.?\s*|nro\.?\s*)?(?P<number>\d{1,4}(?:\s?(?:bis|dup))?(?:[-/]\d{1,3})?(?!\d)|s/n)"
)
_BARE = re.compile(rf"(?<!\w)(?P<street_type>{_TYPES})\s+(?P<street_name>[^\d,;:\n]+[^\d,;:\s.])")
_BASQUE = re.compile(
    r"(?P<street_name>[^\d,;:\n]+?)\s(?P<street_type>kalea|etorbidea|plaza|pasealekua"
    r"|hiribidea|bidea)[ ,]+(?:z[.k]\w*\s*)?(?P<number>\d{1,4})"
)
IN_STREET = re.compile(rf"(?<!\w)(?:en|a|na|no|al|a la|en la|en el)\s+(?=(?:{_TYPES})\s)")
"""Words before a home in running text that has no word for it."""
_PARTS = {
    "block": r"(?:bloque|blq\.?|bl\.?|bloc|blo)\s*:?\s*(?P<v>\w{1,3})",
    "stair": r"(?:escalera|esc\.?|escala|eskailera)\s*:?\s*(?P<v>\w{1,5})",
    "floor": (
        r"(?:(?:planta|piso|plta\.?|pl\.?|pis|andar|solairua)\s*:?\s*(?P<v>\d{1,2}\s?[ºªo°]?|baja|bajo|baixo|baixa|bj)"
        r"|(?<=[\s,])(?P<w>\d{1,2}\s?[ºª°]|bajo|baixo|entresuelo|atico))"
    ),
    "door": (
        r"(?:(?:puerta|pta\.?|prta\.?|porta|atea)\s*:?\s*(?P<v>\w{1,5})"
        r"|(?<=[ºª°])\s?,?\s?-?(?P<w>[a-z]|izq\w*\.?|dcha\w*\.?|der\w*\.?|centro|esq\w*\.?|dta\w*\.?"
        r"|ezk\w*\.?|esk\w*\.?)(?!\w))"
    ),
    "postal_code": r"(?<!\d)(?P<v>(?:0[1-9]|[1-4]\d|5[0-2])\d{3})(?!\d)",
}


def address_fields(prose: Prose, start: int, end: int, sure: float) -> Iterator[tuple[str, Field]]:
    """Yield name and field of each part of the address in prose.text[start:end]."""
    folded = prose.folded[start:end]
    streets = (pattern.search(folded) for pattern in (_STREET, _BASQUE, _BARE))
    street = next((match for match in streets if match is not None and match.start() <= NEAR), None)
    after = 0
    if street is not None:
        for name, text in street.groupdict().items():
            if text:
                a, b = street.span(name)
                yield name, _field(prose, start + a, start + b, sure)
        after = street.end()
    for name, source in _PARTS.items():
        found = re.compile(rf"(?<!\w){source}" if source[1] == "?" and source[2] == ":" else source).search(
            folded, after
        )
        if found is not None:
            group = "v" if found["v"] else "w"
            yield name, _field(prose, start + found.start(group), start + found.end(group), sure)
            if name == "postal_code":
                yield from _city(prose, start + found.end(), end, sure)


def _city(prose: Prose, start: int, end: int, sure: float) -> Iterator[tuple[str, Field]]:
    """Yield the town that stands behind the postal code."""
    found = re.compile(
        r"[\s,.-]*(?P<city>[A-ZÀ-Ý][\w'’·-]*(?:[ /-]+(?:(?:de|del|la|las|los|el|da|do|y"
        r"|i) )*[A-ZÀ-Ý][\w'’·-]*)*)"
    ).match(prose.text, start, end)
    if found is not None and not any(
        m.start == 0 for m in labels_in(prose.folded[found.start("city") : end])
    ):
        yield "city", prose.field(found.start("city"), found.end("city"), proper(found["city"]), sure)


def _field(prose: Prose, start: int, end: int, sure: float) -> Field:
    """Return a part of an address as the paper writes it."""
    return prose.field(start, end, " ".join(prose.text[start:end].split()), sure)
