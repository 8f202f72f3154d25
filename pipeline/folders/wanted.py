"""What a case lacks, as it is told to the clerk and to the person: from the findings that ask for a cure."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.case import Routed
from pipeline.files import remove_tree, write_whole
from pipeline.folders.places import Place
from pipeline.letters import names
from pipeline.letters.people import interested
from pipeline.letters.render import render
from pipeline.settings import Language, Settings
from pipeline.store import Store
from validators.finding import Finding, Outcome
from validators.law import figures, whole

_LINES = 7
"""Defects that the text file names; with the other lines it stays within twelve."""
_CUT = f".{'[0-9a-f]' * 16}.part"
"""What the names of files look like that `write_whole` did not finish."""
_PROCEDURES = {
    "convenio_especial": "convenio especial de prestación de asistencia sanitaria",
    "asistencia_sanitaria": "reconocimiento del derecho a la asistencia sanitaria",
}


class Item(NamedTuple):
    """One defect: its text in Spanish and in the other languages asked for, and where it was seen."""

    es: str
    others: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    basis: str
    rule: str


def wanted(case: Routed, languages: tuple[Language, ...]) -> tuple[Item, ...]:
    """Return the defects to cure, each once."""
    asked = [f for f in case.assessment.findings if f.outcome is Outcome.CURE]
    return tuple(dict.fromkeys(_item(case, finding, languages) for finding in asked))


def _item(case: Routed, finding: Finding, languages: tuple[Language, ...]) -> Item:
    """Return one defect in words."""
    others = tuple((one, getattr(finding.reason, one)) for one in languages if one != "es")
    papers = {f"d{n}": document.file for n, document in enumerate(case.documents, 1)}
    seen = dict.fromkeys(papers[e.document] for e in finding.evidence if e.document in papers)
    return Item(finding.reason.es, others, tuple(seen), finding.basis, finding.rule)


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
    draft = {
        "person": interested(case),
        "procedure": _PROCEDURES.get(case.application.procedure, "____________________"),
        "filed_on": case.application.filing.filed_on,
        **_cure(case),
    }
    write_whole(store.files, folder / names.FALTA_TXT, [render("falta.txt", **words)])
    write_whole(store.files, folder / names.FALTA_HTML, [render("falta.html", **words)])
    write_whole(store.files, folder / names.DRAFT, [render("requerimiento.txt", **words, **draft)])


def _cure(case: Routed) -> dict[str, object]:
    """Return the days that the law gives to cure, and the article that gives them."""
    days = whole("ley-39-2015", "cure_working_days", on=case.application.filing.filed_on)
    return {"days": days, "article": figures("ley-39-2015")["cure_working_days"].article}


def withdraw(store: Store, place: Place, number: str) -> None:
    """Remove what we wrote in the case's folder of 4_SUBSANAR, and the folder if nothing else lies in it."""
    folder = place.cure(number)
    _remove_cuts(store, folder)
    for name in (names.FALTA_TXT, names.FALTA_HTML, names.DRAFT):
        if (folder / name).exists():
            store.files.remove(folder / name)
    if folder.is_dir() and not any(folder.iterdir()):
        remove_tree(store.files, folder)


def _remove_cuts(store: Store, folder: Path) -> None:
    """Remove what a worker that was killed had begun to write in *folder*, where only this case's writes."""
    for cut in folder.glob(_CUT):
        store.files.remove(cut)
