"""The papers of a case as columns: whom each one names, and whether that is the person it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from validators.facts import Address, Application, Declaration, Fact, Identity, Period, Person
from validators.identity import Match, full_name, person_of, same_person
from validators.numbers import plain
from validators.once import once
from validators.stays import match, registered_as

NO_HOME = Address()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one paper says of one person.

    `kind`: `form`, `identity`, `certificate`, `volante`, `declaration`, `representation`, `permit`,
    `non_export`, `family`, `mandate`, `register`. `match` tells whether the paper's person is `about`.
    """

    about: str
    kind: str
    document: str
    person: Person
    match: Match
    address: Address = NO_HOME


@once
def columns(application: Application) -> tuple[Column, ...]:
    """Return every paper that names a person of the case, the forms first."""
    return (
        *_of_the_applicant(application),
        *_of_the_representative(application),
        *_of_the_beneficiaries(application),
    )


def _of_the_applicant(application: Application) -> Iterator[Column]:
    """Yield what each paper says of the applicant; the card of somebody else whom a form names is theirs."""
    who, others = application.applicant, tuple(others_named(application))
    forms = [(form.document, form.applicant, form.address) for form in application.convenio]
    forms += [(form.document, form.holder, form.address) for form in application.asistencia]
    for document, person, address in forms:
        yield _column("form", document, person, same_person(who, person), address)
    for card in application.identities:
        holder = person_of(card)
        found = same_person(who, holder)
        if found != "different" or not _is_one_of(others, holder):
            yield _column("identity", card.document, holder, found)
    yield from _of_the_register(application)
    for paper in application.declarations:
        if not _is_one_of(others, paper.declarant) or declares_for(who, paper) == "same":
            declarant = replace(paper.declarant, nationality=paper.nationality)
            yield _column("declaration", paper.document, declarant, declares_for(who, paper))
    yield from _of_other_papers(application)


def _of_the_register(application: Application) -> Iterator[Column]:
    """Yield what certificates and volantes say, and what a register answered when it was asked."""
    for paper in application.registrations:
        kind = "certificate" if paper.official else "volante"
        found = registered_as(application, paper.person)
        if found == "different" and _of_a_beneficiary(application, paper.person):
            continue
        home = paper.address if _still(paper.periods) else NO_HOME
        yield _column(kind, paper.document, paper.person, found, home)
    for answer in application.register:
        if answer.answer == "found" and answer.about == "applicant":
            found = registered_as(application, answer.person)
            home = answer.address if _still(answer.periods) else NO_HOME
            yield _column("register", answer.document, answer.person, found, home)


def _of_a_beneficiary(application: Application, person: Person) -> bool:
    """Whether a paper is surely that of a beneficiary of the form, for whom it may well be brought."""
    listed = (one.person for form in application.asistencia for one in form.beneficiaries)
    return _is_one_of(tuple(listed), person)


def _still(periods: tuple[Period, ...]) -> bool:
    """Whether a register's home is where the person lives: an entry is open, or no entry is told."""
    return not periods or any(period.until.value is None for period in periods)


def _of_other_papers(application: Application) -> Iterator[Column]:
    """Yield what proofs of representation, permits and foreign certificates say of the applicant."""
    for proof in application.representations:
        yield _column(
            "representation", proof.document, proof.represented, match(application, proof.represented)
        )
    others = tuple(others_named(application))
    named = [
        ("permit", p.document, replace(p.person, id_number=p.number or p.person.id_number))
        for p in application.permits
    ]
    named += [("non_export", letter.document, letter.person) for letter in application.non_exports]
    for kind, document, person in named:
        found = match(application, person)
        if found != "different" or not _is_one_of(others, person):
            yield _column(kind, document, person, found)


def _of_the_representative(application: Application) -> Iterator[Column]:
    """Yield what the forms, the proofs and the cards say of whoever acts for the applicant."""
    named = [(f.document, f.representative) for f in application.convenio]
    named += [(f.document, f.representative) for f in application.asistencia]
    people = [(document, person) for document, person in named if is_named(person)]
    if not people:
        return
    who = people[0][1]
    for document, person in people:
        yield _column("form", document, person, same_person(who, person), about="representative")
    for proof in application.representations:
        found = same_person(who, proof.representative)
        yield _column("representation", proof.document, proof.representative, found, about="representative")
    for card in application.identities:
        yield from _own_card(card, who, application.applicant, "representative")


