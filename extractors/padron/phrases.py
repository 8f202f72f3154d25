"""Movements told in running text and in label lines: each date is bound to the words that explain it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document import Field
from extractors.languages.dates import FoundDate, dates_in
from extractors.padron.denial import Denial, denials
from extractors.padron.events import CAUSES, Event, Told, What, dated
from extractors.padron.origin import listed, origin_in
from extractors.padron.vocabulary import Mark, causes_in, roles_in
from extractors.prose import Prose, fold

NEAR, FAR = 160, 400
"""Letters between words and date up to which their bond is plain, and up to which there is one."""
AFTER = 60
"""Letters up to which words after a date may explain it."""
PLAIN, SIGNED, DATELINE, LOOSE = 0.97, 0.85, 0.75, 0.6
REGISTERED = re.compile(r"inscri|empadron|empadroa|padron|padro|inskri|errolda")
_EMPTY = re.compile(
    r"\s*[:.]?\s*(?:[-–—_*./\s]*(?:\n|$)|[-–—*]{1,}|no consta|n/?c(?!\w)|ningun|sin |no procede|ez dago)"
)
_TOWN = (
    r"[A-ZÀ-Ý][\w'’·-]*(?:[ /-]+(?:(?:de|del|la|las|los|el|da|do|y|i"
    r"|ko) )*[A-ZÀ-Ý][\w'’·-]*){0,5}(?:\s*\([^)]*\))?"
)
_DAY = r"(?:d[ií]as?\s+)?$"
_CLOSING = re.compile(
    rf"(?:^|\n|\. )\s*(?:[Ee]n |EN |A |a )?{_TOWN}\s*,?\s+(?:a|A)\s+{_DAY}|(?<!\w)(?:en|En"
    rf"|EN)\s+{_TOWN}\s*,?\s+a\s+{_DAY}"
)
"""The formula of a paper's end: a town and "a" before the day."""
_TOWN_AND_DATE = re.compile(rf"(?:^|\n|\. )\s*(?:[Ee]n |EN )?{_TOWN}\s*,\s*(?:(?:el|en)\s+)?{_DAY}")
"""A town and a day may also be those of a birth or of an inscription."""
EVENTS: dict[str, What] = {
    "in": "in",
    "since": "in",
    "dated": "in",
    "out": "out",
    "until": "out",
    "change": "change",
    "last": "last",
}

_HAPPENED = frozenset({"in", "out", "change", "birth"})
_STATE = re.compile(r"inscri|empadron|empadroa|inskri|errolda")
_UNRELATED = frozenset({"other", "birth", "issued", "signing", "unknown"})
_TELLING = frozenset({"expiry", "improper", "duplicate", "omission", "residence_change"})
_STOP = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\.\n|\n(?=(?:OBSERVACION|Observacio|NOTA|Nota|OHARRAK|Oharrak))")


_ASKS_WHY = re.compile(r"(?:causa|motivo|motiu|tipo|arrazoia|kausa|zergatia)[^:\n]{0,25}[:\s]\s*$")
_ASKS_ALSO = re.compile(r"ren (?:arrazoia|kausa)")
"""Words before and after the name of a movement that ask for its cause."""


_SAME = re.compile(
    r"(?:era|ra)?(?:\s+arte)?\s*[,(]?\s*(?:y\s+)?(?:(?:en\s+(?:la|esa|dicha)\s+)?(?:fecha|data|dia|momento|moment|egun)\w*)?"
    r"\s*(?:(?:en|na|no|a|de)\s+)?(?:(?:la|el|o|a)\s+)?(?:qu?e|cual)?\s*(?:se\s+)?(?:fue|va|por|per|como|con|cando|al)?\s*$"
)
"""What may stand between a date and words that say again what happened on it."""


_BEFORE = re.compile(r"(?:inscri|empadron|empadroa|alta)[^.;:,\d]*?(?:por|per)\s+[^.;:,\d]*$")
"""A cause told between the word for a movement and its date."""


class Bound(NamedTuple):
    """A date with the words that explain it, and how sure their bond is."""

    date: FoundDate
    mark: Mark | None
    bond: float

    @property
    def start(self) -> int:
        """Where the bound words or the date begin."""
        return min(self.date.start, self.mark.start) if self.mark else self.date.start


