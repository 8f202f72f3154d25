"""Movements told in running text and in label lines: each date is bound to the words that explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.document import Field
from extractors.padron.doubt.denial import Denial, denials
from extractors.padron.movements.because import right_behind
from extractors.padron.movements.behind import Behind, told_behind
from extractors.padron.movements.bonds import EVENTS, LOOSE, NEAR, Bound, bound_dates, says_again
from extractors.padron.movements.causes import CAUSES, Why, named
from extractors.padron.movements.come import unplaced
from extractors.padron.movements.doubts import doubts, no_homes_behind
from extractors.padron.movements.events import Event, Told, dated
from extractors.padron.movements.homes import of_home, years
from extractors.padron.movements.lapses import lapses
from extractors.padron.movements.others import of_another
from extractors.padron.movements.ranges import FIRST, LAST, home_behind
from extractors.padron.movements.weak import STOP
from extractors.padron.origin import Place, behind_dash, country_behind, in_brackets, listed, origin_in
from extractors.padron.vocabulary import Mark, causes_in, roles_in
from extractors.prose import Prose, fold

_EMPTY = re.compile(
    r"\s*[:.]?\s*(?:[-–—_*./\s]*(?:\n|$)|[-–—*]{1,}|no consta|n/?c(?!\w)|ningun|sin |no procede|ez dago)"
)
SIGNED, DATELINE = 0.85, 0.75

_TELLING = frozenset({"expiry", "improper", "duplicate", "omission", "residence_change"})


_LABEL = re.compile(r"(?:fecha|data|f\.|baja[ -]?data|alta[ -]?data)")
_WAS = re.compile(
    r"(?<!\w)(?!\w+\s+[yei]\s+(?:esta|figura|consta|reside)\s)(?:estuvo|estaba|figuro|figuraba|consto|constaba|residio|residia|estivo|estaba|figurou|figuraba"
    r"|constou|va (?:estar|figurar|constar)|figurava|constava|estava)\s+(?:\w+\s+){0,3}?"
    r"(?:inscri|empadron|empadroa|de alta|d['’]alta|en este|en aquest|neste)\w*"
    r"|(?<!\w)(?:estuvieron|figuraron|constaron|residieron)\s+(?:\w+\s+){0,3}?(?:inscri|empadron|de alta)\w*"
    r"|(?<!\w)fueron\s+(?:inscrit|empadronad)[oa]s(?!\s+(?:el|con|en\s+fecha|desde)\s)"
    r"|(?<!\w)en\s+(?:anos|ejercicios|fechas|tiempos)\s+(?:anteriores|pasad[oa]s)"
    r"|(?:inskriba|errolda)\w*\s+(?:egon\s+z\w+|zegoen\w*)"
)
"""Words that somebody was registered, and may not be now."""
_UNDER_WAY = re.compile(
    r"(?:expediente?|procedimi?ento?|tramite?|propuesta|proposta|inicio)\s+(?:\w+\s+){0,3}?(?:de|d['’])\s?(?:la\s+|su\s+)?"
    r"(?:baja|baixa|caducid|caducit|depura|anulaci|revisi|inclusi|comproba)"
)
"""Words that the register has begun to take the entry back: where no end is told, it may have one."""
_ASKS_WHY = re.compile(
    r"(?:causa|motivo|motiu|tipo|arrazoia|kausa|zergatia)[^:\n]{0,25}[:\s]\s*(?:alta\s+per\s[^/\n:]{3,30}/\s*)?$"
)
_ASKS_ALSO = re.compile(r"ren (?:arrazoia|kausa)")
"""Words before and after the name of a movement that ask for its cause."""


_MOVED_BY = re.compile(r"(?:altas?|bajas?|baix[ae]s?)\s+(?:por|per)\s")
"""A sentence behind a range of days that tells of its first or last: "Baja por caducidad."."""
_BEFORE = re.compile(r"(?:inscri|empadron|empadroa|alta)[^.;:,\d]*?(?:por|per)\s+[^.;:,\d]*$")
"""A cause told between the word for a movement and its date."""


def from_text(prose: Prose, own: frozenset[str] = frozenset(), home: str | None = None) -> Told:
    """Return the movements that *prose* tells and what it leaves unexplained.

    *own* are the folded words of the person's name: what is told of another explains no stay; *home* is the
    municipality whose paper it is.
    """
    marks = _outside(roles_in(prose.folded), prose, home)
    denied = tuple(denials(prose.text, prose.folded))
    bound = [_doubted(prose, of_home(prose, b), denied, own) for b in bound_dates(prose, marks)]
    events = [b for b in bound if b.mark is not None and b.mark.meaning in EVENTS]
    more = told_behind(prose, marks, events, lambda one: _end(one, events, prose))
    told = [
        _event(prose, b, _floor(b, events), _own_end(b, more, _end(b, events, prose)), _of(b, more))
        for b in events
    ]
    return Told(
        events=tuple(told),
        loose_dates=(
            *(dated(prose, b.date, LOOSE) for b in bound if b.mark is None or b.mark.meaning == "unknown"),
            *years(prose, bound),
        ),
        lapses=tuple(dated(prose, b.date, LOOSE) for b in bound if lapses(prose, b)),
        loose_words=(
            *_undated(prose, [m for m in marks if all(m != one.mark for one in more)], bound, events),
            *_past(prose, events),
            *doubts(prose, bound, home),
            *no_homes_behind(prose, bound, home),
            *unplaced(prose, told, [(b.start, _end(b, events, prose)) for b in events]),
        ),
        stray_words=_stray(prose, _scopes(prose, events, more)),
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


def _outside(marks: Sequence[Mark], prose: Prose, home: str | None) -> tuple[Mark, ...]:
    """Return the *marks* that are no part of the municipality's name: "La Robla Alta, 22/04/2026"."""
    name = re.escape(fold(home)).replace("\\ ", r"\s+") if home else None
    named = [found.span() for found in re.finditer(rf"(?<!\w){name}(?!\w)", prose.folded)] if name else []
    return tuple(m for m in marks if not any(start <= m.start and m.end <= end for start, end in named))


