"""Words that leave a list of stays in doubt: interrupted, of another register or town, not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.languages.dates import dates_in
from extractors.languages.numbers import phrase
from extractors.padron.movements.bonds import EVENTS, Bound
from extractors.padron.movements.events import Event, Told
from extractors.padron.movements.ranges import FIRST, LAST, behind_days
from extractors.padron.vocabulary import causes_in, roles_in
from extractors.prose import Prose, fold

_BROKEN = re.compile(
    r"(?<!\w)(?:(?:no|non|ez)\s+\w*ininterr?[ou]mp\w*|discontinu\w*|intermitent\w*"
    r"|(?:con|amb|cunha|varias|diversas|algunas?)\s+(?:\w+\s+){0,2}?(?:interrupci|interrupc|ausencia|absenci)\w*"
    r"|(?<!ino )interrumpid[oa]s?|interrompid[oa]s?|interrompud[ae]s?|etenaldi\w*|respectiv(?:amente|ament)"
    r"|(?:l[ao]s?|el|els|a|o)\s+(?:primer[oa]?s?|segund[oa]s?|segon[as]*|tercer[oa]?s?|ultim[oa]s?|darrer[as]*)"
    r"(?=\s*(?:[.;,)]|(?:y|e|i)\s|$))(?!,?\s*(?:del?|desde|dende|el|entre|con|amb)\s))"
)
"""A stay with gaps that are not told, or words dealt out in their order: "caducidad la primera"."""
_STATE = re.compile(
    r"(?:situacion|situacio|estado|estat|egoera)(?:\s+\w+){0,2}\s*:\s*"
    r"(?:inactiv|historic|no\s+resident|no\s+empadron|caduc|anul|cancel|suspen|bloque|provision|pend)\w*"
)
"""A state of the entry that is none of being registered."""
_OF_STATE = (
    r"^[ ]*(?:situacion|situacio|estado|estat|egoera|tipo|tipus)"
    r"(?:[ ]*/[ ]*\w+|[ ]+(?:actual|padronal|administrativ\w+|en el padron))*[ ]*:?[ ]*"
)
_BAJA = r"(?:de[ ]+)?(?:baja|baixa)(?!\w)"
_STRUCK_OFF = re.compile(_OF_STATE + _BAJA, re.MULTILINE)
"""A state of the entry that needs the day of a baja."""
_STATE_AHEAD = re.compile(_OF_STATE + "$", re.MULTILINE)
_BAJA_ALONE = re.compile(rf"\s*{_BAJA}(?:[ ]*/[ ]*(?:baja|baixa))?[ .]*\s*")
"""The same in two places, as the cells of a table without lines are read."""
_UNSETTLED = re.compile(
    r"(?<!\w)(?:homonim[oa]s?|fe\s+de\s+erratas|fe\s+d['’]errades|donde\s+dice|onde\s+di(?!\w)|on\s+diu(?!\w)"
    r"|no\s+ha(?:n)?\s+pod(?:ido|ut)\s+(?:ser\s+|se\s+)?(?:verific|comprob|acredit|localiz|contrast|confirm)\w*"
    r"|(?:sin|a\s+falta\s+de)\s+(?:verific|comprob|confirm|acredit|resol)\w*|pendiente\s+de\s+(?:fallo|recurso)"
    r"|recurso\s+(?:interpuesto|estimado|pendiente)|interpuso\s+(?:un\s+)?recurso|recurrid[oa]s?|impugnad[oa]s?"
    r"|(?:fecha|data|alta|inscripcion|inscricion|inscripcio)\s+provisional"
    r"|(?<!\w)(?:alta|inscripcion|inscricion|inscripcio)\s+(?:solicitad|sol·licitad|rechazad|denegad|desestimad|condicion|pend[ie])\w*"
    r"|(?:padron|padro|inscri\w+|empadron\w+|empadroad\w+)\s+(?:\w+\s+){0,2}?(?:de|do|en|a|no|d['’])\s*"
    r"(?:otr[oa]|outr[oa]|altr[ea]|distint[oa]|divers[oa])\s+(?:entidad|corporacio|organism|ens(?!\w)|termin|poblaci))"
)
"""Words of the register itself that what it tells is not settled, or is another's of the same name."""
_NAME = r"[A-ZÀ-Ý][\w'’·-]*(?:\s(?:(?:de|del|la|el|los|da|do|dos)\s){0,2}[A-ZÀ-Ý][\w'’·-]*){1,5}"
_TWO = re.compile(
    r"(?:[Mm]ov[ie]m\w+|[Ii]nscri\w+|[Aa]ltas?|[Bb]a(?:ja|ixa|ixe)s?|[Dd]a[td]os|[Hh]istori\w+)\s+"
    rf"(?:de|d['’]|do|da)\s*(?:[Dd]\.?(?:ª|ña)?\.?\s+|[Dd]o[nñ]a?\s+)?{_NAME},?\s+(?:y|e|i|eta)\s+(?:de\s+|d['’]\s*)?"
    rf"(?:[Dd]\.?(?:ª|ña)?\.?\s+|[Dd]o[nñ]a?\s+)?{_NAME}"
)
"""Two people, two words of a name each, whose movements one list tells."""
_OTHER_REGISTER = re.compile(
    r"consula[rd]|demandante|desempleo|registro\s+(?:civil|central|mercantil)"
    r"|(?:registro|rexistro|registre)(?:\s+(?:municipal|oficial|publico|public|local|insular|autonomico))*\s+(?:de\s+|d['’]\s?)(?!habitant|poblacio)|impuesto|vehiculo|tasas?(?!\w)|censo\s+electoral"
    r"|residentes?\s+(?:en\s+el|no|na|a\s+l['’])\s*(?:extranjero|estranxeiro|estranger)|espanoles\s+residentes"
    r"|(?:padron|padro)\s+(?:consult|fiscal|cobratori|del?\s+(?:impuesto|tasa|ibi|agua|basura))"
    r"|consultad[oa]s?\s+(?:el|los)\s+(?!padron|padro(?!\w)|registro\s+de\s+habitantes|archivo|fichero|datos|fondos|antecedente|libro)|period[oe]s?\s+(?:consult|solicit|certific|de\s+(?:consult|vigen|expos|escol))"
)
"""Words that somebody stands in another list than that of the residents, or that a period was looked up."""
_KIN = re.compile(
    r"(?:[(,;]|\s[-–—])\s*(?:(?:de|del|es|como|por|su|sua|seu|seva|la|el|l['’]|a|o)\s+){0,3}(?:hij[oa]s?|fill[oae]?s?|filles|espos[oa]|conyuge|conjuge|conxuxe"
    r"|marido|marit|mujer|muller|madre|padre|mare|pare|nai|pai|herman[oa]s?|irman[sa]?|germa(?:na)?|pareja|parella|abuel[oa]|niet[oa]|sobrin[oa]"
    r"|prim[oa]|ti[oa]|suegr[oa]|yerno|nuera|cunad[oa]|amig[oa]|tutor[a]?|familiar\w*)(?!\w)"
    r"(?:(?<=\()[^)\n]*\)|[^(),;\n]*\)|[ .]*(?:\n|$))"
)
"""Kin in brackets, or alone behind a comma or a dash, beside what is told: it may be their entry."""
_PLACE = r"[A-ZÀ-Ý][a-zà-ÿA-ZÀ-Ý'’·-]{2,}(?:[ -](?:(?:de|del|la|las|los|el|da|do)\s)*[A-ZÀ-Ý][\w'’·-]*){0,4}"
_TOWN = re.compile(
    r"(?:[Ee]mpadron|EMPADRON|[Ee]mpadroa|[Ii]nscri[tp]|INSCRIT|[Pp]adr[oó]n?(?!\w)|PADR[OÓ]N?(?!\w)|[Aa]lta(?=\s+(?:en|a|no|na)\s)"
    r"|(?:[Rr]esid|[Vv]iv)i(?:[oó]|[uú]|[aá]|[ií]a)(?=\s+(?:en|a|no|na)\s))\w*"
    r"(?:,?\s+(?:[Mm]unicipal|de\s+[Hh]abitantes|d['’]habitants|anterior\w*|previamente|antes))*\s*"
    r"(?:(?<=iento):[ ]*|\s(?:en|de|del|a|al|no|na|do|da|en\s+el|en\s+la|del?\s+la))\s*"
    r"(?:(?:el|la|l['’]|o|a)\s*)?(?:(?:[Mm]unicipio|[Aa]yuntamiento|ciudad|[Cc]oncello|[Mm]unicipi|[Aa]juntament|localidad)\s+"
    rf"(?:de|d['’])\s*)?(?P<town>{_PLACE})(?!,?\s*(?:n[ºo]\.?\s*)?\d{{1,3}}(?![\d/.-])|\w)"
)
"""The name of the place where somebody was registered, or lived once."""
_LIVES = re.compile(
    r"(?:(?<!\w)(?:(?:[Rr]esid|[Vv]iv)(?:en?|iendo|int|eix|ix)|[Vv]iu(?:en)?)\s+(?:\w+\s+){0,3}?(?:en|a|na|no)"
    r"|(?<!\w)[Vv]ec[ií]n[oa]s?\s+de|con\s+residencia\s+(?:\w+\s+)?en|[UuÚú]ltima\s+residencia(?:\s+\w+)?\s*:"
    r"|(?:residencia|domicilio)\s+actual\s+(?:es|esta\s+en|está\s+en|en))\s+"
    r"(?:(?:el|la|l['’]|o|a)\s*)?(?:(?:[Mm]unicipio|[Cc]iudad|[Cc]oncello|[Mm]unicipi|[Ll]ocalidad)\s+(?:de|d['’])\s*)?"
    rf"(?P<town>{_PLACE})(?!,?\s*(?:n[ºo]\.?\s*)?\d{{1,3}}(?![\d/.-])|\w)"
)
"""The name of the place where somebody lives now."""
_TOWN_S = (
    r"\s+(?:(?:el|la|l['’]|o|a)\s*)?(?:(?:[Mm]unicipio|[Cc]iudad|[Cc]oncello|[Mm]unicipi|[Ll]ocalidad)\s+(?:de|d['’])\s*)?"
    rf"(?P<town>{_PLACE})(?!,?\s*(?:n[ºo]\.?\s*)?\d{{1,3}}(?![\d/.-])|\w)"
)
_THERE = re.compile(
    r"(?:(?:(?<!\w)(?:al?|ao|(?:desde|dende|hasta)(?:\s+el)?|ata(?:\s+o)?|fins(?:\s+el)?)|[-–])\s+(?:\d[\d/.-]{7,9}|\d{1,2}\s+d\S{1,2}\s*\w+\s+del?\s+\d{4})"
    r"|actualidad\w*|actualitat|[Hh]oy|hoxe|avui),?\s+(?:en|a|no|na)"
    rf"{_TOWN_S}"
)
"""The name of the place behind the last day of a stay, or behind words that it goes on."""
_AHEAD = re.compile(
    rf"(?<!\w)en\s+(?P<town>{_PLACE}),?\s+(?:del|desde|dende|entre)\s+(?:el\s+|o\s+)?(?:d[ií]a\s+)?\d"
)
"""The name of the place ahead of a stay's first day."""
_HOUSE = re.compile(
    r"(?:[Ii]nscri|[Ee]mpadron|[Ee]mpadroa|[Pp]adr[oó]n?(?!\w))[^.:;]{0,120}?(?:[Cc]alle|[Cc]arrer|[Rr][uú]a|[Pp]laza|[Aa]venida|C/)"
    rf"[^.:;\d]{{2,40}}\s\d{{1,3}},?\s+(?:de|en){_TOWN_S}"
)
"""The name of the place behind the home in which people are entered."""
_LENGTH = re.compile(
    r"(?<!\w)(?:durante|permanec\w+|por\s+espacio\s+de)\s+(?:(?:unos?|unas|solo|cerca\s+de|mas\s+de)\s+){0,2}"
    rf"(?:\d{{1,2}}|{phrase()})\s+(?:dias?|meses|anos?|semanas?|mesos|anys?|setmanes|mes)(?!\w)"
)
"""How long a stay lasted: it has an end then, whose day is not told."""
_NO_TOWN = re.compile(
    r"(?:altas?|bajas?|desde|calle|avenida|avda?|plaza|rua|praza|carrer|placa|passeig|paseo|camino|carretera|ronda|travesia|espana"
    r"|padron|padro|municipal|habitantes|habitants|municipio|ayuntamiento|concello|ajuntament|registro|don|dona"
    r"|nuestra|esta|este|dicho|mismo|secretari\w*|fecha|gran\s+via|barrio|barriada|bda|urbanizacion|cortijo|finca"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|paraje|poligono|caserio|aldea|pedania|colonia|bloque|edificio|residencial|partida|avinguda|passatge|raval|cl|av|pl)(?!\w)"
)
_ITEM = re.compile(r"^[ ]*(?P<number>\d{1,2})\s?[.)ºª]-?[ ]+(?P<rest>\S.*)$", re.MULTILINE)
"""A line of a numbered list."""
_STOP = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\.\n|;\s")
_COUNT = re.compile(
    r"(?<!\w)(?P<many>dos|tres|cuatro|catro|cinco|seis|dous|dues|quatre|[2-9])\s+"
    r"(?:periodos|periodes|estancias|etapas|ocasiones|veces|tramos|inscripciones|inscricions|inscripcions|empadronamientos|altas)(?!\w)"
)
_MANY = {
    "dos": 2,
    "dous": 2,
    "dues": 2,
    "tres": 3,
    "cuatro": 4,
    "catro": 4,
    "quatre": 4,
    "cinco": 5,
    "seis": 6,
}
_AWAY = re.compile(
    r"[^.;\n]{0,40}?(?<!\w)(?:de\s+(?:baja|baixa)(?!\w)(?!\s+(?:por|per|de|en|con)\s)|ausent\w*|fuera|fora|interr?ump\w*|suspend\w*"
    r"|n[oon]+\s+(?:const|resid|figur|estuv|estiv)\w*)"
)
"""Words behind the days of a range by which it is none of a stay."""
_COMES = re.compile(
    r"(?<!\w)(?:proced|proven|provin|destin|hasta|ata|fins|actual|hoy|hoxe|avui|indefinid|continua|sigue|vigente|ininterr)"
)
"""What may stand in brackets behind a range and tells of its movements, or that it goes on."""
_STREET = re.compile(
    r"\d|s/?n(?!\w)|(?<!\w)(?:c/|cl?\.?(?!\w)|calle|av|pl|rua|praza|carrer|kale|camino|carret|barr|urb|finca|cortijo"
    r"|disemin|edif|bloque|ronda|paseo|via|trav|lugar)"
)


