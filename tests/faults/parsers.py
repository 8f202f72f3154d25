"""Parsers that misbehave, and what one trial of them came to."""

import shutil
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from extractors.bounds import Bounds
from extractors.reading.apart import processes
from extractors.reading.apart.child import Readers
from extractors.reading.apart.sandbox import Sandbox

PARSER = Path(__file__).parent / "misbehaving" / "parser.py"


BOUNDS = Bounds(cpu_seconds=1, wall_seconds=2, memory=768 << 20, pages=20)


LEVELS = ("bwrap", "limits")


class Trial(NamedTuple):
    """What a bad paper and a good one after it came to, and who was still there between them."""

    code: str | None
    left: int
    next: str | None


class Misbehaving:
    """Sandboxes whose readers load the bad parser under a name by which their processes are known."""

    def __init__(self, folder: Path, kind: str = "misbehaving") -> None:
        self.name = f"{kind}_{uuid4().hex}"
        shutil.copy(PARSER, folder / f"{self.name}.py")
        self.folder = folder
        folder.chmod(0o755)

    def sandbox(self, wanted: str, bounds: Bounds = BOUNDS) -> Sandbox:
        """Return a sandbox of the level *wanted*."""
        own = type("Own", (Sandbox,), {"readers": Readers(self.name, (self.folder,))})
        return own(bounds, wanted)

    def running(self) -> list[int]:
        """Return all processes of these sandboxes on the machine, wherever they went."""
        found = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return processes.living([pid for pid in found if self.name.encode() in _command_line(pid)])

    def left(self, box: Sandbox) -> int:
        """Return how many of them are neither bubblewrap, keeper nor reader."""
        child_ = box._child
        own = [child_.pid, *processes.below(child_.pid)] if child_ is not None else []
        parts = 3 if child_ is not None and child_.folder is None else 2
        return len(set(self.running()) - set(own)) + max(len(processes.living(own)) - parts, 0)

    def trial(self, box: Sandbox, put, mode: str, name: str = "a") -> Trial:
        """Read a bad paper, look who is left, and read a good one."""
        code = box.read(put(mode), name).code
        return Trial(code, self.left(box), box.read(put("fine"), "b").code)


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
