"""`ventanilla doctor --part`: whether one part of the program works on this machine, asked cheaply.

For systemd, compose and whoever else starts what died: exit 0 or 5, one line.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desk.cli.checked import Check
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings

PARTS = ("watch", "worker", "desk")
_MENDS = "vea `systemctl status`, o arránquela: ventanilla {part}"


def part_alive(settings: Settings, part: str) -> Check:
    """Return whether a process of *part* gives signs of life on this machine: two questions to the record."""
    from pipeline.parts.pulse import seen
    from pipeline.store import open_store
    from pipeline.workers import me

    what, here = f"parte {part}", me().partition(":")[0]
    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found = [one for one in seen(store, dt.datetime.now(dt.UTC)) if one.part == part]
    except VentanillaError as fault:
        return Check(what, well=False, seen=fault.what, remedy=fault.remedy)
    mine = [one for one in found if one.machine == here]
    alive, holds = sum(one.lives for one in mine), sum(one.holds for one in mine)
    seen_ = (
        f"{alive} en marcha, {holds} expedientes en la mano" if alive else "nadie da señales en esta máquina"
    )
    return Check(what, well=bool(alive), seen=seen_, remedy=_MENDS.format(part=part))
