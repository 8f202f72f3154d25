"""The closed list of reasons for which something is returned, each with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extractors.vocabulary import loaded
from validators.finding import Text


class Reason(NamedTuple):
    """One code: what happened and what the person should do, in three languages."""

    code: str
    message: Text
    remedy: Text


@cache
def reasons() -> Mapping[str, Reason]:
    """Return the reasons by code, in order of precedence."""
    rows = loaded(files(__package__).joinpath("reasons.yaml").read_text(encoding="utf-8"))
    return {code: Reason(code, Text(**row["message"]), Text(**row["remedy"])) for code, row in rows.items()}


def reason(code: str) -> Reason:
    """Return one reason; a code outside the closed list is an error of the program (KeyError)."""
    return reasons()[code]


def first_of(codes: list[str]) -> str:
    """Return the code that is told when several apply."""
    return min(codes, key=list(reasons()).index)
