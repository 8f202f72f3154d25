"""One trial: an office in which a fault has struck is judged, started clean, and judged again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.faults.rig.check import (
    Verdict,
    age,
    at_once,
    at_rest,
    leftovers,
    named,
    rows,
    silent,
    sound,
)
from tests.faults.rig.office import CANARY, Dropped, Office, command, paper, start, zipped
from tests.faults.rig.warm import warm

WORD = b'{"filed_on": "2026-03-13"}'


class Server(Protocol):
    """A server of databases: makes a copy of one by its address, and removes it."""

    def copied(self, url: str) -> str:
        """Return the address of a copy."""
        ...

    def forget(self, url: str) -> None:
        """Remove a copy."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An office with a case taken long ago, and drops that wait: the same for every trial."""

    office: Office
    dropped: tuple[Dropped, ...]
    server: Server | None = None

    @contextmanager
    def again(self, home: Path) -> Iterator[Office]:
        """Give the scene on a disk, and a server's database, of its own."""
        url = self.server.copied(self.office.url) if self.server else ""
        yield self.office.copied(home, url)
        shutil.rmtree(home)
        if self.server:
            self.server.forget(url)


def office_with_a_case(home: Path, url: str = "") -> tuple[Office, str]:
    """Return an office that took one paper, and the number of its case; its answer may be dropped."""
    office = Office(home=home, url=url)
    home.mkdir()
    first = command(office)
    begun = start(first)
    assert begun.returncode == 0, begun.stderr
    office.drop("1_ENTRADA/first.pdf", {"first.pdf": paper("first")})
    done = start(first)
    (row,) = rows(office)
    assert done.returncode == 0, done.stderr
    (office.path / "4_SUBSANAR" / row.number).mkdir()
    return office, row.number


def package_and_duplicate(office: Office, number: str) -> Scene:
    """Drop a ZIP with the office's word beside it, and the paper of the first case once more."""
    del number
    name = f"{CANARY} solicitud.zip"
    office.drop(f"1_ENTRADA/{name}.presentacion.json", {f"{name}.presentacion.json": WORD})
    package = zipped({"a.pdf": paper("a", 1_200_000), "b.pdf": paper("b")})
    return Scene(
        office=office,
        dropped=(
            office.drop("1_ENTRADA/again.pdf", {"again.pdf": paper("first")}, "duplicate"),
            office.drop(f"1_ENTRADA/{name}", {name: package}),
        ),
    )


def folder_and_answer(office: Office, number: str) -> Scene:
    """Drop a folder with folders in it, and an answer to what the first case lacked."""
    answer = f"4_SUBSANAR/{number}/respuesta.pdf"
    return Scene(
        office=office,
        dropped=(
            office.drop(
                "1_ENTRADA/caso", {"a.pdf": paper("fa", 9000), f"{CANARY}/b.pdf": paper("fb"), "c.txt": b"c"}
            ),
            office.drop(answer, {"respuesta.pdf": paper("answer")}, "answer"),
        ),
    )


SCENES = {"package": package_and_duplicate, "folder": folder_and_answer}


def judged(office: Office, dropped: Sequence[Dropped], outputs: tuple[str, ...] = ()) -> Verdict:
    """Judge the office as the fault left it, start the program clean, and judge what came of it."""
    clean = command(office)
    before = rows(office)
    found = Verdict()
    found.add(at_once(office, dropped, before), "at once")
    found.add(named(office), "at once")
    done = warm().start(clean)
    journal = rows(office)
    if leftovers(office, journal):
        age(office)
        done = warm().start(clean)
        journal = rows(office)
        found.broken += [f"left about: {one}" for one in leftovers(office, journal)]
    found.add(at_rest(office, dropped, before, journal), "after a clean start")
    found.add(named(office), "after a clean start")
    found.add(sound(office), "journal")
    found.add(silent(office, done.stdout, done.stderr, *outputs), "silence")
    found.broken += [f"a clean start ended with {done.returncode}"] if done.returncode else []
    return found
