"""What `ventanilla doctor` says of each register that may be asked; it asks about nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.cli.checked import Check

if TYPE_CHECKING:
    from pipeline.register.chosen import Source
    from pipeline.register.sources import Sources
    from pipeline.settings import Settings


def registers(settings: Settings) -> Iterator[Check]:
    """Yield a check for each source; none is needed for work to go on."""
    if not settings.register.sources:
        return
    from pipeline.register.sources import Sources

    sources = Sources(settings.register)
    for source in sources.all:
        yield _looked_at(source, sources, settings.policy.certificate_age_months)


def _looked_at(source: Source, sources: Sources, months: int) -> Check:
    """Return what one source shows of itself; data older than *months* prove no registration (CE-RES-16)."""
    from pipeline.register.source import SilentSource
    from validators.dates import add_months

    what = f"padrón {source.name}"
    try:
        look = sources.look(source)
    except SilentSource as silent:
        remedy = "vea docs/register.md; mientras tanto los expedientes siguen, «no comprobado»"
        return Check(what, well=False, seen=str(silent), remedy=remedy, needed=False)
    today = dt.datetime.now(dt.UTC).date()
    old = look.as_of is None or not add_months(today, -months) <= look.as_of <= today
    lines = "" if look.entries is None else f"{look.entries} inscripciones"
    bad = f"{look.bad} líneas que no se leen" if look.bad else ""
    day = f"datos del {look.as_of:%d/%m/%Y}" if look.as_of else "sin fecha de los datos"
    return Check(
        what,
        well=not old and not look.bad,
        seen=", ".join(part for part in (lines, bad, day) if part),
        remedy="pida al ayuntamiento un extracto nuevo y completo",
        needed=False,
    )
