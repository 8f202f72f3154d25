"""The words of the examples: those of the facts themselves, and the field's own where it has better ones.

Words are found by looking at the dataclasses of `validators.facts`, so a new fact is a word at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from validators.facts import Absence, Beneficiary, Identity, Period, Person, Registration, Resident, Signature
from validators.facts.register import RegisterAnswer

_ANYWHERE = {"birth_date": "born", "id_number": "number", "municipality": "town"}
_OF: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        Period: {
            "since": "alta",
            "until": "baja",
            "cause_in": "cause",
            "cause_out": "left",
            "origin": "came_from",
        },
        Registration: {"periods": "stays"},
        RegisterAnswer: {"periods": "stays"},
        Identity: {"kind": "document", "expires_on": "expires"},
        Absence: {"since": "from", "until": "to"},
        Resident: {"since": "alta"},
    }
)
_WHOSE = frozenset({"applicant", "holder", "declarant", "represented", "person"})
"""The person whom a paper is about: the applicant unless the example names another."""
_SIGNERS = {"applicant_": "", "holder_": ""}
_UNSAID = frozenset({"document", "official"})
"""What the loader fills in: the paper's number in the case, and whether it is a certificate."""


class Word(NamedTuple):
    """What a word stands for: a field of a record, the part of it (of a signature), and its type."""

    field: str
    part: str | None
    hint: Any


def vocabulary(record: type[Any]) -> Mapping[str, Word]:
    """Return the words of a dataclass of facts."""
    return _vocabulary(record)  # type: ignore[arg-type] # mypy does not see that a class can be hashed


@cache
def _vocabulary(record: Any) -> Mapping[str, Word]:
    """Look the words of a dataclass up, once."""
    found: dict[str, Word] = {}
    for name, hint in get_type_hints(record).items():
        bare = without_none(hint)
        if bare is Signature:
            who = name.removesuffix("signature")
            who = _SIGNERS.get(who, who)
            found[f"{who}signed"] = Word(name, "present", _part(Signature, "present"))
            found[f"{who}signed_on"] = Word(name, "on", _part(Signature, "on"))
        elif record is Beneficiary and bare is Person:
            found |= {word: Word(name, inner.field, inner.hint) for word, inner in vocabulary(Person).items()}
        elif name in _WHOSE and bare is Person:
            found["person"] = Word(name, None, bare)
        elif name not in _UNSAID:
            found[_OF.get(record, {}).get(name, _ANYWHERE.get(name, name))] = Word(name, None, bare)
    return MappingProxyType(found)


def _part(record: type, name: str) -> Any:
    """Return the type of one field of a dataclass."""
    return without_none(get_type_hints(record)[name])


def without_none(hint: Any) -> Any:
    """Return a type without its "or None"."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    left = [one for one in get_args(hint) if one is not NoneType]
    return left[0] if len(left) == 1 else Union[tuple(left)]  # noqa: UP007 - made of a tuple at run time
