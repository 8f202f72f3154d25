"""The measurement as tables: shares, bounds, points, milliseconds and ratios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.calibrate_fit import upper
from benchmarks.scan_memory import Peak
from benchmarks.scan_runs import Outcome, astray

Row = tuple[str, ...]


def show(outcomes: Sequence[Outcome], out: Console) -> None:
    """Print every table that has rows."""
    for title, head, rows in (
        ("Known forms, printed or typed: values on paper", _VALUES, _values(outcomes, "forms")),
        ("Known forms, by hand: values on paper", _VALUES, _values(outcomes, "hands")),
        ("Known forms, printed or typed: places left empty", _EMPTY, _empty(outcomes, "forms")),
        ("Known forms: tick boxes", _BOXES, _boxes(outcomes, "tick")),
        ("Known forms: signatures", _BOXES, _boxes(outcomes, "signature")),
        ("Where pages were laid", _LAID, _laid(outcomes)),
        ("Certificates in layouts never tuned on", _CERTIFICATES, _certificates(outcomes)),
        ("Cards and passports", _CARDS, _cards(outcomes)),
        ("CPU milliseconds a page, from the PDF", _COST, _cost(outcomes)),
        ("Peers on the same files, milliseconds a page", _PEERS, _peers(outcomes)),
    ):
        if rows:
            _table(title, head, rows, out)


def show_peak(peak: Peak, pages: int, out: Console) -> None:
    """Print what a long scan took."""
    row = (
        str(pages),
        f"{peak.megabytes:.0f}",
        f"{1000 * peak.cpu / pages:.0f}",
        str(peak.documents),
        peak.code,
    )
    _table("A long scan in one process", ("pages", "peak MB", "ms / page", "documents", "code"), [row], out)


def _table(title: str, head: Row, rows: Sequence[Row], out: Console) -> None:
    """Print one table, the first column to the left."""
    shown = Table(title=title)
    for at, name in enumerate(head):
        shown.add_column(name, justify="left" if at == 0 else "right")
    for row in rows:
        shown.add_row(*row)
    out.print(shown)


def share(part: float, whole: float, digits: int = 1) -> str:
    """Return a share in percent, a dash of nothing."""
    return f"{100 * part / whole:.{digits}f} %" if whole else "-"


def bound(wrong: int, seen: int) -> str:
    """Return the 95 % upper bound of the share of wrong ones (Clopper and Pearson, one-sided)."""
    return f"{100 * upper(wrong, seen):.3f} %" if seen else "-"


_VALUES = ("class", "pages", "values", "right", "right and sure", "sure", "wrong and sure", "95 % bound")


def _values(outcomes: Sequence[Outcome], sort: str) -> list[Row]:
    """Return a row per class, and all together: wrong and sure also counts values on empty places."""
    chosen = [one for one in outcomes if one.task.sort == sort]
    rows: list[Row] = []
    for name, pages, c in _each(chosen):
        sure = c["text sure"] + c["empty wrong and sure"]
        wrong = c["text wrong and sure"] + c["empty wrong and sure"]
        rows.append(
            (
                name, str(pages), str(c["text"]), share(c["text right"], c["text"]),
                share(c["text right and sure"], c["text"]), str(sure), str(wrong), bound(wrong, sure),
            )
        )  # fmt: skip
    return rows


_EMPTY = ("class", "places", "said empty and sure", "given a value", "given a value, sure")


def _empty(outcomes: Sequence[Outcome], sort: str) -> list[Row]:
    """Return a row per class."""
    return [
        (
            name, str(c["empty"]), share(c["empty right and sure"], c["empty"]), str(c["empty invented"]),
            str(c["empty wrong and sure"]),
        )
        for name, _, c in _each([one for one in outcomes if one.task.sort == sort])
    ]  # fmt: skip


_BOXES = ("class", "boxes", "right", "sure", "right and sure", "wrong and sure", "95 % bound")


def _boxes(outcomes: Sequence[Outcome], sort: str) -> list[Row]:
    """Return a row per class, printed forms and those by hand together."""
    return [
        (
            name, str(c[sort]), share(c[f"{sort} right"], c[sort], 2), str(c[f"{sort} sure"]),
            share(c[f"{sort} right and sure"], c[sort], 2), str(c[f"{sort} wrong and sure"]),
            bound(c[f"{sort} wrong and sure"], c[f"{sort} sure"]),
        )
        for name, _, c in _each([one for one in outcomes if one.task.sort in {"forms", "hands"}])
    ]  # fmt: skip


def _each(outcomes: Sequence[Outcome]) -> list[tuple[str, int, Counter[str]]]:
    """Return name, pages and counts of each class, and of all pictures together where there are several."""
    names = list(dict.fromkeys(one.task.how for one in outcomes))
    found = []
    for name in [*names, "all pictures"]:
        pictures = name == "all pictures"
        chosen = [one for one in outcomes if one.task.how == name or (pictures and one.task.how != "digital")]
        counts: Counter[str] = Counter()
        for one in chosen:
            counts.update(one.counts)
        found.append((name, sum(one.pages for one in chosen), counts))
    return found if len(names) > 1 else found[: len(names)]


_LAID = ("papers", "class", "pages", "laid", "laid astray", "worst place off, median", "worst of all")


def _laid(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row per slice: pages of forms laid on their blank, and other papers taken for one."""
    rows: list[Row] = []
    for one in (one for one in outcomes if one.task.how != "digital"):
        form = one.task.sort in {"forms", "hands"}
        off = f"{np.median(one.off):.2f} pt" if one.off else "-"
        worst = f"{max(one.off):.2f} pt" if one.off else "-"
        laid = len(one.off) if form else one.strangers
        wrong = astray(one) if form else one.strangers
        rows.append((one.task.sort, one.task.how, str(one.pages), str(laid), str(wrong), off, worst))
    return rows


