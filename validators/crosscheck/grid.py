"""The grid: a row for each fact of each person, a cell for each paper, compared with the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from validators.crosscheck.columns import Column, columns, is_named, own_numbers
from validators.crosscheck.difference import AGREE, Compared, Difference, Verdict, differ
from validators.crosscheck.names import compare_names
from validators.crosscheck.values import compare_accounts, compare_births, compare_numbers
from validators.crosscheck.ways import WAYS, Way
from validators.facts import Application, Evidence, Fact, Person
from validators.identity import Match, full_name

_GRAVEST: tuple[Verdict, ...] = ("contradiction", "explained", "agree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one paper says of one fact, how sure, and how that compares with the first paper that says it.

    `match` tells whether the paper is about the person of the row at all.
    """

    paper: str
    kind: str
    value: str
    confidence: float
    evidence: tuple[Evidence, ...]
    compared: Compared
    match: Match = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact of one person in every paper that gives it.

    `about`: `applicant`, `representative`, `account_holder`, `beneficiary-1`. `fact`: `name`, `id_number`,
    `birth_date`, `nationality`, `address`, `account`.
    """

    about: str
    fact: str
    cells: tuple[Cell, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of the cells; nothing to compare where one paper alone speaks."""
        verdicts = {cell.compared.verdict for cell in self.cells[1:]}
        return next((verdict for verdict in _GRAVEST if verdict in verdicts), "not_comparable")

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every way in which some paper differs, each once."""
        return tuple(dict.fromkeys(d for cell in self.cells for d in cell.compared.differences))

    @property
    def tolerated(self) -> bool:
        """Whether no difference makes a person look."""
        return all(difference.tolerated for difference in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All rows of a case, person by person."""

    rows: tuple[Row, ...]


def crosscheck(application: Application) -> Grid:
    """Return the grid of *application*."""
    found, own = columns(application), own_numbers(application)
    rows: list[Row] = []
    for about in dict.fromkeys(column.about for column in found):
        said = [column for column in found if column.about == about]
        numbers = own if about == "applicant" else frozenset()
        rows += [_row(about, way, said, numbers) for way in WAYS]
    return Grid(rows=tuple(row for row in (*rows, *_accounts(application)) if row.cells))


def row(application: Application, about: str, fact: str) -> Row:
    """Return one row of the grid, maybe without cells: for a rule that stands on it."""
    said = [column for column in columns(application) if column.about == about]
    numbers = own_numbers(application) if about == "applicant" else frozenset()
    return next(_row(about, way, said, numbers) for way in WAYS if way.fact == fact)


def explained(one: Person, other: Person) -> tuple[Difference, ...]:
    """Return how two papers differ about the name, the number and the birth of a person."""
    found = (compare(one, other) for compare in (compare_names, compare_numbers, compare_births))
    return tuple(dict.fromkeys(difference for compared in found for difference in compared.differences))


def _row(about: str, way: Way, found: Iterable[Column], own: frozenset[str]) -> Row:
    """Return the row of one fact."""
    said = [column for column in found if way.shown(column)]
    cells = [
        _cell(
            column,
            way.shown(column),
            way.stands_on(column),
            way.compare(said[0], column, own) if place else AGREE,
        )
        for place, column in enumerate(said)
    ]
    return Row(about=about, fact=way.fact, cells=tuple(cells))


def _cell(column: Column, value: str, facts: Sequence[Fact[Any] | None], compared: Compared) -> Cell:
    """Return what one paper says."""
    known = [fact for fact in facts if fact is not None and fact.value is not None]
    return Cell(
        paper=column.document,
        kind=column.kind,
        value=value,
        confidence=min((fact.confidence for fact in known), default=1.0),
        evidence=tuple(dict.fromkeys(place for fact in known for place in fact.evidence)),
        compared=compared,
        match=column.match,
    )


def _accounts(application: Application) -> Iterator[Row]:
    """Yield who owns the account, beside the applicant, and the account itself (CE-PAGO-01)."""
    for form in application.convenio:
        if not is_named(form.account_holder) and not application.mandates:
            continue
        holders = [_holder("form", form.document, form.account_holder)]
        holders += [
            _holder("mandate", m.document, Person(first_surname=m.holder_name)) for m in application.mandates
        ]
        first = _holder("form", form.document, form.applicant)
        row = _row("account_holder", WAYS[0], [first, *holders], frozenset())
        yield replace(row, cells=tuple(_of_representative(cell, form.representative) for cell in row.cells))
        yield _row("account_holder", WAYS[1], [first, holders[0]], frozenset())
        yield _account(application, form.document, form.iban)


def _holder(kind: str, document: str, person: Person) -> Column:
    """Return a paper's word on the owner of the account."""
    return Column(about="account_holder", kind=kind, document=document, person=person, match="unsure")


def _of_representative(cell: Cell, agent: Person) -> Cell:
    """Return the cell, explained where the owner of the account is the representative."""
    named = compare_names(agent, Person(first_surname=Fact(value=cell.value)))
    if (
        cell.compared.verdict == "contradiction"
        and full_name(agent)
        and named.verdict in {"agree", "explained"}
    ):
        return replace(cell, compared=differ("representative_account", *(d.kind for d in named.differences)))
    return cell


def _account(application: Application, document: str, iban: Fact[str] | None) -> Row:
    """Return the row of the account's number."""
    told = [("form", document, iban), *(("mandate", m.document, m.iban) for m in application.mandates)]
    said = [(kind, paper, fact) for kind, paper, fact in told if fact is not None and fact.value]
    cells = [
        Cell(
            paper=paper,
            kind=kind,
            value=fact.value or "",
            confidence=fact.confidence,
            evidence=fact.evidence,
            compared=compare_accounts(said[0][2].value, fact.value) if place else AGREE,
        )
        for place, (kind, paper, fact) in enumerate(said)
    ]
    return Row(about="account_holder", fact="account", cells=tuple(cells))
