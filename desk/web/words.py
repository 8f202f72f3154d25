"""The words of the pages, one YAML file for each part of the desk, the three languages side by side.

    say = speaker("gl")
    say("case.in_hand", name="Ana")

A file `words/case.yaml` holds `in_hand: {es: ..., gl: ..., en: ...}`. A sentence that lacks a language, or
leaves other blanks in one than in Spanish, is refused when the desk starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, get_args

from pipeline.settings import Language
from validators.tables import TableError, read

LANGUAGES: tuple[Language, ...] = get_args(Language)
FIRST: Language = "es"


class Speaker:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._sentences = sentences()

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the sentence *name* with its braces filled in; a name that is not there is KeyError."""
        said = self._sentences[name][self.language]
        return said.format(**values) if values else said

    def has(self, name: str) -> bool:
        """Whether there is a sentence of that name."""
        return name in self._sentences


def speaker(language: str | None) -> Speaker:
    """Return the sentences of *language*, Spanish where the desk does not speak it."""
    return Speaker(next((one for one in LANGUAGES if one == language), FIRST))


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by `part.name`; raise TableError for one that is not whole, or stands twice."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("desk.web").joinpath("words").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            part = file.name.removesuffix(".yaml")
            found |= {f"{part}.{name}": _whole(f"{part}.{name}", said) for name, said in read(file).items()}
    return found


def _whole(name: str, said: Any) -> Mapping[str, str]:
    """Return a sentence in its languages, refused where one lacks or differs in its blanks."""
    if not isinstance(said, dict) or set(said) != set(LANGUAGES):
        raise TableError("desk/web/words", 1, f"{name} is not said in {', '.join(LANGUAGES)}, and no other")
    blanks = {one: {part[1] for part in Formatter().parse(said[one]) if part[1]} for one in LANGUAGES}
    if any(found != blanks[FIRST] for found in blanks.values()):
        raise TableError("desk/web/words", 1, f"{name} leaves other blanks in one language than in Spanish")
    return said
