"""What a sentence speaks of: the entry in the register, or the paper itself, its office and the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.prose import fold

_PAPER = re.compile(
    r"datos\s+(?:de\s+caracter\s+)?persona(?:l|is)|dades\s+personals|datu\s+pertsonal|proteccio\w*\s+de\s+da|\(ue\)|3/2018|39/2015"
    r"|(?:firma|sinatura|signatura|sinadura)\w*\s+(?:electron|elektron|dixital|digital)"
    r"|(?:firmad|asinad|signat|sinatu)\w*\s+(?:electron|dixital|digital)"
    r"|(?:electron|digital|dixital)\w*\s+(?:firmad|asinad|signat)|codi(?:go)?\s+segur\w*(?:\s+de\s+verifica\w+)?|verificacion\s*:|(?<!\w)csv(?!\w)|sede\s+electronica"
    r"|seu\s+electronica|https?|www\.|telefono|(?<!\w)tfn?o|(?<!\w)tel\.|autentici|integridad|cotej|e-?mail|correo\s+elec|cita\s+previa"
    r"|(?:responsable|finalidad|legitimacion|destinatarios|base\s+juridica|derechos)\s*:|acceso,\s+rectificacion"
)
"""What speaks of the paper, its signature, its data or the office, not of the register."""
_FORMULA = re.compile(
    r"no\s+constitu(?:ira|ye)\s+prueba\s+de\s+(?:su\s+)?residencia\s+legal(?:\s+en\s+espana)?"
    r"|ni\s+l[ae]s?\s+atribuira\s+ningun\s+derecho\s+que\s+no\s+l[ae]s?\s+confiera\s+la\s+legislacion\s+vigente"
    r"|especialmente\s+en\s+materia\s+de\s+derechos\s+y\s+libertades\s+de\s+los\s+extranjeros"
    r"|derechos\s+(?:de\s+)?(?:acceso|rectificacion|supresion|oposicion)"
    r"(?:(?:,|\s[yeou])*\s+(?:de\s+)?(?:acceso|rectificacion|supresion|oposicion|limitacion|cancelacion|portabilidad))*"
    r"|(?:no|non)\s+produ\w+\s+(?:\w+\s+)?efect\w+\s+(?:del?|dun|d['’]un)\s+(?:un\s+)?certifica\w+"
    r"|(?:no|non)\s+sustitu\w+\s+(?:al?|o|el)\s+certificad\w+|ez\s+du\s+ordez\w+\s+ziurtagiri\w*"
    r"|no\s+(?:esta\s+)?sujet[oa]\s+a\s+tasas?|exent[oa]\s+de\s+tasas?|no\s+(?:requiere|precisa)\s+(?:firma(?:\s+manuscrita)?|sello)"
    r"|debera\s+comunicar\s+(?:\w+\s+){0,3}?(?:las|los|cualquier)\s+(?:variacion|cambio|modificacion)\w*(?:\s+de\s+sus\s+circunstancias(?:\s+personales)?)?"
    r"|(?:podra|puede|cabe)\s+interponer(?:se)?\s+recurso|copia\s+impresa"
    r"|carece\s+de\s+firma(?:\s+por\s+tratarse)?"
    r"|contra\s+(?:el\s+presente|este)\s+(?:acto|certificado|documento)\s+no\s+cabe\s+recurso"
    r"|seran\s+cedidos\s+a\s+terceros(?:\s+salvo\s+obligacion\s+legal)?|salvo\s+error\s+u\s+omision|si\s+procede"
    r"|salvo\s+que\s+(?:antes\s+)?(?:varien|cambien|se\s+modifiquen)\s+los\s+datos"
    r"|(?:hecho|fet|feito)\s+que\s+(?:se|s['’])\s?acredita|(?:condicion|condicio)\s+de\s+(?:vecin[oa]|vei|veina|residente)"
)
"""Formulas that the law, or every town hall, prints beneath what it certifies: Ley 7/1985, art. 18.2, fees,
appeals, data. They say nothing of a stay."""
_NAMED = re.compile(
    r"(?:certific\w+|volan[dt]e?\w*|informe|justificante|acreditacion|ziurtagiri\w*)\s+(?:\w+\s+){0,2}?(?:d['’]|de\s+|do\s+|da\s+|del\s+)?"
    r"(?:inscri\w+|empadron\w+|empadroa\w+|alta|residencia|domicilio|convivencia|antiguedad|movimientos|errolda\w*)(?:\s+padrona(?:l|is))?"
    r"|residencia\s+legal|entidad\s+de\s+residencia"
)
"""What a certificate is called, by the paper itself: its name speaks of no entry."""
_ENTRY = re.compile(
    r"inscri[bpct]|empadro|(?<!\w)altas?(?!\w)|(?<!\w)ba(?:ja|ixa|ixe)s?(?!\w)|movimi|movem|movim|period|asiento|asent"
    r"|anotaci|anula|resid[ei]|vecin|homonim|inskri|errolda|(?<!\w)viv[ei]|(?<!\w)viu|(?<!\w)bizi|domicili|vivienda"
    r"|habitatge|hoja\s+padronal|padronal(?:es)?(?!\w)"
)
"""What speaks of the register, or of where the person lives, after all."""
_DENIES = re.compile(
    r"(?<!\w)(?:no|non|ni|ya|xa|sin|sen|sense|ha|han|fue|era|estaba|estuvo|dice|segun|aunque|salvo|excepto)(?!\w)"
)
"""Words that tell, deny or except."""
_CLOSING = re.compile(
    r"\W*(?:(?:y|e|i|eta)\s+)?(?:para\s+que|a\s+fin\s+de\s+que|perque|lo\s+que\s+(?:se\s+)?(?:certific|hac)|o\s+que\s+certific"
    r"|se\s+(?:expid|extiend|emite|libra)|expidese|(?:(?:el|la)\s+)?presente\s+(?:\w+\s+)?se\s+(?:expid|extiend|emite|libra))"
)
"""The beginning of the formula with which a paper closes: what it is issued for."""
_PURPOSE = re.compile(
    r"(?<!\w)(?:para|ante|surta\s+(?:\w+\s+)?efectos|a\s+(?:los\s+|sus\s+)?(?:\w+\s+)?efectos(?:\s+de)?|con\s+destino\s+a)\s+(?!que(?!\s+(?:asi\s+)?conste))[^,.;]{1,90}"
)
"""What a paper is for, to the next stop: there are as many words for it as there are offices."""
_TURNS = re.compile(
    r"(?<!\w)(?:si|sino|pero|baina|ahora|agora|ara|orain|encara|tot\s+i\s+que|hala\s+ere|anque)(?!\w)"
    r"|(?<!\w)(?:no|non|sin|sen|sense|carece\s+de)\s+(?:\w+\s+){0,3}?(?:valid|valor|valer|efect|eficacia)\w*"
    r"|(?<!\w)(?:hasta|ata|fins)\s+(?:nuev[oa]|que|tanto)(?!\w)|(?<!\w)(?:por\s+el|de)\s+momento(?!\w)|(?<!\w)a\s+prueba(?!\w)"
    r"|(?<!\w)(?:nombre\s+de\s+otr[oa]|otro\s+nombre)(?!\w)|(?<!\w)(?:un|para|de)\s+tercer[oa]s?(?!\w)|(?<!\w)borrador(?!\w)|(?<!\w)(?:retirad[oa]|descartad[oa])(?!\w)"
    r"|(?<!\w)(?:datos?|documento|paper?)\s+de\s+proba|(?:datos?|documento|papel)\s+de\s+prueba|(?<!\w)por\s+ver(?!\w)"
    r"|(?:fecha|data)\s+(?:citada\s+|indicada\s+)?es(?!\w)"
    r"|(?:llegad\w+|entrad\w+)\s+(?:a|en)\s+(?:espana|europa|el\s+pais|este\s+pais)"
    r"|(?:segun|como\s+consta\s+en)\s+(?:\w+\s+)?(?:contrato|pasaporte|escritura|factura|recibo|permiso|tarjeta|visado)"
    r"|(?<!\w)(?:su|la|sua|seva)\s+marcha(?!\w)|tachad\w*|perdida\s+de|enmendad\w*|(?<!\w)no\s+vale(?!\w)"
)
"""Words in common use that turn what is told: a condition, an exception, a now that is otherwise, no worth.

