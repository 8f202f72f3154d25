"""`ventanilla rules`: the law as the program applies it on a date; `replay` and `what-if` lie beside."""

from __future__ import annotations

import datetime as dt
import difflib
import json

import click

from pipeline.errors import UsageError

DATE = click.DateTime(formats=["%Y-%m-%d"])


def register(app: click.Group) -> None:
    """Add `rules`."""
    from desk.cli.replay import replay
    from desk.cli.what_if import what_if

    rules.add_command(replay)
    rules.add_command(what_if)
    app.add_command(rules)


@click.group()
def rules() -> None:
    """Las reglas: qué ley se aplica en una fecha, y por qué."""


@rules.command("list")
@click.option("--on", type=DATE, help="Como estaban ese día (AAAA-MM-DD); hoy si no se dice.")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON en la salida estándar.")
def list_(*, on: dt.datetime | None, as_json: bool) -> None:
    """Lista cada regla y cada nota, con su artículo y si rige."""
    from desk.cli.rules_told import list_text, listed

    day = _day(on)
    if as_json:
        _print_json({"on": day.isoformat(), "rules": listed(day)})
    else:
        print(list_text(day))


@rules.command()
@click.argument("number", metavar="ID")
@click.option("--on", type=DATE, help="Como estaba ese día (AAAA-MM-DD); hoy si no se dice.")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON en la salida estándar.")
def explain(*, number: str, on: dt.datetime | None, as_json: bool) -> None:
    """Explica una regla: qué pide, sus ediciones, sus cifras, sus ajustes y sus ejemplos."""
    from desk.cli.rules_told import explain_text, explained
    from validators.book import book

    entry = book().get(number.upper())
    if entry is None:
        near = difflib.get_close_matches(number.upper(), book(), n=3)
        remedy = f"¿Quería decir {', '.join(near)}?" if near else "Vea la lista con `ventanilla rules list`."
        raise UsageError(f"No hay ninguna regla {number}", remedy)
    told = explained(entry, _day(on))
    if as_json:
        _print_json(told)
    else:
        print(explain_text(told))


@rules.command()
def page() -> None:
    """Imprime docs/rules.md: todas las reglas para quien sabe derecho."""
    from desk.cli.rules_page import page as whole

    print(whole(), end="")


def _day(on: dt.datetime | None) -> dt.date:
    """Return the day asked for, or today."""
    return (on or dt.datetime.now(dt.UTC)).date()


def _print_json(told: object) -> None:
    """Print one JSON document."""
    print(json.dumps(told, ensure_ascii=False, indent=2))
