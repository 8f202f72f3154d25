"""Every call of a run struck in its turn, by a kill, an error or a loss of power; each trial is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from tests.faults.rig.check import Verdict
from tests.faults.rig.line import Line
from tests.faults.rig.office import Dropped, Office, command
from tests.faults.rig.replay import Disk, Model, states
from tests.faults.rig.trace import (
    CHANGES,
    FOLDERS,
    FORCES,
    NAMES,
    OPENS,
    READS,
    WRITES,
    Call,
    counted,
    failed,
    killed,
    traced,
)
from tests.faults.rig.trial import Scene, judged
from tests.faults.rig.vault import Vault
from tests.faults.rig.warm import warm

SIGKILL = -9
BYTES = ("-xx", "-s", "100000000")
"""What strace is told so that it writes down all bytes."""
CLOSE = "close"
EVERY = (*CHANGES, *READS, CLOSE)
_ASKS_FOR_ROOM = (*OPENS, *WRITES, *FORCES, *NAMES, *FOLDERS, CLOSE)
CAN_FAIL = {
    "ENOSPC": _ASKS_FOR_ROOM,
    "EDQUOT": _ASKS_FOR_ROOM,
    "EIO": EVERY,
    "EMFILE": OPENS,
}


def edges(calls: Iterable[Call]) -> list[Call]:
    """Return all *calls*, but of a row of writes or reads of one file the first, the middle and the last.

    Rows longer than three are the pages of one transaction on their way to SQLite's log or from it: what lies
    between two of them is the same torn transaction. The night strikes each of them.
    """
    rows = [list(row) for _, row in groupby(calls, key=lambda call: (call.name, call.path))]
    return [row[at] for row in rows for at in _struck(row)]


def _struck(row: Sequence[Call]) -> Sequence[int]:
    """Return which calls of a row of like ones are struck; each that forces or moves is a step of its own."""
    if row[0].name not in (*WRITES, *READS):
        return range(len(row))
    return sorted({0, len(row) // 2, len(row) - 1})


def kills(
    scene: Scene, folder: Path, wrong: str = "", only: Sequence[str] = CHANGES, *, every: bool = False
) -> Verdict:
    """Kill one start of the program at each call that a whole run makes, of the names in *only*.

    Unless *every* one is wanted, of a row of like calls only the edges are struck.
    """
    with scene.again(folder / "whole") as office:
        made = [call for call in _whole(office, folder, wrong) if call.name in only]
        struck = [call for call in made if call.changes and call.concerns(office.home)]
        struck = struck if every else edges(struck)
    verdict = Verdict()
    for call in struck:
        with scene.again(folder / "trial") as office:
            code, last = killed(command(office, wrong), folder / "log", call)
            assert (code, last.name, last.number) == (SIGKILL, call.name, call.number)
            verdict.add(judged(office, scene.dropped), f"{call.name} {call.number}")
    return verdict


def errors(
    scene: Scene,
    folder: Path,
    error: str,
    wrong: str = "",
    *,
    only: Sequence[str] = EVERY,
    journal: bool = True,
    every: bool = False,
) -> Verdict:
    """Let each call of a whole run fail once with *error*: those in *only*, on the *journal* too or not.

    Unless *every* one is wanted, of a row of like calls only the edges are struck.
    """
    with scene.again(folder / "whole") as office:
        made = [call for call in _whole(office, folder, wrong) if call.name in only]
        struck = [call for call in made if _strikes(office, call, error, journal=journal)]
        struck = struck if every else edges(struck)
    verdict = Verdict()
    for call in struck:
        with scene.again(folder / "trial") as office:
            done, made = failed(command(office, wrong), folder / "log", call, error)
            found = judged(office, scene.dropped, (done.stdout, done.stderr))
            found.broken += [f"ended by signal {-done.returncode}"] if done.returncode < 0 else []
            found.broken += believed(office, made)
            verdict.add(found, f"{error} at {call.name} {call.number}")
    return verdict


def losses(scene: Scene, folder: Path, model: Model, wrong: str = "") -> Verdict:
    """Record one run, then start the program on each disk that a loss of power may leave of it."""
    office, verdict = scene.office, Verdict()
    with Vault(office, scene.dropped) as vault:
        disk = Disk(office.home, vault.places)
        done, calls = traced(command(office, wrong), folder / "log", *BYTES, calls=(*CHANGES, "lseek"))
        assert done.returncode == 0, done.stderr
        for where, state in states(disk, calls, model):
            vault.lay_out(state)
            verdict.add(judged(office, scene.dropped), f"{model} after {where}")
    return verdict


def spoilt_forces(scene: Scene, folder: Path) -> Verdict:
    """Let each force of a whole run fail once, go on to the end, then lose the power."""
    with scene.again(folder / "whole") as office:
        calls = _whole(office, folder)
        struck = [call for call in calls if call.name in FORCES and call.concerns(office.home)]
    verdict = Verdict()
    for call in struck:
        with scene.again(folder / "disk") as office:
            for model, found in _spoilt(office, scene.dropped, call, folder):
                verdict.add(found, f"{call.name} {call.number}, {model}")
    return verdict


def _spoilt(
    office: Office, dropped: Sequence[Dropped], call: Call, folder: Path
) -> Iterator[tuple[Model, Verdict]]:
    """Let *call* fail, then lose what was not forced when the run is over."""
    with Vault(office, dropped) as vault:
        disk = Disk(office.home, vault.places)
        done, made = failed(command(office), folder / "log", call, "EIO", *BYTES)
        for one in made:
            disk.play(one)
        models: tuple[Model, ...] = ("A", "B")
        for model in models:
            vault.lay_out(disk.after_loss(model) or {})
            yield model, judged(office, dropped, (done.stdout, done.stderr))


def cuts(scene: Scene, folder: Path, *, heard: bool) -> Verdict:
    """Cut the line to the server at each word that a whole run says to it; *heard*: it acts on the last."""
    with scene.again(folder / "whole") as office, Line(office.url) as line:
        assert warm().start(command(replace(office, url=line.url))).returncode == 0
        words = line.words
    verdict = Verdict()
    for word in range(1, words + 1):
        with scene.again(folder / "trial") as office:
            with Line(office.url, word, heard=heard) as line:
                done = warm().start(command(replace(office, url=line.url)))
            verdict.add(judged(office, scene.dropped, (done.stdout, done.stderr)), f"word {word}")
    return verdict


def _whole(office: Office, folder: Path, wrong: str = "") -> list[Call]:
    """Return all calls of a run that nothing strikes."""
    done, calls = counted(command(office, wrong), folder / "log", calls=EVERY)
    assert done.returncode == 0, done.stderr
    return calls


def _strikes(office: Office, call: Call, error: str, *, journal: bool) -> bool:
    """Tell whether *error* can come from *call*, and it is about the office, its store or its *journal*."""
    if call.name not in CAN_FAIL[error] or not call.concerns(office.home):
        return False
    if call.name == CLOSE:
        return _is_copy(office, call.path)
    if str(office.database.parent) in call.arguments:
        return call.changes and journal
    return True


def believed(office: Office, calls: Sequence[Call]) -> list[str]:
    """Return the copies that were forced again, or given their name, after a force or close had failed."""
    spoilt: set[str] = set()
    found = []
    for call in (call for call in calls if _is_copy(office, call.path)):
        if call.error and call.name in (*FORCES, CLOSE):
            spoilt.add(call.path)
        elif call.path in spoilt and call.name in (*FORCES, "rename"):
            found.append(f"{call.name} {call.number} of a copy that is not on the disk")
    return found


def _is_copy(office: Office, path: str) -> bool:
    """Tell whether *path* is something being written that has not its name yet."""
    return path.startswith(f"{office.store}/tmp/") or path.endswith(".part")
