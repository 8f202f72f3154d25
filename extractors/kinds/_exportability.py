"""Whether a letter says that a right to health care can be exported, cannot, or leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractors.kinds._words import data
from extractors.languages.countries import countries_in
from extractors.prose import fold
from extractors.said.reserving import short_term

HERE = "ESP"
FILE = "non_export_certificate.yaml"
REACH = 6
"""Words before "exportable" within which a denial belongs to it."""
_FAR = 14
"""A denial between REACH and this many words before it may or may not belong to it."""
_CLAUSE = re.compile(r"[;:!?]|\.\s|\n\s*\n|\b(?:pero|mais|but|aber|ma|mas|sino|aunque|although|bien que)\b")
_ANSWER = re.compile(r"\s*[:?]\s*\W{0,3}\s*(no|non|nein|nao|nu|si|oui|yes|ja|sim|da)\b")
_NO = frozenset({"no", "non", "nein", "nao", "nu"})
_TWICE = re.compile(
    r"\b(?:no(?! obstante)|ne|n|nao|non(?! obstante)|not|cannot|never|nicht|kein\w*|nu)\b"
    r".*\b(?:que|qu|che|that|dass|ca)\b"
    r".*\b(?:no|nao|non|ne|n|not|cannot|nicht|kein\w*|nu)\b"
)
"""A denial of a denial: "no puede afirmarse que no sea"."""
_RIGHT = re.compile(
    r"\b(?:no|ne|n|non|nao|not|sin|sans|without|aucun|aucune|ningun|nenhum)\W+(?:\w+\W+){0,4}?"
    r"(?:derechos?|droits?|rights?|entitlement|direitos?|dereitos?|drets?|diritto)"
    r"(?:\W+(?:al?|aux?|to|the|las?|los|les?|el|il|alla|alle|as|os|des?|del|du|of|di|d|en|in|em|y|et|and|e|soins"
    r"|sante|assistance|asistencia|assistencia|assistenza|sanitari\w+|medic\w+|prestacion\w*|prestations?|prestaco\w+"
    r"|prestazioni|health|care|benefits?|kind|especie|nature|maladie|enfermedad|sickness|salud|cuidados|saude"
    r"|l|assurance|seguro|seguridad|securite|seguranca|social|sociale|obligatoire|obligatori[ao]|susceptibles?|etre|ser))*\W*$"
)
"""A denied right to health care, named at length, of which "exportable" is said: no verb stands between."""
_PAST = re.compile(r"\b(?:era|fue|etait|fut|was|foi|war|fu)\s+(?:\w+\s+)?$")
"""What was so once."""
_WHERE = re.compile(r"\s+(?:a|en|vers|dans|to|in|nach|para|em)\s+(?:el |la |l |les )?(?P<place>[^\W\d_]+)")
_LIMITED = re.compile(
    r"\b(?:no obstante|sin embargo|toutefois|cependant|however|nevertheless)\b[^.]{0,80}"
    r"\b(?:derecho|cobertura|droits?|couvert\w*|entitled|cover\w*)\b"
    r"|\b(?:valid[oae]|validez|validade|vigente|vigencia|valable|validite|valid|validity)\s+(?:\w+\s+)?"
    r"(?:hasta|ate|jusqu|until)\b|\bcaduca\b|\bexpires?\b"
    r"|\b(?:durante|para|en(?: caso de)?|por|pour|pendant|lors d[eu]s?|for|during)\s+(?:\w+\s+){0,2}?"
    r"(?:estancias?|desplazamientos?|estadias?|sejours?|(?:short |temporary )stays?)\b"
    r"|\ben caso de (?:residencia|traslado|cambio)\b|\ben cas de (?:residence|transfert)\b"
    r"|\b(?:segun|conforme a lo que) (?:manifiest|declar|refier|indic|dice)\w*"
    r"|\b(?:selon|d'apres) (?:ses|les|la) (?:dires|declarations?)\b"
    r"|\bas (?:she|he|the (?:applicant|person)) (?:state|declare|report)s?\b"
    r"|\btach(?:ese|ar|e)\b|\bmarque (?:lo|con|la)\b|\bbiffer\b|\brayer\b|\bdelete (?:as|what|where)\b"
    r"|\bno\s+(?:es|sera|tiene|tendra|surte|produce)\s+(?:\w+\s+)?(?:valid|efecto|valor)\w*"
    r"|\b(?:no|not|non|sin)\s+(?:\w+\s+)?(?:comprob|verific|verifi|contrast|check)\w*"
    r"|\b(?:recurrid|impugnad|condicionad|supeditad)[oa]s?\b|\bmeramente informativ[oa]\b"
)
"""A right in Spain all the same, by a treaty perhaps; for stays alone; by hearsay; a choice that nobody made;
or a day on which the paper's worth ends."""
_ALL_THE_SAME = re.compile(
    r"\b(?:tiene|tienen|posee|goza|dispone|conserva|mantiene|recibe|asume|asumira|abona|paga|cubre|cubierto|cubierta"
    r"|da|otorga|concede|reconoce|corresponde|a droit|ont droit|donne droit"
    r"|beneficie|dispose|conserve|possede|prend|prise|couvert|couverte|rembourse"
    r"|existe|existen|subsiste|exists"
    r"|has|have|holds|keeps|entitled|covered|covers|bears|pays|reimburses|gives|tem|possui|assume|ha diritto"
    r"|hat|ten|te dret)\b"
)
_ENTITLED = re.compile(
    r"\b(?:derechos?|droits?|rights?|entitle\w*|direitos?|dereitos?|drets?|diritto|anspruch)\b"
)
_HERE = re.compile(r"\b(?:espan\w+|spain|spanish|espagn\w+|espanh\w+|spagn\w+|spani\w+)\b")
_DENYING = re.compile(
    r"\b(?:no|ne|n|not|non|nao|nem|ni|nor|neither|cannot|ningun\w*|aucun\w*|nicht|kein\w*|sin|sans)\b"
)
TITLE_ALONE = 0.7
"""What the noun is worth: it names the letter, also one that is asked for, pending, or says the opposite."""
_LAST_WORDS = re.compile(r"(?:\S+\s+){1,6}$")
_QUESTION = re.compile(r"^\s*(?:si|whether|if|ob|se)\b")


