"""The book of the law for `ventanilla rules`: as data for `--json`, and the same data as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from desk.cli.words import OUTCOMES
from validators.ambiguities import Ambiguity
from validators.book import Entry, Used, book, events
from validators.examples import Example, examples_of
from validators.rules import Rule

KINDS = {"rule": "regla", "note": "nota"}
Told = dict[str, Any]


def listed(on: dt.date) -> list[Told]:
    """Return one line of data for every id, as it stands *on* a day."""
    return [
        {
            "id": entry.id,
            "kind": entry.kind,
            "title": entry.title,
            "basis": entry.basis(on),
            "in_force": None if entry.kind == "note" else entry.on(on) is not None,
        }
        for entry in book().values()
    ]


def list_text(on: dt.date) -> str:
    """Return the list as lines for a terminal."""
    lines = (
        f"{one['id']:<15} {KINDS[one['kind']]:<6} {_held(one['in_force']):<9} {one['title']} ({one['basis']})"
        for one in listed(on)
    )
    return "\n".join(lines)


def _held(in_force: bool | None) -> str:
    """Say whether a rule is in force; of a note there is nothing to say."""
    return "-" if in_force is None else "en vigor" if in_force else "no rige"


def explained(entry: Entry, on: dt.date) -> Told:
    """Return all that is known of one id: words, editions, reasons, figures, settings and examples."""
    held = entry.on(on)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "says": entry.says,
        "on": on.isoformat(),
        "in_force": None if entry.kind == "note" else held is not None,
        "basis": entry.basis(on),
        "reason": _reason(entry, held),
        "editions": [_edition(rule) for rule in entry.editions],
        "figures": [_figure(used, on) for used in entry.figures],
        "settings": [_setting(one) for one in entry.settings],
        "examples": [_example(entry.id, one) for one in examples_of(entry.id)],
    }


def _reason(entry: Entry, held: Rule | None) -> Mapping[str, str]:
    """Return the sentence in the three languages: that of the edition in force, or of the newest."""
    if entry.note is not None and not entry.editions:
        return entry.note.text._asdict()
    rule = held or entry.editions[-1]
    return {"es": rule.es, "gl": rule.gl, "en": rule.en}


def _edition(rule: Rule) -> Told:
    """Return one edition; the beginning is null where the rule is older than both procedures."""
    changed = events().get(rule.since)
    return {
        "from": None if rule.since == dt.date.min else rule.since.isoformat(),
        "to": rule.until.isoformat() if rule.until else None,
        "basis": rule.basis,
        "reason": {"es": rule.es, "gl": rule.gl, "en": rule.en},
        "change": changed._asdict() if changed else None,
    }


def _figure(used: Used, on: dt.date) -> Told:
    """Return one figure with its value on the day and all values by date."""
    figure = used.figure
    return {
        "name": used.name,
        "label": used.label,
        "description": figure.description,
        "article": figure.article,
        "checked_on": figure.checked_on.isoformat(),
        "value": str(figure.on(on)),
        "values": {since.isoformat(): str(value) for since, value in figure.values},
    }


def _setting(one: Ambiguity) -> Told:
    """Return one open reading with its settings."""
    return {
        "number": one.number,
        "question": one.question._asdict(),
        "effect": one.effect._asdict(),
        "basis": one.basis,
        "settings": [
            {
                "name": f"policy.{setting.name}",
                "default": setting.default,
                "readings": {value: said._asdict() for value, said in setting.readings.items()},
            }
            for setting in one.settings
        ],
    }


def _example(rule: str, example: Example) -> Told:
    """Return one example: its title, what must follow by this rule, and its facts as written."""
    said = {about or "": sorted(outcomes) for about, outcomes in example.expected[rule].items()}
    return {"title": example.title, "expected": said, "queue": example.queue, "text": example.text}


def expected_text(said: Mapping[str, list[str]]) -> str:
    """Say in Spanish what an example expects of a rule."""
    parts = (
        (f"{about.replace('beneficiary-', 'persona beneficiaria ')}: " if about else "")
        + (", ".join(OUTCOMES[o] for o in outcomes) or "no dice nada")
        for about, outcomes in said.items()
    )
    return "; ".join(parts)


def explain_text(told: Told) -> str:
    """Return the explanation of one id as lines for a terminal."""
    return "\n".join(_explained(told))


def _explained(told: Told) -> Iterator[str]:
    """Yield the lines of an explanation."""
    yield f"{told['id']}: {told['title']} ({KINDS[told['kind']]}; el {told['on']}: {_held(told['in_force'])})"
    yield f"  {told['says']}"
    yield f"  Artículo: {told['basis']}"
    for language, text in told["reason"].items():
        yield f"  [{language}] {text}"
    for edition in told["editions"]:
        changed = f"; {edition['change']['es']}" if edition["change"] else ""
        until = f" hasta {edition['to']}" if edition["to"] else ""
        yield f"  Edición desde {edition['from'] or 'siempre'}{until}: {edition['basis']}{changed}"
    for figure in told["figures"]:
        yield f"  {figure['label']}: {figure['value']} ({figure['article']})"
    for one in told["settings"]:
        yield from _open_reading(one)
    for example in told["examples"]:
        yield f"  Ejemplo: {example['title']} -> {expected_text(example['expected'])}"
        yield from (f"      {line}" for line in example["text"].splitlines())


def _open_reading(one: Told) -> Iterator[str]:
    """Yield the lines of one open reading of the law."""
    yield f"  Ambigüedad {one['number']}: {one['question']['es']}"
    for setting in one["settings"]:
        yield f"    {setting['name']} = {setting['default']}"
        for value, said in setting["readings"].items():
            yield f"      {value}: {said['es']}"
