"""Places a person came from or went to: a country by its alpha-3 code, else a municipality by its name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from extractors.languages.countries import countries_in, country
from extractors.languages.dates import dates_in
from extractors.padron.vocabulary import causes_in
from extractors.prose import fold

_FROM = re.compile(
    r"(?<!\w)(?P<out>con\s+destino\s+(?:a|en|al)|amb\s+desti(?:nacio)?\s+a|destino\s*:|con\s+destino:?"
    r"|cambio\s+(?:de\s+)?residencia\s+a\s*:)"
    r"|(?<!\w)(?P<from>(?:procedente|proveniente|provinte|procedent|provinent)\s+(?:de\s+l['’]|d['’]|del?|d[oa]s?)"
    r"|siendo\s+(?:(?:su|el|a\s+sua|la\s+seva)\s+)?(?:(?:municipio|pais|localidad|lugar)\s+de\s+)?(?:procedencia|origen)\s*:?(?=\s+(?:la\s+de\s+)?\w)"
    r"|(?:procedencia|origen|orixe|jatorria|(?:municipio|pais|concello|municipi)\s+de\s+(?:procedencia|origen|orixe))\s*:"
    r"|(?:viniendo|llegad[oa]|venid[oa])\s+(?:desde\s+el|desde|del?|d['’])(?!\w)|proced(?:en?|ido|iendo|io|ia)\s+(?:del?|d['’])"
    r"|(?:desde|dende|des\s+de|hacia)\s*:|cambio\s+(?:de\s+)?residencia\s+de\s*:|(?P<since>(?:residencia|empadronamiento|empadroamento|tra?slado|trasllat)\s*,?\s+(?:desde|dende|des\s+de(?!\w)|des\s+d['’])))"
)
_BASQUE = re.compile(
    r"(?:^|[,;:(]\s*|(?<!\w)[a-zà-ÿ]+,?\s+)(?P<town>[A-ZÀ-Ý][a-zà-ÿ-]+[aiou])tik\s+etorri(?:a|ta|takoa|rik)?(?!\w)"
)
"""A town one came from. Behind another letter the ending may be "-etik", or the name end in e."""
_BRACKETS = re.compile(
    r"\s*\(\s*([A-ZÀ-Ý][\w'’·-]*(?:\s(?:(?:de|del|la|las|los|el|da|do)\s)*[A-ZÀ-Ý][\w'’·-]*){0,4})\s*\)"
)
_NO_PLACE = re.compile(r"padron|registr|municip|oficio|ley|articul|^(?:alta|baja|baixa)")
_STOP = re.compile(
    r"[,;.\n]|\s(?:de\s+fecha|con|y|e|en|por|el|dende|desde|segun|amb|per|a|domicili\w*|que|causa|motivo|fecha|data)(?=\s)|$"
)
_ENDS = re.compile(r"(?<=\))\s*\n|\n(?=[^\n]{0,40}:)|\n(?=[^\n,]{2,40},?\s+(?:a\s+)?(?:el\s+|d[ií]a\s+)*\d)")
"""Line ends past which no name of a place goes on: behind brackets, before labels, before town and day."""
_ABROAD = re.compile(
    r"(?:el |o |l['’])?(?:extranjero|extranxeiro|estranxeiro|estranger|atzerria?)(?!\w)(?P<where>.*)",
    re.DOTALL,
)
_LOWER = frozenset(
    {"de", "del", "la", "las", "los", "el", "da", "do", "das", "dos", "y", "i", "e", "l", "d", "les", "els"}
)
_NOWHERE = re.compile(
    r"^(?:sus?|seus?|seva|otr[oa]|outr[oa]|altre|un|dicho|el mismo|este|est[ae]|aquest)\s"
    r"|^(?:otro|no consta|desconocid[oa])$"
    r"|^(?:portal|sede|ventanilla|oficina|internet|web|solicitud|peticion|instancia)(?!\w)"
    r"|^(?:declaracion|oficio|registro|padron)(?!\w)"
)
"""What is no place: another's words for one, and the way a paper was asked for ("Origen: Portal")."""
_CODE = re.compile(r"(?:\d{5}|\d{3})\s*[-–—.]?\s+(?=[^\W\d])|\s*[-–—(]\s*(?:\d{5}|\d{3})\)?$")
"""The number of a municipality (INE, province and municipality) or of a country beside its name."""
_THE_TOWN = re.compile(
    r"(?:(?:el|la|o|l['’])\s*)?(?:termino\s+)?(?:municipio|municipi|ayuntamiento|ajuntament|concello|localidad|ciudad)"
    r"\s+(?:de\s+|d['’])(?=\w)"
)
"""Words before a town's name that say what it is: "procedente del municipio de Lorca"."""
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-\s(?=[A-ZÀ-Ý])")
"""A hyphen within a name, at the end of a line."""
_VERB, _CAPITAL = re.compile(r"\W*proceden?\s"), re.compile(r"[A-ZÀ-Ý]")
"""The verb for coming from somewhere, of a person or a datum; a town's name has a capital."""
_SPAIN = "ESP"