_CERTIFICATES = (
    "class", "pages", "days", "right", "right and sure", "false", "false and sure", "bound of false and sure",
    "lists", "days of list right", "whole list right", "right and sure", "wrong and sure",
)  # fmt: skip


def _certificates(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row per class."""
    return [
        (
            name, str(pages), str(c["day"]), share(c["day right"], c["day"]),
            share(c["day right and sure"], c["day"]), str(c["day false"]), str(c["day wrong and sure"]),
            bound(c["day wrong and sure"], c["day sure"]), str(c["list"]),
            share(c["list days right"], c["list"]), share(c["list right"], c["list"]),
            share(c["list right and sure"], c["list"]),
            f"{c['list wrong and sure']} ({c['list days wrong and sure']} in days)",
        )
        for name, pages, c in _each([one for one in outcomes if one.task.sort == "certificates"])
    ]  # fmt: skip


_CARDS = (
    "class", "cards", "number and days right", "right and sure", "fields", "right", "right and sure",
    "wrong and sure", "95 % bound",
)  # fmt: skip


def _cards(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row per class."""
    return [
        (
            name, str(c["card"]), share(c["card right"], c["card"]),
            share(c["card right and sure"], c["card"]), str(c["field"]), share(c["field right"], c["field"]),
            share(c["field right and sure"], c["field"]), str(c["field wrong and sure"]),
            bound(c["field wrong and sure"], c["field sure"]),
        )
        for name, _, c in _each([one for one in outcomes if one.task.sort == "cards"])
    ]  # fmt: skip


_COST = ("papers", "class", "pages", "first reading", "with the second recogniser", "pages a second")


def _cost(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row per slice."""
    return [
        (
            one.task.sort, one.task.how, str(one.pages), _ms(one.cpu - one.second, one.pages),
            _ms(one.cpu, one.pages), f"{one.pages / one.cpu:.2f}",
        )
        for one in outcomes
    ]  # fmt: skip


_PEERS = (
    "papers", "class", "pages", "ours, first", "ours, both", "pytesseract", "OCRmyPDF",
    "first : pytesseract", "both : pytesseract", "first : OCRmyPDF", "both : OCRmyPDF",
    "values in pytesseract's text", "in OCRmyPDF's",
)  # fmt: skip


def _peers(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row per slice that peers have read, and all forms and all certificates together."""
    rows: list[Row] = []
    read = [one for one in outcomes if one.peers]
    for sort in dict.fromkeys(one.task.sort for one in read):
        chosen = [one for one in read if one.task.sort == sort]
        sums: dict[str, float] = {}
        for one in chosen:
            rows.append(_beside(sort, one.task.how, one.peers))
            sums = {name: sums.get(name, 0.0) + amount for name, amount in one.peers.items()}
        if len(chosen) > 1:
            rows.append(_beside(sort, "all", sums))
    return rows


def _beside(sort: str, how: str, sums: dict[str, float]) -> Row:
    """Return ours beside the peers."""
    pages, first = sums["pages"], sums["ours"] - sums["second"]
    others = [sums.get("tesseract", 0.0), sums.get("ocrmypdf", 0.0)]
    shown = [_ms(other, pages) if other else "not installed" for other in others]
    ratios = [
        f"1 : {other / part:.1f}" if other else "-" for other in others for part in (first, sums["ours"])
    ]
    found = [
        share(sums[f"{name} found"], sums["values"]) if other else "-"
        for name, other in zip(("tesseract", "ocrmypdf"), others, strict=True)
    ]
    return (sort, how, f"{pages:.0f}", _ms(first, pages), _ms(sums["ours"], pages), *shown, *ratios, *found)


def _ms(seconds: float, pages: float) -> str:
    """Return milliseconds a page."""
    return f"{1000 * seconds / pages:.0f}" if pages else "-"
