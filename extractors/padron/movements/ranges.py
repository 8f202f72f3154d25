"""Stays told as a range of days: "del 10 de marzo de 2015 al 21 de junio de 2018", "10/03/2015 - hoy"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.languages.dates import FoundDate, dates_in
from extractors.padron.movements.weak import ELSEWHERE
from extractors.padron.vocabulary import Mark
from extractors.prose import Prose, fold

FIRST, LAST = "first", "final"
"""What the words around the days of a range mean."""
_TO = re.compile(
    r"[\s,]*(?:(?:y|e|i|eta|al?|ao|hasta|ata|fins)\s+|[-–—/]+\s*)(?:(?:al?|el|o)\s+|l['’]\s*)*(?:dia\s+)?"
)
"""What stands between the first and the last day."""
_NOW = re.compile(
    r"[\s,]*(?:(?:(?:hasta|ata|fins)\s+|[-–—/]+\s*|(?<=\s)(?=a))(?:(?:a|ao|al|la|el|o|en)\s+|l['’]\s*)*"
    r"(?:fecha|data)(?!\s+(?:de|del|do|da|en|na)\s+(?!hoy|hoxe|avui|est[ae]\s|presente?|expedici|emisi))(?!\s+d['’](?!avui|expedici|emissi))"
    r"|(?:(?:hasta|ata|fins)\s+|[-–—/]+\s*)?(?:(?:a|ao|al|la|el|o|en)\s+|l['’]\s*)*"
    r"(?:actual\w*|hoy|hoxe|avui|presente?|dia\s+(?:de|d['’])\s*(?:hoy|hoxe|avui|la\s+fecha)|momento|gaur\w*))(?!\w)"
)
"""What stands behind the first day of a stay that goes on; "fecha de su alta" is another day."""
_FROM = re.compile(r"(?<!\w)(?:del|do|de|entre|desde|dende|des\s+del?)\s+(?:(?:el|o|l['’])\s*)?(?:dia\s+)?$")
"""Words before the first day; "de" alone stands before many a day that begins nothing."""
_BULLET = re.compile(r"[\s\W]*(?:\d{1,2}[\W]{1,3})?")
"""A bullet, a number, or nothing, at the beginning of a line."""
_HERE = re.compile(r"inscri|empadron|empadroa|padron|padro|inskri|errolda|de alta")
_PERIOD = re.compile(r"per[ií]od|aldi(?!\w*zkari)|fechas siguientes|siguientes fechas")
_OF = (
    r"(?:\s+(?:del?|d['’]|en|no|do|al)\s*(?:(?:la|el|l['’]|este)\s*)?"
    r"(?:inscri\w+|empadron\w+|empadroa\w+|residenci?a|permanenci?a|estanc\w+|alta|padron?\w*|municipi\w*|concello))*"
)
_LABEL = re.compile(
    r"(?:(?<!\w)(?:period[oe]s?|permanencia|aldia)(?!\s+(?:de|d['’])\s*(?:busqued|cerca|busca))[^:\n\d]{0,40}:\s*"
    rf"|(?:^|\n)[ ]*(?:period[oe]s?|permanencias?|aldi\w*){_OF}[ ]+)$"
)
"""A label before a range of days; it begins a line where no colon is behind it."""
_GONE = re.compile(
    r"(?<!in)(?<!sin )(?<!sen )(?<!sense )interr?ump|(?<!sin )(?<!sen )(?<!sense )interrupc|ausen|excep|salvo"
    r"|fuera|fora|baja|baixa|estanc|suspend|no const|vigen|valid|caduc"
)
"""Words before a range of days in which the person was not there."""
_AND = re.compile(
    r"[\s,;.]*(?:(?:y|e|i|eta|asi como|nuevamente|de nuevo|novamente|posteriormente)[\s,]*){0,3}"
    r"(?:[^\w\s]{1,2}\s*|[a-z]\s+|\d{1,2}[oa]?[.)º-]+\s*)?"
)
"""What stands between two ranges of one enumeration; a scan takes a bullet for a letter."""

_BRACKETS = re.compile(r"\s*(?:[,;:–-]\s*)?\((?P<what>[^()]*)\)")
"""What stands in brackets, which tell of the days before them."""
_OF_WHAT = re.compile(
    r"\s+(?:de|del|como)\s+(?!forma|manera|modo|hoy|est[ea]|la\s+fecha|present|expedic|emis|certif)"
)
"""What goes on, where it is no stay: "a la actualidad de alquiler"."""
_JOINS = re.compile(r"[\s,;]+(?:y|e|i|eta)\s+|\s*[,;]\s+")
"""What joins a range of bare days to the one before: "A a B y C a D"."""
_ENDS = re.compile(r"[ ]*(?:[.;\n]|$|(?:,|,?\s+(?:y|e|i|eta))\s+\d)")
"""What stands behind a joined range that says no more of it: "(this last one in Guadix)" does."""


def ranges_in(prose: Prose, dates: Sequence[FoundDate]) -> dict[int, Mark]:
    """Return, by the place of the date among *dates*, what a range of days says of it: `FIRST` or `LAST`.

    A range is one of stays where the words for an inscription, or for periods of it, stand before it, or
    another such range does; and none of a leave.
    """
    told: dict[int, Mark] = {}
    for at, date in enumerate(dates):
        after = dates[at - 1].end if at - 1 in told else None
        begins = None if at in told else _begins(prose, date, after)
        last = at + 1 if at + 1 < len(dates) and _joined(prose, date, dates[at + 1]) else None
        if last is not None and begins == date.start and _bare_join(prose, date, after):
            begins = begins if _ENDS.match(prose.folded, dates[last].end) else None
        if begins is None or (last is None and not _goes_on(prose, date)):
            continue
        if _of_stays(prose, dates[at - 1].end if at else 0, begins, follows=at - 1 in told):
            told[at] = Mark(FIRST, begins, date.start)
            if last is not None:
                told[last] = Mark(LAST, date.end, dates[last].start)
    return told


def in_cell(prose: Prose) -> dict[int, str] | None:
    """Return what the dates of a cell for a stay's days are, "in" and "out" by place; None if unclear."""
    dates = dates_in(prose.text)
    if len(dates) == 2 and (_joined(prose, *dates) or _bare(prose, dates)):
        return {0: "in", 1: "out"}
    goes_on = len(dates) == 1 and (
        _NOW.match(prose.folded, dates[0].end) is not None
        or (_FROM.search(prose.folded[: dates[0].start]) and not prose.folded[dates[0].end :].strip(" .\n"))
    )
    return {0: "in"} if goes_on else None


