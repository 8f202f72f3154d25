"""In a namespace: one of the program's disks is full, then is not. Prints what was found, as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from tests.faults.rig.check import asking, at_once, rows
from tests.faults.rig.namespace import filled, mounted
from tests.faults.rig.office import Dropped, Office, command
from tests.faults.rig.trial import judged
from tests.faults.rig.warm import warm

MEGABYTES = 8
BELIEVING = "--reserve=-1000000000"
"""Has the program believe that there is room, so that the disk is full in the middle of its work."""


def main(home: str, which: str, spare: str, dropped: str) -> None:
    """Start the program with *spare* bytes left on the disk of *which*, free it, and start it again.

    At first it sees that there is no room, and refuses; then it does not see it, and runs into it.
    """
    office = Office(home=Path(home))
    drops = [Dropped(place, tuple(map(tuple, parts)), kind) for place, parts, kind in json.loads(dropped)]
    place = {"store": office.store, "database": office.database.parent, "share": office.share}[which]
    aside = place.with_name("aside")
    place.rename(aside)
    place.mkdir()
    mounted("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place))
    shutil.copytree(aside, place, dirs_exist_ok=True)
    filler = filled(place, int(spare))
    refused = warm().start(command(office))
    with asking(office) as ask:
        noted = [row["why"] for row in ask("SELECT why FROM drops")]
    done = warm().start([*command(office), BELIEVING])
    found = at_once(office, drops, rows(office))
    waiting = [drop.place for drop in drops if (office.path / drop.place).exists()]
    filler.unlink()
    found.add(judged(office, drops, (refused.stderr, done.stderr)), "freed")
    told = {"findings": found.findings, "lost": len(found.lost), "doubled": len(found.doubled)}
    print(json.dumps(told | {"waiting": waiting, "noted": noted}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
