"""What a case lacks, as it is told to the clerk and to the person: from the findings that ask for a cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.after_filing.later import later
from pipeline.case import Routed
from pipeline.files import remove_tree, write_whole
from pipeline.folders.places import Place
from pipeline.letters import names
from pipeline.letters.casefile import case_file
from pipeline.letters.compose import letter, pdf
from pipeline.letters.heads import head
from pipeline.letters.render import render
from pipeline.report import case_report
from pipeline.settings import Language, Settings
from pipeline.store import Store
from validators.finding import Finding, Outcome
from validators.rules.notice_of_acts import CURE as TIME

_LINES = 7
"""Defects that the text file names; with the other lines it stays within twelve."""
_CUT = f".{'[0-9a-f]' * 16}.part"
"""What the names of files look like that `write_whole` did not finish."""


class Item(NamedTuple):
    """One defect: its text in Spanish and in the other languages asked for, and where it was seen."""

    es: str
    others: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    basis: str
    rule: str


def wanted(case: Routed, languages: tuple[Language, ...]) -> tuple[Item, ...]:
    """Return the defects to cure, each once; the time to cure them is said beside them, not as one."""
    asked = [f for f in case.assessment.findings if f.outcome is Outcome.CURE and f.rule != TIME.id]
    return tuple(dict.fromkeys(_item(case, finding, languages) for finding in asked))


def _item(case: Routed, finding: Finding, languages: tuple[Language, ...]) -> Item:
    """Return one defect in words."""
    others = tuple((one, getattr(finding.told, one)) for one in languages if one != "es")
    papers = {f"d{n}": document.file for n, document in enumerate(case.documents, 1)}
    seen = dict.fromkeys(papers[e.document] for e in finding.evidence if e.document in papers)
    return Item(finding.told.es, others, tuple(seen), finding.basis, finding.rule)


def tell(store: Store, settings: Settings, place: Place, case: Routed) -> None:
    """Write what *case* lacks in 4_SUBSANAR; take it away where nothing is asked for any more."""
    assert case.number is not None
    folder = place.cure(case.number)
    if case.queue != "cure":
        withdraw(store, place, case.number)
        return
    _remove_cuts(store, folder)
    words = {
        "number": case.number,
        "office": place.office,
        "wanted": wanted(case, settings.letters.languages),
        "phone": settings.letters.help_phone,
        "shown": _LINES,
    }
    write_whole(store.files, folder / names.FALTA_TXT, [render("falta.txt", **words)])
    write_whole(store.files, folder / names.FALTA_HTML, [render("falta.html", **words)])
    write_whole(
        store.files, folder / names.DRAFT, [_draft(store, settings, place, case.id, case_report(case))]
    )
    _remove(store, folder, names.EARLIER_DRAFT)


def draft_again(store: Store, settings: Settings, place: Place, case: str, report: Mapping[str, Any]) -> None:
    """Write the draft anew, if one lies there: the person named another address, or who acts for them."""
    target = place.cure(str(report["number"])) / names.DRAFT
    if target.exists():
        write_whole(store.files, target, [_draft(store, settings, place, case, report)])


def _draft(store: Store, settings: Settings, place: Place, case: str, report: Mapping[str, Any]) -> bytes:
    """Return the requirement that nobody has signed; the same bytes for the same case."""
    chosen = settings.letters
    heading = head(chosen.offices, place.office, chosen.help_phone)
    with store.read() as connection:
        file = replace(case_file(report), later=later(connection, case))
    return pdf(letter(file, "requirement", chosen.languages, head=heading))


def withdraw(store: Store, place: Place, number: str) -> None:
    """Remove what we wrote in the case's folder of 4_SUBSANAR, and the folder if nothing else lies in it."""
    folder = place.cure(number)
    _remove_cuts(store, folder)
    for name in names.ASKED:
        _remove(store, folder, name)
    if folder.is_dir() and not any(folder.iterdir()):
        remove_tree(store.files, folder)


def _remove(store: Store, folder: Path, name: str) -> None:
    """Remove a file of ours, if it is there."""
    if (folder / name).exists():
        store.files.remove(folder / name)


def _remove_cuts(store: Store, folder: Path) -> None:
    """Remove what a worker that was killed had begun to write in *folder*, where only this case's writes."""
    for cut in folder.glob(_CUT):
        store.files.remove(cut)
