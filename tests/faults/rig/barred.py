"""In a namespace: a folder of the office may not be written or read, or is gone, and then is back.

Tries every way, every folder and two moments in one process; prints what was found, as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.files import Files
from tests.faults.rig.check import Verdict, at_once, at_rest, rows
from tests.faults.rig.clocked import watched
from tests.faults.rig.namespace import mounted
from tests.faults.rig.office import Dropped, Office

MOMENTS = ("waiting", "accepted")
SCAN = 5.0
"""Seconds between two looks: thirty of them are enough for every wait to run out, barred and open."""


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written in *folder*."""
    mounted("--bind", str(folder), str(folder))
    mounted("-o", "remount,ro,bind", str(folder))
    yield
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def forbidden(folder: Path) -> Iterator[None]:
    """Take every right on *folder* away."""
    mode = folder.stat().st_mode
    folder.chmod(0)
    yield
    folder.chmod(mode)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """Let the share be lost: an empty folder where it was mounted, as on a server that restarts."""
    aside = folder.with_name(f".{folder.name} aside")
    folder.rename(aside)
    folder.mkdir()
    yield
    shutil.rmtree(folder)
    aside.rename(folder)


WAYS = {way.__name__: way for way in (read_only, forbidden, gone)}
FOLDERS: dict[str, Callable[[Office], Path]] = {
    "share": lambda office: office.share,
    "office": lambda office: office.path,
    "drop": lambda office: office.path / "1_ENTRADA",
    "doing": lambda office: office.path / "2_EN_CURSO",
}


class Barring(Files):
    """A disk on which *bar* is called right before the first original is moved."""

    def __init__(self, bar: Callable[[], object]) -> None:
        self._bar = [bar]

    def rename(self, old: Path, new: Path) -> None:
        """Give another name; the share is lost before."""
        if "2_EN_CURSO" in new.parts and self._bar:
            self._bar.pop()()
        super().rename(old, new)


def tried(office: Office, drops: list[Dropped], way: str, folder: str, moment: str) -> Verdict:
    """Bar one folder while drops wait or right after an acceptance, open it again, and judge."""
    with ExitStack() as barred:
        shut = WAYS[way](FOLDERS[folder](office))
        disk = Barring(lambda: barred.enter_context(shut)) if moment == "accepted" else Files()
        with watched(office, disk, SCAN) as clocked:
            if moment == "waiting":
                clocked.until(SCAN)
                barred.enter_context(shut)
            clocked.until(70)
            during = rows(office)
            barred.close()
            found = at_once(office, drops, during)
            clocked.until(150)
    found.broken += sorted(set(clocked.broken))
    found.add(at_rest(office, drops, during, rows(office)), "open again")
    return found


def main(home: str, dropped: str) -> None:
    """Try all of it, each on a copy of the office at *home*."""
    drops = [Dropped(place, tuple(map(tuple, parts)), kind) for place, parts, kind in json.loads(dropped)]
    verdict = Verdict()
    for way in WAYS:
        for folder in FOLDERS:
            for moment in MOMENTS:
                office = Office(home=Path(home)).copied(Path(home).with_name("trial"))
                verdict.add(tried(office, drops, way, folder, moment), f"{folder} {way}, {moment}")
                shutil.rmtree(office.home)
    told = {"trials": verdict.trials, "lost": len(verdict.lost), "doubled": len(verdict.doubled)}
    print(json.dumps(told | {"findings": verdict.findings}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
