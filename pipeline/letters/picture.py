"""The residence timeline as an accessible SVG: bars on a calendar, each with its words beside it.

Nothing is told by colour alone: stays are plain, gaps hatched, double entries dotted, and every bar bears
its text. The same sentences as `timeline.said` stand in the picture's description for screen readers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax import saxutils

from pipeline.letters.render import day
from pipeline.letters.timeline import Line, Row, length, line_of, said, words

WIDTH, LEFT, RIGHT = 720.0, 12.0, 708.0
TOP, ROW, BAR, FOOT = 42.0, 36.0, 14.0, 52.0
SLACK = dt.timedelta(days=40)
FURTHEST = dt.timedelta(days=800)
"""A day further than this from the filing day is told in words, not drawn: the year must stay wide."""
_YEAR = 28.0
"""The width of a year's number: after a stroke nearer to the edge it stands before it, lest it be cut."""
LONGEST = 64
"""Characters of a name that fit beside its dates."""

_TYPE = 'font-family="Liberation Sans, DejaVu Sans, sans-serif" font-size="12"'
"""Attributes, never a style sheet: a page that allows no style of its own still shows the picture."""
_SMALL = 'font-size="10.5" fill="#333333"'
_HALO = 'fill="#1a1a1a" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
"""Words stay legible where a stroke of the calendar runs behind them."""
_PATTERNS = (
    '<pattern id="{prefix}gap" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path d="M0 7 L7 0" stroke="#a3161b" stroke-width="1.6"/></pattern>'
    '<pattern id="{prefix}overlap" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<circle cx="3" cy="3" r="1.5" fill="#6b4e00"/></pattern>'
)
_FILL = {
    "stay": 'fill="#1f5a96" stroke="#123a63"',
    "gap": 'fill="url(#{prefix}gap)" stroke="#a3161b"',
    "overlap": 'fill="url(#{prefix}overlap)" stroke="#6b4e00"',
}


_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Return *text* as text of an XML file, without the characters that XML cannot hold."""
    return saxutils.escape(_NO_XML.sub("", text))


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that the picture shows, from its left to its right edge."""

    first: dt.date
    last: dt.date

    def x(self, on: dt.date) -> float:
        """Return the place of a day, at an edge where it lies outside."""
        inside = min(max(on, self.first), self.last)
        return LEFT + (RIGHT - LEFT) * (inside - self.first).days / max((self.last - self.first).days, 1)


def picture(residence: Mapping[str, Any], filed_on: dt.date, language: str, prefix: str = "") -> str:
    """Return the SVG of a case's `residence` block, as wide as a page's text.

    *prefix*, letters of our own, begins the ids inside, so that a page may have two pictures.
    """
    drawn, say = line_of(residence, filed_on), words(language)
    scale = _scale(drawn)
    height = TOP + ROW * max(len(drawn.rows), 1) + FOOT
    names = f"{prefix}timeline-title {prefix}timeline-desc"
    labelled = f'role="img" aria-labelledby="{names}" lang="{language}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" {labelled} {_TYPE}>',
        f'<title id="{prefix}timeline-title">{escape(say["title"])}</title>',
        f'<desc id="{prefix}timeline-desc">{escape(" ".join(said(residence, filed_on, language)))}</desc>',
        f"<defs>{_PATTERNS.format(prefix=prefix)}</defs>",
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#ffffff"/>',
        *_window(drawn, scale, height),
        *_axis(scale, height),
        *_marks(drawn, scale, height, say),
        *(
            t
            for n, row in enumerate(drawn.rows)
            for t in _bar(row, drawn.filed_on, TOP + ROW * n, scale, say, prefix)
        ),
        "</svg>",
    ]
    return "".join(parts)


def _scale(drawn: Line) -> Scale:
    """Return the days to show: the window, what lies near it, and the day that completes the year."""
    near = [on for row in drawn.rows for on in (row.since, row.until) if on is not None]
    days = [*near, drawn.complete_on, *drawn.window, drawn.filed_on]
    shown = [on for on in days if on is not None and abs(on - drawn.filed_on) <= FURTHEST]
    first, last = min(shown), max(shown)
    slack = min(SLACK, first - dt.date.min, dt.date.max - last)
    return Scale(first - slack, last + slack)


