"""Examples that ask for one calculation: a date, a term, a share of a fee.

`reckon: cure_limit` names the function and `with` its arguments; what they are called and of which type
they are is the function's own business. The law is that of the filing day, the calendars are the shipped.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import GenericAlias, MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from validators.calendar import Calendars
from validators.deadlines import (
    bar_ends,
    cure_limit,
    deadlines,
    notify_by,
    payment_limit,
    rejected_after,
    second_attempt_by,
    signing_limit,
)
from validators.examples.case import Example, Reckoning
from validators.examples.happenings import happenings
from validators.examples.records import People, told
from validators.examples.values import Entry, Page
from validators.examples.vocabulary import Word, without_none
from validators.facts import Application
from validators.fee import change, fee_in_month, part_of_month
from validators.finding import Finding
from validators.law import version
from validators.life import Event, life
from validators.policy import Policy
from validators.quotas import schedule
from validators.rules import Law
from validators.tables import Table

RECKONERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            *(cure_limit, deadlines, payment_limit, signing_limit),
            *(bar_ends, notify_by, rejected_after, second_attempt_by),
            *(change, fee_in_month, part_of_month, schedule),
            life,
        )
    }
)
"""What an example may ask for."""


def reckoning(said: Table) -> Reckoning:
    """Return the calculation that an example asks for.

    Raises:
        TableError: there is no such calculation, or one of its arguments is not there or of another type.
    """
    name = said.text("reckon")
    if name not in RECKONERS:
        raise said.wrong(f"nothing reckons {name!r}; one of {sorted(RECKONERS)}", "reckon")
    given = said.table("with") if "with" in said else Table(said.file, said.line)
    return Reckoning(name=name, arguments=MappingProxyType(dict(_given(RECKONERS[name], given, said))))


def _given(function: Callable[..., Any], given: Table, said: Table) -> Iterator[tuple[str, Any]]:
    """Yield the arguments that the example gives; those that the case itself gives are left out."""
    hints = {name: without_none(hint) for name, hint in get_type_hints(function).items() if name != "return"}
    own = {name: hint for name, hint in hints.items() if not _of_the_case(hint)}
    given.expect(optional=tuple(own))
    page = Page(filed_on=said.date("filed_on"), document="")
    for name, parameter in inspect.signature(function).parameters.items():
        if name in given and _many(own[name]) and get_args(own[name])[0] is Event:
            yield name, happenings(given, name)
        elif name in given:
            hint = own[name]
            word = Word(name, None, GenericAlias(tuple, (get_args(hint)[0], ...)) if _many(hint) else hint)
            yield name, told(word, Entry(given, name, given[name]), page, People(named={}))
        elif name in own and parameter.default is parameter.empty:
            raise given.wrong(f"{name!r} is missing")


def _of_the_case(hint: Any) -> bool:
    """Whether an argument is not given by the example's words but by its case."""
    return hint in (Application, Law, Policy, Calendars) or (
        get_origin(hint) is not None and Finding in get_args(hint)
    )


def _many(hint: Any) -> bool:
    """Whether an argument takes several things of one type."""
    return get_origin(hint) in (Iterable, list, tuple)


def reckoned(example: Example, asked: Reckoning) -> Any:
    """Return what the calculation of an example gives."""
    function = RECKONERS[asked.name]
    of_the_case = {
        Application: example.application,
        Law: Law(
            on=example.filed_on,
            version=version(example.filed_on),
            policy=example.policy,
            calendars=Calendars.shipped(),
        ),
        Policy: example.policy,
        Calendars: Calendars.shipped(),
    }
    filled = {
        name: of_the_case.get(without_none(hint), ())
        for name, hint in get_type_hints(function).items()
        if name != "return" and name not in asked.arguments and _of_the_case(without_none(hint))
    }
    return _called(function, filled | dict(asked.arguments))


def _called(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """Call a function whose first arguments may be by position only."""
    return function(**arguments)
