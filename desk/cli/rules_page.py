"""docs/rules.md: every rule for somebody who knows the law and no Python, made from what judges."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from desk.cli.rules_told import expected_text
from validators.ambiguities import Ambiguity, ambiguities
from validators.book import Entry, book, events
from validators.examples import Example, examples_of
from validators.law import Figure, Value
from validators.rules import Rule

SECTIONS = (
    ("Todo expediente", r"GEN-"),
    ("INSS: la solicitud y el derecho", r"AS-(?!BEN)"),
    ("INSS: personas beneficiarias", r"AS-BEN-"),
    ("Convenio especial: quién puede pedirlo", r"CE-(SUJ|EMP|COB|VET)-"),
    ("Convenio especial: el año de residencia", r"CE-RES-"),
    ("Convenio especial: la solicitud y sus documentos", r"CE-(INI|ACT|FIR|REP|NOT|DOC|PAGO|LUG|SUB)-"),
    ("Documentos del padrón", r"CE-PAD-"),
    ("Documentos de identidad", r"CE-ID-"),
    ("Convenio especial: resolución, firma y vida posterior", r"CE-(RESOL|FORM|EFE|CART|VIG|EXT|DEV)-"),
    ("Convenio especial: la cuota", r"CE-FEE-"),
    ("Categorías del derecho a la asistencia", r"CAT-"),
    ("Plazos y calendario", r"PLZ-|CE-PLZ-"),
    ("Expediente electrónico y versiones", r"ENI-|CE-VER-"),
)
_HEAD = """# Las reglas

Esta página sale del propio programa (`ventanilla rules page`): lo que dice es lo que el programa aplica. Cada
regla lleva lo que pide, su artículo y, donde la ley cambió, sus ediciones: a cada solicitud se le aplica la
edición del día en que se presentó, y los ejemplos lo muestran. Una *nota* se explica y no decide nada.

El programa propone y una persona decide. «Cumple» y «aviso» no detienen un expediente; «subsanar» pide algo a
la persona solicitante; «revisar» lo lleva a una persona; «derivar», a otro organismo; «no cumple» propone
denegar. Una propuesta que descansa en un dato leído con duda se convierte siempre en «revisar».
"""
_AMBIGUITIES = """## Lo que la ley deja abierto

Donde el texto admite dos lecturas y la elección cambia la propuesta, lo mira una persona; donde solo cambia
una fecha o un importe, se usa el valor que se indica y la otra lectura se muestra. Cada elección es un ajuste
que la oficina puede cambiar (sección `policy` de la configuración).
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _HEAD
    yield from (f"- [{title}](#{_anchor(title)})" for title, _ in SECTIONS)
    yield "- [Lo que la ley deja abierto](#lo-que-la-ley-deja-abierto)"
    for title, ids in SECTIONS:
        yield f"\n## {title}"
        for entry in book().values():
            if re.match(ids, entry.id):
                yield from _entry(entry)
    yield f"\n{_AMBIGUITIES}"
    for one in ambiguities():
        yield from _ambiguity(one)


def _anchor(title: str) -> str:
    """Return the anchor that Markdown readers give a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _entry(entry: Entry) -> Iterator[str]:
    """Yield one rule or note."""
    yield f"\n### {entry.id}: {entry.title}{'' if entry.editions else ' (nota)'}\n"
    yield f"{entry.says}\n"
    if not entry.editions:
        yield f"- Fuente: {entry.basis(dt.date.max)}"
        return
    if len(entry.editions) == 1:
        yield from _only_edition(entry.editions[0])
    else:
        yield from _editions(entry)
    for used in entry.figures:
        yield f"- {used.label}: {_figure(used.figure)} ({used.figure.article})"
    for one in entry.settings:
        yield f"- Lectura abierta: [{one.number}. {one.title.es}](#{_anchor(_heading(one))})"
    yield from _examples(entry)


def _only_edition(rule: Rule) -> Iterator[str]:
    """Yield the article, the days and the sentence of a rule that never changed."""
    yield f"- Artículo: {rule.basis}"
    yield f"- Rige {_days(rule)}"
    yield f"- Dice: «{_sentence(rule)}»"


def _editions(entry: Entry) -> Iterator[str]:
    """Yield the editions of a rule as a table, and the sentences that they say."""
    yield "| Solicitudes | Artículo | Qué cambió |"
    yield "|---|---|---|"
    for rule in entry.editions:
        changed = events().get(rule.since)
        yield f"| {_days(rule)} | {rule.basis} | {changed.es if changed else ''} |"
    yield ""
    said = dict.fromkeys(_sentence(rule) for rule in reversed(entry.editions))
    yield f"- Dice: {'; antes: '.join(f'«{text}»' for text in said)}"


def _days(rule: Rule) -> str:
    """Say from when to when an edition holds."""
    since = "" if rule.since == dt.date.min else f"desde el {rule.since:%d/%m/%Y}"
    until = f"hasta el {rule.until:%d/%m/%Y}" if rule.until else ""
    return " ".join(part for part in (since, until) if part) or "siempre"


def _sentence(rule: Rule) -> str:
    """Return the Spanish sentence with its blanks as dots."""
    return re.sub(r"{\w+}", "…", rule.es)


def _figure(figure: Figure) -> str:
    """Return the values of a figure by date."""
    if len(figure.values) == 1:
        return _value(figure.values[0][1])
    return "; ".join(f"{_value(value)} desde el {since:%d/%m/%Y}" for since, value in figure.values)


def _value(value: Value) -> str:
    """Return a value as a lawyer writes it."""
    words: Mapping[Value, str] = {"positive": "positivo", "negative": "negativo"}
    if isinstance(value, bool):
        return "sí" if value else "no"
    return words.get(value, str(value))


def _examples(entry: Entry) -> Iterator[str]:
    """Yield the examples of a rule, one line each."""
    found = examples_of(entry.id)
    if found:
        yield "- Ejemplos:"
    yield from (f"  - {_example(entry.id, one)}" for one in found)


def _example(rule: str, example: Example) -> str:
    """Return an example: its case, its day and what the rule says of it."""
    said = {about or "": sorted(outcomes) for about, outcomes in example.expected[rule].items()}
    return f"{example.title} ({example.filed_on:%d/%m/%Y}): {expected_text(said)}"


def _heading(one: Ambiguity) -> str:
    """Return the heading of an open reading."""
    return f"{one.number}. {one.title.es}"


def _ambiguity(one: Ambiguity) -> Iterator[str]:
    """Yield one open reading of the law with its settings."""
    yield f"\n### {_heading(one)}\n"
    yield f"{one.question.es}\n"
    yield f"- Artículo: {one.basis}"
    yield f"- Reglas: {', '.join(one.rules)}"
    yield f"- {one.effect.es}"
    for setting in one.settings:
        yield f"- Ajuste `policy.{setting.name}`, por defecto `{setting.default}`:"
        yield from (f"  - `{value}`: {said.es}" for value, said in setting.readings.items())