def doubts(prose: Prose, bound: Sequence[Bound], home: str | None) -> Iterator[str]:
    """Yield the words of *prose* that say that its movements are not whole, or not those of this register.

    *home* is the municipality whose paper it is, None where it is not known.
    """
    for pattern in (_BROKEN, _STATE, _UNSETTLED):
        yield from (prose.text[slice(*found.span())] for found in pattern.finditer(prose.folded))
    yield from (found[0] for found in _TWO.finditer(prose.text))
    yield from _numbers_missing(prose)
    for begins, ends in _sentences(prose, bound):
        for pattern in (_OTHER_REGISTER, _LENGTH, _KIN):
            found = pattern.search(prose.folded, begins, ends)
            if found is not None:
                yield prose.text[slice(*found.span())]
        for where in (_TOWN, _THERE, _AHEAD):
            yield from _other_towns(where, prose.text[begins:ends], home)
    for told in (_LIVES, _HOUSE):
        yield from _other_towns(told, prose.text, home)


def _numbers_missing(prose: Prose) -> Iterator[str]:
    """Yield the beginnings of numbered lines with days that do not follow each other: an item lacks."""
    items = [found for found in _ITEM.finditer(prose.text) if dates_in(found["rest"])]
    numbers = [int(found["number"]) for found in items]
    if len(items) > 1 and numbers != list(range(1, len(items) + 1)):
        yield from (found[0] for found in items)


