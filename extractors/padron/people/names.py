"""Names of people: where running text gives one, and how it parts into given name and surnames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Field
from extractors.prose import Prose, fold

_PARTICLES = re.compile(
    r"(?:del?|l[aeo]s?|el|al|ben|bel|bin|bint|ibn|abd|ould|van|von|der|d[ao]s?|y|i|e|san|santa|mac|ait)"
)
"""Words, folded, that go with the word after them."""
_COMPOUND = re.compile(
    r"(?:maria|jose|juan|luis|ana|francisco|miguel|antonio|carlos|mohamed|fatima|marie|jean|manuel|rosa|pedro"
    r"|victor|abdel|jesus|mari|joan|josep)"
)
"""Given names that are often the first of two."""
_WORD = r"[A-ZÀ-ÝÑ][\wÀ-ÿ'’·-]*"
_ID = (
    r"(?:(?:D\.?\s?N\.?\s?I|N\.?\s?I\.?\s?[EF]|AIZ|NAN)\b"
    r"|(?:[Pp]as+aport|PAS+APORT|[Dd]ocument|DOCUMENT|[Tt]ar[jx]eta|TARJETA)\w*)"
)
_REGISTER = (
    r"(?:[Mm]unicipal|MUNICIPAL|[Hh]abitant|HABITANT|[Pp]adr[oó]|PADR[OÓ]"
    r"|[Aa]yuntamiento|AYUNTAMIENTO|[Ee]rrolda)"
)
"""Beginnings of words that stand before a name in a sentence of the register, and are none of it."""
_RANK = (
    r"(?i:secretari|vicesecretari|alcald|interventor|funcionari|jef[ea](?!\w)|concejal|regidor|conselleir|director"
    r"|oficial|t[eé]cnic)"
)
"""Beginnings of words that tell an officer's rank behind the name: no given name behind its surnames."""
_PART = rf"(?!{_ID}|(?:Que|QUE|DON|DOÑA|CON)\b|[Cc]ertific|CERTIFIC|{_REGISTER}){_WORD}"
_UNTITLED = re.compile(
    rf"(?:\b[Qq]ue|\bQUE|\ba|{_REGISTER}\w*,|:|^|\n|\binteresad[oa]|\b[Pp]ersona|\bsolicitante|\barabera,)\s*(?:(?:En|Na|EN|NA)\s+)?"
    rf"(?P<name>(?:(?:de|del|da|do|dos|das|de la)\s)?{_PART}"
    rf"(?:\s(?:(?:de|del|la|el|las|los|da|do|dos|y|i)\s)*{_PART}){{0,6}}"
    rf"(?:,\s{_PART}(?:\s{_PART}){{0,2}})?)(?!\w)"
    r"(?=,?\s*[-–(]?\s*(?:(?:con|amb|co|cun|titular|provist[oa]|identificad[oa]|nacid[oa]|nad[oa]|nascu\w*|natural|jaio\w*"
    r"|andre(?:a|ak|ari|aren)?|jaun(?:a|ak|ari|aren)?"
    rf"|mayor de edad|de nacionalidade?|de nacionalitat|nazionalitate\w*)\b|{_ID}|\d{{4}}ko\b))"
)
"""A name without a title, known by the document or the birth told right after it."""
_TITLE = re.compile(
    r"(?<![\w.])(?!D\s*\n|(?<=[\dºª°,]\s)D\s)(?:D\.?\s?/?\s?(?:D?ª|Dña)?\.?|D\.ª|Dª\.?|D\.?[?*2%º°\"”“]\.?|D\.?ña\.?|DOÑA|DON|Don|Doña|Dona"
    r"|DONA|Dna\.?|Sr\.?|Sra\.?|Sr\.?\s?/\s?a\.?|don|doña|dona|[Ee]l senyor"
    r"|[Ll]a senyora|[Ss]r\.? D\.?|D\.?/D\.?ª|Dn\.)\s+"
    r"(?:/?\s?(?:Dª|Dña\.?|Doña|Dona|DOÑA|D\.ª)\s+)?"
    rf"(?P<name>{_WORD}(?:[ \n](?:(?:de|del|la|las|los|el|y|i|e|da|do|dos"
    rf"|das)[ \n])*{_WORD}){{1,7}}(?:,[ \n](?!{_RANK}){_PART}(?:[ \n]{_PART}){{0,2}}(?=,|\s*\n|\s+con))?)"
)
TITLE = re.compile(r"\s*(?:D\.?(?:ª|ña)?\.?|D\.ª|don|doña|dona|sra?\.?)\s+", re.IGNORECASE)
"""A title before a name that stands behind a label."""
_MOVING = re.compile(
    r"(?:(?<=\n)|(?<=[.;:]\s)|^)[\W\d]{0,8}"
    rf"(?P<name>{_PART}(?:\s(?:(?:de|del|la|el|las|los|da|do|dos|y|i)\s)*{_PART}){{1,6}})"
    r"(?=,?\s+(?:caus|figur|const|fue\b|fou\b|va (?:ser|causar)|se (?:inscri|empadron)|est[aáuv]|ha sido)"
    r"|\s*[:–-]+\s*(?:[Aa]lta|[Bb]a(?:ja|ixa)|ALTA|BA(?:JA|IXA)|[Dd]esde|[Dd]ende|[Dd]es d)\b)"
)
"""A name without a title at the beginning of a sentence or a line, told of right after it."""
_OFFICE = re.compile(
    r"secretari|alcald|funcionari|jef[ea]|concej|idazkari|alkate|encargad|regidor|conselleir|delegad|intervent"
    r"|director|notari"
)
_HONOURED = re.compile(r"(?<!\w)(?:excm|ilm|ilustrisim|excelentisim)[oa]?\.?\s+(?:sr|senor)")
"""How mayors and their like are called, and nobody of whom a register tells."""
_SHORT = 2
"""Letters of the longest piece of a word that is drawn with white between its letters."""
_CERTIFIES = re.compile(r"^[^.;]*?(?:certifi[cq]|ha[cz]e?\s+constar|fa\s+constar|da\s+fe|informa)")
_SAYING = re.compile(r"certifi[cq]\w*|constar|(?<!\w)que(?!\w)")
"""Words between the officer who speaks and the person spoken of."""
_ASKING = re.compile(
    r"(?:peticion|peticio|instancias?|solicitud|solicita)\s+(?:de(?:l\s+interesado|\s+la\s+interesada)?,?\s*)?$"
)