Those that take back are asked of sentences in capitals too, where other words may be names."""
_ENDED = re.compile(r"(?<!\w)(?:terminó|cesó)(?!\w)", re.IGNORECASE)
"""Past tenses that differ by their accent alone from plain words."""
_CERTIFIES = re.compile(
    r"certifi(?:ca(?!d)|co|que|quen|cam|queix)(?!\w)|ha(?:go|ce|cen)\s+constar|fa(?:ig|i)?\s+constar"
    r"|(?:se|le)\s+(?:informa|comunica|comunico|acredita)\s+(?:lo\s+|que)"
)
"""The verb by which a register certifies; ahead of it the officer speaks of the office or of a request."""


def parted(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of *sentence* that may change what is told of a stay, and whether each is beside it.

    What speaks of the paper itself is left out; before the verb of certifying, the officer is spoken of.
    """
    found = _CERTIFIES.search(fold(sentence))
    cut = found.start() if found else 0
    for part in (sentence[:cut], sentence[cut:]):
        folded = fold(part)
        if part.strip() and (not _PAPER.search(folded) or _ENTRY.search(_PAPER.sub(" ", folded))):
            yield part, _ENTRY.search(_NAMED.sub(" ", folded)) is None


def turning(part: str) -> Iterator[str]:
    """Yield the words of a part of a sentence that turn what it tells, though each is plain."""
    folded = blanked(fold(part))
    yield from (part[slice(*found.span())] for found in _TURNS.finditer(folded))
    yield from (found[0] for found in _ENDED.finditer(part))


def closing(part: str, folded: str) -> str:
    """Return *folded*, the text of *part*, with a blank for the purpose that a closing formula names.

    None is blanked that denies, or speaks of an entry or a person's life.
    """
    if not _CLOSING.match(fold(part)):
        return folded
    return _PURPOSE.sub(lambda found: found[0] if _said(found[0]) else " " * len(found[0]), folded)


def _said(purpose: str) -> bool:
    """Whether the words of a *purpose* may say more than that."""
    return _ENTRY.search(_NAMED.sub(" ", purpose)) is not None or _DENIES.search(purpose) is not None


def blanked(folded: str) -> str:
    """Return *folded* text with blanks where it speaks of the paper or is a formula."""
    for by in (_PAPER, _FORMULA):
        folded = by.sub(lambda found: " " * len(found[0]), folded)
    return folded
