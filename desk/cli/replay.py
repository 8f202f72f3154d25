"""`ventanilla rules replay`: what would change in past cases under another date, setting or law."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.cli.words import OUTCOMES, QUEUES
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.replay import Answer
    from pipeline.settings import Settings

DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--stored", is_flag=True, help="Los expedientes guardados en esta máquina.")
@click.option("--from", "since", type=DATE, help="De los guardados, los presentados desde ese día.")
@click.option("--to", "until", type=DATE, help="De los guardados, los presentados hasta ese día.")
@click.option("--filed-on", type=DATE, help="Como si se hubieran presentado ese día.")
@click.option("--set", "chosen", multiple=True, metavar="policy.NOMBRE=VALOR", help="Con otro ajuste.")
@click.option("--on-version", type=DATE, help="Con las ediciones de las reglas que regían ese día.")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON en la salida estándar.")
def replay(
    paths: tuple[Path, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
    filed_on: dt.datetime | None,
    chosen: tuple[str, ...],
    on_version: dt.datetime | None,
    *,
    stored: bool,
    as_json: bool,
) -> None:
    """Vuelve a valorar expedientes, sin leer otra vez los papeles, y dice qué cambiaría.

    PATH es una salida de `process --json`, o papeles. Sin cambiar nada no debería salir nada; nada se guarda.
    """
    if stored == bool(paths):
        raise UsageError("Diga qué expedientes: un PATH o --stored", "Vea `ventanilla rules replay --help`.")
    from pipeline.replay import Question, answers

    settings = _settings(chosen)
    question = Question(
        policy=settings.policy,
        shelf=settings.calendars,
        filed_on=_date(filed_on),
        as_of=_date(on_version),
    )
    with _reports(paths, _date(since), _date(until)) as reports:
        told = answers(reports, question)
        if as_json:
            print(json.dumps(_data(told), ensure_ascii=False, indent=2))
        else:
            for line in _table(told):
                print(line)


def _date(day: dt.datetime | None) -> dt.date | None:
    """Return the day of an option."""
    return day.date() if day else None


def _settings(chosen: Iterable[str]) -> Settings:
    """Return the settings of this machine with those of the command line in their place."""
    from pipeline.settings import load

    flags = {}
    for one in chosen:
        key, sign, value = one.partition("=")
        if not sign or not key.startswith("policy."):
            raise UsageError(f"--set {one} no se entiende", "Escríbalo como policy.NOMBRE=VALOR.")
        flags[key] = value
    return load(flags)


@contextlib.contextmanager
def _reports(
    paths: tuple[Path, ...], since: dt.date | None, until: dt.date | None
) -> Iterator[Iterator[str]]:
    """Give the reports of the stored cases, or of those in *paths*."""
    if paths:
        yield given(paths)
        return
    from pipeline.settings import load
    from pipeline.store import open_store
    from pipeline.store.reports import reports

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        yield reports(store, since=since, until=until)


def given(paths: tuple[Path, ...]) -> Iterator[str]:
    """Yield the reports in the JSON files, then those of the papers."""
    for path in paths:
        if path.suffix == ".json" and path.is_file():
            yield from _written(path)
    papers = [path for path in paths if not (path.suffix == ".json" and path.is_file())]
    if papers:
        from desk.cli.process import ends
        from pipeline.report import case_report

        yield from (json.dumps(case_report(case)) for case in ends(papers))


def _written(path: Path) -> Iterator[str]:
    """Yield the cases of one JSON document."""
    try:
        cases = json.loads(path.read_bytes())["cases"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} no es una salida de `process --json`", "Compruebe el archivo.") from error
    yield from (json.dumps(case) for case in cases)


def _data(answers: Iterable[Answer]) -> dict[str, Any]:
    """Return the answers as data: the cases that change, and totals."""
    judged, queues, changed = 0, Counter[str](), []
    for answer in answers:
        judged += 1
        if answer.changed:
            queues[f"{answer.before} -> {answer.after}"] += answer.before != answer.after
            changed.append(_case(answer))
    return {
        "judged": judged,
        "changed": len(changed),
        "queues": {step: count for step, count in sorted(queues.items()) if count},
        "cases": changed,
    }


def _case(answer: Answer) -> dict[str, Any]:
    """Return one case that changes."""
    rules = [
        {"rule": one.rule, "person": one.person, "before": list(one.before), "after": list(one.after)}
        for one in answer.changes
    ]
    return {"case": answer.case, "before": answer.before, "after": answer.after, "rules": rules}


def _table(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the lines of the table as the cases come, and the totals."""
    judged = changed = 0
    queues: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        judged += 1
        if answer.changed:
            changed += 1
            queues[answer.before, answer.after] += 1
            yield f"{answer.case:<24} {_queue(answer.before)} -> {_queue(answer.after)}"
            yield from (f"    {_rule(*one)}" for one in answer.changes)
    yield f"{judged} expedientes valorados de nuevo, {changed} con algún cambio"
    for (before, after), count in sorted(queues.items()):
        if before != after:
            yield f"  {_queue(before)} -> {_queue(after)}: {count}"


def _queue(name: str) -> str:
    """Return a queue as people see it."""
    return QUEUES.get(name, name)


def _rule(rule: str, person: str | None, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return one rule that says something else."""
    about = f" ({person})" if person else ""
    return f"{rule}{about}: {_outcomes(before)} -> {_outcomes(after)}"


def _outcomes(outcomes: tuple[str, ...]) -> str:
    """Return outcomes as people see them."""
    return ", ".join(OUTCOMES[one] for one in outcomes) or "nada"
