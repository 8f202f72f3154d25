"""Which paper shows that the applicant resides legally on the filing day.

Source: LO 4/2000 arts. 30 bis to 33; RD 240/2007 art. 7 for citizens of the Union.
"""

from __future__ import annotations

import datetime as dt
import re

from validators.facts import Application, Fact, Identity, Permit
from validators.identity import name_parts, person_of
from validators.law import moves_freely
from validators.nationality import nationality
from validators.once import once
from validators.rules import Law
from validators.rules._certainty import sure
from validators.stays import match

_STAY = re.compile(r"\b(?:estudi\w*|estanci\w*|estadi\w*|investigador\w*|practicas)\b")
_ASKED = re.compile(r"\b(?:solicitantes?|tramite|pendiente|visados?)\b")
_ACROSS = re.compile(r"\btrans?fronteriz\w+\b")
"""Cards also prove a stay (estancia, LO 4/2000 arts. 30 and 33), which is no residence, and the work of who
lives across the border (art. 43)."""


@once
def residence_documents(application: Application, law: Law) -> tuple[Fact[str] | Fact[dt.date], ...]:
    """Return the facts of one paper that surely shows legal residence on the filing day; none without it."""
    for card in application.identities:
        own = match(application, person_of(card)) == "same"
        if own and _of_that_nationality(card, application, law) and (facts := _card(card, law)):
            return facts
    for permit in application.permits:
        if match(application, permit.person) == "same" and (facts := _permit(permit, law)):
            return facts
    return ()


def _of_that_nationality(card: Identity, application: Application, law: Law) -> bool:
    """Whether the nationality fits: no registration of the Union is given to who was never of the Union.

    A country that was of the Union once fits, since its nationals keep their certificates.
    """
    if card.kind is None or card.kind.value != "eu_certificate":
        return True
    return all(
        moves_freely(country, on=law.on) or moves_freely(country, on=dt.date.min)
        for country in nationality(application).values
    )


def _card(card: Identity, law: Law) -> tuple[Fact[str] | Fact[dt.date], ...]:
    """Return the facts of a foreigner's card in force, or of a registration certificate of the Union."""
    kind, expires = card.kind, card.expires_on
    if kind is None or not sure(law, kind):
        return ()
    if kind.value == "eu_certificate":
        return (kind,)
    live = (
        expires is not None and sure(law, expires) and expires.value is not None and expires.value >= law.on
    )
    if kind.value != "tie" or expires is None or not live or _stay_only(card.permit):
        return ()
    return (kind, expires)


@once
def may_reside(application: Application, law: Law) -> bool:
    """Whether some paper would show legal residence if what is doubtful about it were right."""
    cards = (c for c in application.identities if match(application, person_of(c)) != "different")
    permits = (p for p in application.permits if match(application, p.person) != "different")
    return any(_may_be(card, law) for card in cards) or any(
        not _surely_over(permit.valid_until, law) and not _stay_only(permit.permit) for permit in permits
    )


def _may_be(card: Identity, law: Law) -> bool:
    """Whether a card is, or may be, one that shows residence, and has not surely expired."""
    kind = card.kind
    if kind is not None and sure(law, kind) and kind.value not in {None, "tie", "eu_certificate"}:
        return False
    return not _surely_over(card.expires_on, law) and not _stay_only(card.permit)


def _surely_over(until: Fact[dt.date] | None, law: Law) -> bool:
    """Whether a paper surely had ended before the filing day."""
    return until is not None and sure(law, until) and until.value is not None and until.value < law.on


def _stay_only(permit: Fact[str] | None) -> bool:
    """Whether some reading of the paper's own words proves a stay, a request or work alone, not residence."""
    return permit is not None and any(_no_home(words) for words in (permit.value, *permit.others) if words)


def _no_home(words: str) -> bool:
    """Whether the words of a paper name what is no residence."""
    plain = " ".join(name_parts(words))
    asked = _ASKED.search(plain) or _ACROSS.search(plain)
    return asked is not None or (_STAY.search(plain) is not None and "residencia" not in plain)


def _permit(permit: Permit, law: Law) -> tuple[Fact[dt.date], ...]:
    """Return the facts of an authorisation that covers the filing day."""
    since, until = permit.valid_from, permit.valid_until
    if since is None or until is None or not sure(law, since, until) or _stay_only(permit.permit):
        return ()
    if since.value is None or until.value is None or not since.value <= law.on <= until.value:
        return ()
    return (since, until)