def _window(drawn: Line, scale: Scale, height: float) -> Iterator[str]:
    """Yield the year before the filing day as a band with its two days."""
    left, right = scale.x(drawn.window[0]), scale.x(drawn.window[1])
    base = height - FOOT + 6
    yield (
        f'<rect x="{left:.1f}" y="24" width="{right - left:.1f}" height="{base - 24:.1f}" '
        'fill="#e8eef5" stroke="#5d7896" stroke-dasharray="4 3"/>'
    )
    middle = (left + right) / 2
    text = f"{day(drawn.window[0])} – {day(drawn.window[1])}"
    yield f'<text {_SMALL} x="{middle:.1f}" y="16" text-anchor="middle">{text}</text>'


def _bar(
    row: Row, filed_on: dt.date, top: float, scale: Scale, say: Mapping[str, str], prefix: str
) -> Iterator[str]:
    """Yield one row: its words, and under them its bar; one outside the picture is an arrow at the edge.

    An open stay is drawn to the filing day: what comes after is not known.
    """
    end, fill = row.until or max(filed_on, row.since), _FILL[row.kind].format(prefix=prefix)
    left, right = scale.x(row.since), scale.x(end)
    yield _label(row, left, top + 12, say)
    if end < scale.first or row.since > scale.last:
        side, turn = (LEFT, 8) if end < scale.first else (RIGHT, -8)
        points = f"{side},{top + 23:g} {side + turn},{top + 17:g} {side + turn},{top + 29:g}"
        yield f'<polygon points="{points}" {fill}/>'
        return
    yield (
        f'<rect x="{left:.1f}" y="{top + 17:g}" width="{max(right - left, 2):.1f}" height="{BAR:g}" {fill}/>'
    )


def _label(row: Row, left: float, y: float, say: Mapping[str, str]) -> str:
    """Return the words of a row, beginning at its bar, or ending at the edge where they would run over it."""
    name = row.town if row.kind == "stay" else f"{say[f'{row.kind}_short']}: {length(row.days, say)}"
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    until = day(row.until) if row.until else say["still"]
    text = f"{short} · {day(row.since)} – {until}"
    over = left + 6.4 * len(text) > RIGHT
    x, anchor = (RIGHT, "end") if over else (left, "start")
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}" {_HALO}>{escape(text)}</text>'


def _axis(scale: Scale, height: float) -> Iterator[str]:
    """Yield the calendar: a stroke on the first of each month, a longer one with its number each year."""
    base = height - FOOT + 6
    yield f'<path d="M{LEFT:g} {base:g} H{RIGHT:g}" stroke="#333"/>'
    for year in range(scale.first.year, scale.last.year + 1):
        for month in range(1, 13):
            on = dt.date(year, month, 1)
            if scale.first <= on <= scale.last:
                x, long = scale.x(on), month == 1
                yield f'<path d="M{x:.1f} {base:g} v{9 if long else 5}" stroke="#333"/>'
                if long:
                    at, anchor = (x - 2, "end") if x + _YEAR > RIGHT else (x + 2, "start")
                    place = f'x="{at:.1f}" y="{base + 16:g}" text-anchor="{anchor}"'
                    yield f"<text {_SMALL} {place}>{year}</text>"


def _marks(drawn: Line, scale: Scale, height: float, say: Mapping[str, str]) -> Iterator[str]:
    """Yield the filing day and the day that completes the year, as strokes with their words below."""
    base = height - FOOT + 6
    marks = [(drawn.filed_on, say["filed"], "", base + 29)]
    if drawn.complete_on is not None and scale.first <= drawn.complete_on <= scale.last:
        marks.append((drawn.complete_on, say["completes"], ' stroke-dasharray="2 3"', base + 42))
    for on, name, dashed, y in marks:
        x = scale.x(on)
        anchor = "end" if x > WIDTH * 0.7 else "start" if x < WIDTH * 0.3 else "middle"
        yield f'<path d="M{x:.1f} 24 V{y - 10:.1f}" stroke="#111" stroke-width="1.6"{dashed}/>'
        text = f"{escape(name)} {day(on)}"
        yield f'<text {_SMALL} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
