"""From documents to the one application that the law asks about; disagreements are kept, and every remark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from extractors.document import Document
from pipeline.case import Read
from pipeline.facts.family import (
    consular_exit,
    decision,
    disability,
    family_record,
    income,
    partnership,
)
from pipeline.facts.fields import Paper
from pipeline.facts.filing import filing
from pipeline.facts.mentions import earlier_convenios, mentions, represented
from pipeline.facts.papers import (
    absences,
    declaration,
    identity,
    mandate,
    non_export,
    permit,
    representation,
)
from pipeline.facts.people import applicant, join_cards
from pipeline.facts.register import registration
from pipeline.facts.requests import asistencia, convenio, join_parts
from validators.facts import Application, Procedure, Unreadable

_ASKED_BY: Mapping[str, Procedure] = MappingProxyType(
    {"ce_application": "convenio_especial", "as_application": "asistencia_sanitaria"}
)
"""What the form of each kind asks for."""


def put_together(case: Read) -> Application:
    """Return the application of *case*. The papers keep their ids: document `n` is `d<n>`, from 1."""
    papers = _papers(case.documents)
    convenios = tuple(convenio(p) for p in join_parts(papers["ce_application"]))
    asistencias = tuple(asistencia(p) for p in join_parts(papers["as_application"]))
    identities = join_cards(identity(p) for p in papers["identity_document"])
    declarations = tuple(declaration(p) for p in papers["no_coverage_declaration"])
    person = applicant(convenios, asistencias, identities, declarations, papers["padron_certificate"])
    remarks = "\n\n".join(dict.fromkeys(said.remarks for said in case.said if said.remarks)) or None
    acted_for = represented((*convenios, *asistencias))
    return Application(
        procedure=_procedure(case, papers),
        filing=filing(case, [p for group in papers.values() for p in group]),
        applicant=person,
        office=next((said.office for said in case.said if said.office), case.office),
        convenio=convenios,
        asistencia=asistencias,
        remarks=remarks,
        stored_bytes=case.source.bytes,
        unpacked_bytes=sum(member.bytes for member in case.members),
        registrations=tuple(
            registration(p, person, official=kind == "padron_certificate")
            for kind in ("padron_certificate", "padron_volante")
            for p in papers[kind]
        ),
        identities=identities,
        declarations=declarations,
        representations=tuple(representation(p) for p in papers["representation"]),
        non_exports=tuple(non_export(p) for p in papers["non_export_certificate"]),
        permits=tuple(permit(p) for p in papers["residence_permit"]),
        mandates=tuple(mandate(p) for p in papers["sepa_mandate"]),
        absences=tuple(a for p in papers["absence_statement"] for a in absences(p)),
        family_records=tuple(family_record(p) for p in papers["family_record"]),
        partnerships=tuple(partnership(p) for p in papers["partner_registration"]),
        decisions=tuple(decision(p) for p in papers["court_decision"]),
        disabilities=tuple(disability(p) for p in papers["disability_certificate"]),
        incomes=tuple(income(p) for p in papers["income_declaration"]),
        consular_exits=tuple(consular_exit(p) for p in papers["consular_deregistration"]),
        register=case.register,
        papers={kind: tuple(p.id for p in group) for kind, group in papers.items() if group},
        mentions=tuple(mentions(case.documents, remarks, person, identities, represented=acted_for)),
        earlier_convenios=(*earlier_convenios(case.documents, person, identities), *case.earlier),
        unreadable=tuple(_unreadable(papers["unreadable"])),
        by_hand=tuple(place for group in papers.values() for p in group for place in p.by_hand()),
        flags=tuple((f"d{n}", flag) for n, d in enumerate(case.documents, 1) for flag in d.flags),
    )


def _papers(documents: Sequence[Document]) -> Mapping[str, list[Paper]]:
    """Return the papers by kind; the same pages of the same bytes twice count once.

    Two papers of one file that say different things lay side by side on one page: both count.
    """
    seen: dict[tuple[str, tuple[int, ...]], Document] = {}
    found: dict[str, list[Paper]] = defaultdict(list)
    for number, document in enumerate(documents, 1):
        first = seen.get((document.sha256, document.pages))
        if document.kind == "unreadable" or first is None or _beside(document, first):
            pictured = document.reader == "ocr"
            found[document.kind].append(Paper(f"d{number}", document.fields, document.flags, seen=pictured))
        seen.setdefault((document.sha256, document.pages), document)
    return found


def _beside(document: Document, first: Document) -> bool:
    """Whether two papers on one page of a file lie side by side there, rather than being one."""
    return first.file == document.file and first.fields != document.fields


def _procedure(case: Read, papers: Mapping[str, list[Paper]]) -> Procedure:
    """Return the one procedure that forms show or whoever handed them in stated; `unknown` if two or none."""
    said = {one.procedure for one in case.said}
    shown = [asked for form, asked in _ASKED_BY.items() if papers[form] or asked in said]
    return shown[0] if len(shown) == 1 else "unknown"


def _unreadable(papers: Iterable[Paper]) -> Iterable[Unreadable]:
    """Yield the members that cannot be read; a page with nothing legible has no code of its own."""
    for paper in papers:
        yield Unreadable(document=paper.id, code=paper.flags[0] if paper.flags else "illegible")
