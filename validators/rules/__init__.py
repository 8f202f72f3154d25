"""The rules: one module a family, found by looking, never listed.

A module declares `Rule` values (id, article, three reasons, days in force) and functions marked with
`@judge` that take the application and the law and yield findings. Two editions of one id that hold on
one day are refused at start.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from validators.calendar import Calendars
from validators.facts import Application, Evidence, Fact, Procedure
from validators.finding import Applied, Finding, Outcome, Text
from validators.policy import Policy

_DOUBTFUL = Text(
    "(lectura dudosa: compruébela)", "(lectura dubidosa: compróbea)", "(uncertain reading: check it)"
)
_BY_HAND = Text(
    "Está escrito a mano y el programa no lo lee: léalo usted en el papel.",
    "Está escrito á man e o programa non o le: léao vostede no papel.",
    "It is written by hand, which the program does not read: please read it on the paper.",
)
BEGINS: Mapping[Procedure, dt.date] = MappingProxyType(
    {
        # Orden SSI/1475/2014 (BOE-A-2014-8499); RD 1192/2012 (BOE-A-2012-10477)
        "convenio_especial": dt.date(2014, 8, 7),
        "asistencia_sanitaria": dt.date(2012, 8, 5),
        "unknown": dt.date(2012, 8, 5),
    }
)
"""The first day on which each procedure existed: no rule judges an older filing."""
_FAMILIES: Mapping[str, Procedure] = MappingProxyType(
    {
        "AS-": "asistencia_sanitaria",
        "CAT-": "unknown",
        "CE-EXT-01": "unknown",
        "CE-ID-": "unknown",
        "CE-": "convenio_especial",
    }
)
"""Whose procedure a rule's id belongs to; those of identity and of a death in the register serve both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The law as it stands for one case: the day of the filing, the version, policy and calendars.

    `as_of` is the day whose editions apply where that is not the filing day: only in a replay.
    """

    on: dt.date
    version: dt.date
    policy: Policy
    calendars: Calendars
    as_of: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """The day whose editions of the rules apply."""
        return self.as_of or self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One edition of a rule of docs/law.md, in force from `since` to `until`, both days included.

    Where the law changed, several editions share an id and their days do not overlap. Reasons may hold
    `{names}` that a finding fills in. No edition holds before its procedure existed; a rule of no single
    procedure (GEN, PLZ) holds always unless it says otherwise.
    """

    id: str
    basis: str
    es: str
    gl: str
    en: str
    since: dt.date = dt.date.min
    until: dt.date | None = None

    def __post_init__(self) -> None:
        """Begin no earlier than the procedure did."""
        first = next((BEGINS[own] for start, own in _FAMILIES.items() if self.id.startswith(start)), None)
        object.__setattr__(self, "since", max(self.since, first or dt.date.min))

    def on(self, day: dt.date) -> Rule:
        """Return the edition of this rule that holds on *day*; this one where none does."""
        if self.in_force(day):
            return self
        return next((rule for rule in editions().get(self.id, ()) if rule.in_force(day)), self)

    def formerly(self, *bases: tuple[dt.date, str]) -> tuple[Rule, ...]:
        """Return the older editions that said the same under another article, from the day of each *basis*.

        Each ends the day before the next begins, the last the day before this one does.
        """
        ends = [*(day for day, _ in bases[1:]), self.since]
        return tuple(
            replace(self, basis=basis, since=day, until=end - dt.timedelta(days=1))
            for (day, basis), end in zip(bases, ends, strict=True)
        )

    def in_force(self, on: dt.date) -> bool:
        """Whether the edition holds *on* a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def finds(
        self,
        outcome: Outcome,
        law: Law,
        *decided_by: Fact[Any] | None,
        evidence: Iterable[Evidence] = (),
        reason: Text | None = None,
        about: str | None = None,
        **words: object,
    ) -> Finding:
        """Return the finding; *decided_by* are the facts it stands on: they give evidence and certainty.

        What proposes something, or asks for something, on a value below the acceptance threshold becomes
        a `review` (docs/law.md section 1): a doubtful reading is nobody's fault. A place that is written by
        hand is said to be so: nothing is missing there.
        *reason* takes the place of the rule's own sentence where the case asks for another; *about* names
        the person where it is not the applicant. Article and sentence are those of the edition of the day.
        """
        edition = self.on(law.day)
        facts = [fact for fact in decided_by if fact is not None]
        certainty = min((fact.confidence for fact in facts), default=1.0)
        firm = certainty >= law.policy.acceptance
        proposes = outcome not in {Outcome.NOTICE, Outcome.REVIEW}
        said = [_filled(text, words) for text in reason or (edition.es, edition.gl, edition.en)]
        if any(fact.hand for fact in facts):
            said = [f"{text} {told}" for text, told in zip(said, _BY_HAND, strict=True)]
        elif proposes and not firm:
            said = [f"{text} {doubt}" for text, doubt in zip(said, _DOUBTFUL, strict=True)]
        return Finding(
            rule=self.id,
            outcome=outcome if firm or not proposes else Outcome.REVIEW,
            reason=Text(*said),
            basis=edition.basis,
            law_version=law.version,
            evidence=tuple(dict.fromkeys([*evidence, *(e for f in facts for e in f.evidence)])),
            certainty=certainty,
            about=about,
        )

    def applied(self, *, reason: Text | None = None, **words: object) -> Applied:
        """Return the rule as what fixes a date or an amount, its reason filled in with *words*.

        *reason* takes the place of the rule's own sentence.
        """
        said = (_filled(text, words) for text in reason or (self.es, self.gl, self.en))
        return Applied(self.id, Text(*said), self.basis)


_BLANK = re.compile(r"{(\w+)}")


def _filled(text: str, words: Mapping[str, object]) -> str:
    """Return a sentence with its blanks filled in, dates as people write them.

    A sentence may already quote a paper; braces that stand there are the paper's, and stay.
    """

    def shown(blank: re.Match[str]) -> str:
        value = words.get(blank[1], blank[0])
        return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)

    return _BLANK.sub(shown, text)


Judge = Callable[[Application, Law], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A function that judges, the procedures it is for (none: all) and the days on which it does."""

    function: Judge
    procedures: tuple[Procedure, ...]
    since: dt.date | None
    until: dt.date | None

    def applies(self, procedure: Procedure, on: dt.date) -> bool:
        """Whether the function judges an application of *procedure* filed *on* a day."""
        asked = not self.procedures or procedure in self.procedures
        begun = (self.since or BEGINS[procedure]) <= on
        return asked and begun and (self.until is None or on <= self.until)