class Statement(NamedTuple):
    """What text[start:end] says: True where the right is *not* exportable, None where it is unclear."""

    start: int
    end: int
    denied: bool | None
    certainty: float


def statements(folded: str) -> tuple[Statement, ...]:
    """Return what a folded text says on exporting the right, in order."""
    said = [*_joined(folded), *_stems(folded), *_bearing(folded)]
    return tuple(sorted(_apart(said)))


def limited(folded: str) -> bool:
    """Whether a letter limits what it says: another right all the same, or a time for which it is good."""
    clauses = re.split(r"[;:.!?]\s|\n\s*\n", folded)
    return (
        any(map(_affirms, clauses)) or _LIMITED.search(folded) is not None or short_term(folded) is not None
    )


def _affirms(clause: str) -> bool:
    """Whether a clause says, and denies nothing, that there is a right or cover: here, or not said where."""
    if not _ALL_THE_SAME.search(clause) or _DENYING.search(clause):
        return False
    elsewhere = any(country.code != HERE for country in countries_in(clause))
    return bool(_HERE.search(clause) or (_ENTITLED.search(clause) and not elsewhere))


def _apart(said: list[Statement]) -> Iterator[Statement]:
    """Yield statements that do not overlap an earlier one."""
    taken: list[Statement] = []
    for one in said:
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
            yield one


def _joined(folded: str) -> Iterator[Statement]:
    """Yield nouns that carry the denial themselves, as titles do; a denied one says nothing clear."""
    for match in _pattern("joined").finditer(folded):
        denied = None if _denials(_before(folded, match.start()))[0] else True
        yield Statement(match.start(), match.end(), denied, TITLE_ALONE)


def _stems(folded: str) -> Iterator[Statement]:
    """Yield the places that say "exportable", denied or not."""
    for match in _pattern("stems").finditer(folded):
        answer = _ANSWER.match(folded, match.end())
        if answer is not None:
            yield Statement(match.start(), answer.end(), answer[1] in _NO, 0.9)
            continue
        before = _before(folded, match.start())
        near, far = _denials(before)
        unclear = (
            _conditional(before, folded, match.end())
            or _TWICE.search(before)
            or _QUESTION.match(before)
            or (far and not near)
            or _PAST.search(before)
            or _elsewhere(folded, match.end())
        )
        tail = _LAST_WORDS.search(before) if near else None
        start = match.start() - (len(tail[0]) if tail else 0)
        yield Statement(start, match.end(), None if unclear else near, 0.4 if unclear else 0.95)


def _elsewhere(folded: str, end: int) -> bool:
    """Whether the right is said not to go to another country than Spain."""
    said = _WHERE.match(folded, end)
    named = countries_in(said["place"]) if said else ()
    return any(country.code != HERE for country in named)


def _conditional(before: str, folded: str, end: int) -> bool:
    """Whether the clause around a place depends on something else; "no solo" takes nothing back.

    English "benefits in kind" speak of no child, as the German word does.
    """
    after = _CLAUSE.split(folded[end : end + 120])[0]
    plain = re.sub(r"\b(?:(?:no|non)\s+(?:solo|solamente)|in\s+kind)\b", " ", f"{before} \x00 {after}")
    return any(_pattern(words).search(plain) is not None for words in ("conditional", "open"))


def _bearing(folded: str) -> Iterator[Statement]:
    """Yield other ways to say that nothing is borne in Spain."""
    for match in _bearing_pattern().finditer(folded):
        yield Statement(match.start(), match.end(), denied=True, certainty=0.85)


def _before(folded: str, place: int) -> str:
    """Return the clause before a place."""
    return _CLAUSE.split(folded[max(place - 240, 0) : place])[-1]


def _denials(before: str) -> tuple[bool, bool]:
    """Return whether a denial stands near before a place, and whether one stands farther off."""
    words = re.findall(r"[^\W\d_]+", before)
    denying = _denying()
    return (
        not denying.isdisjoint(words[-REACH:]) or _RIGHT.search(before) is not None,
        not denying.isdisjoint(words[-_FAR:-REACH] if len(words) > REACH else ()),
    )


@cache
def _denying() -> frozenset[str]:
    """Return the words that deny."""
    return frozenset(fold(word) for word in data(FILE)["denying"])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return the pattern for a list of words of the data file."""
    words = (
        re.escape(fold(word)).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in data(FILE)[key]
    )
    return re.compile(r"(?<![\w])(?:" + "|".join(words) + r")(?!\w)")


@cache
def _bearing_pattern() -> re.Pattern[str]:
    """Return the pattern for the longer phrases, written as groups in the data file."""
    sources = "|".join(fold(phrase).replace(" ", r"[\s'’]+") for phrase in data(FILE)["bearing_none"])
    return re.compile(rf"(?<!\w)(?:{sources})(?!\w)")
