"""From an example's facts, laid over its base case, to the application that the rules judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from validators.examples.beside import absences, beside, filing, register, unreadable
from validators.examples.bundle import HINTS, SECTIONS, Bundle
from validators.examples.padron import certificates, papers
from validators.examples.records import merged, person, told
from validators.examples.values import Entry, value
from validators.examples.vocabulary import Word
from validators.facts import Application
from validators.tables import Table

_FORMS = {"convenio_especial": "convenio_form", "asistencia_sanitaria": "inss_form"}
_OWN_WORDS = frozenset(
    {"procedure", "filing", "applicant", "absences", "papers", "mentions", "unreadable", "flags", "register"}
)
_PLAIN = {
    name: hint
    for name, hint in HINTS.items()
    if name not in {*_OWN_WORDS, *(section.field for section in SECTIONS.values())}
}
"""The fields of the application that need no more than their own name: remarks, sizes, later additions."""
WORDS = (
    *SECTIONS,
    *_PLAIN,
    *("form", "padron", "person", "procedure", "read"),
    *("filed_on", "received_on", "filing_source", "other_filing_dates"),
    *("absences", "papers", "mentions", "unreadable", "flags", "register"),
)


def application(facts: Table, base: Table, named: Mapping[str, Table]) -> Application:
    """Return the application of *base* with *facts* on top; *named* are the people that both may name.

    Raises:
        TableError: a word or a value that is not understood, with its file and line.
    """
    said, laid = _formed(merged(base, facts)), _formed(base)
    case = Bundle(said.expect("procedure", "filed_on", optional=WORDS), named)
    for word in SECTIONS:
        if word == "certificate":
            case.take(word, certificates(said, laid), official=True)
        elif word == "volante":
            case.take(word, papers(said, word, laid.get("certificate")), official=False)
        else:
            case.take(word, papers(said, word, laid.get(word)))
    away = tuple(absences(case))
    return Application(
        procedure=value(HINTS["procedure"], Entry(said, "procedure", said["procedure"]), case.on("")),
        filing=filing(case),
        applicant=person(case.people.named["applicant"], case.on("d1"), case.people),
        absences=away,
        unreadable=tuple(unreadable(case)),
        register=tuple(register(case)),
        **(dict(_plain(case)) | beside(case)),
    )


def _formed(said: Table) -> Table:
    """Return the words with `form` as the form of the case's own procedure."""
    own = _FORMS.get(said.get("procedure", ""))
    if own is None or "form" not in said:
        return said
    found = Table(said.file, said.line)
    found.update({own if word == "form" else word: raw for word, raw in said.items()})
    found.lines = said.lines | {own: said.lines.get("form", said.line)}
    return found


def _plain(case: Bundle) -> Iterator[tuple[str, Any]]:
    """Yield the fields of the application that are said by their own name."""
    for name, hint in _PLAIN.items():
        if name in case.said:
            entry = Entry(case.said, name, case.said[name])
            yield name, told(Word(name, None, hint), entry, case.on("d1"), case.people)
