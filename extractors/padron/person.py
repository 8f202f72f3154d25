"""Whom a certificate is about: names, document, birth, nationality, home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Field
from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.padron.address import address_fields
from extractors.padron.labels import Labelled
from extractors.padron.layout import Passage
from extractors.padron.vocabulary import roles_in
from extractors.prose import Prose, fold

_PARTICLES = frozenset(
    {
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "al",
        "ben",
        "bin",
        "bint",
        "ibn",
        "abd",
        "ould",
        "van",
        "von",
        "der",
        "da",
        "do",
        "dos",
        "das",
        "y",
        "i",
        "e",
        "san",
        "santa",
        "mac",
        "le",
        "ait",
        "aït",
        "bel",
    }
)
_COMPOUND = frozenset(
    {
        "maria",
        "jose",
        "juan",
        "luis",
        "ana",
        "francisco",
        "miguel",
        "antonio",
        "carlos",
        "mohamed",
        "fatima",
        "marie",
        "jean",
        "manuel",
        "rosa",
        "pedro",
        "victor",
        "abdel",
        "jesus",
        "mari",
        "joan",
        "josep",
    }
)
_WORD = r"[A-ZÀ-ÝÑ][\wÀ-ÿ'’·-]*"
_TITLE = re.compile(
    r"(?<![\w.])(?:D\.?\s?/?\s?(?:D?ª|Dña)?\.?|D\.ª|Dª\.?|D\.?ña\.?|DOÑA|DON|Don|Doña|Dona|DONA|Dna\.?|En|Na|Sr\.?|Sra\.?|Sr\.?\s?/\s?a\.?|don|doña|dona|[Ee]l senyor|[Ll]a senyora|[Ss]r\.? D\.?|D\.?/D\.?ª|Dn\.)\s+"
    r"(?:/?\s?(?:Dª|Dña\.?|Doña|Dona|DOÑA|D\.ª)\s+)?"
    rf"(?P<name>{_WORD}(?:[ \n](?:(?:de|del|la|las|los|el|y|i|e|da|do|dos|das)[ \n])*{_WORD}){{1,7}}(?:,[ \n]{_WORD}(?:[ \n]{_WORD}){{0,2}}(?=,|\s*\n|\s+con))?)"
)
_OFFICE = re.compile(
    r"secretari|alcald|funcionari|jefe|jefa|concej|idazkari|alkate|encargad|regidor|conselleir|delegad|interventor|director|notari"
)
_NIF = re.compile(
    r"(?<![\w-])(?P<id>\d{1,2}[. ]?\d{3}[. ]?\d{3}\s?-?\s?[A-HJ-NP-TV-Z]|[XYZ]\s?-?\s?\d[. ]?\d{3}[. ]?\d{3}\s?-?\s?[A-HJ-NP-TV-Z])(?!\w)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?:pasaporte|passaport|pasaportea|passport|pas\.)\s*(?:n[ºo°úu.]{0,3}m?e?r?o?\.?\s*)?:?\s*(?P<id>(?=[a-z0-9]*\d)[a-z0-9]{5,15})(?!\w)"
)


def person_fields(labels: Sequence[Labelled], passages: Sequence[Passage]) -> dict[str, Field]:
    """Return `person.` fields by the contract's names, from labels first, else from prose."""
    fields: dict[str, Field] = {}
    for part in (*_from_labels(labels), *_from_prose(passages)):
        fields.setdefault(part[0], part[1])
    return {f"person.{name}": field for name, field in fields.items()}


def _from_labels(labels: Sequence[Labelled]) -> Iterator[tuple[str, Field]]:
    """Yield what labels say of the person."""
    for label in labels:
        if label.meaning in {"first_surname", "second_surname", "given_name"} and label.value:
            yield label.meaning, label.field(_name(label.value), 0.96)
        elif label.meaning in {"name_full", "name_reversed", "asker"} and _is_name(label.value):
            yield from whole_name(
                label.prose, label.start, label.end, reverse=label.meaning == "name_reversed"
            )
        elif label.meaning == "surnames" and label.value:
            yield from _surnames(
                label.prose, label.start, label.end, _spans(label.prose, label.start, label.end), 0.9
            )
        elif label.meaning == "id_number" and label.value:
            yield from _document(label)
        elif label.meaning == "birth_date":
            yield from _birth(label.prose, label.start, label.end)
        elif label.meaning == "nationality" and label.value:
            yield (
                "nationality",
                label.field(country(label.value) or label.value, 0.95 if country(label.value) else 0.6),
            )
        elif label.meaning == "address" and label.value:
            for name, field in address_fields(label.prose, label.start, _two_lines(label), 0.9):
                yield f"address.{name}", field


