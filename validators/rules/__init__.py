"""The rules: one module a family, found by looking, never listed.

A module declares `Rule` values (id, article, three reasons) and functions marked with `@judge` that
take the application and the law and yield findings. Duplicate ids are refused at start.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from validators.calendar import Calendars
from validators.facts import Application, Evidence, Fact, Procedure
from validators.finding import Finding, Outcome, Text
from validators.policy import Policy

_DOUBTFUL = Text(
    "(lectura dudosa: compruébela)", "(lectura dubidosa: compróbea)", "(uncertain reading: check it)"
)
IN_FORCE = dt.date(2014, 8, 7)
"""Entry into force of Orden SSI/1475/2014 (BOE-A-2014-8499), the default start of a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The law as it stands for one case: the day that decides the version, policy and calendars."""

    on: dt.date
    version: dt.date
    policy: Policy
    calendars: Calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of docs/law.md. Reasons may hold `{names}` that a finding fills in."""

    id: str
    basis: str
    es: str
    gl: str
    en: str
    since: dt.date = IN_FORCE
    until: dt.date | None = None

    def finds(
        self,
        outcome: Outcome,
        law: Law,
        *decided_by: Fact[Any] | None,
        evidence: Iterable[Evidence] = (),
        reason: Text | None = None,
        **words: object,
    ) -> Finding:
        """Return the finding; *decided_by* are the facts it stands on: they give evidence and certainty.

        A `met`, `refer` or `not_met` that stands on a value below the acceptance threshold becomes a
        `review` (docs/law.md section 1): the program does not propose on a doubtful reading.
        *reason* takes the place of the rule's own sentence where the case asks for another.
        """
        facts = [fact for fact in decided_by if fact is not None]
        certainty = min((fact.confidence for fact in facts), default=1.0)
        firm = certainty >= law.policy.acceptance
        proposes = outcome in {Outcome.MET, Outcome.REFER, Outcome.NOT_MET}
        said = [text.format_map(_Shown(words)) for text in reason or (self.es, self.gl, self.en)]
        if proposes and not firm:
            said = [f"{text} {doubt}" for text, doubt in zip(said, _DOUBTFUL, strict=True)]
        return Finding(
            rule=self.id,
            outcome=outcome if firm or not proposes else Outcome.REVIEW,
            reason=Text(*said),
            basis=self.basis,
            law_version=law.version,
            evidence=tuple(dict.fromkeys([*evidence, *(e for f in facts for e in f.evidence)])),
            certainty=certainty,
        )


class _Shown(dict[str, object]):
    """Words for a reason; dates read as people write them."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value


Judge = Callable[[Application, Law], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A function that judges, and the procedures it is for (none: all)."""

    function: Judge
    procedures: tuple[Procedure, ...]


def judge(*procedures: Procedure) -> Callable[[Judge], Judgement]:
    """Mark a function that takes the application and the law and yields findings."""

    def mark(function: Judge) -> Judgement:
        return Judgement(function, procedures)

    return mark


@cache
def families() -> tuple[object, ...]:
    """Return the modules of rules, in the order of their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


@cache
def rules() -> Mapping[str, Rule]:
    """Return all rules by id; two rules with one id are an error of the program."""
    found: dict[str, Rule] = {}
    for value in (rule for family in families() for rule in _declared(family)):
        if found.setdefault(value.id, value) is not value:
            message = f"two rules have the id {value.id!r}; give one of them another"
            raise ValueError(message)
    return found


def _declared(family: object) -> Iterator[Rule]:
    """Yield the rules that a module names one by one, and those of its table `RULES`, if it has one."""
    yield from (value for value in vars(family).values() if isinstance(value, Rule))
    yield from getattr(family, "RULES", ())


def judgements(procedure: Procedure) -> Iterator[Judgement]:
    """Yield the judging functions for *procedure*, family by family."""
    for family in families():
        for value in vars(family).values():
            if isinstance(value, Judgement) and (not value.procedures or procedure in value.procedures):
                yield value
