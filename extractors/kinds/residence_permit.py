"""An authorisation to reside: resolution, notice or receipt of an aliens' office (not the card)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.document import Field
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import person
from extractors.kinds._values import day, first, spanish_number, spanish_numbers, wording
from extractors.kinds._words import data, labels, named, titled
from extractors.languages.dates import dates_in
from extractors.mrz.lines import zones
from extractors.page import Page
from extractors.prose import Prose, fold

_FILE = "residence_permit.yaml"
_DECISIONS = ("resolución", "notificación de resolución", "comunicación")
_REFUSED = re.compile(
    r"\b(?:deneg|denieg|inadmi|revoc|extingu|archiv(?:ar|ese)\b"
    r"|desestim\w+ (?:la|su) (?:solicitud|peticion))"
)
"""What takes residence away or refuses it is no authorisation: a person must read such a paper."""
_SPAN = re.compile(
    r"\b(?:vigencia|validez|vigente|valida|valido|periodo|efectos|autoriza\w*|vixencia)\b[^.;]{0,60}?"
    r"\b(?P<from>del?|desde(?: el)?|desde o|entre el)\b"
)
_UNTIL = re.compile(
    r"\b(?:hasta|ata|al|valida hasta|caduca|caducidad|vence|fins)\b(?:\s+el|\s+o)?(?:\s+dia)?\s*:?\s*$"
)
_GRANTED = re.compile(
    r"\b(?:conceder|concede|concedida|concesion de|otorgar|renovar|prorrogar|renovacion de)\b"
    r"[^.;:]{0,120}?\b(?P<permit>(?:autorizacion|residencia|estancia|tarjeta|permiso)[^.;:,\n]{3,80}(?:\n[^.;:,\n]{3,50})?)"
)


def starts(page: Page) -> float:
    """The title of a resolution or receipt, and the office that gives it; a card is no resolution."""
    if page.widgets or zones(page) or _REFUSED.search(fold(page.text)):
        return 0.0
    office = named(page, data(_FILE)["offices"])
    if not titled(page, data(_FILE)["titles"]):
        return 0.85 if office and titled(page, _DECISIONS) and _grants(page) else 0.0
    return 0.9 if office and named(page, ("residencia", "estancia", "larga duración", "extranjero")) else 0.2


def _grants(page: Page) -> bool:
    """Whether a decision under a bare title says that it grants residence."""
    match = _GRANTED.search(fold(page.text))
    return match is not None and "residencia" in match["permit"]


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return whose authorisation it is, of which sort, and from when to when."""
    prose = Prose(pages)
    by_label = spots(pages, labels(_FILE))
    since, until = _span(prose)
    found = {
        "number": first(by_label.get("number", ()), spanish_number) or _number(prose),
        "permit": first(by_label.get("permit", ()), wording) or _permit(prose),
        "valid_from": first(by_label.get("valid_from", ()), day) or since,
        "valid_until": first(by_label.get("valid_until", ()), day) or until,
    }
    return person(by_label, prose) | {field: value for field, value in found.items() if value is not None}


def _number(prose: Prose) -> Field | None:
    """Return the only NIE of the paper that stands without a label."""
    found = [number for number in spanish_numbers(prose.text) if number[0] in "XYZ"]
    if len(found) != 1:
        return None
    pattern = re.compile(r"[\s.-]?".join(found[0]), re.IGNORECASE)
    match = pattern.search(prose.text)
    return prose.field(match.start(), match.end(), found[0], 0.95) if match else None


def _permit(prose: Prose) -> Field | None:
    """Return the wording of what is granted."""
    match = _GRANTED.search(prose.folded)
    if match is None:
        return None
    start, end = match.span("permit")
    return prose.field(start, end, " ".join(prose.text[start:end].split()), 0.8)


def _span(prose: Prose) -> tuple[Field | None, Field | None]:
    """Return the first and last day of "vigencia desde ... hasta ...", or "válida hasta ..."."""
    since: Field | None = None
    until: Field | None = None
    for date in dates_in(prose.text):
        if date.value is None:
            continue
        before = prose.folded[max(date.start - 110, 0) : date.start]
        field = prose.field(date.start, date.end, date.value.isoformat(), min(0.93, date.certainty))
        if until is None and _UNTIL.search(before):
            until = field
        elif (
            since is None
            and (span := _SPAN.search(before)) is not None
            and not before[span.end() :].strip(" el")
        ):
            since = field
    return since, until


KIND = Kind(name="residence_permit", starts=starts, continues=numbered_on, read=read)
