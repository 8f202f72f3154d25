"""What the papers' running text touches, and whether it says so of the applicant.

A sentence of the writer speaks of the applicant unless the paper bears only the number of another person
or somebody acts for the applicant. Any other sentence does so only where its paper bears the applicant's
number and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal, cast

from extractors.document import Document, Field
from extractors.said.foreseen import UNFORESEEN, unforeseen_in
from extractors.said.mentions import CERTAINTY, REMARKS, touched
from extractors.said.naming import NAMED, told_in
from pipeline.facts.fields import day, text
from validators.facts import (
    AsistenciaRequest,
    ConvenioRequest,
    EarlierConvenio,
    Evidence,
    Fact,
    Identity,
    Mention,
    Person,
)
from validators.identity import person_of, same_person
from validators.numbers import plain

Whose = Literal["applicant", "another", "unsaid"]
_FORMS = frozenset({"ce_application", "as_application", "no_coverage_declaration"})
"""What the applicant writes, whoever is named there; a word that stands in a field may be a name."""
_PERMITS = frozenset({"identity_document", "residence_permit"})
_ENDED = "earlier_convenio"
_BESIDE = Evidence("presentacion", "remarks")
"""The words handed in beside the papers; no document of the case has this name."""
_UNSURE = 0.5
"""The certainty of what a paper says without saying it of the applicant."""


def represented(requests: Sequence[ConvenioRequest | AsistenciaRequest]) -> bool:
    """Whether somebody acts for the applicant, so that a writer need not be the applicant."""
    people = [request.representative for request in requests]
    return any(fact and fact.value for p in people for fact in (p.id_number, p.first_surname, p.given_name))


def mentions(
    documents: Sequence[Document],
    remarks: str | None,
    applicant: Person,
    cards: Sequence[Identity],
    *,
    represented: bool,
) -> Iterator[Mention]:
    """Yield every subject that some paper or the remarks touch, with its place and of whom it speaks."""
    own = _numbers(applicant, cards)
    for subject, one in touched(remarks or "", REMARKS).items():
        yield Mention(
            subject=subject,
            evidence=_BESIDE,
            confidence=CERTAINTY,
            whose=_whose(REMARKS, one.value, own, represented=represented),
            words=(remarks or "")[one.start : one.end],
        )
    yield from (*_unforeseen(remarks or ""), *_named(remarks or ""))
    for number, document in enumerate(documents, 1):
        for subject, spot in document.mentions.items():
            if _only_allowed(document, subject, spot):
                continue
            whose = _whose(document.kind, _details(spot), own, represented=represented)
            yield _mention(subject, Evidence(f"d{number}", subject), spot, whose)


def _mention(subject: str, place: Evidence, spot: Field, whose: Whose) -> Mention:
    """Return a mention of a paper with the homes and people that it names."""
    said = _details(spot)
    return Mention(
        subject=subject,
        evidence=place,
        confidence=spot.confidence,
        whose=whose,
        words=spot.text,
        places=tuple(said.get("places", ())),
        people=tuple(said.get("people", ())),
        numbers=tuple(said["numbers"]) if said.get("sends") else (),
        births=tuple(said.get("births", ())),
    )


def _named(remarks: str) -> Iterator[Mention]:
    """Yield the homes and the people that the remarks name, if there are any."""
    told = told_in(remarks, sends=True)
    if told is not None:
        places, people, numbers = (
            tuple(cast("list[str]", told[name])) for name in ("places", "people", "numbers")
        )
        yield Mention(
            subject=NAMED,
            evidence=_BESIDE,
            confidence=CERTAINTY,
            whose="unsaid",
            places=places,
            people=people,
            numbers=numbers,
        )


def _unforeseen(remarks: str) -> Iterator[Mention]:
    """Yield the first word of the remarks that nobody foresaw, if there is one."""
    for start, end in islice(unforeseen_in(REMARKS, remarks), 1):
        yield Mention(
            subject=UNFORESEEN,
            evidence=_BESIDE,
            confidence=CERTAINTY,
            whose="unsaid",
            words=remarks[start:end],
        )


def _only_allowed(document: Document, subject: str, spot: Field) -> bool:
    """Whether a card or a permit says that its holder may work, which is not to work."""
    named = subject == "social_security_worker" and document.kind in _PERMITS
    return named and _details(spot).get("of") == "nobody"


def earlier_convenios(
    documents: Sequence[Document], applicant: Person, cards: Sequence[Identity]
) -> Iterator[EarlierConvenio]:
    """Yield each convenio of which a paper says how or when it ended; an unsure one may be another's."""
    own = _numbers(applicant, cards)
    for number, document in enumerate(documents, 1):
        spot = document.mentions.get(_ENDED)
        said = _details(spot)
        if spot is not None and ("cause" in said or "ended_on" in said):
            ours = _whose(document.kind, said, own, represented=False) == "applicant"
            sure = spot.confidence if ours else min(spot.confidence, _UNSURE)
            yield _earlier(said, Evidence(f"d{number}", _ENDED), sure)


def _earlier(said: Mapping[str, Any], place: Evidence, sure: float) -> EarlierConvenio:
    """Return one earlier convenio; the other reading of its last day is kept."""
    ended, other, cause = day(said.get("ended_on")), day(said.get("or_on")), text(said.get("cause"))
    others = (other,) if other is not None else ()
    return EarlierConvenio(
        ended_on=Fact(value=ended, confidence=sure, evidence=(place,), others=others) if ended else None,
        reason=Fact(value=cause, confidence=sure, evidence=(place,)) if cause else None,
    )


def _whose(kind: str, said: Mapping[str, Any], own: frozenset[str], *, represented: bool) -> Whose:
    """Return of whom words in a paper of a kind speak."""
    of, numbers = said.get("of"), {plain(number) for number in said.get("numbers", ())}
    if of == "relative":
        return "another"
    if of == "nobody":
        return "unsaid"
    if kind in _FORMS:
        return "applicant" if of == "writer" else "unsaid"
    if numbers and not numbers & own:
        return "another"
    if of == "writer":
        return "unsaid" if represented and not numbers else "applicant"
    return "applicant" if numbers and numbers <= own else "unsaid"


def _details(spot: Field | None) -> Mapping[str, Any]:
    """Return what a mention tells besides its place."""
    return spot.value if spot is not None and isinstance(spot.value, dict) else {}


def _numbers(applicant: Person, cards: Sequence[Identity]) -> frozenset[str]:
    """Return the identity numbers of the applicant, by the form and by their own papers."""
    same = [person_of(card) for card in cards if same_person(applicant, person_of(card)) == "same"]
    return frozenset(
        plain(person.id_number.value)
        for person in (applicant, *same)
        if person.id_number and person.id_number.value
    )
