"""What the family papers of a case show of the tie between a holder and a relative, paper by paper.

The places (*roles*) are those of the contract's fields: in a family book `holder` and `spouse` are the
couple and `child` their children; in a birth certificate `child` is who was born and `parent` the parents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from validators.facts import Application, Decision, Fact, FamilyRecord, Named, Person
from validators.kinship import Fits, Shown, as_person, best, fact_of, line_of, recognised, tie

_COUPLE = frozenset({"holder", "spouse"})
_PARENTS = frozenset({"holder", "spouse", "parent"})
_BORN = frozenset({"child", "holder"})
_SIBLINGS = frozenset({"child", "sibling"})
_WARDSHIP = frozenset({"guardianship", "foster"})
ENDING = frozenset({"divorce", "separation"})
"""Subjects of decisions that end or loosen a marriage."""


def married(application: Application, holder: Person, relative: Person) -> Shown:
    """Return what marriage certificates and family books show of a marriage."""
    return best([*_records(application, holder, relative, {"marriage", "family_book"}, _both_of_couple)])


def descends(application: Application, holder: Person, relative: Person) -> Shown:
    """Return what family books and birth certificates show of the holder as parent of the relative."""
    books = _records(application, holder, relative, {"family_book"}, _child_in_book)
    births = _records(application, holder, relative, {"birth"}, _child_born)
    return best([*books, *births])


def siblings(application: Application, holder: Person, relative: Person) -> Shown:
    """Return what a family book, or the birth certificates of both, show of brothers and sisters."""
    books = _records(application, holder, relative, {"family_book"}, _both_children)
    return best([*books, *_two_births(application, holder, relative)])


def partners(application: Application, holder: Person, relative: Person, proofs: frozenset[str]) -> Shown:
    """Return what the proofs of an unmarried couple show, of the kinds in *proofs* (`register`, `deed`)."""
    found = []
    for paper in application.partnerships:
        proof = paper.proof.value if paper.proof else "register"
        if proof is None or proof in proofs:
            shown = tie(holder, relative, paper.people, paper.document, _any_place)
            found.append(_with(shown, paper.proof, sure=proof is not None))
    return best(found)


def in_care(decisions: Sequence[Decision], holder: Person, relative: Person) -> Shown:
    """Return what decisions on guardianship or fostering show: both people named in one of them."""
    return best([*_decisions(decisions, holder, relative, _WARDSHIP)])


def parted(application: Application, holder: Person, relative: Person) -> Shown:
    """Return what decisions on divorce or separation show of the two."""
    return best([*_decisions(application.decisions, holder, relative, ENDING)])


def parting(application: Application, holder: Person, relative: Person) -> Decision | None:
    """Return the decision on the divorce or separation that surely names the two, None without one."""
    for paper in application.decisions:
        if best([*_decisions((paper,), holder, relative, ENDING)]).tie == "yes":
            return paper
    return None


def other_parent(application: Application, holder: Person, relative: Person) -> tuple[Named, str] | None:
    """Return who, beside the holder, is a parent of the relative by a record that names both."""
    for kind, fits, places in (
        ("family_book", _child_in_book, _PARENTS),
        ("birth", _child_born, frozenset({"parent"})),
    ):
        for paper in application.family_records:
            if (
                _kind(paper) == kind
                and tie(holder, relative, paper.people, paper.document, fits).tie == "yes"
            ):
                others = [
                    p for p in paper.people if p.role in places and recognised(holder, p) == "different"
                ]
                if others:
                    return others[0], paper.document
    return None


def coupled_otherwise(application: Application, holder: Person, relative: Person) -> list[Fact[str]]:
    """Return whom a marriage certificate or a register names beside the holder who is not the relative."""
    couples = [
        (paper.document, [line for line in paper.people if line.role in _COUPLE])
        for paper in application.family_records
        if _kind(paper) == "marriage"
    ]
    couples += [(paper.document, list(paper.people)) for paper in application.partnerships]
    found = []
    for document, people in couples:
        answer, own = line_of(holder, people)
        if answer in {"same", "named"}:
            found += [
                fact_of(line, document) for line in people if line is not own and _is_other(line, relative)
            ]
    return found


def _is_other(line: Named, relative: Person) -> bool:
    """Whether a line is surely about somebody else than the relative."""
    return recognised(relative, line) == "different"


def noted(application: Application, relative: Person, slugs: frozenset[str]) -> list[Fact[list[str] | str]]:
    """Return the marginal notes on one of *slugs* in the records that name the relative, or may."""
    found = []
    for paper in application.family_records:
        fact = paper.marginal_notes
        value = fact.value if fact is not None else None
        told = {value} if isinstance(value, str) else set(value or ())
        if fact is not None and told & slugs and line_of(relative, paper.people)[0] != "different":
            found.append(fact)
    return found


def _kind(paper: FamilyRecord) -> str | None:
    """Return which record it is, None where that was not read."""
    return paper.record.value if paper.record else None


def _records(
    application: Application, holder: Person, relative: Person, kinds: set[str], fits: Fits
) -> Iterator[Shown]:
    """Yield what each family record of *kinds* shows; one whose kind is not read may be any, unsurely."""
    for paper in application.family_records:
        kind = _kind(paper)
        if kind is None or kind in kinds:
            shown = tie(holder, relative, paper.people, paper.document, fits)
            yield _with(shown, paper.record, sure=kind is not None)


def _decisions(
    decisions: Iterable[Decision], holder: Person, relative: Person, subjects: frozenset[str]
) -> Iterator[Shown]:
    """Yield what each decision on one of *subjects* shows; one whose subject is not read may be any."""
    for paper in decisions:
        subject = paper.subject.value if paper.subject else None
        if subject is None or subject in subjects:
            shown = tie(holder, relative, paper.people, paper.document, _any_place)
            yield _with(shown, paper.subject, sure=subject is not None)


def _with(shown: Shown, fact: Fact[str] | None, *, sure: bool) -> Shown:
    """Return what a paper shows, with the fact of which paper it is; unsure where that is not read."""
    answer = shown.tie if sure or shown.tie != "yes" else "unsure"
    return Shown(tie=answer, facts=(*shown.facts, fact) if fact else shown.facts)


def _two_births(application: Application, holder: Person, relative: Person) -> Iterator[Shown]:
    """Yield the tie that two birth certificates show: one of each person, with the same two parents."""
    births = [paper for paper in application.family_records if _kind(paper) == "birth"]
    for one in births:
        for other in births:
            if _is_born(holder, one) and _is_born(relative, other):
                yield _same_parents(one, other)


def _is_born(person: Person, paper: FamilyRecord) -> bool:
    """Whether a birth certificate is surely that of *person*."""
    answer, line = line_of(person, paper.people)
    return answer == "same" and line is not None and line.role in _BORN


def _same_parents(one: FamilyRecord, other: FamilyRecord) -> Shown:
    """Return the tie of who was born of the same two parents, by their whole names at least."""
    mine, theirs = ([line for line in paper.people if line.role == "parent"] for paper in (one, other))
    shared = [a for a in mine if any(recognised(as_person(a), b) in {"same", "named"} for b in theirs)]
    facts = [
        Fact(
            value=line.name,
            confidence=line.sure,
            evidence=paper.record.evidence if paper.record else (),
        )
        for paper in (one, other)
        for line in paper.people
    ]
    return Shown(tie="yes" if len(shared) > 1 else "unsure", facts=tuple(facts))


def _both_of_couple(one: str | None, other: str | None) -> bool:
    """Whether both stand in the places of the couple."""
    return {one, other} <= _COUPLE


def _child_in_book(one: str | None, other: str | None) -> bool:
    """Whether the second is a child in the first one's book."""
    return one in _PARENTS and other == "child"


def _child_born(one: str | None, other: str | None) -> bool:
    """Whether the first is a parent of who was born."""
    return one == "parent" and other in _BORN


def _both_children(one: str | None, other: str | None) -> bool:
    """Whether both are children of one book."""
    return one in _SIBLINGS and other in _SIBLINGS


def _any_place(one: str | None, other: str | None) -> bool:
    """Papers that name only the two have no places."""
    del one, other
    return True
