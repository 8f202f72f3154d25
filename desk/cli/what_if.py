"""`ventanilla rules what-if`: one value of one case changed, and what the law then says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from desk.cli.words import OUTCOMES, QUEUES
from pipeline.errors import UsageError

Said = tuple[str, str]
"""An outcome and its reason."""


@click.command("what-if")
@click.argument("case", metavar="CASE")
@click.argument("changes", metavar="CAMBIO...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Los dos informes, antes y después, como JSON.")
def what_if(case: str, changes: tuple[str, ...], *, as_json: bool) -> None:
    """Dice qué cambiaría en un expediente si un dato fuera otro; nada se guarda.

    CASE es el número de un expediente guardado, una salida de `process --json` o papeles. Un CAMBIO se
    escribe documento.campo=valor, como d3.periods.0.from=2025-03-14, o filed_on=2026-03-20.
    """
    from pipeline.calendars import at_hand
    from pipeline.settings import load
    from pipeline.what_if import what_if as judged_twice

    settings = load()
    verdicts = judged_twice(_report(case), changes, settings.policy, at_hand(settings.calendars))
    if as_json:
        print(json.dumps(verdicts._asdict(), ensure_ascii=False, indent=2))
        return
    for line in _told(verdicts.before, verdicts.after):
        print(line)


def _report(case: str) -> Mapping[str, Any]:
    """Return the report of the one case that *case* names."""
    from desk.cli.replay import given

    path = Path(case)
    if not path.exists():
        return _stored(case)
    found: list[Mapping[str, Any]] = [json.loads(text) for text in given((path,))]
    if len(found) != 1:
        raise UsageError(f"{path} no es un solo expediente", "Dé un archivo con uno.")
    return found[0]


def _stored(number: str) -> Mapping[str, Any]:
    """Return the report of a stored case."""
    from pipeline.settings import load
    from pipeline.store import open_store
    from pipeline.store.cases import report

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        found = report(store, number)
    if not found or "findings" not in found:
        raise UsageError("Ese expediente aún no se ha valorado", "Espere a que esté en una cola.")
    return found


def _told(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield the queues, the rules that say something else, and the timeline where it differs."""
    same = before["queue"] == after["queue"]
    queue = f"{QUEUES[before['queue']]} -> {QUEUES[after['queue']]}" if not same else QUEUES[after["queue"]]
    yield f"Propuesta: {queue}" + (" (la misma)" if same else "")
    was, is_now = _rules(before), _rules(after)
    for key in sorted({*was, *is_now}):
        if was.get(key) != is_now.get(key):
            yield from _rule(key, was.get(key, ()), is_now.get(key, ()))
    lines = [_lines(report) for report in (before, after)]
    if lines[0] != lines[1]:
        yield "Residencia, con el cambio"
        yield from (f"  {sentence}" for sentence in lines[1])


def _rules(report: Mapping[str, Any]) -> Mapping[tuple[str, str], tuple[Said, ...]]:
    """Return what each rule says, by its id and the person."""
    found: dict[tuple[str, str], list[Said]] = {}
    for finding in report["findings"]:
        key = finding["rule"], finding.get("person", "")
        found.setdefault(key, []).append((finding["outcome"], finding["reason"]["es"]))
    return {key: tuple(said) for key, said in found.items()}


def _rule(key: tuple[str, str], was: tuple[Said, ...], is_now: tuple[Said, ...]) -> Iterator[str]:
    """Yield what one rule said and says."""
    rule, person = key
    yield f"{rule}{f' ({person})' if person else ''}"
    yield from (f"  antes  [{OUTCOMES[outcome]}] {reason}" for outcome, reason in was)
    yield from (f"  ahora  [{OUTCOMES[outcome]}] {reason}" for outcome, reason in is_now)
    if not is_now:
        yield "  ahora  nada"


def _lines(report: Mapping[str, Any]) -> list[str]:
    """Return the timeline in sentences."""
    block = report["residence"]
    return block["text"]["es"] if block else []
