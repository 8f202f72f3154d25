"""What a reviewer must know of the clock: no calendar at hand, or a date that may still move."""

from __future__ import annotations

from validators.law.regimes import ALWAYS, LEY_39_2015
from validators.rules import Rule

NO_CALENDAR = Rule(
    id="PLZ-CAL",
    basis="Ley 39/2015, art. 30.6 y 30.7",
    es="No hay calendario de días hábiles para calcular el plazo ({where}).",
    gl="Non hai calendario de días hábiles para calcular o prazo ({where}).",
    en="There is no calendar of working days to compute the deadline ({where}).",
    since=LEY_39_2015,
)
PROVISIONAL = Rule(
    id="PLZ-18",
    basis="Ley 39/2015, art. 30.6 y 30.7",
    es="La fecha límite es provisional: el calendario de {where} no está completo o verificado.",
    gl="A data límite é provisional: o calendario de {where} non está completo ou verificado.",
    en="The deadline is provisional: the calendar of {where} is not complete or not verified.",
    since=LEY_39_2015,
)
RULES = (
    *NO_CALENDAR.formerly((ALWAYS, "Ley 30/1992, art. 48.5 y 48.7")),
    *PROVISIONAL.formerly((ALWAYS, "Ley 30/1992, art. 48.5 y 48.7")),
)
