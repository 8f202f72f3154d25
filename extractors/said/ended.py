"""How and when a convenio especial ended, by the sentences of a paper that say so (RD 576/2013, art. 7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from extractors.document import Json
from extractors.languages.dates import dates_in

_CAUSES = {
    "own_decision": (
        r"voluntari[ao]|(?:peticion|decision|voluntad) propia|a peticion de|renunci\w*|desist\w*"
        r"|me di de baixa|me di de baja|solicite la baja|pedi la baja|propia voluntade|vontade propia"
        r"|own decision|voluntary"
    ),
    "unpaid": (
        r"impago\w*|impagad\w*|falta de (?:abono|pago|pagamento)|no (?:pague|abone|pagar|abonar)"
        r"|cuotas (?:pendientes|no satisfechas)|cotas pendentes|non[- ]payment|unpaid"
    ),
    "breach": r"incumpli\w*|incumprim\w*|breach",
    "requirement_lost": (
        r"perdida de (?:los |alguno de los )?requisitos|perda de (?:os )?requisitos"
        r"|(?:dej[oe]|dejar) de (?:cumplir|reunir|estar empadronad[oa])|adquiri\w* la condicion de"
    ),
    "death": r"fallecimiento|defuncion|falecemento",
}
_OF_ONE = re.compile(r"convenio|agreement|conveni\b|cuotas?\b|cotas?\b")
_FIRST = re.compile(r"primera (?:cuota|mensualidad)|primeira cota|first (?:fee|payment)")
_EFFECTIVE = re.compile(
    r"\b(?:efectos?|extin\w+|resuelt[oa]|ended)\b[^.;]{0,40}?"
    r"\b(?:el|del?|desde|fecha|data|dia|o|do|on|from)\s*:?\s*$"
)
_TOLD = re.compile(r"\b(?:baja|baixa)\b[^.;]{0,40}?\b(?:el|de|del|desde|fecha|data|dia|o|do)\s*:?\s*$")
_SENTENCE = re.compile(r"[.;]\s|\n\s*\n")
_BEFORE = 90
"""Signs before a day in which its word stands: the forty that may lie between, and the longest word."""


def ending(text: str, folded: str) -> Mapping[str, Json]:
    """Return `cause` and `ended_on` of the convenio that *text* says has ended; the unclear is left out.

    `ended_on` is the first day without it. Where only the day is given on which the person gave notice,
    the convenio ended the next day, and `or_on` keeps the other reading (RD 576/2013, art. 7.2.c).
    """
    said = [part for part in _SENTENCE.split(folded) if _OF_ONE.search(part)]
    causes = [cause for cause, words in _CAUSES.items() if any(re.search(rf"\b(?:{words})", s) for s in said)]
    found: dict[str, Json] = {"cause": causes[0]} if len(causes) == 1 else {}
    if any(_FIRST.search(part) for part in said):
        return found
    return found | _days(text, folded)


def _days(text: str, folded: str) -> dict[str, Json]:
    """Return the day of the end: the one with effects, else the one of the person's notice."""
    effective, told = set[dt.date](), set[dt.date]()
    for date in dates_in(text):
        before = folded[max(date.start - _BEFORE, 0) : date.start]
        if date.value is not None and _EFFECTIVE.search(before):
            effective.add(date.value)
        elif date.value is not None and _TOLD.search(before):
            told.add(date.value)
    if len(effective) == 1:
        return {"ended_on": effective.pop().isoformat()}
    if len(told) == 1 and not effective:
        day = told.pop()
        return {"ended_on": (day + dt.timedelta(days=1)).isoformat(), "or_on": day.isoformat()}
    return {}