def miscounted(texts: Sequence[Prose], told: Told) -> tuple[str, ...]:
    """Return the words of a number of stays that is not that of the altas read."""
    begun = len({event.date.value for event in told.events if event.what == "in"})
    counts = (found for prose in texts for found in _COUNT.finditer(prose.folded))
    return tuple(found[0] for found in counts if (_MANY.get(found["many"]) or int(found["many"])) != begun)


def struck_off(texts: Sequence[Prose], told: Told) -> tuple[str, ...]:
    """Return the words that somebody is no more registered, where the day of no baja is told."""
    if any(event.what == "out" for event in told.events):
        return ()
    told_whole = tuple(found[0] for prose in texts for found in _STRUCK_OFF.finditer(prose.folded))
    asked = any(_STATE_AHEAD.search(prose.folded) for prose in texts)
    alone = tuple(prose.text for prose in texts if asked and _BAJA_ALONE.fullmatch(prose.folded))
    return (*told_whole, *alone)


def no_homes(events: Sequence[Event]) -> tuple[str, ...]:
    """Return what stands for a home and is none, where the other stays have homes: a town, "abroad"."""
    told = [event.address for event in events if event.what == "in" and event.address]
    bare = tuple(home for home in told if _STREET.search(fold(home)) is None)
    return bare if len(bare) < len(told) else ()


