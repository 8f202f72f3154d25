"""What a register says is not so, or not yet: no inscription, one asked for, one refused or undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEAR = r"[^.:;]{0,90}?"
"""Words of one sentence, few enough to speak of the same thing."""
_ENTRY = (
    r"(?:inscri[tcp]|empadron|empadroa|padro|registr|rexistr|(?:de|de l['’]|su|la|l['’]|el|en|a) ?alta(?!\w)"
    r"|resid|domicili|vecin|vein|errolda|inskri|habitant)"
)
_NO = r"(?<!\w)(?:no|non|ni|nunca|jamas|tampoco|(?:sin|sen|sense) que|mai)"
_SEEN = (
    r"(?:figur|const(?!it)|aparec|aparei|hay|hi ha|exist|encuentr|encontr|trob|atop|obra|esta(?!\w)|es troba"
    r"|se hall)"
)
_NOW = (
    r"(?<!\w)(?:a|en|a la|en la|na|no|al|ao)?\s*(?:actualmente|actualment|actualidade?|actualitat|dia de hoy"
    r"|dia d['’]avui|hoy|hoxe|avui"
    r"|(?:presente?\s+)?(?:fecha|data)(?:\s+(?:de|d['’])\s*(?:hoy|hoxe|avui|expedicion|la presente))?)(?!\w)"
)
_LESS = (
    r"(?!\w*\s+(?:(?:que|el|la|su|ha\w*|de|data|fecha|ninguna|ningun|cap|a sua|a|hubiera|causado|tenga|otra"
    r"|outra|altra|mas|ni|inscrit[oa]s?|empadronad[oa]s?)\s+){0,4}"
    r"(?:(?:ningun[ao]?|cap)\s+(?:otr|outr|altr)[ao]\s+pe|nadie\s+mas|baja|baixa|baje?s|baixe?s|interrup|variaci|modificac|movimi|moveme|cambio|canvi|dat[oa]s|observac"
    r"|advert))"
)
"""No baja, no interruption, no change and no other person is not a denial of the inscription."""
_AUXILIARY = (
    r"(?:(?:ha|habia|he|esta|estado|sido|se|fue|fou|va|ser|estar?|este|haya|halla|estuvo|encuentra|tiene|ten|te"
    r"|su|a|sua|la|seva)\s+){0,3}"
)
_LIVES = r"(?:inscri|empadron|empadroa|resid|viv|habit)"
_PAPER = r"(?:certifica\w*|volante?|informe|ziurtagiri\w*|resultado?|resultat|agiri\w*)"


def _any(*sources: str) -> re.Pattern[str]:
    """Compile an expression that is one of *sources*."""
    return re.compile("|".join(sources))


_NEVER = _any(
    rf"{_NO}(?:\s+\w+){{0,3}}?\s+{_SEEN}{_LESS}\w*{_NEAR}{_ENTRY}",
    rf"{_NO}\s+{_AUXILIARY}{_LIVES}",
    rf"{_PAPER}\s+negati[vb]",
    rf"{_NOW}[^.:;\d]{{0,40}}?{_NO}(?:\s+\w+){{0,1}}?\s+{_SEEN}\w*\s*(?:[.;]|$)",
    rf"{_NO}\s+{_SEEN}\w*\s+{_NOW}\s*(?:[.;]|$)",
    r"carece de inscripcion|falta de (?:inscripcion|empadronamiento)",
    r"(?:sin|sen|sense) (?:estar |figurar |constar )?(?:inscri|empadro)",
    r"(?:dej[oa]|deix[oa])\w*\s+(?:de|d['’])\s?(?:\w+\s+){0,2}?(?:figur|const|est|inscri|empadr|resid|viv)",
    r"(?:inskriba|errolda)\w*\s+gabe",
    r"(?<!\w)ez\s+(?:da|ze|du|di|iza|zu|na|ba)\w*(?![^.]{0,40}baja)[^.:;]{0,60}?(?:inskri|errolda|ageri|agertz|bizi(?!lagun))",
    r"(?:inskriba\w*|erroldat\w*|ageri|agertz\w*)\s+(?:\w+\s+)?ez(?!\w)(?![^.]{0,30}baja)",
)
_APPLIED = (
    r"(?:(?:ha|han|habia|habiendo|hubiera|havent|houbera|ten|va)\s+"
    r"(?:solicita[dt]|sol·licita[dt]|presentad|presentat|pedid|instad|demana[dt])\w*"
    r"|solicito|solicitou|presento|presentou|sol·licita(?!\w)|solicita(?!\w))"
)
_NOUN = r"(?:alta(?!\w)|inscripcion|inscricion|inscripcio(?!\w)|empadron|empadroa)"
_REQUEST = (
    r"(?:solicitud|solicitude|sol·licitud|peticion|instancia|expedient|expediente|tramite|tramit|propuesta"
    r"|proposta|procedimiento)"
)
_AWAITED = r"(?:resol|alta|inscri|empadron|empadroa|tramit|aproba|confirma|comproba|verific|valida|formaliz)"
_FUTURE = (
    r"(?:sera|seran|estara|se\s+procedera|caus(?:ara|aran|aria)|se\s+inscribira|figurara|constara|quedara)(?!\w)"
    r"(?![^.]{0,60}(?:baja|baixa|caduc))"
)
_ASKED = _any(
    rf"{_APPLIED}(?!\s+(?:\w+\s+){{0,3}}?{_PAPER}){_NEAR}{_NOUN}(?![^.]{{0,20}}certific)",
    rf"{_REQUEST}\s+(?:de\s+|d['’]\s?)(?:su\s+|l['’]\s?|la\s+)?{_NOUN}",
    rf"pend[ie]+ntes?\s+(?:de\s+|d['’]\s?)(?!firma)(?:\w+\s+){{0,3}}?{_AWAITED}",
    r"en\s+(?:tramite|tramit|tramitacion|tramitacio)(?!\w|\s+de\s)",
    r"izapidetze\w*|(?:alta|inskripzioa?|errolda\w*)\s+eskatu|(?:eskaera\s+\w+|ebazpen\w*)\s+zain",
    r"(?<!\w)si (?:aporta|acredita|presenta|subsana)(?!\w)",
    rf"{_FUTURE}{_NEAR}(?:alta(?!\w)|inscri|empadron|empadroa)",
    r"(?:segun|seg?on|segons|consonte)\s+(?:\w+\s+)?"
    r"(?:manifiesta|declara|manifesta|sus?\s+manifestaciones|su\s+declaracion|dice|afirma|refiere)",
)
_VOID = (
    r"(?:denegad|denegat|desestimad|desestimat|anulad|anul·lad|anul·lat|revocad|revocat|inadmitid|ukatu"
    r"|baliogabe|deuseztat)"
)
_UNDONE = _any(
    rf"{_VOID}|(?:denega|desestima)(?!\w)|archivad[oa]\s+su|nul[oa]\s+de\s+pleno",
    r"(?:sin|dejad[oa]\s+sin|deixad[oa]\s+sen|sense|sen)\s+efect[oe]",
)
_OVER = _any(
    r"(?<!\w)(?:falleci[oó]|ha\s+fallecido|faleceu|va\s+morir)(?!\w)",
    r"sujet[oa]s?\s+a\s+(?:\w+\s+)?(?:comproba|verifica|inspecci|confirmaci|revisi)\w*",
    r"(?:debera|debe|habra\s+de|devera|haura\s+de|debera\s+ser)\s+(?:ser\s+)?(?:renova|confirma)[rd]\w*(?![^.]{0,60}cada)",
    r"transeuntes?(?!\w)",
)
"""Somebody died, the entry is still checked or has to be renewed by a day, or is none of a resident."""
_UNDONE_ENTRY = re.compile(r"baja|baixa|recurs")
"""An undone baja leaves the inscription as it was: another rule speaks of it."""
_OUTSIDE = re.compile(
    r"fuera\s+de\s+(?:los|dichos|estos|esos|tales)\s+periodos(?:\s+(?:relacionad|indicad|citad|expresad|senalad|certificad|anterior)\w*)?,?\s+(?:no|nunca)\s"
)
"""Words that the stays told are all: outside of them there is no inscription."""
_CUT = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\.\n|\n(?=[^\n:]{3,40}:)")


_ROW = re.compile(
    r"solicitud|sol·licitud|pend[ie]+nte|tramite|denega|anula|anul·la|desestim|revoca|provisional|eskaera"
)


class Denial(NamedTuple):
    """Words in text[start:end] that take back, or put off, what the sentence text[begins:ends] tells."""

    start: int
    end: int
    begins: int
    ends: int

    def covers(self, place: int) -> bool:
        """Whether *place* stands in the sentence of these words."""
        return self.begins <= place < self.ends


def denials(text: str, folded: str) -> Iterator[Denial]:
    """Yield the words of *text* that deny or put off an inscription, each with its sentence."""
    for pattern in (_NEVER, _ASKED, _UNDONE, _OVER):
        for found in pattern.finditer(folded):
            begins, ends = _sentence(text, found.start(), found.end())
            if pattern is _UNDONE and _UNDONE_ENTRY.search(folded[begins:ends]):
                continue
            if pattern is _NEVER and _OUTSIDE.match(folded[begins:ends].lstrip()):
                continue
            yield Denial(found.start(), found.end(), begins, ends)


def undone(folded: str) -> bool:
    """Whether a table's row speaks of something that did not come to be, or was only asked for."""
    return any(p.search(folded) for p in (_NEVER, _ASKED, _UNDONE, _ROW))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the sentence around text[start:end] goes."""
    cuts = [cut.end() for cut in _CUT.finditer(text)]
    begins = max((cut for cut in cuts if cut <= start), default=0)
    return begins, min((cut for cut in cuts if cut >= end), default=len(text))