_ASKED_BY = re.compile(
    r"(?:[Pp]etici[oó]n?|[Ii]nstancias?|[Ss]olicitude?|[Ss]ol·licitud)\s+(?:de\s+|d['’]\s?)"
    rf"(?P<name>{_PART}(?:\s(?:(?:de|del|la|el|y|i)\s)*{_PART}){{1,6}})(?=\s*(?:[,.(]|\sen\s|\sa\s|\scon\s|\samb\s|\n))"
)
"""Who asks for the paper, without a title."""
_STRANGE = 0.5
"""Certainty of a name whose surnames are written otherwise than its given name: it may be no name."""


def titled(prose: Prose) -> re.Match[str] | None:
    """Return the first name with a title (don, doña) that is no officer's; who only asks comes last."""
    asking = None
    for found in _named(_TITLE, prose, 0, len(prose.text)):
        after = re.split(r"\sque\s", prose.folded[found.end() : found.end() + 160])[0]
        before = _SAYING.split(prose.folded[max(found.start() - 40, 0) : found.start()])[-1]
        if _ASKING.search(before):
            asking = asking or found
        elif not (_OFFICE.search(after[:60]) or _CERTIFIES.search(after) or _OFFICE.search(before)):
            return found
    asking = asking or _ASKED_BY.search(prose.text)
    return asking or next((m for m in _UNTITLED.finditer(prose.text) if " " in m["name"]), None)


