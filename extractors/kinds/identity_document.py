"""DNI, TIE, passport and EU registration certificate: what is printed, and what a machine reads.

Numbers: DNI and NIE by their check letter (RD 1553/2005; Orden INT/2058/2008); zones by ICAO Doc 9303.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field, Reading
from extractors.kinds import Kind
from extractors.kinds import _zone_fields as zone_fields
from extractors.kinds._labels import Spot, labelled, spots
from extractors.kinds._person import whole
from extractors.kinds._values import (
    Parsed,
    Parser,
    day,
    first,
    name,
    nationality,
    passport_number,
    spanish_number,
    spanish_numbers,
    support_number,
    wording,
)
from extractors.kinds._words import data, labels, titled
from extractors.languages.countries import alpha3
from extractors.mrz import Zone
from extractors.mrz_lines import Placed, zones
from extractors.page import Page
from extractors.prose import Prose

_FILE = "identity_document.yaml"
_WORDY = 260
"""A page with more words is a letter or a form, whatever it speaks of."""
_PARSERS: Mapping[str, Parser] = {
    "support_number": support_number,
    "surnames": name,
    "second_surname": name,
    "given_name": name,
    "nationality": nationality,
    "birth_date": day,
    "expires_on": day,
    "permit": wording,
}
_FRONT = frozenset({"surnames", "given_name", "names"})
_ONLY_CARDS = frozenset(
    {"_sex", "expires_on", "_can", "_issued", "_team", "_parents", "support_number", "permit"}
)
_BY_NUMBER = ("number_dni", "number_nie", "number_passport")


def starts(page: Page) -> float:
    """A machine readable zone, or a title with labels that only cards have."""
    if zones(page):
        return 0.97
    if len(page.words) > _WORDY or page.widgets:
        return 0.0
    found = labelled(page, labels(_FILE))
    kind = _titled(page)
    if kind == "eu_certificate":
        return 0.93 if found & {"number_nie", "nationality", "_address", "names", "surnames"} else 0.5
    only = len(found & _ONLY_CARDS)
    if kind is not None and only >= 1 and len(found) >= 3:
        return 0.95
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
    """Return the fields of one card or passport, both sides together."""
    placed = next((one for page in pages for one in zones(page)), None)
    by_label = spots(pages, labels(_FILE))
    printed = {field: first(by_label.get(field, ()), parser) for field, parser in _PARSERS.items()}
    printed["surnames"] = _surnames(by_label, printed, placed)
    printed["nationality"] = _a_country(printed["nationality"], placed)
    if (
        printed["surnames"] is None
        and (names := whole(by_label))
        and "," in names["person.first_surname"].text
    ):
        printed |= {
            "surnames": names["person.first_surname"],
            "given_name": names["person.given_name"],
        }
    kind = _kind(pages, placed)
    numbered = _printed_number(pages, by_label, kind.value if kind else None)
    zone = placed.zone if placed else None
    values = _zone_values(zone, printed, kind.value if kind else None) if zone else {}
    fields = {
        "document": kind,
        "number": zone_fields.together("number", numbered, placed, values.get("number")),
        "permit": printed["permit"],
        "mrz_valid": zone_fields.validity(placed) if placed else _no_zone(kind),
    }
    for field in ("support_number", "surnames", "given_name", "nationality", "birth_date", "expires_on"):
        fields[field] = zone_fields.together(field, printed[field], placed, values.get(field))
    return {field: value for field, value in fields.items() if value is not None}


def _a_country(printed: Field | None, placed: Placed | None) -> Field | None:
    """Return the printed nationality; words that name no country are nothing beside a zone that does."""
    if printed is None or placed is None or zone_fields.nationality(placed.zone) is None:
        return printed
    return printed if alpha3(str(printed.value)) else None


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
    prose = Prose([page])
    field = prose.field(0, max(prose.text.find("\n"), 1), slug, 0.98)
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


def _surnames(
    by_label: Mapping[str, tuple[Spot, ...]], printed: Mapping[str, Field | None], placed: Placed | None
) -> Field | None:
    """Return the surnames: both labels together, and a second printed line where there is one."""
    one, two = printed["surnames"], printed["second_surname"]
    if one is not None and two is not None:
        value = f"{one.value} {two.value}"
        return Field(
            value=value,
            text=value,
            confidence=min(one.confidence, two.confidence),
            page=one.page,
            box=one.box,
        )
    found = [
        spot.field(p.value, p.certainty) for spot in by_label.get("surnames", ()) if (p := name(spot.text))
    ]
    for field in found:
        if placed and zone_fields.together("surnames", field, placed, placed.zone.surnames) != field:
            agreed = zone_fields.together("surnames", field, placed, placed.zone.surnames)
            if agreed is not None and not agreed.readings:
                return field
    longer = [f for f in found if one is not None and f.text.startswith(one.text)]
    return max(longer, key=lambda field: len(field.text), default=one)


def _printed_number(
    pages: Sequence[Page], by_label: Mapping[str, tuple[Spot, ...]], kind: str | None
) -> Field | None:
    """Return the printed number: by its label, else the only one on the paper with a right letter."""
    if kind == "passport":
        return first(by_label.get("number_passport", ()), passport_number)
    wanted = (
        ("number_nie", "number_dni") if kind in ("tie", "eu_certificate") else ("number_dni", "number_nie")
    )
    found = first([spot for label in wanted for spot in by_label.get(label, ())], spanish_number)
    if found is not None and found.confidence > 0.4:
        return found
    prose = Prose(pages)
    alone = spanish_numbers(prose.text)
    return _anywhere(prose, alone[0], spanish_number) if len(alone) == 1 else found


def _anywhere(prose: Prose, number: str, parser: Callable[[str], Parsed | None]) -> Field | None:
    """Return the field for a number that stands without a label."""
    for start, line in _lines(prose.text):
        if (parsed := parser(line)) is not None and parsed.value == number:
            return prose.field(start, start + len(line), number, 0.95)
    return None


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of *text*, each with its place."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


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
