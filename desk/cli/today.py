"""What a person must do today, as `case list` and `doctor` tell it: time that runs out, a record in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from desk.cli.checked import Check
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.life.pressing import Pressed
    from pipeline.settings import Settings
    from pipeline.store import Store

GAP = "La base de datos viene de una copia, o es más antigua que las carpetas: no se anota ningún silencio"
MEND = (
    "anote otra vez lo ocurrido desde la copia (`ventanilla case record`, `case payments`) y dígalo: "
    "`ventanilla db restored --by NOMBRE`"
)
_MOST = 20
"""Cases that the doctor names; the rest are counted."""


class Today(NamedTuple):
    """The cases that press, the oldest first, and whether the record may lack events."""

    pressing: tuple[Pressed, ...]
    may_lack_events: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as keys of a JSON document; `code` is `silence-passed` or `silence-near`."""
        rows = [
            one._asdict() | {"last_day": one.last_day.isoformat() if one.last_day else None}
            for one in self.pressing
        ]
        return {"today": rows, "may_lack_events": self.may_lack_events}

    def lines(self) -> Iterator[str]:
        """Yield it as lines for a person; nothing where nothing presses."""
        from pipeline.life.pressing import sentence

        if self.may_lack_events:
            yield f"{GAP}; {MEND}."
        if self.pressing:
            yield "Pendiente para hoy:"
        for one in self.pressing:
            yield f"  {one.number:<20} {sentence(one)}"


def look(store: Store, office: str | None = None) -> Today:
    """Return what presses today, where the office is, by the settings of this machine."""
    from pipeline.life.gap import may_lack_events
    from pipeline.life.pressing import Pressing
    from pipeline.settings import load

    settings = load()
    day = dt.datetime.now(ZoneInfo(settings.letters.zone)).date()
    return Today(Pressing(store, settings)(day, office), may_lack_events(store, settings.folders.root))


def today(settings: Settings) -> Iterator[Check]:
    """Yield a check for a record that may lack events, and for every case that presses."""
    from pipeline.life.pressing import sentence
    from pipeline.store import open_store

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found = look(store)
    except VentanillaError:
        return
    if found.may_lack_events:
        yield Check("silencio administrativo", well=False, seen=GAP, remedy=MEND, needed=False)
    for one in found.pressing[:_MOST]:
        remedy = f"véalo con `ventanilla case life {one.number}` y anote lo que ocurra con `case record`"
        yield Check(f"expediente {one.number}", well=False, seen=sentence(one), remedy=remedy, needed=False)
    if (more := len(found.pressing) - _MOST) > 0:
        seen = f"{more} expedientes más tienen el plazo a punto de acabar o ya pasado"
        yield Check("otros plazos", well=False, seen=seen, remedy="ventanilla case list", needed=False)
