"""`ventanilla case letter`: any letter on a case, as a draft that nobody has sent."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from desk.cli.case import case
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.letters.casefile import CaseFile, Later
    from pipeline.letters.choices import Choices
    from pipeline.letters.kinds import Kind
    from pipeline.letters.page import Letter
    from pipeline.settings import Settings
    from validators.life import Life

_LARGEST = 64 * 1024 * 1024
"""Bytes of a report that is taken from a file."""
_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


def register(app: click.Group) -> None:
    """Add `letter` to `case`."""
    del app
    case.add_command(letter)


@click.command()
@click.argument("what", nargs=-1, metavar="[NUMBER] [KIND]")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="El JSON de `process --json`, en vez de un expediente guardado.",
)
@click.option(
    "--language", "languages", multiple=True, help="Idioma; se puede repetir. Si no, el de la oficina."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Archivo que se escribe; «-», la salida estándar."
)
@click.option(
    "--notified-on", type=_DAY, metavar="AAAA-MM-DD", help="Día en que se notificó: de él sale el último día."
)
@click.option("--hearing-days", type=int, help="Días hábiles de la audiencia.")
@click.option("--asked-on", type=_DAY, metavar="AAAA-MM-DD", help="Día en que la persona desistió.")
@click.option("--without", "left_out", multiple=True, metavar="RULE", help="Regla de la que no se habla.")
@click.option("--add", "added", multiple=True, metavar="TEXT", help="Párrafo que se añade, sin formato.")
@click.option("--json", "as_json", is_flag=True, help="El contenido de la carta como JSON, sin PDF.")
def letter(
    what: tuple[str, ...],
    source: Path | None,
    languages: tuple[str, ...],
    out: Path | None,
    *,
    as_json: bool,
    **given: Any,
) -> None:
    """Escribe el borrador de una carta de un expediente; sin KIND, la que pide su cola.

    KIND: requirement, hearing, grant, refusal, referral, desistimiento, withdrawal, silence, baja, variation.
    """
    from pipeline.letters.compose import as_json as plain
    from pipeline.letters.compose import pdf
    from pipeline.settings import load

    settings = load()
    number, kind = _asked(what, stored=source is None)
    found = _stored(settings, str(number)) if source is None else _Found(_from_file(source, number), None)
    made = _letter(settings, found, kind, languages, given)
    if as_json:
        print(json.dumps({"schema_version": 1, "letter": plain(made)}, ensure_ascii=False, indent=2))
        return
    _write(pdf(made), out or Path(f"BORRADOR_{made.kind}_{made.number}.pdf"))


def _asked(what: Sequence[str], *, stored: bool) -> tuple[str | None, Kind | None]:
    """Return the case and the letter that were asked for."""
    from pipeline.letters.kinds import KINDS

    words = list(what)
    kind = next((one for one in KINDS if words and words[-1] == one), None)
    numbers = words[:-1] if kind is not None else words
    if len(numbers) > 1 or (stored and not numbers):
        used = "Escriba `ventanilla case letter NUMBER KIND`, o `--from FILE KIND`."
        raise UsageError(f"No se entiende qué carta; las hay: {', '.join(KINDS)}", used)
    return (numbers[0] if numbers else None), kind


class _Found(NamedTuple):
    """The report of a case; where it is stored its number, and what was said of it after filing."""

    report: Any
    stored: str | None
    later: Later | None = None


def _stored(settings: Settings, number: str) -> _Found:
    """Return a stored case."""
    from pipeline.after_filing.later import later
    from pipeline.store import open_store
    from pipeline.store.cases import report

    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        found = report(store, number)
        with store.read() as connection:
            return _Found(found, number, later(connection, found["id"]) if found else None)


def _life(settings: Settings, number: str) -> Life:
    """Return how a stored case stands by its record."""
    from pipeline.calendars import at_hand
    from pipeline.life.lived import lived
    from pipeline.store import open_store

    calendars = at_hand(settings.calendars)
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        return lived(store, number, _today(settings), settings.policy, calendars).life


def _today(settings: Settings) -> dt.date:
    """Return the day where the office is."""
    return dt.datetime.now(ZoneInfo(settings.letters.zone)).date()


def _from_file(source: Path, number: str | None) -> Any:
    """Return a case out of the JSON of `process --json`: the only one, or that of a name, number or id."""
    wrong = f"{source} no es la salida de `ventanilla process --json`"
    if source.stat().st_size > _LARGEST:
        raise UsageError(wrong, "Es demasiado grande.")
    try:
        cases = json.loads(source.read_text(encoding="utf-8"))["cases"]
        found = [one for one in cases if number in {None, one["id"], one["number"], one["source"]["name"]}]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(wrong, "Dé el archivo sin cambios.") from None
    if len(found) != 1:
        what = f"{source} tiene {len(found)} expedientes que podrían ser"
        raise UsageError(what, "Diga cuál, por su id o por el nombre de su paquete.")
    return found[0]


def _letter(
    settings: Settings, found: _Found, kind: Kind | None, languages: Sequence[str], given: Any
) -> Letter:
    """Return the letter on a case, with what was said of it."""
    from pipeline.letters.casefile import case_file
    from pipeline.letters.compose import letter as compose
    from pipeline.letters.heads import head
    from pipeline.letters.kinds import gives

    file = case_file(found.report)
    file = replace(file, later=found.later or file.later)
    wanted = kind or _called_for(file)
    if gives(wanted) and file.queue != "approve":
        click.echo(f"ventanilla: aviso: el programa no propone conceder: su cola es «{file.queue}»", err=True)
    choices = _choices(settings, found, wanted, given)
    heading = head(settings.letters.offices, file.office, settings.letters.help_phone)
    return compose(file, wanted, languages or settings.letters.languages, choices, heading)


def _called_for(file: CaseFile) -> Kind:
    """Return the letter that the queue calls for; raise UsageError while a person has to look first."""
    from pipeline.letters.kinds import called_for

    kind = called_for(file)
    if kind is None:
        raise UsageError(
            "Antes tiene que mirar el expediente una persona: su cola no pide ninguna carta",
            "Diga cuál quiere, por ejemplo `requirement`.",
        )
    return kind


def _choices(settings: Settings, found: _Found, kind: Kind, given: Any) -> Choices:
    """Return what was said of the letter, what the record tells, and the last day that follows from both."""
    from pipeline.calendars import at_hand
    from pipeline.facts import put_together
    from pipeline.kept import kept_case
    from pipeline.letters.choices import Choices
    from pipeline.letters.days import notified
    from pipeline.letters.recorded import RECORDED, recorded

    said = Choices(
        left_out=frozenset(given["left_out"]),
        added=given["added"],
        hearing_days=given["hearing_days"],
        written_on=_today(settings),
        notified_on=_date(given["notified_on"]),
        asked_on=_date(given["asked_on"]),
    )
    recall = found.stored is not None and kind in RECORDED
    choices = recorded(said, kind, _life(settings, str(found.stored))) if recall else said
    if choices.notified_on is None:
        return choices
    application = put_together(kept_case(found.report))
    return notified(choices, kind, application, settings.policy, at_hand(settings.calendars))


def _date(given: dt.datetime | None) -> dt.date | None:
    """Return a day that was typed, if any was."""
    return given.date() if given else None


def _write(data: bytes, out: Path) -> None:
    """Write the page; a file that is there is never written over."""
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        what = f"Ya existe {out}"
        raise UsageError(what, "Dé otro nombre con --out, o quite ese archivo.") from None
    except OSError as error:
        raise UsageError(
            f"No se puede escribir {out} ({type(error).__name__})", "Dé otro con --out."
        ) from None
    print(out)
