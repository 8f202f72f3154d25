"""The papers of a case while it is put together: their numbers, their kinds, and what lies on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, get_args, get_type_hints

from validators.examples.records import People, record
from validators.examples.values import Entry, Page, share, value
from validators.examples.vocabulary import vocabulary, without_none
from validators.facts import Application, Evidence, Mention, Person
from validators.tables import Table


class Section(NamedTuple):
    """A word for papers of one kind: the field of the application, and the kind in the contract."""

    field: str
    kind: str


SECTIONS: Mapping[str, Section] = MappingProxyType(
    {
        "convenio_form": Section("convenio", "ce_application"),
        "inss_form": Section("asistencia", "as_application"),
        "identity": Section("identities", "identity_document"),
        "certificate": Section("registrations", "padron_certificate"),
        "volante": Section("registrations", "padron_volante"),
        "declaration": Section("declarations", "no_coverage_declaration"),
        "representation": Section("representations", "representation"),
        "non_export": Section("non_exports", "non_export_certificate"),
        "permit": Section("permits", "residence_permit"),
        "bank_paper": Section("mandates", "sepa_mandate"),
        "family_record": Section("family_records", "family_record"),
        "partnership": Section("partnerships", "partner_registration"),
        "decision": Section("decisions", "court_decision"),
        "disability": Section("disabilities", "disability_certificate"),
        "income": Section("incomes", "income_declaration"),
        "consular_exit": Section("consular_exits", "consular_deregistration"),
    }
)
HINTS = {name: without_none(hint) for name, hint in get_type_hints(Application).items()}


class Bundle:
    """An application while it is put together: the papers so far, and what lies on them."""

    def __init__(self, said: Table, named: Mapping[str, Table]) -> None:
        self.said = said
        self.filed_on = said.date("filed_on")
        self.certainty = share(Entry(said, "read", said["read"])) if "read" in said else 1.0
        self.people = People(named=dict(named) | _people(said))
        self.papers: dict[str, list[str]] = {}
        self.records: dict[str, list[Any]] = {}
        self.mentions: list[Mention] = []
        self.flags: list[tuple[str, str]] = []
        self.count = 0

    def page(self, kind: str, said: Table | None = None) -> Page:
        """Return a new paper of a kind, with what lies on it."""
        self.count += 1
        document = f"d{self.count}"
        self.papers.setdefault(kind, []).append(document)
        if said is None:
            return self.on(document)
        self.flags += [(document, flag) for flag in listed(said, "flags")]
        self.mentions += [mention(raw, document) for raw in listed(said, "mentions")]
        read = share(Entry(said, "read", said["read"])) if "read" in said else self.certainty
        return Page(filed_on=self.filed_on, document=document, certainty=read)

    def on(self, document: str) -> Page:
        """Return a paper that there is already, or the case itself."""
        return Page(filed_on=self.filed_on, document=document, certainty=self.certainty)

    def take(self, word: str, found: list[Table], **fixed: Any) -> None:
        """Add the records of some papers of one kind."""
        section = SECTIONS[word]
        hint = get_args(HINTS[section.field])[0]
        for said in found:
            page = self.page(section.kind, said)
            made = record(hint, said, page, self.people, document=page.document, **fixed)
            self.records.setdefault(section.field, []).append(made)


def listed(said: Table, word: str) -> list[Any]:
    """Return the list under a word, empty where the word is not there."""
    found = said.get(word, [])
    if not isinstance(found, list):
        raise Entry(said, word, found).wrong("a list is needed")
    return found


def _people(said: Table) -> dict[str, Table]:
    """Return the applicant and each beneficiary of the form, by the names that papers call them."""
    form = said.get("inss_form")
    beneficiaries = form.get("beneficiaries", []) if isinstance(form, Table) else []
    words = vocabulary(Person)
    found = {"applicant": said.get("person", Table(said.file, said.line))}
    for number, one in enumerate(beneficiaries if isinstance(beneficiaries, list) else [], 1):
        own = Table(one.file, one.line)
        own.update({word: raw for word, raw in one.items() if word in words})
        found[f"beneficiary-{number}"] = own
    return found


def mention(raw: Any, document: str) -> Mention:
    """Return a subject that a paper touches: its slug, or `{subject: appeal, whose: another, read: 50 %}`."""
    if not isinstance(raw, Table):
        return Mention(subject=str(raw), evidence=Evidence(document, str(raw)))
    raw.expect("subject", optional=("read", "whose", "words"))
    subject = raw.text("subject")
    sure = share(Entry(raw, "read", raw["read"])) if "read" in raw else 1.0
    whose = Entry(raw, "whose", raw.get("whose", "applicant"))
    return Mention(
        subject=subject,
        evidence=Evidence(document, subject),
        confidence=sure,
        whose=value(get_type_hints(Mention)["whose"], whose, Page(filed_on=dt.date.min, document=document)),
        words=raw.text("words") if "words" in raw else "",
    )
