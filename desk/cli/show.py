"""A case as a person reads it in a terminal: the queue, why, and by when."""

from __future__ import annotations

from collections.abc import Iterator

from desk.cli.words import OUTCOMES, QUEUES
from extractors.document import Document, Field
from pipeline.case import Returned, Routed
from pipeline.crosscheck import grid_lines
from pipeline.reasons import reason
from pipeline.report import case_report
from validators.crosscheck import crosscheck
from validators.facts import RegisterAnswer
from validators.finding import Finding, Outcome

PROCEDURES = {
    "convenio_especial": "convenio especial",
    "asistencia_sanitaria": "asistencia sanitaria (INSS)",
    "unknown": "procedimiento no reconocido",
}
ANSWERS = {
    "found": "encontrada",
    "not_found": "no encontrada",
    "ambiguous": "no identifica a una sola persona",
    "not_checked": "no comprobado",
}
READERS = {"form": "campo del formulario", "text": "texto del PDF", "ocr": "OCR"}
SECONDS = {"recogniser": "segundo reconocedor", "printed": "lo impreso", "mrz": "líneas para máquinas"}


def summary(case: Routed | Returned, *, explain: bool) -> str:
    """Return the case in a few lines, with every rule and its evidence when *explain*."""
    lines = _returned(case) if isinstance(case, Returned) else _routed(case, explain=explain)
    return "\n".join(lines) + "\n"


def _returned(case: Returned) -> Iterator[str]:
    """Yield the lines of a case that could not be received."""
    why = reason(case.code)
    yield f"{case.source.name}: DEVUELTO ({case.code})"
    if case.file and case.file != case.source.name:
        yield f"  en {case.file}"
    yield f"  {why.message.es}"
    yield f"  {why.remedy.es}"


def _routed(case: Routed, *, explain: bool) -> Iterator[str]:
    """Yield the lines of a case with its proposal."""
    about = case.application
    yield f"{case.source.name}: propuesta {QUEUES[case.queue]}"
    yield f"  {PROCEDURES[about.procedure]}, presentada el {about.filing.filed_on:%d/%m/%Y}"
    yield from _clock(case)
    for finding in case.assessment.findings:
        if explain or finding.outcome is not Outcome.MET:
            yield f"  [{OUTCOMES[finding.outcome]}] {finding.rule}: {finding.told.es}"
        if explain:
            yield f"      {finding.basis} (versión de {finding.law_version:%d/%m/%Y})"
            yield from _evidence(case, finding)
    if explain:
        yield from _count(case)
        yield from _timeline(case)
        yield "  comparación de los papeles:"
        yield from (f"    {line}" for line in grid_lines(crosscheck(about)))
        yield from (f"  d{n} {_paper(document)}" for n, document in enumerate(case.documents, 1))
        yield from (f"  {answer.document} {_asked(answer)}" for answer in about.register)


def _clock(case: Routed) -> Iterator[str]:
    """Yield the legal deadline."""
    clock = case.assessment.deadlines
    if clock.resolve_by is not None:
        silence = "estimatorio" if clock.silence == "positive" else "desestimatorio"
        mark = " (provisional)" if clock.provisional else ""
        yield f"  resolver y notificar hasta el {clock.resolve_by:%d/%m/%Y}{mark}; silencio {silence}"


def _count(case: Routed) -> Iterator[str]:
    """Yield why each date is what it is, and the days that the count passed over."""
    clock = case.assessment.deadlines
    yield "  Plazos"
    yield from (f"      {one.rule}: {one.reason.es} ({one.basis})" for one in clock.applied)
    feasts = [f"{day.date:%d/%m/%Y} ({day.name})" for day in clock.days_off if day.why == "holiday"]
    if feasts:
        yield f"      festivos no contados: {', '.join(feasts)}"


def _timeline(case: Routed) -> Iterator[str]:
    """Yield what the registers show of the year before the filing day."""
    block = case_report(case)["residence"]
    if block:
        yield "  Residencia"
        yield from (f"      {sentence}" for sentence in block["text"]["es"])


def _evidence(case: Routed, finding: Finding) -> Iterator[str]:
    """Yield the fields that a finding stands on, each with how it was read."""
    documents = {f"d{n}": document for n, document in enumerate(case.documents, 1)}
    for place in finding.evidence:
        if place.document not in documents:
            continue
        document = documents[place.document]
        field, mention = document.fields.get(place.field), document.mentions.get(place.field)
        if field is not None:
            yield f"      {place.document} {place.field} = {_value(field)} ({_how(document, field)})"
        elif mention is not None:
            words = f"«{mention.text[:200]}»"
            yield f"      {place.document} {place.field}: {words} ({_how(document, mention)})"


def _asked(answer: RegisterAnswer) -> str:
    """Return one line on what a register answered, or why it was not asked."""
    day = f", datos del {answer.as_of:%d/%m/%Y}" if answer.as_of else ""
    why = f" ({answer.why})" if answer.why else ""
    return f"consulta al padrón {answer.source}{day}: {ANSWERS[answer.answer]}{why}; {answer.ground}"


def _value(field: Field) -> str:
    """Return a value in one short line."""
    return "ilegible o vacío" if field.value is None else str(field.value)[:200]


def _how(document: Document, field: Field) -> str:
    """Return where and how a value was read."""
    others = "; ".join(
        f"{(READERS | SECONDS).get(one.reader, one.reader)} lee {str(one.value)[:60]}"
        for one in field.readings
    )
    hand = "; escrito a mano" if field.hand else ""
    others = f"; {others}{hand}" if others else hand
    others += _least(field)
    return f"{document.file}, pág. {field.page}, {READERS[document.reader]}, {field.confidence:.0%}{others}"


def _least(field: Field) -> str:
    """Return which part of a list makes it as little sure as it is, where its parts are not all alike."""
    parts = [
        (part.confidence, f"{row}.{name}")
        for row, item in enumerate(field.items, 1)
        for name, part in item.parts.items()
    ]
    if not parts or min(parts)[0] == max(parts)[0]:
        return ""
    return f"; lo menos seguro, {min(parts)[1]}"


def _paper(document: Document) -> str:
    """Return one line on a paper."""
    pages = ", ".join(str(page) for page in document.pages) or "-"
    flags = f" [{', '.join(document.flags)}]" if document.flags else ""
    return f"{document.file} pág. {pages}: {document.kind} ({document.kind_confidence:.0%}){flags}"