_DASH = re.compile(r"[ ]*[-–—][ ]*(?P<where>[A-ZÀ-Ý][^\n\d;.:()–—]{2,40}?)[ .]*(?=\n|$)")
"""What ends a line behind a dash."""

_BETWEEN = re.compile(
    r"^[\s,;:/|(–—-]*(?:(?:del?|desde|dende|en|a|con|d['’]|procedencia|origen)[\s:]+){0,3}", re.IGNORECASE
)
"""What stands between a cause and the country that somebody came from or went to."""
_COMING = frozenset({"residence_change", "omission", "abroad"})
"""Causes behind which a country is where somebody came from or went to, and not that of a birth."""


class Place(NamedTuple):
    """A municipality as written, or a country outside Spain by its alpha-3 code."""

    name: str
    abroad: bool


def place(text: str) -> Place | None:
    """Return the place that *text* is, None when it is empty or only a dash."""
    words = _CODE.sub("", _HYPHEN.sub("-", " ".join(text.split())).strip(" .:,;-–—"))
    kind = _THE_TOWN.match(fold(words))
    words = words[kind.end() :] if kind is not None and words[kind.end()].isupper() else words
    if "(" not in words:
        words = words.partition(")")[0].strip()
    if not any(letter.isalpha() for letter in words):
        return None
    if _NOWHERE.search(fold(words)) or dates_in(words):
        return None
    code = country(words) or country(re.sub(r"(?<=\w)(?:e?tik|etik|dik|ndik)$", "", words))
    if code is not None:
        return Place(code, code != _SPAIN) if code != _SPAIN else None
    abroad = _ABROAD.match(fold(words))
    if abroad is not None:
        return Place(country(words[abroad.start("where") :].strip(" ()[].:,;-–—/")) or "", abroad=True)
    name = re.sub(r"\s*\([^)]*\)?$", "", words)
    return Place(proper(_turned(name.upper() if name.islower() else name)), abroad=False)


def _turned(name: str) -> str:
    """Return a name from a register, article last ("Línea de la Concepción, La"), as it is spoken."""
    found = re.fullmatch(
        r"(?P<name>[^,]+),\s*(?P<article>L['’]|El|La|Los|Las|Els|Les|A|O|As|Os)", name, re.IGNORECASE
    )
    if found is None:
        return name
    between = "" if found["article"][-1] in "'’" else " "
    return f"{found['article']}{between}{found['name']}"


