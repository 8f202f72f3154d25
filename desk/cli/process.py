"""`ventanilla process`: read, judge and route papers at once, without store, server or engine."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from extractors.reading.apart.sandbox import Sandbox
    from pipeline.case import Received, Returned, Routed
    from pipeline.register.consult import Asked
    from pipeline.register.sources import Sources
    from pipeline.settings import Settings

Procedure = Literal["convenio_especial", "asistencia_sanitaria"]


def register(app: click.Group) -> None:
    """Add `process`."""
    app.add_command(process)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--filed-on", help="Fecha de presentación, AAAA-MM-DD.")
@click.option("--office", help="Código de la oficina.")
@click.option("--procedure", help="convenio_especial o asistencia_sanitaria.")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON en la salida estándar.")
@click.option("--explain", is_flag=True, help="Cada regla con su artículo y su prueba.")
def process(
    paths: tuple[Path, ...],
    filed_on: str | None,
    office: str | None,
    procedure: str | None,
    *,
    as_json: bool,
    explain: bool,
) -> None:
    """Lee los papeles de cada PATH, aplica la ley y propone una cola. No guarda nada."""
    from pipeline.report import report

    cases = [_received(path, _day(filed_on), office, _known(procedure)) for path in paths]
    done = list(_run(cases))
    if as_json:
        json.dump(report(done), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        from desk.cli.show import summary

        sys.stdout.write("\n".join(summary(case, explain=explain) for case in done))
    raise click.exceptions.Exit(exit_code(done))


def ends(paths: Sequence[Path]) -> list[Routed | Returned]:
    """Return the end of each path's case, as `process` without options gives it."""
    return list(_run([_received(path, None, None, None) for path in paths]))


def exit_code(cases: Sequence[Routed | Returned]) -> int:
    """Return 4 when something was returned, else 3 when something needs a person, else 0."""
    from pipeline.case import Returned

    if any(isinstance(case, Returned) for case in cases):
        return 4
    return 0 if all(case.queue == "approve" for case in cases if not isinstance(case, Returned)) else 3


def _day(text: str | None) -> dt.date | None:
    """Return the day a person typed."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        what = f"--filed-on {text} no es una fecha"
        raise UsageError(what, "Escríbala como AAAA-MM-DD, por ejemplo 2026-03-16.") from None


def _known(procedure: str | None) -> str | None:
    """Return the procedure's slug if it is one of the two."""
    if procedure not in {None, "convenio_especial", "asistencia_sanitaria"}:
        what = f"--procedure {procedure} no se conoce"
        raise UsageError(what, "Use convenio_especial o asistencia_sanitaria.")
    return procedure


def _received(path: Path, filed_on: dt.date | None, office: str | None, procedure: str | None) -> Received:
    """Take one PATH as a case. A stated filing date is also the day of reception: nothing is kept here."""
    from pipeline.facts.filing import SPAIN
    from pipeline.intake.receive import receive_path

    if not path.exists():
        what = f"No existe {path}"
        raise UsageError(what, "Compruebe el nombre; cada PATH es un ZIP, un PDF, una imagen o una carpeta.")
    now = dt.datetime.now(SPAIN)
    case = receive_path(path, filed_on=filed_on, office=office, procedure=procedure, received_at=now)
    stated = next((s.filed_on for s in case.said if s.filed_on and s.said_by in {"office", "option"}), None)
    return (
        case if stated is None else replace(case, received_at=dt.datetime.combine(stated, dt.time(12), SPAIN))
    )


def _run(cases: Sequence[Received]) -> Iterator[Routed | Returned]:
    """Yield the cases' ends in the order they were given; all cores read at once."""
    from pipeline.register.sources import Sources
    from pipeline.settings import load
    from pipeline.workroom import sweep

    settings = load()
    sweep(settings.storage.work)
    workers = min(len(cases), os.cpu_count() or 1)
    sources = Sources(settings.register)
    with (
        _sandboxes(workers, settings) as sandboxes,
        ThreadPoolExecutor(workers) as pool,
        _progress(len(cases)) as advance,
        _abandoned_on_interrupt(sandboxes),
    ):
        lanes = [
            pool.submit(_lane, cases[lane::workers], settings, sandbox, advance, sources)
            for lane, sandbox in enumerate(sandboxes)
        ]
        ends = [lane.result() for lane in lanes]
    yield from (ends[n % workers][n // workers] for n in range(len(cases)))


@contextlib.contextmanager
def _sandboxes(count: int, settings: Settings) -> Iterator[list[Sandbox]]:
    """Give one sandbox for each lane, and end them all."""
    from extractors.reading.apart.sandbox import Sandbox

    with contextlib.ExitStack() as all_of_them:
        yield [
            all_of_them.enter_context(Sandbox(settings.bounds, settings.sandbox.level)) for _ in range(count)
        ]


@contextlib.contextmanager
def _abandoned_on_interrupt(sandboxes: Sequence[Sandbox]) -> Iterator[None]:
    """On Ctrl-C stop what is being read, so that the lanes end and tidy up at once."""
    try:
        yield
    except KeyboardInterrupt:
        for sandbox in sandboxes:
            sandbox.abandon()
        raise


def _lane(
    cases: Sequence[Received], settings: Settings, sandbox: Sandbox, advance: _Advance, sources: Sources
) -> list[Routed | Returned]:
    """Run some cases one after the other in a sandbox of their own."""
    from pipeline.calendars import at_hand
    from pipeline.register.consult import consulted
    from pipeline.screen import Screen
    from pipeline.steps import run
    from pipeline.waiting import EXECUTABLE
    from pipeline.workroom import workroom

    ends, calendars = [], at_hand(settings.calendars)
    for case in cases:
        # nothing is kept here that could wait: a program inside is told and goes to review
        screen = Screen(settings.antivirus, passed={EXECUTABLE})
        with workroom(settings.storage.work) as folder:
            known = (settings.limits, settings.policy, calendars, screen)
            ends.append(
                run(case, folder, sandbox, *known, lambda c: consulted(c, sources, settings.policy, _told))
            )
        advance()
    return ends


def _told(asked: Asked) -> None:
    """Say on standard error that a register was asked: which, on what ground, and how it answered."""
    sys.stderr.write(
        f"{asked.case}: consulta a {asked.source} ({asked.about}), {asked.ground}: {asked.answer}\n"
    )


class _Advance:
    """Called when one more case is done; draws nothing."""

    def __call__(self) -> None:
        """Do nothing: standard error is not a terminal."""


@contextlib.contextmanager
def _progress(total: int) -> Iterator[_Advance]:
    """Draw a bar on standard error when a person is watching and there is more than one case."""
    if total < 2 or not sys.stderr.isatty():
        yield _Advance()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Leyendo", total=total)

        class Drawn(_Advance):
            def __call__(self) -> None:
                bar.advance(task)

        yield Drawn()
