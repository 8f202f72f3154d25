"""What the catalogue of entitlement asks of every case: what the papers say, and the title by residence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from validators.authorities import Authority
from validators.facts import Application, Fact, Mention, Procedure
from validators.finding import Finding, Outcome, Text
from validators.law import moves_freely
from validators.nationality import nationality
from validators.once import once
from validators.rules import Law, Rule
from validators.rules._asked import alta
from validators.rules._legal_residence import may_reside, residence_documents

_BY_NATURE = frozenset(
    {
        "social_security_worker",
        "pensioner",
        "unemployment_benefit",
        "periodic_benefit",
        "exhausted_benefit",
        "foreign_pension",
        "foreign_cover",
        "european_card",
        "mutual_insurance",
    }
)
"""Subjects of any letter on the export of a right."""
BOTH: tuple[Procedure, ...] = ("asistencia_sanitaria", "convenio_especial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The applicant's own title by nationality and residence (Ley 16/2003, art. 3.2.a and c).

    `unshown`: a foreigner of whom no paper shows that they reside legally; `unknown`: the nationality, or
    a paper that may show the residence, is not surely read. `facts` are what it stands on.
    """

    kind: Literal["national", "union", "resident", "unshown", "unknown"]
    facts: tuple[Fact[Any], ...] = ()

    @property
    def own(self) -> bool:
        """Whether the person surely has a right of their own by residing in Spain."""
        return self.kind in {"national", "union", "resident"}


@once
def title(application: Application, law: Law) -> Title:
    """Return the applicant's title as far as the papers surely show it."""
    nations = nationality(application)
    if len(nations.values) != 1 or nations.confidence < law.policy.acceptance:
        return Title(kind="unknown", facts=nations.facts)
    (country,) = nations.values
    if country == "ESP":
        return Title(kind="national", facts=(nations.fact,))
    shown = residence_documents(application, law)
    if not shown:
        doubt = may_reside(application, law)
        return Title(kind="unknown" if doubt else "unshown", facts=(nations.fact,))
    kind: Literal["union", "resident"] = "union" if moves_freely(country, on=law.on) else "resident"
    return Title(kind=kind, facts=(nations.fact, *shown))


def said(application: Application, *subjects: str) -> tuple[Mention, ...]:
    """Return what the papers say on *subjects*, but for what a foreign letter says by its nature.

    A letter on the export of a right names foreign pensions and foreign cover: `hinted` returns those.
    """
    letters = _letters(application)
    return tuple(
        m
        for m in application.mentions
        if m.subject in subjects and not (m.subject in _BY_NATURE and m.evidence.document in letters)
    )


def hinted(application: Application, *subjects: str) -> tuple[Mention, ...]:
    """Return what foreign letters say on *subjects* by their nature: never more than a doubt."""
    letters, asked_for = _letters(application), _BY_NATURE.intersection(subjects)
    return tuple(m for m in application.mentions if m.subject in asked_for and m.evidence.document in letters)


def _letters(application: Application) -> Collection[str]:
    """Return the documents that are letters on the export of a right."""
    return {paper.document for paper in application.non_exports}


def asked(application: Application, law: Law) -> bool:
    """Whether somebody asks to enter: a baja or a change of data of a convenio asks for no right."""
    return application.procedure != "convenio_especial" or alta(application, law)


def sends(
    rule: Rule,
    outcome: Outcome,
    law: Law,
    authority: Authority,
    *facts: Fact[Any] | None,
    reason: Text | None = None,
    **words: Any,
) -> Finding:
    """Return the finding that names the body to which the person is sent."""
    es, gl, en = authority.name
    return rule.finds(
        outcome, law, *facts, reason=reason, authority_es=es, authority_gl=gl, authority_en=en, **words
    )
