"""DNI, TIE, passport and EU registration certificate: what is printed, and what a machine reads.

Numbers: DNI and NIE by their check letter (RD 1553/2005; Orden INT/2058/2008); zones by ICAO Doc 9303.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extractors.document import Field, Reading
from extractors.kinds import Kind
from extractors.kinds import _card_print as card_print
from extractors.kinds import _zone_fields as zone_fields
from extractors.kinds._labels import labelled, plain, spots
from extractors.kinds._values import first, spanish_number, spanish_numbers, support_number
from extractors.kinds._words import data, labels, titled
from extractors.mrz.lines import Placed, zones
from extractors.mrz.zones import Zone
from extractors.padron.recognise import headed
from extractors.page import Page

_FILE = "identity_document.yaml"
_WORDY = 260
"""A page with more words is a letter or a form, whatever it speaks of."""
TITLED = 0.93
"""How sure the title on a scanned card makes its kind."""
_BARE = 90
"""A scanned page with more words is more than the front of a card whose small labels a fax has lost."""
_FRONT = frozenset({"surnames", "given_name", "names"})
_ONLY_CARDS = frozenset(
    {"_sex", "expires_on", "_can", "_issued", "_team", "_parents", "support_number", "permit"}
)


def starts(page: Page) -> float:
    """A machine readable zone, or a title with labels that only cards have."""
    if zones(page):
        return 0.97
    if len(page.words) > _WORDY or page.widgets or headed(page):
        return 0.0
    found = labelled(page, labels(_FILE))
    kind = _titled(page)
    if kind == "eu_certificate":
        return 0.93 if found & {"number_nie", "nationality", "_address", "names", "surnames"} else 0.5
    only = len(found & _ONLY_CARDS)
    if kind is not None and only >= 1 and len(found) >= 3:
        return 0.95
    bare = page.reader == "ocr" and len(page.words) <= _BARE
    if bare and kind in {"dni", "tie"} and len(spanish_numbers(page.text)) == 1:
        return 0.8
    return 0.6 if only >= 3 and len(found) >= 5 else 0.0


def continues(page: Page, before: Sequence[Page]) -> float:
    """The other side of the same card: one side has the zone, the other the names."""
    zoned_before = [placed for one in before for placed in zones(one)]
    zoned_here = zones(page)
    if bool(zoned_before) == bool(zoned_here) or len(before) > 1 or starts(page) < 0.3:
        return 0.0
    if {placed.zone.form for placed in (*zoned_before, *zoned_here)} == {"TD3"}:
        return 0.0
    numbers = [_numbers(one) for one in (*before, page)]
    known = [found for found in numbers if found]
    alike = len(known) < 2 or bool(known[0] & known[-1])
    return 0.98 if alike and not (_front(page) and any(map(_front, before))) else 0.0


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the fields of one card or passport, both sides together; of two people's papers none is sure."""
    found = [one for page in pages for one in zones(page)]
    placed = next(iter(found), None)
    kind = _kind(pages, placed)
    slug = kind.value if kind else None
    printed = card_print.printed(pages, placed, slug)
    zone = placed.zone if placed else None
    values = _zone_values(zone, printed, slug) if zone else {}
    fields = {
        "document": kind,
        "permit": printed["permit"],
        "mrz_valid": zone_fields.validity(placed) if placed else _no_zone(kind),
    }
    for field in zone_fields.TOGETHER:
        fields[field] = zone_fields.together(field, printed[field], placed, values.get(field))
    told = {field: value for field, value in fields.items() if value is not None}
    mixed = _strangers(pages, found) or any(zone_fields.another(*one) for one in told.items())
    return _doubted(told) if slug != "eu_certificate" and mixed else told


def _strangers(pages: Sequence[Page], found: Sequence[Placed]) -> bool:
    """Whether zones that hold, or numbers with right letters, are of more than one person."""
    births = {one.zone.birth for one in found if one.zone.valid}
    return len(births) > 1 or len(frozenset().union(*map(_numbers, pages))) > 1