def _undated(
    prose: Prose, marks: Sequence[Mark], bound: Sequence[Bound], events: Sequence[Bound]
) -> Iterator[str]:
    """Yield the words of a movement that want a date and have none."""
    used = {b.mark.start for b in bound if b.mark is not None}
    for mark in marks:
        if mark.start not in used and _wants_date(prose, mark) and not _echo(prose, mark, events):
            yield prose.text[mark.start : mark.end]


def _doubted(prose: Prose, bound: Bound, denied: Sequence[Denial], own: frozenset[str]) -> Bound:
    """Return a date of a sentence that denies the inscription, or is of another, as one unexplained."""
    mark = bound.mark
    if mark is None or mark.meaning not in EVENTS:
        return bound
    if not any(d.covers(bound.date.start) for d in denied) and not of_another(prose, bound, own):
        return bound
    return bound._replace(mark=mark._replace(meaning="unknown"))


def _end(one: Bound, events: Sequence[Bound], prose: Prose) -> int:
    """Return where the words about a movement end: with the sentence, or where the next one begins."""
    assert one.mark is not None
    later = [other.start for other in events if other.start > one.start]
    stop = STOP.search(prose.text, max(one.date.end, one.mark.end))
    if stop and one.mark.meaning in {FIRST, LAST} and _MOVED_BY.match(prose.folded, stop.end()):
        stop = STOP.search(prose.text, stop.end())
    return min([*later, stop.start() if stop else len(prose.text)])


def _floor(one: Bound, events: Sequence[Bound]) -> int:
    """Return where the words about the movement before end at the earliest."""
    return max((max(b.date.end, b.mark.end) for b in events if b.mark and b.start < one.start), default=0)


def _own_end(bound: Bound, more: Sequence[Behind], end: int) -> int:
    """Return where the words about *bound* *end*: before those that tell more of a range's other day."""
    return min([end, *(one.start for one in more if bound.date.end <= one.start)])


