"""Who must renew the entry in the register every two years: Ley 7/1985, art. 16.1."""

from __future__ import annotations

import datetime as dt
import re

from validators.facts import Application, Fact
from validators.identity import name_parts, person_of
from validators.law import figure
from validators.nationality import nationality
from validators.stays import match

_LASTING = re.compile(
    r"\b(larga duracion|permanente|comunitario|familiar (de )?ciudadan[oa]|permanent|long[- ]term)\b"
)


def must_renew(application: Application, acceptance: float, on: dt.date) -> bool:
    """Whether the applicant may have to renew: not surely exempt by nationality or by a lasting permit.

    Only readings at or above *acceptance* exempt; an unknown nationality does not.
    """
    nations = nationality(application)
    exempt = frozenset(str(figure("lbrl-1985-renewal", "exempt_nationals", on=on)).split())
    if nations.values and nations.values <= exempt and nations.confidence >= acceptance:
        return False
    return not any(_lasting(fact, acceptance) for fact in _permits(application))


def _permits(application: Application) -> list[Fact[str] | None]:
    """Return the words of the applicant's own cards and authorisations."""
    cards = [c.permit for c in application.identities if match(application, person_of(c)) == "same"]
    return cards + [p.permit for p in application.permits if match(application, p.person) == "same"]


def _lasting(fact: Fact[str] | None, acceptance: float) -> bool:
    """Whether a permit surely is of long duration, or that of a family member of a citizen of the Union."""
    if fact is None or fact.value is None or fact.confidence < acceptance:
        return False
    return bool(_LASTING.search(_bare(fact.value)))


def _bare(text: str) -> str:
    """Return the words in their order, without accents."""
    return " ".join(part for word in text.split() for part in name_parts(word))
