"""A file that somebody replaces, rewrites, empties or deletes at the very moment it is being taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.files import Files
from tests.faults.rig.check import Verdict, lying, rows
from tests.faults.rig.clocked import watched
from tests.faults.rig.office import Office, digests, paper

SIZE = 2_500_000
"""Three pieces as intake reads them."""
OLD, NEW = paper("old", SIZE), paper("new", SIZE)
NAME = "solicitud.pdf"
MOMENTS = ("create", "write", "force", "rename", "force_folder", "place")
"""`place` is the renaming of the original itself; `rename`, that of its copy."""

Act = Callable[[Path], None]


def replaced(path: Path) -> None:
    """Another file takes its name."""
    other = path.with_name(".other")
    other.write_bytes(NEW)
    other.rename(path)


def rewritten(path: Path) -> None:
    """Other bytes of the same number, the time of change as it was."""
    then = path.stat().st_mtime_ns
    with path.open("r+b") as file:
        file.write(NEW)
    os.utime(path, ns=(then, then))


def emptied(path: Path) -> None:
    """Saved anew from nothing."""
    path.write_bytes(b"")
    path.write_bytes(NEW)


def deleted(path: Path) -> None:
    """Taken away."""
    path.unlink()


class Meddled(Files):
    """A disk on which *act* is done once, right before the first call of the name *moment* on a drop."""

    def __init__(self, moment: str, act: Act, path: Path) -> None:
        self.left = [lambda: act(path)]
        for name in ("create", "write", "force", "rename", "force_folder"):
            setattr(self, name, self._meddling(name, getattr(super(), name), moment, path))

    def _meddling(self, name: str, call: Callable[..., Any], moment: str, path: Path) -> Callable[..., Any]:
        """Return *call* with the act before it, if its moment is come."""

        def meddling(*arguments: Any) -> Any:
            now = "place" if arguments[0] == path else name
            if now == moment and self._begun(arguments) and self.left:
                self.left.pop()()
            return call(*arguments)

        return meddling

    def _begun(self, arguments: tuple[Any, ...]) -> bool:
        """Tell whether a call is about the copy or the original, not about the office's list."""
        first = arguments[0]
        touched = (
            str(first) if isinstance(first, Path) else str(Path(f"/proc/self/fd/{first.fileno()}").readlink())
        )
        return "/share/" not in touched or touched.endswith(NAME)


def changed(office: Office, act: Act, moment: str) -> Verdict:
    """Let *act* happen at *moment* of the taking of a file; return what is wrong with what was accepted."""
    path = office.path / "1_ENTRADA" / NAME
    path.write_bytes(OLD)
    disk = Meddled(moment, act, path)
    with watched(office, disk) as clocked:
        clocked.until(40)
        clocked.clear()
        clocked.until(80)
    found = _judged(office, act)
    found.trials = 1
    found.broken += clocked.broken
    found.broken += ["nobody meddled"] * len(disk.left)
    return found


def _judged(office: Office, act: Act) -> Verdict:
    """Return what is wrong with what was accepted of the old and the new file."""
    versions = [digests({NAME: OLD}), digests({NAME: NEW})]
    taken = [row.parts for row in rows(office) if row.place == f"1_ENTRADA/{NAME}"]
    found = Verdict(broken=[f"a mix: {parts}" for parts in taken if parts not in versions])
    found.doubled += ["taken twice"] * (len(taken) != len(set(taken)))
    last = () if act is deleted else (versions[1],)
    found.lost += ["what lies there in the end was not accepted"] * (tuple(taken[-1:]) != last and bool(last))
    found.broken += ["left in the folder"] * bool(lying(office.path / "1_ENTRADA" / NAME))
    for parts in taken:
        _, sha256 = parts[0]
        kept = lying(office.store / sha256[:2] / f"{sha256[2:]}.sha256")
        found.lost += ["its bytes"] * (not kept or kept[0][1] != sha256)
    return found