def _named(pattern: re.Pattern[str], prose: Prose, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the names that *pattern* finds, those in spaced letters and of who is called Excellency aside."""
    for found in pattern.finditer(prose.text, start, end):
        letters = max(map(len, found["name"].split()))
        if letters > _SHORT and not _HONOURED.search(
            prose.folded, max(found.start() - 20, 0), found.start("name")
        ):
            yield found


def people_named(prose: Prose, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the names in prose.text[start:end] with a title or a movement behind them, officers aside."""
    for found in sorted(
        (*_named(_TITLE, prose, start, end), *_MOVING.finditer(prose.text, start, end)),
        key=lambda one: one.start("name"),
    ):
        after = prose.folded[found.end() : found.end() + 60]
        before = _SAYING.split(prose.folded[max(found.start() - 40, start) : found.start()])[-1]
        told = _OFFICE.search(after) or _OFFICE.search(before) or _ASKING.search(before)
        if not (told or _CERTIFIES.search(prose.folded[found.end() : found.end() + 160])):
            yield found


def own_name(name: str, own: frozenset[str]) -> bool:
    """Whether *name* may be that of the person with the folded words *own* for a name: a word may lack."""
    words = frozenset(re.findall(r"\w+", fold(name)))
    return words <= own or own <= words


def is_name(text: str) -> bool:
    """Whether *text* looks like a name: two to eight words with capitals, particles aside, no figures."""
    words = [word for word in text.split() if not _PARTICLES.fullmatch(fold(word))]
    return 2 <= len(words) <= 8 and all(
        word[0].isupper() and word.strip(",.").isalpha() for word in _plain(words)
    )


def _plain(words: Sequence[str]) -> list[str]:
    """Return *words* without the marks that a name may hold."""
    return [re.sub(r"(?<=\w)['’·-](?=\w)", "", word) for word in words]


def clean(text: str) -> str:
    """Return a name without marks around it."""
    return " ".join(text.split()).strip(" .,:;-")


def whole_name(prose: Prose, start: int, end: int, *, reverse: bool = False) -> Iterator[tuple[str, Field]]:
    """Yield the parts of a name written as one; what is a guess is less sure.

    "SURNAME SURNAME, Given" parts itself; without a comma the parting is a guess from three words on.
    """
    cut = prose.text.find(",", start, end)
    if cut >= 0:
        yield from _parted(prose, start, cut, end)
        return
    spans = parts(prose, start, end)
    if len(spans) < 2:
        return
    if reverse:
        given = spans[2:] or spans[1:]
        yield _given(prose, given, 0.7)
        yield from surnames(prose, spans[: len(spans) - len(given)], 0.7)
        return
    count = max(1, len(spans) - 2)
    compound = len(spans) == 3 and _COMPOUND.fullmatch(fold(prose.text[slice(*spans[0])])) is not None
    sure = 0.7 if len(spans) > 3 or compound else 0.8
    yield _given(prose, spans[:count], sure)
    yield from surnames(prose, spans[count:], sure)


def _parted(prose: Prose, start: int, cut: int, end: int) -> Iterator[tuple[str, Field]]:
    """Yield the parts of a name that a comma parts at *cut*."""
    ahead, behind = prose.text[start:cut], prose.text[cut + 1 : end]
    most = 0.96 if ahead.isupper() == behind.isupper() or not behind.isupper() else _STRANGE
    yield "given_name", prose.field(cut + 1, end, clean(behind), most)
    yield from surnames(prose, parts(prose, start, cut), min(most, 0.95))


def _given(prose: Prose, spans: Sequence[tuple[int, int]], sure: float) -> tuple[str, Field]:
    """Return the given name that stands on those *spans*."""
    start, end = spans[0][0], spans[-1][1]
    return "given_name", prose.field(start, end, clean(prose.text[start:end]), sure)


def surnames(prose: Prose, spans: Sequence[tuple[int, int]], sure: float) -> Iterator[tuple[str, Field]]:
    """Yield one or two surnames; more than two words leave the parting to guess."""
    if not spans:
        return
    first = spans[0] if len(spans) <= 2 else (spans[0][0], spans[-2][1])
    sure = sure if len(spans) <= 2 else min(sure, 0.6)
    yield "first_surname", prose.field(first[0], first[1], clean(prose.text[first[0] : first[1]]), sure)
    if len(spans) >= 2:
        yield (
            "second_surname",
            prose.field(spans[-1][0], spans[-1][1], clean(prose.text[spans[-1][0] : spans[-1][1]]), sure),
        )


def parts(prose: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the words of a name, particles joined to the word after them."""
    spans: list[tuple[int, int]] = []
    held: int | None = None
    for word in re.finditer(r"[^\s,]+", prose.text[start:end]):
        at, stop = start + word.start(), start + word.end()
        begin = at if held is None else held
        if _PARTICLES.fullmatch(fold(word[0])):
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
    return frozenset(word for part in words for word in re.findall(r"\w+", fold(part)))
