"""The words of letters, one YAML file for each language; Spanish says which words there are.

A language is added by its file alone. A file that lacks a sentence, or leaves other blanks than the Spanish
one, is refused at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from pipeline.errors import UsageError
from validators.tables import Table, TableError, read

FIRST = "es"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language: sentences by dotted name, months, and numbers in words."""

    language: str
    sentences: Mapping[str, str]
    months: tuple[str, ...]
    numbers: Mapping[int, str]
    citations: Mapping[str, str]
    """What a word of a citation of the law is called, where it is not called as in Spanish."""

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence *name* with its braces filled in; a name that is not there is KeyError."""
        return self.sentences[name].format(**values)

    def has(self, name: str) -> bool:
        """Whether there is a sentence of that name."""
        return name in self.sentences

    def count(self, unit: str, number: int) -> str:
        """Return a number of things in words, such as ten working days."""
        form = "one" if number == 1 else "many"
        return self.say(f"units.{unit}.{form}", n=self.number(number))

    def number(self, number: int) -> str:
        """Return a number, in words where it is a usual one."""
        return self.numbers.get(number, str(number))

    def cite(self, article: str) -> str:
        """Return a citation of the law with its common words in this language."""
        for word, called in self.citations.items():
            article = re.sub(rf"\b{re.escape(word)}\b", called, article)
        return article

    def day(self, day: dt.date) -> str:
        """Return a date with the month in letters."""
        return self.say("day", day=day.day, month=self.months[day.month - 1], year=day.year)

    def money(self, amount: Decimal) -> str:
        """Return an amount of euros."""
        return self.say("money", amount=f"{amount:.2f}".replace(".", self.say("decimal")))

    def join(self, names: list[str]) -> str:
        """Return *names* as one enumeration."""
        if len(names) < 2:
            return "".join(names)
        return self.say("and", first=", ".join(names[:-1]), last=names[-1])


def languages() -> tuple[str, ...]:
    """Return the languages that letters can be written in, Spanish first."""
    found = sorted(_language(file) for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return (FIRST, *(one for one in found if one != FIRST))


@cache
def words(language: str) -> Words:
    """Return the words of *language*.

    Raises:
        UsageError: letters are not written in it.
        TableError: its file lacks a sentence, or has other blanks than the Spanish one.
    """
    if language not in languages():
        what = f"No hay cartas en «{language[:20]}»"
        raise UsageError(what, f"Idiomas: {', '.join(languages())}.")
    found = _read(_folder().joinpath(f"{language}.yaml"), language)
    if language != FIRST:
        _compare(found, words(FIRST))
    return found


def _folder() -> Traversable:
    """Return where the files are."""
    return files(__package__).joinpath("wording")


def _language(file: Traversable) -> str:
    """Return the language that a file is for."""
    return file.name.removesuffix(".yaml")


def _read(file: Traversable, language: str) -> Words:
    """Return what a file holds."""
    table = read(file)
    months = table.pop("months", None)
    numbers, citations = table.pop("numbers", None), table.pop("citations", None)
    if not (isinstance(months, list) and len(months) == 12):
        raise TableError(file.name, 1, "`months` are twelve words")
    if not (isinstance(numbers, Table) and isinstance(citations, Table)):
        raise TableError(file.name, 1, "`numbers` and `citations` are words by number and by word")
    return Words(
        language=language,
        sentences=dict(_sentences(table, "")),
        months=tuple(str(month) for month in months),
        numbers={int(number): str(word) for number, word in numbers.items()},
        citations={str(word): str(called) for word, called in citations.items()},
    )


def _sentences(table: Table, under: str) -> Iterator[tuple[str, str]]:
    """Yield every sentence by its dotted name."""
    for key, value in table.items():
        if isinstance(value, Table):
            yield from _sentences(value, f"{under}{key}.")
        else:
            yield f"{under}{key}", table.text(key)


def _compare(found: Words, model: Words) -> None:
    """Refuse words that are not those of the model, sentence by sentence and blank by blank."""
    file = f"{found.language}.yaml"
    if other := set(found.sentences) ^ set(model.sentences):
        raise TableError(file, 1, f"not the sentences of {model.language}.yaml: {sorted(other)[:5]}")
    for name, text in found.sentences.items():
        if _blanks(text) != _blanks(model.sentences[name]):
            raise TableError(file, 1, f"{name}: not the blanks of {model.language}.yaml")


def _blanks(text: str) -> set[Any]:
    """Return the names of the braces of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
