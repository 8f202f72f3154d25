"""The forms of regular verbs that a covering letter may use, folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from extractors.vocabulary import loaded

_FILE = Path(__file__).with_name("inflecting.yaml")


def forms(infinitives: Sequence[str], language: str) -> Iterator[str]:
    """Yield every form of regular verbs, with the pronouns that Spanish and Galician write to them."""
    data = _data()
    for infinitive in infinitives:
        stem, ending = infinitive[:-2], infinitive[-2:]
        for end in data["endings"][language].get(ending, "").split():
            yield _joined(stem, ending, end)
        if language != "ca":
            before = (_joined(stem, ending, end) for end in data["before_clitics"][ending].split())
            yield from (form + clitic for form in before for clitic in data["clitics"].split())


def _joined(stem: str, ending: str, end: str) -> str:
    """Return stem and end as they are written."""
    soft = _data()["soft"].get(stem[-1]) if ending == "ar" and end.startswith(("e", "i")) else None
    return stem[:-1] + soft + end if soft else stem + end


@cache
def _data() -> Mapping[str, Any]:
    """Return the data file."""
    found: dict[str, Any] = loaded(_FILE.read_text(encoding="utf-8"))
    return found
