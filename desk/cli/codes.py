"""Codes of offices that a command is given: one that is not known here is told, and kept all the same.

An account or a key may be made before its office's folders are; of a slip nobody would hear anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings


def remark(settings: Settings, codes: Iterable[str]) -> None:
    """Say on standard error which of *codes* are of no office here."""
    from desk.people.accounts import EVERY
    from pipeline.folders.places import offices as there

    try:
        known = {place.office for place in there(settings.folders.root)} | {*settings.folders.offices}
    except OSError:
        known = {*settings.folders.offices}
    for code in sorted(set(codes) - known - {EVERY} if known else ()):
        click.echo(
            f"ventanilla: aviso: aquí no hay una oficina {code}; las hay: {', '.join(sorted(known))}",
            err=True,
        )
