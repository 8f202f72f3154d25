"""Proof that papers were handed in: entry number, day and hour, office, and the files with their digests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Field, Item
from extractors.kinds import Kind
from extractors.kinds._labels import labelled, spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._values import LABELLED, Parsed, first, wording
from extractors.kinds._words import labels, score
from extractors.languages.dates import dates_in
from extractors.lines import around
from extractors.page import Page
from extractors.prose import Prose

_FILE = "filing_receipt.yaml"
_REGISTERED = frozenset({"entry_number", "filed_at"})
_ENTRY = re.compile(r"[A-Z0-9][A-Z0-9/_.\-]{4,40}", re.IGNORECASE)
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)(?:[:.]([0-5]\d))?\b")
_NAMED = re.compile(
    r"(?<!\w)[\w()][\w() .,\-]{0,80}\.(?:pdf|zip|jpe?g|png|tiff?|docx?|odt|xml|xsig|txt)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\d{1,2}[.)]?\s+")
_SHA256 = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]\s?){63}[0-9a-f](?![0-9a-f])", re.IGNORECASE)


def starts(page: Page) -> float:
    """The title of a receipt, with the label of its entry or its hour: a letter's way by post has neither."""
    return score(page, _FILE) if _REGISTERED & labelled(page, labels(_FILE)) else 0.0


def continues(page: Page, before: Sequence[Page]) -> float:
    """The next page by its number, or further files with digests and no title of their own."""
    listed = _SHA256.search(page.text) and _NAMED.search(page.text) and not starts(page)
    return max(numbered_on(page, before), 0.7 if listed else 0.0)


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return when and under which number the papers came in."""
    by_label = spots(pages, labels(_FILE))
    prose = Prose(pages)
    found = {
        "entry_number": first(by_label.get("entry_number", ()), _entry),
        "filed_at": first(by_label.get("filed_at", ()), _moment) or _only_moment(prose),
        "office": first(by_label.get("office", ()), wording),
        "documents": _documents(prose),
    }
    return {field: value for field, value in found.items() if value is not None}


def _entry(text: str) -> Parsed | None:
    """Return an entry number: one word with at least four figures."""
    found = _ENTRY.match(text)
    number = found.group().rstrip(".-/") if found else ""
    day = any(date.start == 0 for date in dates_in(text))
    return Parsed(number, LABELLED) if sum(map(str.isdigit, number)) >= 4 and not day else None


def _moment(text: str) -> Parsed | None:
    """Return day and time as written (local time of the registry); a day alone where no time is given."""
    dates = dates_in(text)
    if not dates or dates[0].value is None:
        return None
    day = dates[0].value.isoformat()
    clock = _TIME.search(text, dates[0].end)
    if clock is None:
        return Parsed(day, min(0.9, dates[0].certainty))
    hour, minute, second = clock[1], clock[2], clock[3] or "00"
    return Parsed(f"{day}T{int(hour):02d}:{minute}:{second}", min(LABELLED, dates[0].certainty))


def _only_moment(prose: Prose) -> Field | None:
    """Return the only day that a time of day follows, where no label names it."""
    found = []
    for date in dates_in(prose.text):
        clock = _TIME.search(prose.text[date.end : date.end + 40])
        parsed = _moment(prose.text[date.start : date.end + 40]) if clock else None
        if (
            parsed is not None
            and clock is not None
            and "\n" not in prose.text[date.end : date.end + clock.start()]
        ):
            found.append(prose.field(date.start, date.end + clock.end(), parsed.value, 0.8))
    return found[0] if len({field.value for field in found}) == 1 else None


def _documents(prose: Prose) -> Field | None:
    """Return the files that the receipt lists, each with the digest that follows its name."""
    rows = list(_rows(prose))
    if not rows:
        return None
    items = tuple(item for _, item in rows)
    return Field(
        value=[row for row, _ in rows],
        text=", ".join(str(row["name"]) for row, _ in rows),
        confidence=min(item.confidence for item in items),
        page=items[0].page,
        box=around(item.box for item in items if item.page == items[0].page),
        items=items,
    )


def _rows(prose: Prose) -> Iterator[tuple[dict[str, str | None], Item]]:
    """Yield name and digest of each file, with its place."""
    names = list(_NAMED.finditer(prose.text))
    for place, match in enumerate(names):
        stop = names[place + 1].start() if place + 1 < len(names) else len(prose.text)
        digest = _SHA256.search(prose.text, match.end(), stop)
        value = re.sub(r"\s", "", digest.group()).lower() if digest else None
        field = prose.field(match.start(), match.end(), None, 0.95 if digest else 0.8)
        name = _NUMBERED.sub("", " ".join(match.group().split()))
        yield (
            {"name": name, "sha256": value},
            Item(page=field.page, box=field.box, confidence=field.confidence),
        )


KIND = Kind(name="filing_receipt", starts=starts, continues=continues, read=read)
