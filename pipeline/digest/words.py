"""The words of the mail, and numbers and days as people of a language write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from string import Formatter

from extractors.vocabulary import loaded
from validators.tables import TableError

LANGUAGES = ("es", "gl", "en")
NONE = "-"
"""What stands for a share of nothing."""


class Words:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._sentences = _sentences()

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a sentence with its blanks filled in; a name that is not there is KeyError."""
        return self._sentences[name][self.language].format(**values)

    def whole(self, value: int) -> str:
        """Return a whole number, its thousands apart."""
        return self._local(f"{value:,}")

    def part(self, value: Fraction) -> str:
        """Return a number with one place after the comma."""
        return self._local(f"{float(value):,.1f}")

    def percent(self, value: Fraction | None) -> str:
        """Return a share in hundredths."""
        if value is None:
            return NONE
        return f"{self.part(value * 100)}\N{NO-BREAK SPACE}%"

    def change(self, value: int) -> str:
        """Return by how much something rose or fell."""
        return f"+{self.whole(value)}" if value > 0 else self.whole(value)

    def points(self, now: Fraction | None, before: Fraction | None) -> str:
        """Return by how many hundredths a share rose or fell."""
        if now is None or before is None:
            return NONE
        told = self.part((now - before) * 100)
        return f"+{told}" if now > before else told

    def _local(self, told: str) -> str:
        """Return a number as this language writes it."""
        return told if self.language == "en" else told.translate(str.maketrans(",.", ".,"))


def day(value: dt.date | None) -> str:
    """Return a day as people write it."""
    return NONE if value is None else f"{value:%d/%m/%Y}"


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence in its languages; raise TableError for one that is not whole."""
    told = loaded(files("pipeline.digest").joinpath("words.yaml").read_text(encoding="utf-8"))
    for name, said in told.items():
        blanks = {
            one: {part[1] for part in Formatter().parse(said.get(one, "{?}")) if part[1]} for one in LANGUAGES
        }
        if set(said) != set(LANGUAGES) or len({frozenset(found) for found in blanks.values()}) > 1:
            raise TableError(
                "pipeline/digest/words.yaml", 1, f"{name} is not said alike in {', '.join(LANGUAGES)}"
            )
    found: Mapping[str, Mapping[str, str]] = told
    return found
