"""The applicant's nationality as all papers about the same person give it (the annex has no place for it)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from validators.facts import Application, Fact
from validators.identity import person_of
from validators.once import once
from validators.stays import match


@dataclass(frozen=True, slots=True, kw_only=True)
class Nationality:
    """Every nationality read, ISO 3166 alpha-3 or the paper's own word, and the facts they stand on."""

    values: frozenset[str]
    facts: tuple[Fact[str], ...]

    @property
    def confidence(self) -> float:
        """The chance that the values are right: that of the surest paper for each, the least of those."""
        best = {v: max(f.confidence for f in self.facts if v in (f.value, *f.others)) for v in self.values}
        return min(best.values(), default=0.0)

    @property
    def fact(self) -> Fact[str]:
        """One fact to decide by: the value, or one of them, as sure as all papers together."""
        return Fact(
            value=min(self.values, default=None),
            confidence=self.confidence,
            evidence=tuple(dict.fromkeys(e for fact in self.facts for e in fact.evidence)),
        )


@once
def nationality(application: Application) -> Nationality:
    """Return what the papers about the applicant say; no value where none says it."""
    facts = tuple(fact for fact in _said(application) if fact.value is not None)
    return Nationality(values=frozenset(v for f in facts for v in (f.value, *f.others) if v), facts=facts)


def _said(application: Application) -> Iterator[Fact[str]]:
    """Yield each paper's word on the nationality of the applicant."""
    people = [person_of(card) for card in application.identities]
    people += [registration.person for registration in application.registrations]
    if application.applicant.nationality:
        yield application.applicant.nationality
    yield from (p.nationality for p in people if p.nationality and match(application, p) == "same")
    for declaration in application.declarations:
        if declaration.nationality and match(application, declaration.declarant) != "different":
            yield declaration.nationality