def _two_lines(label: Labelled) -> int:
    """Return the end of the line after the label's, where no label begins that line."""
    text = label.prose.text
    more = text.find("\n", label.end + 1)
    more = len(text) if more < 0 else more
    return label.end if ":" in text[label.end : more] else more


def _is_name(text: str) -> bool:
    """Whether *text* looks like a person's name: two words at least, no figures."""
    return len(text.split()) >= 2 and not any(letter.isdigit() for letter in text)


def _name(text: str) -> str:
    """Return a name without marks around it."""
    return " ".join(text.split()).strip(" .,:;-")


def _document(label: Labelled) -> Iterator[tuple[str, Field]]:
    """Yield kind and number of an identity document behind its label."""
    found = _NIF.search(label.value)
    kind = fold(label.prose.text[max(label.start - 30, 0) : label.start])
    if found is not None:
        number = re.sub(r"[\s.-]", "", found["id"]).upper()
        yield "id_number", label.field(number, 0.97)
        yield "id_type", label.field("foreigner_card" if number[0] in "XYZ" else "dni", 0.9)
        return
    number = re.sub(
        r"[\s.-]", "", re.sub(r"^(?:pasaporte|passaport|pas\.?)\s*:?", "", label.value, flags=re.IGNORECASE)
    ).upper()
    if re.fullmatch(r"(?=.*\d)[A-Z0-9]{5,15}", number):
        yield "id_number", label.field(number, 0.85)
        if "pasap" in kind or "passap" in kind or "pasap" in fold(label.value):
            yield "id_type", label.field("passport", 0.9)


def _birth(prose: Prose, start: int, end: int) -> Iterator[tuple[str, Field]]:
    """Yield the first date in prose.text[start:end] as the birth date."""
    for date in dates_in(prose.text[start:end])[:1]:
        value = date.value.isoformat() if date.value else None
        yield (
            "birth_date",
            prose.field(start + date.start, start + date.end, value, min(date.certainty, 0.97)),
        )


def _from_prose(passages: Sequence[Passage]) -> Iterator[tuple[str, Field]]:
    """Yield what running text says of the person: title and name, then the rest after it."""
    for passage in passages:
        prose = passage.prose
        start = 0
        for found in _TITLE.finditer(prose.text):
            after = prose.folded[found.end() : found.end() + 60]
            if _OFFICE.search(after.split(" que ")[0]) or _OFFICE.search(
                prose.folded[max(found.start() - 40, 0) : found.start()]
            ):
                continue
            yield from whole_name(prose, found.start("name"), found.end("name"), reverse="," in found["name"])
            start = found.end()
            break
        yield from _details(prose, start)


