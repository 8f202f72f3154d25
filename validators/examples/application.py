"""From an example's facts, laid over its base case, to the application that the rules judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, get_args, get_type_hints

from validators.examples.padron import certificates, papers
from validators.examples.records import People, merged, person, record, told
from validators.examples.values import Entry, Page, date, fact, share, value
from validators.examples.vocabulary import Word, vocabulary, without_none
from validators.facts import Absence, Application, Evidence, Filing, Mention, Person, Unreadable
from validators.facts.register import RegisterAnswer
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
_HINTS = {name: without_none(hint) for name, hint in get_type_hints(Application).items()}
_FORMS = {"convenio_especial": "convenio_form", "asistencia_sanitaria": "inss_form"}
_OWN_WORDS = frozenset(
    {"procedure", "filing", "applicant", "absences", "papers", "mentions", "unreadable", "flags", "register"}
)
_PLAIN = {
    name: hint
    for name, hint in _HINTS.items()
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


class _Case:
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
        self.flags += [(document, flag) for flag in said.get("flags", [])]
        self.mentions += [_mention(raw, document) for raw in said.get("mentions", [])]
        read = share(Entry(said, "read", said["read"])) if "read" in said else self.certainty
        return Page(filed_on=self.filed_on, document=document, certainty=read)

    def on(self, document: str) -> Page:
        """Return a paper that there is already, or the case itself."""
        return Page(filed_on=self.filed_on, document=document, certainty=self.certainty)

    def take(self, word: str, found: list[Table], **fixed: Any) -> None:
        """Add the records of some papers of one kind."""
        section = SECTIONS[word]
        hint = get_args(_HINTS[section.field])[0]
        for said in found:
            page = self.page(section.kind, said)
            made = record(hint, said, page, self.people, document=page.document, **fixed)
            self.records.setdefault(section.field, []).append(made)


def application(facts: Table, base: Table, named: Mapping[str, Table]) -> Application:
    """Return the application of *base* with *facts* on top; *named* are the people that both may name.

    Raises:
        TableError: a word or a value that is not understood, with its file and line.
    """
    said, laid = _formed(merged(base, facts)), _formed(base)
    case = _Case(said.expect("procedure", "filed_on", optional=WORDS), named)
    for word in SECTIONS:
        if word == "certificate":
            case.take(word, certificates(said, laid), official=True)
        elif word == "volante":
            case.take(word, papers(said, word, laid.get("certificate")), official=False)
        else:
            case.take(word, papers(said, word, laid.get(word)))
    absences = tuple(_absences(case))
    return Application(
        procedure=value(_HINTS["procedure"], Entry(said, "procedure", said["procedure"]), case.on("")),
        filing=_filing(case),
        applicant=person(case.people.named["applicant"], case.on("d1"), case.people),
        absences=absences,
        unreadable=tuple(_unreadable(case)),
        register=tuple(_register(case)),
        **(dict(_plain(case)) | _beside(case)),
    )


def _beside(case: _Case) -> dict[str, Any]:
    """Return the records of the papers, and what lies beside: other papers, mentions and flags."""
    said = case.said
    for kind, number in said.get("papers", {}).items():
        for one in number if isinstance(number, list) else [None] * number:
            case.page(kind, one)
    mentions = [*case.mentions, *(_mention(raw, "d1") for raw in said.get("mentions", []))]
    records = {name: tuple(made) for name, made in case.records.items()}
    return {
        **records,
        "papers": {kind: tuple(documents) for kind, documents in case.papers.items()},
        "mentions": tuple(mentions),
        "flags": (*case.flags, *(("d1", flag) for flag in said.get("flags", []))),
    }


def _formed(said: Table) -> Table:
    """Return the words with `form` as the form of the case's own procedure."""
    own = _FORMS.get(said.get("procedure", ""))
    if own is None or "form" not in said:
        return said
    found = Table(said.file, said.line)
    found.update({own if word == "form" else word: raw for word, raw in said.items()})
    found.lines = said.lines | {own: said.lines.get("form", said.line)}
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


def _mention(raw: Any, document: str) -> Mention:
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


def _absences(case: _Case) -> Iterator[Absence]:
    """Yield the stays abroad that one statement declares."""
    stated = case.said.get("absences", [])
    page = case.page("absence_statement") if stated else case.on("")
    yield from (record(Absence, one, page, case.people) for one in stated)


def _register(case: _Case) -> Iterator[RegisterAnswer]:
    """Yield the answers of other sources of register data, numbered as the program numbers them."""
    for number, one in enumerate(case.said.get("register", []), 1):
        page = case.on(f"register-{number}")
        yield record(RegisterAnswer, one, page, case.people, document=page.document)


def _unreadable(case: _Case) -> Iterator[Unreadable]:
    """Yield the members that cannot be read, by their codes."""
    for code in case.said.get("unreadable", []):
        yield Unreadable(document=case.page("unreadable").document, code=code)


def _filing(case: _Case) -> Filing:
    """Return the filing: told by the office and received that day unless the example says otherwise."""
    said, page = case.said, case.on("d1")
    stated = (
        fact(dt.date, Entry(said, "other_filing_dates", raw), page, "filed_at")
        for raw in said.get("other_filing_dates", [])
    )
    source = Entry(said, "filing_source", said.get("filing_source", "office"))
    received = Entry(said, "received_on", said.get("received_on", case.filed_on))
    return Filing(
        filed_on=case.filed_on,
        source=value(get_type_hints(Filing)["source"], source, page),
        received_on=date(received, case.filed_on),
        stated=tuple(one for one in stated if one is not None),
    )


def _plain(case: _Case) -> Iterator[tuple[str, Any]]:
    """Yield the fields of the application that are said by their own name."""
    for name, hint in _PLAIN.items():
        if name in case.said:
            entry = Entry(case.said, name, case.said[name])
            yield name, told(Word(name, None, hint), entry, case.on("d1"), case.people)
