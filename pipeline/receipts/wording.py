"""A receipt in words: one part for each language, the same for the page and for the plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

from extractors.vocabulary import loaded
from pipeline.letters.render import day, line, moment
from pipeline.letters.words import words as words_of_letters
from pipeline.receipts.told import Clock, Told
from pipeline.settings import Language

Say = Callable[..., str]


class Signer(NamedTuple):
    """Who signs a receipt, as its certificate says; *test* if with the key that `init` makes."""

    name: str
    test: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A receipt in one language. `rows` of files (name, bytes, digest) only in the first part."""

    language: Language
    title: str
    notes: tuple[str, ...]
    delivery: str
    headers: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    papers: str
    papers_note: str
    columns: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    time: str
    terms: tuple[str, ...]
    ask: str
    asked: tuple[str, ...]
    data: str
    notice: str
    page: str


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    """Return every line by its name and language."""
    text = files(__package__).joinpath("wording.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[Language, str]] = loaded(text)
    return words


def say(name: str, language: Language, **values: object) -> str:
    """Return the line *name* with its braces filled in; a name that is not there is KeyError."""
    return _words()[name][language].format(**values)


def parts(told: Told, signer: Signer | None, languages: tuple[Language, ...]) -> tuple[Part, ...]:
    """Return the receipt in every language, the list of files once."""
    each = dict.fromkeys(languages or ("es",))
    return tuple(_part(told, signer, language, first=n == 0) for n, language in enumerate(each))


def _part(told: Told, signer: Signer | None, language: Language, *, first: bool) -> Part:
    """Return the receipt in one language."""
    words = partial(say, language=language)
    inside = words("inside")
    rows = tuple((f"{line(f.name)} ({inside})" if f.inside else line(f.name), *f[2:0:-1]) for f in told.files)
    return Part(
        language=language,
        title=words(f"title_{told.kind}" if told.kind in {"duplicate", "after"} else "title"),
        notes=tuple(_notes(told, signer, words)),
        delivery=words("delivery"),
        headers=(words("label"), words("value")),
        facts=tuple(_facts(told, words)),
        papers=words("papers"),
        papers_note=words(_papers(told, first=first), count=len(rows)),
        columns=(words("file"), words("bytes"), words("sha256")),
        rows=tuple((name, f"{size}", digest) for name, size, digest in rows) if first else (),
        time=words("time"),
        terms=tuple(_terms(told, words)),
        ask=words("ask"),
        asked=tuple(_asked(told, words)),
        data=words_of_letters(language).say("data.title"),
        notice=_notice(told, language),
        page=words("page", page="{page}", pages="{pages}"),
    )


def _papers(told: Told, *, first: bool) -> str:
    """Return which line is said of the list of files."""
    if told.kind == "after":
        return "papers_none"
    return "papers_note" if first else "papers_above"


def _notes(told: Told, signer: Signer | None, words: Say) -> Iterator[str]:
    """Yield what this paper is, and how it stands to an earlier one."""
    if told.kind != "new" and told.first_at is not None:
        yield words(told.kind, first=moment(told.first_at), number=told.number)
    if told.came_from:
        yield words("came_from", number=told.came_from)
    yield words("no_registry")
    if signer is None:
        yield words("unsigned")
    elif signer.test:
        yield words("test_key")
    else:
        yield words("signed", signer=line(signer.name))
    yield words("decides")


def _notice(told: Told, language: Language) -> str:
    """Return the office's data-protection notice, else the one that every letter has."""
    said = words_of_letters(language)
    body = told.head.body or said.say(f"bodies.{told.procedure}")
    return line(told.head.notices.get(language) or said.say("data.notice", body=body))


def _facts(told: Told, words: Say) -> Iterator[tuple[str, str]]:
    """Yield who, when, where and what."""
    yield words("number"), told.number
    if told.order > 1 and told.kind != "after":
        yield words("order"), words("ordinal", order=told.order)
    yield words("received_at"), moment(told.received_at)
    if told.filed_on is not None and told.filed_on != told.received_at.date():
        yield words("filed_on"), day(told.filed_on)
    yield words("office"), told.office
    if told.kind not in {"duplicate", "after"}:
        yield words("person"), line(told.person) or words("nobody")
        yield words("procedure"), words(told.procedure)
        yield words("addressee"), words(f"{told.procedure}_to")
    yield words("content"), words(f"about_{told.about}", other=told.other) if told.about else line(told.name)
    if told.registry_number:
        yield words("registry_number"), line(told.registry_number)


def _terms(told: Told, words: Say) -> Iterator[str]:
    """Yield from when terms run, the longest term and what silence means, and the term to cure."""
    clock = told.clock
    if clock is None:
        yield words("terms_first", number=told.number)
        return
    yield words("start_assumed" if clock.assumed else "start", day=day(clock.start))
    if len(clock.terms) != 1:
        yield words("either")
    for term in clock.terms:
        said = f"{_term(clock, words, term.days, term.article)} {words(term.silence)}"
        alone = len(clock.terms) == 1
        yield said if alone else words("term_of", procedure=words(term.procedure), term=said)
    yield words("cure", days=told.cure_days)


def _term(clock: Clock, words: Say, days: int, article: str) -> str:
    """Return the longest term, with its last day where that is known."""
    if clock.resolve_by is None:
        return words("term", days=days, article=article)
    name = "term_provisional" if clock.provisional else "term_until"
    return words(name, days=days, until=day(clock.resolve_by), article=article)


def _asked(told: Told, words: Say) -> Iterator[str]:
    """Yield where to ask, and how this paper is checked."""
    yield words("ask_office", office=told.office, number=told.number)
    if told.phone:
        yield words("ask_phone", phone=line(told.phone))
    yield words("check")