def _details(prose: Prose, start: int) -> Iterator[tuple[str, Field]]:
    """Yield document, birth, nationality and home as prose says them after letter *start*."""
    found = _NIF.search(prose.text, start)
    if found is not None:
        number = re.sub(r"[\s.-]", "", found["id"]).upper()
        yield "id_number", prose.field(found.start("id"), found.end("id"), number, 0.95)
        yield (
            "id_type",
            prose.field(
                found.start("id"), found.end("id"), "foreigner_card" if number[0] in "XYZ" else "dni", 0.9
            ),
        )
    passport = _PASSPORT.search(prose.folded, start)
    if passport is not None and found is None:
        yield (
            "id_number",
            prose.field(
                passport.start("id"),
                passport.end("id"),
                prose.text[passport.start("id") : passport.end("id")].upper(),
                0.9,
            ),
        )
        yield "id_type", prose.field(passport.start(), passport.end(), "passport", 0.9)
    for mark in roles_in(prose.folded):
        if mark.meaning == "birth" and mark.start >= start:
            yield from _birth(prose, mark.end, mark.end + 90)
    nation = re.compile(r"(?:nacionalidade?|nacionalitat)\s*:?\s+(?P<n>[a-z·'-]+(?: [a-z]+)?)").search(
        prose.folded, start
    )
    if nation is not None:
        words = prose.text[nation.start("n") : nation.end("n")]
        code = country(words) or country(words.split()[0])
        if code is not None:
            yield "nationality", prose.field(nation.start("n"), nation.end("n"), code, 0.95)
    home = re.compile(
        r"(?:domicilio|domicili|enderezo|vivienda|direccion|adreca)\s+(?:actual\s+)?(?:sit[oa]\s+)?(?:en|a|es|no|na|al)?\s*(?:l[ao]\s+|el\s+)?:?"
    ).search(prose.folded, start)
    if home is not None:
        for name, field in address_fields(prose, home.end(), min(home.end() + 140, len(prose.text)), 0.85):
            yield f"address.{name}", field


def whole_name(prose: Prose, start: int, end: int, *, reverse: bool) -> Iterator[tuple[str, Field]]:
    """Yield the parts of a name written as one; what is a guess is less sure.

    "SURNAME SURNAME, Given" parts itself; without a comma the parting is a guess from three words on.
    """
    cut = prose.text.find(",", start, end)
    if cut >= 0:
        yield "given_name", prose.field(cut + 1, end, _name(prose.text[cut + 1 : end]), 0.96)
        yield from _surnames(prose, start, cut, _spans(prose, start, cut), 0.95)
        return
    spans = _spans(prose, start, end)
    if len(spans) < 2:
        return
    if reverse:
        given = spans[2:] or spans[1:]
        yield (
            "given_name",
            prose.field(given[0][0], given[-1][1], _name(prose.text[given[0][0] : given[-1][1]]), 0.7),
        )
        yield from _surnames(prose, start, end, spans[: len(spans) - len(given)], 0.7)
        return
    count = max(1, len(spans) - 2)
    sure = {2: 0.9, 3: 0.85}.get(len(spans), 0.7)
    if len(spans) == 3 and fold(prose.text[spans[0][0] : spans[0][1]]) in _COMPOUND:
        sure = 0.7
    yield (
        "given_name",
        prose.field(
            spans[0][0], spans[count - 1][1], _name(prose.text[spans[0][0] : spans[count - 1][1]]), sure
        ),
    )
    yield from _surnames(prose, start, end, spans[count:], sure)


def _surnames(
    prose: Prose, start: int, end: int, spans: Sequence[tuple[int, int]], sure: float
) -> Iterator[tuple[str, Field]]:
    """Yield one or two surnames; more than two words leave the parting to guess."""
    del start, end
    if not spans:
        return
    first = spans[0] if len(spans) <= 2 else (spans[0][0], spans[-2][1])
    sure = sure if len(spans) <= 2 else min(sure, 0.6)
    yield "first_surname", prose.field(first[0], first[1], _name(prose.text[first[0] : first[1]]), sure)
    if len(spans) >= 2:
        yield (
            "second_surname",
            prose.field(spans[-1][0], spans[-1][1], _name(prose.text[spans[-1][0] : spans[-1][1]]), sure),
        )


def _spans(prose: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the words of a name, particles joined to the word after them."""
    spans: list[tuple[int, int]] = []
    held: int | None = None
    for word in re.finditer(r"[^\s,]+", prose.text[start:end]):
        at, stop = start + word.start(), start + word.end()
        begin = at if held is None else held
        if fold(word[0]) in {fold(p) for p in _PARTICLES}:
            held = begin
            continue
        spans.append((begin, stop))
        held = None
    if held is not None:
        spans.append((held, end))
    return spans


def names_of(fields: Mapping[str, Field]) -> frozenset[str]:
    """Return the folded words of a person's name."""
    words = (
        str(fields[f"person.{n}"].value)
        for n in ("given_name", "first_surname", "second_surname")
        if f"person.{n}" in fields
    )
    return frozenset(word for part in words for word in fold(part).split())
