"""What a register says is not so, or not yet: no inscription, one asked for, one refused or undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEAR = r"[^.:;]{0,90}?"
"""Words of one sentence, few enough to speak of the same thing."""
_ENTRY = (
    r"(?:inscri[tcp]|empadron|empadroa|padro|registr|rexistr|(?:de|de l['’]|su|la|l['’]|el|en|a) ?alta(?!\w)|resid|domicili|vecin|vein"
    r"|errolda|inskri|habitant)"
)
_NO = r"(?<!\w)(?:no|non|ni|nunca|jamas|tampoco|(?:sin|sen|sense) que|mai)"
_SEEN = r"(?:figur|const(?!it)|aparec|aparei|hay|hi ha|existe|existei|exist|encuentr|encontr|trob|atop|obra|esta(?!\w)|es troba|se hall)"
_LESS = (
    r"(?!\w*\s+(?:(?:que|el|la|su|ha\w*|de|data|fecha|ninguna|ningun|cap|a sua|a|haya\w*|hubiera|causado|tenga|otra|outra|altra|mas|ni)\s+){0,4}"
    r"(?:baja|baixa|baje?s|baixe?s|interrup|variaci|modificac|modificac|movimi|moveme|movime|cambio|canvi|dat[oa]s|observac|advert))"
)
"""No baja, no interruption and no change is not a denial of the inscription."""
_NEVER = re.compile(
    rf"{_NO}(?:\s+\w+){{0,3}}?\s+{_SEEN}{_LESS}\w*{_NEAR}{_ENTRY}"
    rf"|{_NO}\s+(?:(?:ha|habia|he|esta|estado|sido|se|fue|fou|va|ser|estar?|este|haya|halla|estuvo|encuentra|tiene|ten|te|su|a|sua|la|seva)\s+){{0,3}}(?:inscri|empadron|empadroa|resid|reside|viv|habit)"
    r"|(?:certifica\w*|volante?|informe|ziurtagiri\w*|resultado?|resultat|agiri\w*)\s+negati[vb]"
    r"|carece de inscripcion|sin (?:estar |figurar |constar )?(?:inscri|empadron)|sense (?:estar )?(?:inscri|empadron)|sen (?:estar )?(?:inscri|empadro)"
    r"|(?:dejo|dejado|deixou|deixado|deixar|deixat|dejando)\s+(?:de|d['’])\s?(?:\w+\s+){0,2}?(?:figur|const|est|inscri|empadr|resid|viv)"
    r"|falta de (?:inscripcion|empadronamiento)|(?:inskriba|errolda)\w*\s+gabe"
    r"|(?<!\w)ez\s+(?:da|ze|du|di|iza|zu|na|ba)\w*(?![^.]{0,40}baja)[^.:;]{0,60}?(?:inskri|errolda|ageri|agertz)"
    r"|(?:inskriba\w*|erroldat\w*|ageri|agertz\w*)\s+(?:\w+\s+){0,1}ez(?!\w)(?![^.]{0,30}baja)"
)
_ASKED = re.compile(
    rf"(?:(?:ha|han|habia|habiendo|hubiera|havent|houbera|ten|va)\s+(?:solicita[dt]|sol·licita[dt]|presentad|presentat|pedid|instad|demana[dt])\w*|solicito|solicitou|presento|presentou|sol·licita(?!\w)|solicita(?!\w))"
    rf"{_NEAR}(?:alta(?!\w)|inscripcion|inscricion|inscripcio(?!\w)|empadron|empadroa)(?![^.]{{0,20}}certific)"
    r"|(?:solicitud|solicitude|sol·licitud|peticion|instancia|expediente|expedient|tramite|tramit|propuesta|proposta|procedimiento)\s+(?:de\s+|d['’]\s?)(?:su\s+|l['’]\s?|la\s+)?(?:alta(?!\w)|inscripcion|inscricion|inscripcio(?!\w)|empadron|empadroa)"
    r"|pend[ie]+ntes?\s+(?:de\s+|d['’]\s?)(?!firma)(?:\w+\s+){0,3}?(?:resol|alta|inscri|empadron|empadroa|tramit|aproba|confirma|comproba|verific|valida|formaliz)"
    r"|en\s+(?:tramite|tramit|tramitacion|tramitacio)(?!\w|\s+de\s)|izapidetze\w*|(?:alta|inskripzioa?|errolda\w*)\s+eskatu|eskaera\s+\w+\s+zain|ebazpen\w*\s+zain"
    r"|(?:sera|seran|sera\s+dad[oa]|se\s+procedera|caus(?:ara|aran|aria)|se\s+inscribira|figurara|constara|quedara)(?!\w)(?![^.]{0,60}(?:baja|baixa|caduc))"
    rf"{_NEAR}(?:alta(?!\w)|inscri|empadron|empadroa)"
    rf"|(?:segun|seg?on|segons|consonte)\s+(?:\w+\s+)?(?:manifiesta|declara|manifesta|sus?\s+manifestaciones|su\s+declaracion|dice|afirma|refiere)"
)
_UNDONE = re.compile(
    rf"(?:denegad|denegat|denega(?!\w)|desestimad|desestimat|desestima(?!\w)|inadmitid|archivad[oa]\s+su|anulad|anul·lad|anul·lat|revocad|revocat|deixad[oa]\s+sen|dejad[oa]\s+sin\s+efecto|sin\s+efecto|sense\s+efecte|sen\s+efecto|nul[oa]\s+de\s+pleno|ukatu|baliogabe|deuseztat)"
    rf"\w*(?:{_NEAR}{_ENTRY})?|{_ENTRY}\w*[^.:;]{{0,50}}?(?:denegad|denegat|desestimad|desestimat|anulad|anul·lad|anul·lat|revocad|revocat)"
)
_UNDONE_ENTRY = re.compile(r"baja|baixa|recurs")
"""An undone baja leaves the inscription as it was: another rule speaks of it."""
_CUT = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\.\n|\n(?=[^\n:]{3,40}:)")


class Denial(NamedTuple):
    """Words in text[start:end] that take back, or put off, what the sentence from *begins* to *ends* tells."""

    start: int
    end: int
    begins: int
    ends: int

    def covers(self, place: int) -> bool:
        """Whether *place* stands in the sentence of these words."""
        return self.begins <= place < self.ends


def denials(text: str, folded: str) -> Iterator[Denial]:
    """Yield the words of *text* that deny or put off an inscription, each with its sentence."""
    for pattern in (_NEVER, _ASKED, _UNDONE):
        for found in pattern.finditer(folded):
            begins, ends = _sentence(text, found.start(), found.end())
            if pattern is _UNDONE and _UNDONE_ENTRY.search(folded[begins:ends]):
                continue
            yield Denial(found.start(), found.end(), begins, ends)


def undone(folded: str) -> bool:
    """Whether a table's row speaks of something that did not come to be, or was only asked for."""
    return any(p.search(folded) for p in (_NEVER, _ASKED, _UNDONE, _ROW))


_ROW = re.compile(
    r"solicitud|sol·licitud|pend[ie]+nte|tramite|denega|anula|anul·la|desestim|revoca|provisional|eskaera"
)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the sentence around text[start:end] goes."""
    cuts = [cut.end() for cut in _CUT.finditer(text)]
    begins = max((cut for cut in cuts if cut <= start), default=0)
    return begins, min((cut for cut in cuts if cut >= end), default=len(text))