def origin_in(text: str) -> Place | None:
    """Return the place that running *text* says a person came from or went to."""
    text = _HYPHEN.sub("-", text)
    folded = fold(text)
    found = _FROM.search(folded)
    if found is None:
        came = _BASQUE.search(text)
        return place(came["town"]) if came is not None else None
    rest = text[found.end() :].lstrip(" :\n")
    if ":" not in found[0] and not text[found.end() :].lstrip(" ").startswith(
        ":"
    ):  # in running text a name may go on in the next line
        rest = _ENDS.split(rest)[0].replace("\n", " ")
    if found["since"] and not (
        rest[:1].isupper() or _ABROAD.match(fold(rest))
    ):  # since a day, not from a place
        return None
    if _VERB.match(found[0]) and not (_CAPITAL.search(rest[:30]) or _ABROAD.match(fold(rest))):
        return None  # "procede del municipio vecino"
    stop = _STOP.search(fold(rest))
    return place(rest[: stop.start()] if stop else rest)


def ahead(text: str) -> str:
    """Return what stands in *text* before the words that tell a place."""
    found = _FROM.search(fold(text))
    text = text[: found.start()] if found is not None else text
    return text[: text.rfind("(")] if bracketed(text) is not None else text


def listed(text: str) -> Place | None:
    """Return the place behind a cause in a list in brackets: "(alta, bizileku-aldaketa, Maroko)"."""
    found = re.search(r"\(([^()\d]{3,120})\)", text)
    parts = [part.strip() for part in found[1].split(",")] if found is not None else []
    for before, here in pairwise(parts):
        if causes_in(fold(before)) and here[:1].isupper() and not causes_in(fold(here)):
            return place(here)
    return None


def in_brackets(text: str) -> Place | None:
    """Return the place in brackets right behind a cause in *text*: "cambio de residencia (Jumilla)"."""
    for cause in causes_in(fold(text)):
        found = _BRACKETS.match(text, cause.end)
        plain = found is not None and not (_NO_PLACE.search(fold(found[1])) or causes_in(fold(found[1])))
        if found is not None and plain and (len(found[1]) > 3 or not found[1].isupper()):
            return place(found[1])
    return None


def behind_dash(text: str) -> Place | None:
    """Return the place that ends a line behind a cause and a dash: "CAMBIO DE RESIDENCIA - JUMILLA"."""
    for cause in causes_in(fold(text)):
        found = _DASH.match(text, cause.end)
        if found is not None and not (
            _NO_PLACE.search(fold(found["where"])) or causes_in(fold(found["where"]))
        ):
            return place(found["where"])
    return None


def country_behind(text: str) -> Place | None:
    """Return the country right behind a cause in *text*, however parted: "cambio de residencia / Chile"."""
    for cause in (one for one in causes_in(fold(text)) if one.meaning in _COMING):
        rest = _BETWEEN.sub("", text[cause.end :].partition("\n")[0])
        named = next(countries_in(rest), None) if rest[:1].isupper() else None
        if named is not None and named.start == 0 and named.code != _SPAIN:
            return Place(named.code, abroad=True)
    return None


def place_beside(words: str, kind: str) -> Place | None:
    """Return the place that *words* of a cause, or of the *kind* of a movement, tell besides."""
    told = origin_in(f"{words}; {kind}") or bracketed(words) or bracketed(kind)
    return told or country_behind(words) or country_behind(kind)


def tells_country(text: str) -> bool:
    """Whether *text* names a country but Spain: where no place was taken from it, one is lost."""
    return any(named.code != _SPAIN for named in countries_in(text))


def bracketed(text: str) -> Place | None:
    """Return the place in brackets behind a cause in a cell: "Cambio de residencia (Marruecos)"."""
    found = re.search(r"\(\s*([^()\d]{3,40})\)\s*$", text)
    if found is None or not found[1][0].isupper() or (found[1].isupper() and len(found[1]) <= 3):
        return None
    return place(found[1])


def proper(name: str) -> str:
    """Return a place name as running text writes it: `ALHAURÍN DE LA TORRE`, `Alhaurín de la Torre`."""
    if not name.isupper():
        return name
    words = re.split(r"([\s'’-]+)", name.lower())
    return "".join(w if at and w in _LOWER else w[:1].upper() + w[1:] for at, w in enumerate(words))
