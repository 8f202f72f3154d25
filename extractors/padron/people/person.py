"""Whom a certificate is about: names, document, birth, nationality, home."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.padron.page.labels import Labelled
from extractors.padron.page.layout import Passage
from extractors.padron.people.address import IN_STREET, address_fields
from extractors.padron.people.names import TITLE, clean, is_name, parts, surnames, titled, whole_name
from extractors.padron.vocabulary import Mark, headers_in, labels_in, roles_in
from extractors.prose import Prose, fold

Part = tuple[str, Field]
"""A field's name below `person.`, and the field."""
_LETTER = "[A-HJ-NP-TV-Z]"
_NIF = re.compile(
    rf"(?<![\w-])(?P<id>\d{{1,2}}[. ]?\d{{3}}[. ]?\d{{3}}\s?-?\s?{_LETTER}"
    rf"|[XYZ]\s?-?\s?\d[. ]?\d{{3}}[. ]?\d{{3}}\s?-?\s?{_LETTER})(?!\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"[\s,;|/·•(–—-]*+(?:(?:con|amb|co)\s+)?(?:[A-Z.]{3,7}(?:/[A-Z.]{3,7})*\s*:?\s+)?"
    r"(?=[\w.-]*\d)[\w.-]+.*",
    re.DOTALL,
)
"""What stands behind a name on its line: a document and its number."""
_PASSPORT = re.compile(
    r"(?:pasaporte|passaport|pasaportea|passport|pas\.)\s*(?:[a-z]{4,14}\s+)?(?:n[ºo°úu.]{0,3}m?e?r?o?\.?\s*)?:?\s*"
    r"(?P<id>(?=[a-z0-9]*\d)[a-z0-9]{5,15})(?!\w)"
)
_NATION = re.compile(
    r"(?:nacionalidade?|nacionalitat|nazionalitate[az]\w?|naziotasun(?:a|ez))"
    r"\s*:?\s+(?P<n>[a-z·'-]+(?: [a-z]+)?)"
)
_HOME = re.compile(
    r"(?:domicilio|domicili|enderezo|vivienda|direccion|adreca)\s+(?:actual\s+)?(?:sit[oa]\s+)?"
    r"(?:en|a|es|no|na|al)?\s*(?:l[ao]\s+|el\s+)?:?"
)
_MOVES = frozenset({"in", "out", "since", "until", "issued", "change", "other"})
"""Roles of words before which a birth must be told, or it is another date."""
_REGISTERED = re.compile(r"inscri|empadron|empadroa|domiciliad|residen|inskri|errolda|habita")
_WORD_SPACE, _GUESS = 0.6, 0.8
"""Heights of a line within which a word follows another; certainty at most of a name parted by a guess."""
_SIGNS = re.compile(r"[\d;:|=,]|(?<!\w)[·•–—/-]|[·•–—/-](?!\w)")
"""Signs that no part of a name holds."""
_NO_NAME = 0.5
"""Certainty at most of a part of a name that holds such a sign."""
_HOME_LENGTH = 140
"""Letters in which an address in running text ends."""


def person_fields(labels: Sequence[Labelled], passages: Sequence[Passage]) -> dict[str, Field]:
    """Return `person.` fields by the contract's names, from labels first, else from prose."""
    fields: dict[str, Field] = {}
    for label in labels:
        if label.value and label.meaning in _LABELS:
            for name, field in _LABELS[label.meaning](label):
                fields.setdefault(name, field)
    for passage in passages:
        found = titled(passage.prose)
        start = found.end() if found is not None else 0
        named = whole_name(passage.prose, *found.span("name")) if found is not None else ()
        for name, field in (*named, *_details(passage.prose, start)):
            fields.setdefault(name, field)
    if "given_name" in fields and _surnames_within(fields):
        fields |= _parted(labels)
    return {f"person.{name}": field for name, field in _doubted(fields).items()}


def _doubted(fields: dict[str, Field]) -> dict[str, Field]:
    """Return *fields*, the names less sure where given name and surnames follow each other as words do.

    A label of two words over a whole name ("Nom i cognoms") may be seen as two labels side by side.
    """
    names = {"given_name", "first_surname", "second_surname"}
    strange = {n: f for n, f in fields.items() if n in names and _SIGNS.search(str(f.value))}
    fields |= {n: replace(f, confidence=min(f.confidence, _NO_NAME)) for n, f in strange.items()}
    given, surname = fields.get("given_name"), fields.get("first_surname")
    if given is None or surname is None or given.page != surname.page:
        return fields
    height = min(given.box.y1 - given.box.y0, surname.box.y1 - surname.box.y0)
    beside = min(given.box.y1, surname.box.y1) > max(given.box.y0, surname.box.y0)
    if not beside or not 0 <= surname.box.x0 - given.box.x1 < _WORD_SPACE * height:
        return fields
    return {
        n: replace(f, confidence=min(f.confidence, _GUESS)) if n in names else f for n, f in fields.items()
    }


def _surnames_within(fields: dict[str, Field]) -> bool:
    """Whether no surname was found but within the given name: "Nombre" stands before a whole name."""
    given, surname = fields["given_name"], fields.get("first_surname")
    return surname is None or (given.page == surname.page and given.box.common(surname.box) > 0)


def _parted(labels: Sequence[Labelled]) -> dict[str, Field]:
    """Return the parts of a whole name behind "Nombre", where no label gives surnames."""
    named = [label for label in labels if label.meaning == "given_name" and len(label.value.split()) > 1]
    return dict(whole_name(named[0].prose, named[0].start, named[0].end)) if named else {}


def _part(label: Labelled) -> Iterator[Part]:
    """Yield one part of a name that has a label of its own; a label that follows is no name."""
    folded = fold(clean(label.value))
    if not any(mark.end - mark.start == len(folded) for mark in (*labels_in(folded), *headers_in(folded))):
        yield label.meaning, label.field(clean(label.value), 0.96)


def _whole(label: Labelled) -> Iterator[Part]:
    """Yield the parts of a name that stands whole behind its label."""
    title = TITLE.match(label.prose.text, label.start, label.end)
    start = title.end() if title is not None else label.start
    numbered = _NUMBERED.search(label.prose.text, start, label.end)
    end = numbered.start() if numbered is not None else label.end
    end = start + len(label.prose.text[start:end].rstrip(" ;,|/·•–—-"))
    if is_name(label.prose.text[start:end]):
        yield from whole_name(label.prose, start, end, reverse=label.meaning == "name_reversed")
    found = _NIF.search(label.prose.text, end, label.end)
    if found is not None:
        yield from _nif(found, lambda value, sure: label.prose.field(*found.span("id"), value, sure))


def _both(label: Labelled) -> Iterator[Part]:
    """Yield the surnames behind one label."""
    yield from surnames(label.prose, parts(label.prose, label.start, label.end), 0.9)


def _document(label: Labelled) -> Iterator[Part]:
    """Yield kind and number of an identity document behind its label."""
    found = _NIF.search(label.value)
    if found is not None:
        yield from _nif(found, label.field)
        return
    kind = fold(label.prose.text[max(label.start - 30, 0) : label.end])
    bare = re.sub(r"^(?:pasaporte|passaport|pas\.?)\s*:?", "", label.value, flags=re.IGNORECASE)
    number = re.sub(r"[\s.-]", "", bare).upper()
    if re.fullmatch(r"(?=.*\d)[A-Z0-9]{5,15}", number):
        yield "id_number", label.field(number, 0.85)
        if "pasap" in kind or "passap" in kind:
            yield "id_type", label.field("passport", 0.9)


def _nif(found: re.Match[str], field: Callable[[str, float], Field]) -> Iterator[Part]:
    """Yield number and kind of a DNI or NIE; *field* gives a value its place."""
    number = re.sub(r"[\s.-]", "", found["id"]).upper()
    yield "id_number", field(number, 0.96)
    yield "id_type", field("foreigner_card" if number[0] in "XYZ" else "dni", 0.9)


def _birth_label(label: Labelled) -> Iterator[Part]:
    """Yield the birth date behind its label."""
    yield from _birth(label.prose, label.start, label.end)


def _birth(prose: Prose, start: int, end: int) -> Iterator[Part]:
    """Yield the first date in prose.text[start:end] as the birth date."""
    for date in dates_in(prose.text[start:end])[:1]:
        value = date.value.isoformat() if date.value else None
        place = start + date.start, start + date.end
        yield "birth_date", prose.field(*place, value, min(date.certainty, 0.97))


def _told_birth(prose: Prose, mark: Mark) -> Iterator[Part]:
    """Yield the birth date that stands right before its verb, as in Basque, else the next after it."""
    before = dates_in(prose.text[max(mark.start - 60, 0) : mark.start])
    gap = mark.start - min(mark.start, 60) + before[-1].end if before else 0
    if before and not prose.text[gap : mark.start].strip():
        yield from _birth(prose, max(mark.start - 60, 0) + before[-1].start, mark.start)
        return
    others = [m.start for m in roles_in(prose.folded) if m.meaning in _MOVES and m.start > mark.end]
    yield from _birth(prose, mark.end, min([mark.end + 90, *others]))


def _nationality(label: Labelled) -> Iterator[Part]:
    """Yield the nationality behind its label, by code where it is known."""
    code = _country(label.value)
    yield "nationality", label.field(code or label.value, 0.95 if code else 0.6)


def _country(words: str) -> str | None:
    """Return the country that a nationality names; Basque ones may bear the article: Marokoarra."""
    return country(words) or country(re.sub(r"(?<=r)ra$|(?<=[^\Wr])a$", "", words))


def _address(label: Labelled) -> Iterator[Part]:
    """Yield the parts of the home behind its label, which may go on in the next line."""
    text = label.prose.text
    more = text.find("\n", label.end + 1)
    more = len(text) if more < 0 else more
    end = label.end if ":" in text[label.end : more] else more
    for name, field in address_fields(label.prose, label.start, end, 0.9):
        yield f"address.{name}", field


_LABELS: dict[str, Callable[[Labelled], Iterator[Part]]] = {
    "given_name": _part,
    "first_surname": _part,
    "second_surname": _part,
    "name_full": _whole,
    "name_reversed": _whole,
    "asker": _whole,
    "surnames": _both,
    "id_number": _document,
    "birth_date": _birth_label,
    "nationality": _nationality,
    "address": _address,
}


def _details(prose: Prose, start: int) -> Iterator[Part]:
    """Yield document, birth, nationality and home as prose says them after letter *start*."""
    yield from _number(prose, start)
    for mark in roles_in(prose.folded):
        if mark.meaning == "birth" and mark.start >= start:
            yield from _told_birth(prose, mark)
    nation = _NATION.search(prose.folded, start)
    if nation is not None:
        words = prose.text[slice(*nation.span("n"))]
        code = _country(words) or _country(words.split()[0])
        if code is not None:
            yield "nationality", prose.field(*nation.span("n"), code, 0.95)
    home = _HOME.search(prose.folded, start) or _lives(prose, start)
    if home is not None:
        end = min(home.end() + _HOME_LENGTH, len(prose.text))
        for name, field in address_fields(prose, home.end(), end, 0.85):
            yield f"address.{name}", field


def _lives(prose: Prose, start: int) -> re.Match[str] | None:
    """Return where a home is told without a word for it: "figura inscrita ..., en Calle Real, 5"."""
    told = _REGISTERED.search(prose.folded, start)
    return None if told is None else IN_STREET.search(prose.folded, told.end())


def _number(prose: Prose, start: int) -> Iterator[Part]:
    """Yield the first identity document after letter *start*: a DNI or NIE, else a passport."""
    found = _NIF.search(prose.text, start)
    if found is not None:
        place = found.span("id")
        yield from _nif(found, lambda value, sure: prose.field(*place, value, sure))
        return
    passport = _PASSPORT.search(prose.folded, start)
    if passport is not None:
        place = passport.span("id")
        yield "id_number", prose.field(*place, prose.text[slice(*place)].upper(), 0.9)
        yield "id_type", prose.field(*passport.span(), "passport", 0.9)