def from_text(prose: Prose) -> Told:
    """Return the movements that *prose* tells and what it leaves unexplained."""
    marks = roles_in(prose.folded)
    denied = tuple(denials(prose.text, prose.folded))
    bound = [_doubted(b, denied) for b in _bound(prose, marks)]
    events = [b for b in bound if b.mark is not None and b.mark.meaning in EVENTS]
    told = [_event(prose, b, _end(b, events, prose)) for b in events]
    used = {id(b.mark) for b in bound}
    loose = [m for m in marks if id(m) not in used and _wants_date(prose, m) and not _echo(prose, m, events)]
    return Told(
        events=tuple(told),
        loose_dates=tuple(
            dated(prose, b.date, LOOSE) for b in bound if b.mark is None or b.mark.meaning == "unknown"
        ),
        loose_words=tuple(prose.text[m.start : m.end] for m in loose),
        stray_words=_stray(prose, _scopes(prose, events)),
        datelines=tuple(
            dated(prose, b.date, DATELINE)
            for b in bound
            if b.mark is not None and b.mark.meaning == "dateline"
        ),
        said_on=tuple(
            dated(prose, b.date, b.bond if b.mark.meaning == "issued" else SIGNED)
            for b in bound
            if b.mark is not None and b.mark.meaning in {"issued", "signing"}
        ),
        denied=tuple(prose.text[d.start : d.end] for d in denied),
    )


def _doubted(bound: Bound, denied: Sequence[Denial]) -> Bound:
    """Return a date of a sentence that denies the inscription as one that nothing explains."""
    mark = bound.mark
    if mark is None or mark.meaning not in EVENTS or not any(d.covers(bound.date.start) for d in denied):
        return bound
    return bound._replace(mark=mark._replace(meaning="unknown"))


def _bound(prose: Prose, marks: Sequence[Mark]) -> list[Bound]:
    """Bind each date to the nearest free words before it, else right after it."""
    dates = dates_in(prose.text)
    bound: list[Bound] = []
    taken: set[int] = set()
    for at, date in enumerate(dates):
        floor = dates[at - 1].end if at else 0
        ceiling = dates[at + 1].start if at + 1 < len(dates) else len(prose.text)
        mark, bond = _explains(prose, marks, taken, date, floor, ceiling, bound)
        if mark is not None:
            taken.add(mark.start)
        bound.append(Bound(date, mark, bond))
    return bound


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
        settled = _settled(prose, ending, [m for m in marks if floor <= m.start < date.start], bound)
        return settled, PLAIN
    ahead = prose.text[max(floor, date.start - 90) : date.start]
    before = [m for m in marks if floor <= m.start and m.end <= date.start and m.start not in taken]
    before = [m for m in before if not _closed(prose, m, date)]
    telling = [m for m in before if m.meaning not in {"issued", "signing", "neutral", "dateline"}]
    formula = _CLOSING.search(ahead)
    if formula is not None and not roles_in(prose.folded[date.start - len(formula[0]) : date.start]):
        return Mark("issued", date.start, date.start), PLAIN
    if not telling and _TOWN_AND_DATE.search(ahead):
        return Mark("issued", date.start, date.start), PLAIN
    while before:
        mark = before.pop()
        if mark.meaning == "neutral":
            continue
        settled = _settled(prose, mark, before, bound)
        if settled is None:
            continue
        distance = date.start - mark.end
        if distance > FAR:
            break
        return settled, PLAIN if distance <= NEAR else LOOSE
    after = [
        m for m in marks if date.end <= m.start < min(ceiling, date.end + AFTER) and m.start not in taken
    ]
    if after and _follows(prose, date, after[0]):
        return after[0], PLAIN
    return None, LOOSE


def _basque(prose: Prose, date: FoundDate) -> Mark | None:
    """Return what the ending of a Basque date says: from that day, or up to it."""
    if re.search(r"\w{2}tik$", fold(date.text)):
        return Mark("since", date.start, date.end)
    if re.match(r"\s*arte(?!\w)", prose.folded[date.end :]):
        return Mark("until", date.start, date.end)
    return None


def _follows(prose: Prose, date: FoundDate, mark: Mark) -> bool:
    """Whether words after a date tell what happened on it: an event, not a state on that day.

    "On 2 March he is registered" speaks of the day of the paper, unless Basque says "since" in the date.
    """
    if "\n" in prose.text[date.end : mark.start].strip(" ") or mark.meaning not in _HAPPENED:
        return False
    words = prose.folded[mark.start : mark.end]
    return mark.meaning != "in" or not _STATE.match(words) or date.text.endswith("tik")


def _closed(prose: Prose, mark: Mark, date: FoundDate) -> bool:
    """Whether *mark* is a label with a value of its own, or an empty one, before the date comes."""
    between = prose.text[mark.end : date.start]
    begins = mark.start == 0 or prose.text[: mark.start].rstrip(" ").endswith("\n")
    if not between.strip(" :.\n"):
        return False
    if re.match(r"\s*:", between) and "\n" in between.strip(" :\n"):
        return True
    return begins and between.lstrip(" ")[:2].rstrip()[:1] in {"\n", ":", "-", "–", "—"} and "\n" in between


def _settled(prose: Prose, mark: Mark, before: Sequence[Mark], bound: Sequence[Bound]) -> Mark | None:
    """Return what weak words ("desde", "con fecha", "hasta") mean here, None where they mean nothing."""
    if mark.meaning == "since":
        return mark._replace(meaning="in" if _since_registered(prose, mark, before) else "unknown")
    if mark.meaning == "dated":
        return None if before else mark._replace(meaning="unknown")
    if mark.meaning == "until":
        follows = bound and bound[-1].mark is not None and bound[-1].mark.meaning == "in"
        return mark._replace(meaning="out" if follows else "unknown")
    return mark