def judge(
    *procedures: Procedure, since: dt.date | None = None, until: dt.date | None = None
) -> Callable[[Judge], Judgement]:
    """Mark a function that takes the application and the law and yields findings.

    With *since* and *until* (both included) it judges only filings of those days: the law before and
    after a change stands in two functions side by side. Without *since* it judges from the first day of the
    procedure; `dt.date.min` is for what must be said of a filing however old.
    """

    def mark(function: Judge) -> Judgement:
        return Judgement(function, procedures, since, until)

    return mark


@cache
def families() -> tuple[object, ...]:
    """Return the modules of rules, in the order of their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


@cache
def editions() -> Mapping[str, tuple[Rule, ...]]:
    """Return all editions of every rule by id, oldest first; two on one day are an error of the program."""
    found: dict[str, list[Rule]] = {}
    for value in dict.fromkeys(rule for family in families() for rule in _declared(family)):
        found.setdefault(value.id, []).append(value)
    return {number: _in_order(rules) for number, rules in sorted(found.items())}


def _in_order(same: list[Rule]) -> tuple[Rule, ...]:
    """Return the editions of one rule by their first day, refusing two that hold on one day."""
    ordered = tuple(sorted(same, key=lambda rule: rule.since))
    for earlier, later in pairwise(ordered):
        if earlier.in_force(later.since):
            message = f"two rules have the id {later.id!r} on {later.since}; end the first or rename one"
            raise ValueError(message)
    return ordered


def rules(on: dt.date | None = None) -> Mapping[str, Rule]:
    """Return the rules by id as they hold *on* a day; without a day, the newest edition of each."""
    if on is None:
        return {number: same[-1] for number, same in editions().items()}
    return _held_from(bisect_right(_changes(), on))


@cache
def _changes() -> tuple[dt.date, ...]:
    """Return the days on which some edition begins or has ended."""
    every = [rule for same in editions().values() for rule in same]
    ended = (rule.until + dt.timedelta(days=1) for rule in every if rule.until)
    return tuple(sorted({*(rule.since for rule in every), *ended}))


@cache
def _held_from(place: int) -> Mapping[str, Rule]:
    """Return the rules that hold between two changes, told by the number of changes before."""
    on = _changes()[place - 1] if place else dt.date.min
    held = ((number, rule) for number, same in editions().items() for rule in same if rule.in_force(on))
    return MappingProxyType(dict(held))


def _declared(family: object) -> Iterator[Rule]:
    """Yield the rules that a module names one by one, and those of its table `RULES`, if it has one."""
    yield from (value for value in vars(family).values() if isinstance(value, Rule))
    yield from getattr(family, "RULES", ())


@cache
def _judgements() -> tuple[Judgement, ...]:
    """Return all judging functions, family by family."""
    found = (value for family in families() for value in vars(family).values())
    return tuple(value for value in found if isinstance(value, Judgement))


def judgements(procedure: Procedure, on: dt.date) -> Iterator[Judgement]:
    """Yield the judging functions for an application of *procedure* filed *on* a day."""
    return (judgement for judgement in _judgements() if judgement.applies(procedure, on))