def _of(bound: Bound, more: Sequence[Behind]) -> Behind | None:
    """Return what tells *more* of *bound* behind the range whose day it is."""
    return next((one for one in more if one.bound == bound), None)


def _event(prose: Prose, bound: Bound, floor: int, end: int, more: Behind | None = None) -> Event:
    """Return the movement of a bound date, with cause and origin from the words between *floor* and *end*.

    What is told *more* of it, behind the range that it begins or ends, says so instead.
    """
    assert bound.mark is not None
    begin = _told_from(prose, bound, floor)
    begin, end = (more.start, more.end) if more is not None else (begin, end)
    scope = prose.folded[begin:end]
    what = EVENTS[bound.mark.meaning]
    marks = tuple(mark for mark in causes_in(scope) if not _of_a_label(scope, mark))
    causes = named(marks, scope, what)
    named_by = bound._replace(mark=more.mark) if more is not None else bound
    reason = Why(causes[0], len(causes) == 1) if causes else right_behind(prose, named_by, end, what)
    return Event(
        what=what,
        date=dated(prose, bound.date, bound.bond),
        cause=reason.cause,
        clear=reason.clear,
        address=home_behind(prose, bound.date) if bound.mark.meaning in {FIRST, LAST} else None,
        other=_whence(prose.text[begin:end]),
    )


def _whence(scope: str) -> Place | None:
    """Return the place that the words about a movement tell."""
    return (
        origin_in(scope) or listed(scope) or in_brackets(scope) or behind_dash(scope) or country_behind(scope)
    )


def _told_from(prose: Prose, bound: Bound, floor: int) -> int:
    """Return where the words about a movement begin: before it in "inscrita por nacimiento desde el ..."."""
    ahead = max(bound.start - NEAR, floor)
    found = _BEFORE.search(prose.folded[ahead : bound.start])
    whose = bound.mark is not None and EVENTS[bound.mark.meaning] == "in"
    return ahead + found.start() if found is not None and whose else bound.start


def _of_a_label(scope: str, cause: Mark) -> bool:
    """Whether a cause's word is part of a label (fecha de nacimiento, caducidad del permiso)."""
    before, after = scope[: cause.start], scope[cause.end :]
    return bool(
        re.search(r"(?:fecha|data|lugar|lloc|municipio|pais) (?:y \w+ )?de\s*$|(?:^|\n)[ ]*f\.\s?$", before)
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
    if not _LABEL.match(words) and not _stands_alone(prose.text, mark):
        return True
    return _EMPTY.match(after) is None


def _stands_alone(text: str, mark: Mark) -> bool:
    """Whether a bare word begins a line or has a colon behind it, as a label does and a sentence does not."""
    begins = mark.start == 0 or text[: mark.start].rstrip(" ").endswith("\n")
    return begins or text[mark.end :].lstrip(" ").startswith(":")


def _past(prose: Prose, events: Sequence[Bound]) -> tuple[str, ...]:
    """Return words that one was registered, or may be no more, where no end is told: on a day unknown."""
    if any(b.mark is not None and EVENTS[b.mark.meaning] == "out" for b in events):
        return ()
    return tuple(
        prose.text[slice(*found.span())] for by in (_WAS, _UNDER_WAY) for found in by.finditer(prose.folded)
    )


def _echo(prose: Prose, mark: Mark, events: Sequence[Bound]) -> bool:
    """Whether words right behind a movement's date only say it again: "..., fecha en que causó alta"."""
    return any(b.mark is not None and says_again(prose, b.mark, b.date, mark) for b in events)


def _scopes(
    prose: Prose, events: Sequence[Bound], more: Sequence[Behind]
) -> list[tuple[int, int, frozenset[str]]]:
    """Return from where to where causes are explained by a movement, or mean none, and which."""
    quiet = [(m.start, m.end, _TELLING) for m in roles_in(prose.folded) if m.meaning == "neutral"]
    moves = [
        (_told_from(prose, b, _floor(b, events)), _end(b, events, prose), EVENTS[b.mark.meaning])
        for b in events
        if b.mark is not None
    ]
    moves += [(one.start, one.end, EVENTS[one.mark.meaning]) for one in more]
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
