"""Papers on family ties, disability, income and returning home, as the law's types."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import Json
from pipeline.facts.fields import Paper, amount, choice, day, person, text, yes
from validators.facts import ConsularExit, Decision, Disability, FamilyRecord, Income, Named, Partnership

_OF_THEIR_OWN = frozenset({"name", "birth_date", "id_number"})
"""What a paper tells of a person that is doubtful or not by itself; the rest is where they stand in it."""


def number(value: Json) -> int | None:
    """Return a whole number such as a year, or None."""
    found = amount(value)
    return int(found) if found is not None and found == found.to_integral_value() else None


def people(paper: Paper) -> Iterator[Named]:
    """Yield whom the paper names, each with the certainty of their own line, and of the number in it."""
    for row, sure in paper.blocks("people"):
        name = text(row.get("name"))
        if name is not None:
            yield Named(
                name=name,
                role=text(row.get("role")),
                birth_date=day(row.get("birth_date")),
                id_number=text(row.get("id_number")),
                confidence=min((one for part, one in sure.items() if part not in _OF_THEIR_OWN), default=1.0),
                name_confidence=sure["name"],
                birth_confidence=sure.get("birth_date", 1.0),
                number_confidence=sure.get("id_number", 1.0),
            )


def family_record(paper: Paper) -> FamilyRecord:
    """Return a family book, a birth or a marriage certificate."""
    return FamilyRecord(
        document=paper.id,
        record=paper.fact("record", text),
        people=tuple(people(paper)),
        issued_on=paper.fact("issued_on", day),
        country=paper.fact("country", text),
        legalised=paper.fact("legalised", yes),
        marginal_notes=paper.fact("marginal_notes", choice),
    )


def partnership(paper: Paper) -> Partnership:
    """Return the proof of an unmarried couple."""
    return Partnership(
        document=paper.id,
        proof=paper.fact("proof", text),
        people=tuple(people(paper)),
        registered_on=paper.fact("registered_on", day),
        issued_on=paper.fact("issued_on", day),
    )


def decision(paper: Paper) -> Decision:
    """Return a decision on persons."""
    return Decision(
        document=paper.id,
        people=tuple(people(paper)),
        subject=paper.fact("subject", text),
        decided_on=paper.fact("decided_on", day),
        compensatory_pension=paper.fact("compensatory_pension", yes),
    )


def disability(paper: Paper) -> Disability:
    """Return a certificate of disability."""
    return Disability(
        document=paper.id,
        person=person(paper, "person."),
        degree=paper.fact("degree", amount),
        valid_until=paper.fact("valid_until", day),
    )


def income(paper: Paper) -> Income:
    """Return a declaration of income."""
    return Income(
        document=paper.id,
        person=person(paper, "person."),
        year=paper.fact("year", number),
        annual=paper.fact("annual_income", amount),
    )


def consular_exit(paper: Paper) -> ConsularExit:
    """Return a consulate's word that somebody left."""
    return ConsularExit(
        document=paper.id,
        person=person(paper, "person."),
        country=paper.fact("country", text),
        left_on=paper.fact("from", day),
    )