def _gone(prose: Prose, one: Bound) -> str | None:
    """Return the words behind a range's day that say that the person was not entered in those days."""
    found = _AWAY.match(prose.folded, one.date.end)
    return prose.text[slice(*found.span())].strip() if found is not None else None


def no_homes_behind(prose: Prose, bound: Sequence[Bound], home: str | None) -> Iterator[str]:
    """Yield what stands in brackets, or as a home, behind a range of days, and is no home, cause or origin.

    It tells whose, or where, those days were: "(su hermano)", "(Algeciras)"; so do words of an absence.
    """
    own = set(re.findall(r"\w{3,}", fold(home or "")))
    ranged = [one for one in bound if one.mark is not None and one.mark.meaning in {FIRST, LAST}]
    yield from filter(None, (_gone(prose, one) for one in ranged))
    for one in ranged:
        said = behind_days(prose, one.date)
        folded = fold(said or "")
        told = _STREET.search(folded) or causes_in(folded) or roles_in(folded) or _COMES.search(folded)
        if said and not told and not own & set(re.findall(r"\w{3,}", folded)):
            yield said


def _sentences(prose: Prose, bound: Sequence[Bound]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the sentences of movements go."""
    cuts = [cut.end() for cut in _STOP.finditer(prose.text)]
    spans = {
        (
            max((cut for cut in cuts if cut <= one.date.start), default=0),
            min((cut for cut in cuts if cut >= one.date.end), default=len(prose.text)),
        )
        for one in bound
        if one.mark is not None and one.mark.meaning in EVENTS
    }
    yield from sorted(spans)


def _other_towns(pattern: re.Pattern[str], text: str, home: str | None) -> Iterator[str]:
    """Yield the names of other towns in which *text* tells that somebody was registered, or lives."""
    own = set(re.findall(r"\w{3,}", fold(home or "")))
    for found in pattern.finditer(text):
        words = set(re.findall(r"\w{3,}", fold(found["town"])))
        if own and not words & own and _NO_TOWN.match(fold(found["town"])) is None:
            yield found[0]