def _since_registered(prose: Prose, mark: Mark, before: Sequence[Mark]) -> bool:
    """Whether "since" speaks of the register: its words stand in the sentence, and nothing nearer does."""
    nearer = before and before[-1].meaning in _UNRELATED and mark.start - before[-1].end < 80
    sentence = re.split(r"\.\s+(?=[A-ZÀ-Ý])", prose.text[max(mark.start - 300, 0) : mark.start])[-1]
    if re.search("tik$", prose.folded[mark.start : mark.end]):  # the Basque verb comes last
        sentence += _STOP.split(prose.text[mark.end : mark.end + 300])[0]
    return not nearer and REGISTERED.search(fold(sentence)) is not None


def _end(one: Bound, events: Sequence[Bound], prose: Prose) -> int:
    """Return where the words about a movement end: with the sentence, or where the next one begins."""
    assert one.mark is not None
    later = [other.start for other in events if other.start > one.start]
    stop = _STOP.search(prose.text, max(one.date.end, one.mark.end))
    return min([*later, stop.start() if stop else len(prose.text)])


def _event(prose: Prose, bound: Bound, end: int) -> Event:
    """Return the movement of a bound date, with cause and origin from the words up to *end*."""
    assert bound.mark is not None
    begin = _told_from(prose, bound)
    scope = prose.folded[begin:end]
    what = EVENTS[bound.mark.meaning]
    causes = [m for m in causes_in(scope) if m.meaning in CAUSES.get(what, ()) and not _of_a_label(scope, m)]
    return Event(
        what=what,
        date=dated(prose, bound.date, bound.bond),
        cause=causes[0].meaning if causes else None,
        other=origin_in(prose.text[begin:end]) or listed(prose.text[begin:end]),
    )


def _told_from(prose: Prose, bound: Bound) -> int:
    """Return where the words about a movement begin: "inscrita ... por nacimiento desde el ..." has them before."""
    near = prose.folded[max(bound.start - NEAR, 0) : bound.start]
    found = _BEFORE.search(near)
    return bound.start if found is None else max(bound.start - NEAR, 0) + found.start()


def _of_a_label(scope: str, cause: Mark) -> bool:
    """Whether a cause's word is part of a label (fecha de nacimiento, caducidad del permiso)."""
    before, after = scope[: cause.start], scope[cause.end :]
    return bool(
        re.search(r"(?:fecha|data|lugar|lloc|municipio|pais) (?:y \w+ )?de\s*$", before)
        or re.match(r"\s*:?\s*\d|\s+(?:del? (?:documento|permiso|la tarjeta|la autorizacion))", after)
    )


def _wants_date(prose: Prose, mark: Mark) -> bool:
    """Whether words left without a date tell a movement that should have one."""
    if mark.meaning not in {"in", "out", "change"}:
        return False
    words, after = prose.folded[mark.start : mark.end], prose.folded[mark.end :]
    if _ASKS_WHY.search(prose.folded[: mark.start]) or _ASKS_ALSO.match(prose.folded, mark.end):
        return False
    if mark.meaning == "in" and not re.search(r"caus|alta por|alta per|(?:fecha|data) |-data", words):
        return False
    return _EMPTY.match(after) is None


def _echo(prose: Prose, mark: Mark, events: Sequence[Bound]) -> bool:
    """Whether words right behind a movement's date only say again what it is: "..., fecha en que causó alta"."""
    for bound in events:
        between = prose.folded[bound.date.end : mark.start]
        if 0 <= mark.start - bound.date.end <= AFTER and _SAME.match(between) and bound.mark is not None:
            return EVENTS[bound.mark.meaning] == EVENTS.get(mark.meaning)
    return False


def _scopes(prose: Prose, events: Sequence[Bound]) -> list[tuple[int, int, frozenset[str]]]:
    """Return from where to where causes are explained by a movement, or mean none, and which."""
    quiet = [(m.start, m.end, _TELLING) for m in roles_in(prose.folded) if m.meaning == "neutral"]
    moves = [(b.start, _end(b, events, prose), EVENTS[b.mark.meaning]) for b in events if b.mark is not None]
    return [*quiet, *((start, end, CAUSES.get(what, frozenset())) for start, end, what in moves)]


def _stray(prose: Prose, scopes: Sequence[tuple[int, int, frozenset[str]]]) -> tuple[Field, ...]:
    """Return words of movements that end or trouble a stay, away from every movement that could have them."""
    return tuple(
        prose.field(m.start, m.end, None, 0.0)
        for m in causes_in(prose.folded)
        if m.meaning in _TELLING
        and not _of_a_label(prose.folded, m)
        and not any(a <= m.start < b and m.meaning in causes for a, b, causes in scopes)
    )