def _bare(prose: Prose, dates: Sequence[FoundDate]) -> bool:
    """Whether a cell holds but two days, the earlier first: a scan puts their dash on a line of its own."""
    rest = (
        prose.text[: dates[0].start] + prose.text[dates[0].end : dates[1].start] + prose.text[dates[1].end :]
    )
    return not rest.strip(" \n.-–—_") and str(dates[0].value) < str(dates[1].value)


def home_behind(prose: Prose, date: FoundDate) -> str | None:
    """Return the home that a line of a list of stays tells behind its days, None where it tells none."""
    line = prose.text[prose.text.rfind("\n", 0, date.start) + 1 :].partition("\n")[0]
    days = dates_in(line)
    if not days or _BULLET.sub("", _FROM.sub("", fold(line[: days[0].start]))):
        return None
    rest = line[days[-1].end :]
    now = _NOW.match(fold(rest)) if len(days) == 1 else None
    rest = rest[now.end() :] if now is not None else rest
    home = rest.strip(" :;,.-–—()")
    return home if rest.lstrip()[:1] in set(":,;-–—(") and any(map(str.isalpha, home)) else None


def behind_days(prose: Prose, date: FoundDate) -> str | None:
    """Return what stands in brackets right behind a day, or behind the words that its stay goes on."""
    now = _NOW.match(prose.folded, date.end)
    found = _BRACKETS.match(prose.text, now.end() if now is not None else date.end)
    return found["what"].strip() or None if found is not None else None


def _begins(prose: Prose, date: FoundDate, after: int | None) -> int | None:
    """Return where the words before a range's first day begin, None where nothing says that one begins.

    A day at the beginning of a line begins a range where another one was told before it, or a colon; so does
    one that "and" joins to another range, which ends *after* so many letters.
    """
    found = _FROM.search(prose.folded[: date.start], max(date.start - 20, 0))
    if found is not None:
        return found.start()
    if _LABEL.search(prose.folded, max(date.start - 60, 0), date.start):
        return date.start
    if _bare_join(prose, date, after):
        return date.start
    line = prose.folded.rfind("\n", 0, date.start) + 1
    opened = after is not None or prose.folded[:line].rstrip()[-1:] in {":", "."}
    return date.start if opened and not _BULLET.sub("", prose.folded[line : date.start]) else None


def _bare_join(prose: Prose, date: FoundDate, after: int | None) -> bool:
    """Whether nothing but "and" parts a day from the range that ends *after* so many letters."""
    return after is not None and _JOINS.fullmatch(prose.folded, after, date.start) is not None


def _goes_on(prose: Prose, date: FoundDate) -> bool:
    """Whether words behind a day say that a stay goes on, and not of what else."""
    now = _NOW.match(prose.folded, date.end)
    return now is not None and _OF_WHAT.match(prose.folded, now.end()) is None


def _joined(prose: Prose, one: FoundDate, two: FoundDate) -> bool:
    """Whether nothing but "to" stands between two dates."""
    return _TO.fullmatch(prose.folded, one.end, two.start) is not None


def _of_stays(prose: Prose, floor: int, begins: int, *, follows: bool) -> bool:
    """Whether the words before a range speak of an inscription, and of no leave."""
    between = prose.folded[floor:begins]
    if follows and _AND.fullmatch(re.split(r"[\n;]", between)[-1]):
        return True
    sentence = re.split(r"(?<!\W\w)[.;]\s+(?=[A-ZÀ-Ý])", prose.text[floor:begins])[-1]
    words = prose.folded[begins - len(sentence) : begins]
    if ELSEWHERE.search(words[-200:]):
        return False
    return _GONE.search(words[-80:]) is None and (
        _HERE.search(words[-200:]) is not None or _PERIOD.search(words[-60:]) is not None
    )