def _doubted(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """Return *fields* of what may be two people: none is sure."""
    return {
        name: replace(field, confidence=min(field.confidence, zone_fields.DIFFERENT))
        for name, field in fields.items()
    }


def _zone_values(zone: Zone, printed: Mapping[str, Field | None], kind: str | None) -> dict[str, str | None]:
    """Return what the machine readable zone gives for each field."""
    spanish_card = zone.issuer == "ESP" and zone.form == "TD1"
    old_card = spanish_number(zone.number) if spanish_card else None
    number = zone.spanish_number or (old_card.value if old_card else None) if spanish_card else zone.number
    return {
        "number": number,
        "support_number": zone.number if spanish_card and kind in ("dni", "tie") and not old_card else None,
        "surnames": zone.surnames,
        "given_name": zone.given_name,
        "nationality": zone_fields.nationality(zone),
        "birth_date": zone_fields.birth_date(zone, printed["birth_date"]),
        "expires_on": zone_fields.expires_on(zone, printed["expires_on"]),
    }


def _titled(page: Page) -> str | None:
    """Return the slug of the paper whose title stands on *page*."""
    titles: Mapping[str, list[str]] = data(_FILE)["titles"]
    return next(
        (slug for slug in ("eu_certificate", "dni", "tie", "passport") if titled(page, titles[slug])), None
    )


def _kind(pages: Sequence[Page], placed: Placed | None) -> Field | None:
    """Return which paper it is: by its title, by its zone; doubtful where the two differ."""
    title = next(((page, slug) for page in pages if (slug := _titled(page)) is not None), None)
    by_zone = _kind_of(placed.zone) if placed else None
    if title is None:
        return _placed_kind(placed, by_zone) if placed else _kind_by_number(pages)
    page, slug = title
    field = _headed(page, slug)
    if by_zone is None or placed is None:
        return field
    if by_zone == slug:
        return replace(field, confidence=max(field.confidence, 0.97 if placed.zone.valid else 0.0))
    readings = tuple(
        Reading(reader=reader, text=value, value=value, confidence=0.9)
        for reader, value in (("printed", slug), ("mrz", by_zone))
    )
    return Field(
        value=by_zone, text=slug, confidence=0.5, page=placed.page, box=placed.box, readings=readings
    )


def _headed(page: Page, slug: str) -> Field:
    """Return the kind that a title on *page* names, with the place of the line most like it.

    A whole title is no accident of OCR, however unclear its letters: the kind is as sure as scans can be.
    """
    wanted = [plain(title) for title in data(_FILE)["titles"][slug]]
    best = max(page.lines, key=lambda line: max(fuzz.ratio(plain(line.text), one) for one in wanted))
    sure = 0.98 if page.reader == "text" else TITLED
    return Field(value=slug, text=best.text, confidence=sure, page=page.number, box=best.box)


def _placed_kind(placed: Placed, slug: str | None) -> Field | None:
    """Return the kind that a zone shows, with the zone's place."""
    if slug is None:
        return None
    sure = 0.97 if placed.zone.valid else 0.8
    return Field(value=slug, text=placed.zone.code, confidence=sure, page=placed.page, box=placed.box)


def _kind_of(zone: Zone) -> str | None:
    """Return the paper a zone belongs to; foreign identity cards have no name in the contract."""
    if zone.form == "TD3":
        return "passport"
    if zone.issuer != "ESP":
        return None
    number = zone.spanish_number or zone.number
    if number[:1] in "XYZ" or (zone.number[:1] == "E" and zone.number[1:].isdigit()):
        return "tie"
    return "dni" if zone.code.startswith("ID") and zone.nationality == "ESP" else "tie"


def _kind_by_number(pages: Sequence[Page]) -> Field | None:
    """Return the kind by the one support number a page shows: `E` a TIE, `C` an EU certificate (AOC)."""
    spot = first(spots(pages, labels(_FILE)).get("support_number", ()), support_number)
    if spot is None:
        return None
    slug = {"E": "tie", "C": "eu_certificate"}.get(spot.value[0] if spot.value[1:].isdigit() else "", "dni")
    return Field(
        value=slug, text=spot.text, confidence=min(0.9, spot.confidence), page=spot.page, box=spot.box
    )


def _no_zone(kind: Field | None) -> Field | None:
    """Return the empty `mrz_valid` of a paper that has no zone by its nature, else nothing."""
    if kind is None or kind.value != "eu_certificate":
        return None
    return Field(value=None, text="", confidence=kind.confidence, page=kind.page, box=kind.box)


def _front(page: Page) -> bool:
    """Whether the labels of the names stand on *page*."""
    return bool(labelled(page, labels(_FILE)) & _FRONT)


def _numbers(page: Page) -> frozenset[str]:
    """Return the DNI and NIE that *page* shows, printed or in its zone."""
    in_zones = {placed.zone.spanish_number for placed in zones(page)} - {None}
    printed = spanish_numbers("\n".join(line.text for line in page.lines if "<" not in line.text))
    return frozenset({*printed, *(number for number in in_zones if number)})


KIND = Kind(name="identity_document", starts=starts, continues=continues, read=read)
