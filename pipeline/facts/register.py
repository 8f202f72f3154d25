"""A certificate of the municipal register as the law's type, with the applicant's own line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractors.prose import fold
from pipeline.facts.fields import Paper, address, day, person, text, yes
from validators.facts import Evidence, Fact, Period, Person, Registration, Resident


def registration(paper: Paper, applicant: Person, *, official: bool) -> Registration:
    """Return the certificate (*official*) or volante; a collective one through the applicant's line."""
    municipality = paper.fact("municipality", text)
    residents = tuple(_residents(paper))
    named = person(paper, "person.")
    periods = tuple(_periods(paper, municipality))
    line = None if periods else _own_line(residents, applicant)
    if line is not None:
        named = _of_line(paper, line)
        periods = (_line_period(paper, line, municipality),) if line.since else ()
    return Registration(
        document=paper.id,
        official=official,
        person=named,
        form=paper.fact("form", text),
        municipality=municipality,
        province=paper.fact("province", text),
        issued_on=paper.looked_for("issued_on", day),
        seen=paper.seen,
        address=address(paper, "person.address."),
        periods=periods,
        residents=residents,
        changes=tuple(d for row, _ in paper.rows("changes") if (d := day(row.get("date")))),
        last_change_on=paper.fact("last_change_on", day),
        notes=paper.fact("notes", text),
        signed=paper.fact("signed", yes),
    )


def _periods(paper: Paper, municipality: Fact[str] | None) -> Iterator[Period]:
    """Yield the stays as written; a date that cannot be read stays, with no value."""
    place = (Evidence(paper.id, "periods"),)
    for row, sure in paper.rows("periods"):
        town = text(row.get("municipality"))
        yield Period(
            municipality=Fact(value=town, confidence=sure, evidence=place)
            if town
            else municipality or Fact(value=None, confidence=0.0, evidence=place),
            since=_date(row, "from", sure, place),
            until=_end(row, sure, place),
            cause_in=text(row.get("cause_in")),
            cause_out=text(row.get("cause_out")),
            origin=text(row.get("origin")),
        )


def _date(row: Mapping[str, Any], name: str, sure: float, place: tuple[Evidence, ...]) -> Fact[Any]:
    """Return a date of a stay; one that is not there or not a date is known with no certainty."""
    value = day(row.get(name))
    return Fact(value=value, confidence=sure if value else 0.0, evidence=place)


def _end(row: Mapping[str, Any], sure: float, place: tuple[Evidence, ...]) -> Fact[Any]:
    """Return the end of a stay: none written and no cause of leaving means still open."""
    if row.get("to") is None:
        return Fact(value=None, confidence=0.0 if row.get("cause_out") else sure, evidence=place)
    return _date(row, "to", sure, place)


def _residents(paper: Paper) -> Iterator[Resident]:
    """Yield the lines of a collective certificate."""
    for row, _ in paper.rows("residents"):
        yield Resident(
            name=text(row.get("name")) or "",
            id_number=text(row.get("id_number")),
            birth_date=day(row.get("birth_date")),
            since=day(row.get("from")),
        )


def _own_line(residents: Iterable[Resident], applicant: Person) -> Resident | None:
    """Return the applicant's line: by identifier, else by birth date and every part of the name."""
    number = applicant.id_number.value if applicant.id_number else None
    lines = list(residents)
    by_number = [r for r in lines if number and r.id_number == number]
    return by_number[0] if len(by_number) == 1 else _by_name(lines, applicant)


def _by_name(lines: Iterable[Resident], applicant: Person) -> Resident | None:
    """Return the one line with the applicant's birth date and all parts of the name, if there is one."""
    born = applicant.birth_date.value if applicant.birth_date else None
    facts = (applicant.first_surname, applicant.second_surname, applicant.given_name)
    parts = {part for fact in facts if fact and fact.value for part in fold(fact.value).split()}
    found = [
        r
        for r in lines
        if born and r.birth_date == born and parts <= set(fold(r.name).replace(",", " ").split())
    ]
    return found[0] if parts and len(found) == 1 else None


def _of_line(paper: Paper, line: Resident) -> Person:
    """Return the person of a line, as sure as the list of residents is."""
    field = paper.fields["residents"]
    place = (Evidence(paper.id, "residents"),)

    def fact(value: Any) -> Fact[Any] | None:
        return Fact(value=value, confidence=field.confidence, evidence=place) if value else None

    return Person(
        first_surname=fact(line.name), id_number=fact(line.id_number), birth_date=fact(line.birth_date)
    )


def _line_period(paper: Paper, line: Resident, municipality: Fact[str] | None) -> Period:
    """Return the stay that a line of a collective certificate shows: open since its own alta."""
    sure = paper.fields["residents"].confidence
    place = (Evidence(paper.id, "residents"),)
    return Period(
        municipality=municipality or Fact(value=None, confidence=0.0, evidence=place),
        since=Fact(value=line.since, confidence=sure, evidence=place),
        until=Fact(value=None, confidence=sure, evidence=place),
    )
