"""Which words explain which date of a running text, and how sure their bond is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.languages.dates import FoundDate, dates_in
from extractors.padron.movements.dateline import ends_paper
from extractors.padron.movements.events import What
from extractors.padron.movements.leading import beside, leading
from extractors.padron.movements.ranges import FIRST, LAST, ranges_in
from extractors.padron.movements.weak import settled
from extractors.padron.vocabulary import Mark
from extractors.prose import Prose, fold

NEAR, FAR = 160, 400
"""Letters between words and date up to which their bond is plain, and up to which there is one."""
AFTER = 60
"""Letters up to which words after a date may explain it."""
PLAIN, LOOSE = 0.97, 0.6
_HAPPENED = frozenset({"in", "out", "change", "birth"})
_STATE = re.compile(r"inscri|empadron|empadroa|inskri|errolda")
EVENTS: dict[str, What] = {
    "in": "in",
    "since": "in",
    "dated": "in",
    "out": "out",
    "until": "out",
    "change": "change",
    "last": "last",
    FIRST: "in",
    LAST: "out",
}
_SAME = re.compile(
    r"(?:era|ra)?(?:\s+arte)?\s*[,(]?\s*(?:y\s+)?(?:(?:siendo|por)\s+(?:su|dicha|la|el)\s*|(?:habiendo\s+)?causado\s*)?(?:(?:en\s+(?:la|esa|dicha)\s+)?"
    r"(?:fecha|data|dia|momento|moment|egun)\w*)?\s*(?:(?:en|na|no|a|de|da|do|del)\s+)?(?:(?:la|el|o|a)\s+)?"
    r"(?:(?:su|sua|seu|seva)\s+)?(?:qu?e|cual)?\s*(?:se\s+|es\s+va\s+)?"
    r"(?:(?:produjo|efectuo|realizo|formalizo|practico|produciu|realizou|produir|tuvo\s+lugar)\s+(?:(?:su|el|la|a\s+sua|o|la\s+seva)\s+)?)?"
    r"(?:fue|va|por|per|como|con|cando|al)?\s*$"
)
"""What may stand between a date and words that say again what happened on it."""
_EFFECT = re.compile(
    r"(?:efect\w+|eficacia)\s+(?:(?:de|des|desde|dende|del|do|al?|o|el|dia|fecha|partir)\s+)*$"
)
"""Words before the day from which a decision holds."""
_DECIDED = re.compile(r"acord|resuelt|resol|declarad|dictad|decretad|propuest|inicia|incoa|notific|publica")
"""Words of a step towards a baja: its notice ends the stay, and which day that is they do not say."""
_AND = re.compile(r"\s*,?\s*(?:(?:y|e|i|eta)\s+)?(?:(?:el|o|en|de|los|dia|dias)\s+)*")
_PARTICIPLE = re.compile(
    r"(?<!\w)(?P<done>(?!indeb|indeg|practic|efect|realiz|produc|formaliz|caus|registr|inscri|empadron|empadroa|dad|da\b|hab|verific|fechad"
    r"|ocurri|acaeci|situad|sito|sita|reconoc|domicili|actual|refer|indic|citad|partid|entrad|estad|localid|unidad|edad"
    r"|ciudad|cuidad|interesad|solicitad|peticionad|apoderad)[a-z]{3,}(?:ad|id)[oa]s?)"
    r"\s+(?:(?:en|con|a)\s+fecha\s+(?:de\s+)?|el\s+(?:dia\s+)?|o\s+(?:dia\s+)?|en\s+(?:el\s+)?)$"
)
"""A participle right before a date that tells what happened on it, and is no word for an inscription."""
_FROM_TOWN = re.compile(r"\s*[A-ZÀ-Ý][a-zà-ÿ]{2,}[^\d]*\n")
"""A town behind "desde", to the end of its line."""
_NEW_CLAUSE = re.compile(r",\s+(?:y|e|i|eta)\s")
"""Where the words behind a date begin to tell something else."""


class Bound(NamedTuple):
    """A date with the words that explain it, and how sure their bond is."""

    date: FoundDate
    mark: Mark | None
    bond: float

    @property
    def start(self) -> int:
        """Where the bound words or the date begin."""
        return min(self.date.start, self.mark.start) if self.mark else self.date.start


def bound_dates(prose: Prose, marks: Sequence[Mark]) -> list[Bound]:
    """Bind each date to the nearest free words before it, else right after it."""
    dates = dates_in(prose.text)
    ranged = ranges_in(prose, dates)
    first_of_line = leading(prose, dates)
    bound: list[Bound] = []
    taken: set[int] = set()
    for at, date in enumerate(dates):
        if at in ranged:
            bound.append(Bound(date, ranged[at], PLAIN))
            continue
        if at in first_of_line:
            mark = beside(prose, date, marks)
            taken |= {mark.start} if mark is not None else set()
            bound.append(Bound(date, mark, PLAIN if mark is not None else LOOSE))
            continue
        floor = _floor(prose, dates, at, bound)
        ceiling = dates[at + 1].start if at + 1 < len(dates) else len(prose.text)
        mark, bond = _explains(prose, marks, taken, date, floor, ceiling, bound)
        if mark is not None:
            taken.add(mark.start)
            bond = min(bond, LOOSE) if _undecided(prose, mark, date) else bond
            taken |= _again(prose, mark, date, marks)
        elif _goes_on(prose, dates, at, bound):
            mark = bound[-1].mark
        bound.append(Bound(date, mark, bond))
    return bound


def _governed(prose: Prose, date: FoundDate, before: Sequence[Mark]) -> bool:
    """Whether the date is told by a participle of its own: "inscrito en la casa adquirida el 01/02/2010"."""
    found = _PARTICIPLE.search(prose.folded, max(date.start - 60, 0), date.start)
    return found is not None and not any(
        mark.start < found.end("done") and found.start("done") < mark.end for mark in before
    )


def _goes_on(prose: Prose, dates: Sequence[FoundDate], at: int, bound: Sequence[Bound]) -> bool:
    """Whether a date only follows another with "and", whose words tell no movement: "renovó el X y el Y"."""
    other = _last(bound)
    between = prose.folded[dates[at - 1].end : dates[at].start]
    return other is not None and other.meaning == "other" and _AND.fullmatch(between) is not None


def _undecided(prose: Prose, mark: Mark, date: FoundDate) -> bool:
    """Whether the date of a baja is that of a step towards it: "baja, acordada el 01/08/2017"."""
    between = prose.folded[mark.end : date.start]
    return mark.meaning == "out" and _DECIDED.search(between) is not None and not _EFFECT.search(between)


def _floor(prose: Prose, dates: Sequence[FoundDate], at: int, bound: Sequence[Bound]) -> int:
    """Return from where words may explain a date: behind the one before, or a decree's with effect.

    "Dada de baja por resolución de fecha 20/12/2014, con efectos de 8 de enero de 2015."
    """
    before = _last(bound)
    effect = before is not None and before.meaning == "other"
    if not effect or not _EFFECT.search(prose.folded[: dates[at].start]):
        return dates[at - 1].end if at else 0
    return dates[at - 2].end if at > 1 else 0


def _again(prose: Prose, mark: Mark, date: FoundDate, marks: Sequence[Mark]) -> set[int]:
    """Return where words begin that tell the movement of *date* again, with those that lead to them."""
    last = max((m.start for m in marks if says_again(prose, mark, date, m)), default=-1)
    return {m.start for m in marks if date.end <= m.start <= last}


def says_again(prose: Prose, mark: Mark, date: FoundDate, later: Mark) -> bool:
    """Whether *later* words, right behind a date that *mark* explains, tell the same movement again."""
    near = 0 <= later.start - date.end <= AFTER and EVENTS.get(mark.meaning) is not None
    near = near and not prose.text.startswith(
        ":", later.end
    )  # a label of the next line tells a day of its own
    same = near and EVENTS[mark.meaning] == EVENTS.get(later.meaning)
    return same and _SAME.match(prose.folded[date.end : later.start]) is not None


def _explains(
    prose: Prose,
    marks: Sequence[Mark],
    taken: set[int],
    date: FoundDate,
    floor: int,
    ceiling: int,
    bound: Sequence[Bound],
) -> tuple[Mark | None, float]:
    """Return the words that explain *date* and the certainty of that."""
    ending = _basque(prose, date)
    if ending is not None and (bound or ending.meaning == "since"):
        meant = settled(prose, ending, [m for m in marks if floor <= m.start < date.start], _last(bound))
        return meant, PLAIN
    before = [m for m in marks if floor <= m.start and m.end <= date.start and m.start not in taken]
    before = [m for m in before if not _closed(prose, m, date)]
    later = _later(prose, date, [m for m in marks if date.end <= m.start < ceiling and m.start not in taken])
    if ends_paper(prose, date, floor, before, told=later is not None):
        return Mark("issued", date.start, date.start), PLAIN
    weak = later is not None and all(mark.meaning in {"dated", "neutral"} for mark in before)
    if not weak and _governed(prose, date, before):  # weak: "con fecha ... se le dio de alta"
        return None, LOOSE
    found = None if weak else _nearest(prose, date, before, bound)
    if found is not None:
        return found, PLAIN if date.start - found.end <= NEAR else LOOSE
    return later, PLAIN if later is not None else LOOSE


def _later(prose: Prose, date: FoundDate, after: Sequence[Mark]) -> Mark | None:
    """Return the first words *after* a date where they stand near and tell what happened on it."""
    near = bool(after) and after[0].start < date.end + AFTER
    return after[0] if near and _follows(prose, date, after[0]) else None


def _last(bound: Sequence[Bound]) -> Mark | None:
    """Return the words that explain the date before, if any do."""
    return bound[-1].mark if bound else None


def _nearest(prose: Prose, date: FoundDate, before: Sequence[Mark], bound: Sequence[Bound]) -> Mark | None:
    """Return the nearest words before *date* that mean something there, None where they stand too far."""
    for at in range(len(before) - 1, -1, -1):
        if before[at].meaning == "neutral":
            continue
        meant = settled(prose, before[at], before[:at], _last(bound))
        if meant is not None:
            return meant if date.start - before[at].end <= FAR else None
    return None


def _follows(prose: Prose, date: FoundDate, mark: Mark) -> bool:
    """Whether words after a date tell what happened on it: an event, not a state on that day.

    "On 2 March he is registered" speaks of the day of the paper, unless Basque says "since" in the date.
    """
    # a label begins with a capital, a sentence goes on without one
    between = prose.text[date.end : mark.start + 1]
    broken = re.search(r"\n(?![a-zà-ÿ])", between) or _NEW_CLAUSE.search(between)
    if broken is not None or mark.meaning not in _HAPPENED:
        return False
    words = prose.folded[mark.start : mark.end]
    return mark.meaning != "in" or not _STATE.match(words) or date.text.endswith("tik")


def _basque(prose: Prose, date: FoundDate) -> Mark | None:
    """Return what the ending of a Basque date says: from that day, or up to it."""
    if re.search(r"\w{2}tik$", fold(date.text)):
        return Mark("since", date.start, date.end)
    if re.match(r"\s*(?:bit)?arte(?:an)?(?!\w)", prose.folded[date.end :]):
        return Mark("until", date.start, date.end)
    return None


def _closed(prose: Prose, mark: Mark, date: FoundDate) -> bool:
    """Whether *mark* is a label with a value of its own or none, or leads to a town, before the date."""
    between = prose.text[mark.end : date.start]
    if mark.meaning in {"since", "until"} and _FROM_TOWN.match(between):
        return True
    begins = mark.start == 0 or prose.text[: mark.start].rstrip(" ").endswith("\n")
    if not between.strip(" :.\n"):
        return False
    if re.match(r"\s*:", between) and "\n" in between.strip(" :\n"):
        return True
    return begins and between.lstrip(" ")[:2].rstrip()[:1] in {"\n", ":", "-", "–", "—"} and "\n" in between