def _of_the_beneficiaries(application: Application) -> Iterator[Column]:
    """Yield what the form, the cards, the family papers and the register say of each beneficiary."""
    listed = [(form.document, one) for form in application.asistencia for one in form.beneficiaries]
    for number, (document, line) in enumerate(listed, 1):
        about, who = f"beneficiary-{number}", line.person
        yield _column("form", document, who, "same", about=about)
        for card in application.identities:
            yield from _own_card(card, who, application.applicant, about)
        for paper, person in _family(application):
            if (found := same_person(who, person)) != "different":
                yield _column("family", paper, person, found, about=about)
        yield from _registered(application, who, about)


def _registered(application: Application, who: Person, about: str) -> Iterator[Column]:
    """Yield the register's papers that are surely a beneficiary's, and what a register answered of them."""
    for paper in application.registrations:
        if same_person(who, paper.person) == "same":
            kind = "certificate" if paper.official else "volante"
            yield _column(kind, paper.document, paper.person, "same", about=about)
    for answer in application.register:
        if answer.answer == "found" and answer.about == about:
            found = same_person(who, answer.person)
            yield _column("register", answer.document, answer.person, found, answer.address, about)


def _family(application: Application) -> Iterator[tuple[str, Person]]:
    """Yield the people of family papers, and those of certificates of disability and income."""
    named = [(paper.document, one) for paper in application.family_records for one in paper.people]
    named += [(paper.document, one) for paper in application.partnerships for one in paper.people]
    for document, one in named:
        born = Fact(value=one.birth_date, confidence=one.confidence) if one.birth_date else None
        yield document, Person(first_surname=Fact(value=one.name, confidence=one.confidence), birth_date=born)
    yield from ((paper.document, paper.person) for paper in application.disabilities)
    yield from ((paper.document, paper.person) for paper in application.incomes)


def _own_card(card: Identity, who: Person, applicant: Person, about: str) -> Iterator[Column]:
    """Yield a card that may be *who*'s and is not the applicant's."""
    holder = person_of(card)
    found = same_person(who, holder)
    if found == "same" or (found == "unsure" and same_person(applicant, holder) == "different"):
        yield _column("identity", card.document, holder, found, about=about)


def _column(
    kind: str,
    document: str,
    person: Person,
    found: Match,
    address: Address = NO_HOME,
    about: str = "applicant",
) -> Column:
    """Return one column."""
    return Column(about=about, kind=kind, document=document, person=person, match=found, address=address)


def declares_for(applicant: Person, paper: Declaration) -> Match:
    """Return whether a declaration is the applicant's: it has a number and a name, no date of birth.

    Where the form gives a passport and the declaration a NIE, the name alone is too little.
    """
    return same_person(applicant, replace(paper.declarant, birth_date=None))


def others_named(application: Application) -> Iterator[Person]:
    """Yield the other people that the forms name: representatives, beneficiaries, an earlier holder."""
    for form in application.convenio:
        yield form.representative
    for request in application.asistencia:
        yield request.representative
        yield request.previous_holder
        yield from (beneficiary.person for beneficiary in request.beneficiaries)
    yield from (paper.representative for paper in application.representations)


def _is_one_of(others: tuple[Person, ...], person: Person) -> bool:
    """Whether a person is surely one of those that the forms name."""
    return any(same_person(other, person) == "same" for other in others)


def is_named(person: Person) -> bool:
    """Whether a form names somebody there."""
    return bool(full_name(person)) or bool(person.id_number and person.id_number.value)


def own_numbers(application: Application) -> frozenset[str]:
    """Return the numbers that stand in the applicant's own form, cards and permits, plainly written."""
    cards = (c.number for c in application.identities if match(application, person_of(c)) == "same")
    permits = (p.number for p in application.permits if match(application, p.person) == "same")
    facts = (application.applicant.id_number, *cards, *permits)
    return frozenset(plain(fact.value) for fact in facts if fact and fact.value)
