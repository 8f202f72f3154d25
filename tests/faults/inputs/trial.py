"""One file handed in: taken apart and read as the program does it, and what came of it in one word."""

import datetime as dt
import tempfile
from pathlib import Path

from pipeline.case import Returned
from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.limits import MIB, Limits
from tests.faults.inputs.case import READ

LIMITS = Limits(unpacked=100 * MIB)
AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


class Counter:
    """The counter where files are handed in, and told what came of each."""

    def __init__(self, sandbox, limits=LIMITS):
        self._sandbox = sandbox
        self._limits = limits

    def hand_in(self, name, data):
        """Return `read` if some paper of the file could be read, else the first code."""
        with tempfile.TemporaryDirectory(prefix="ventanilla-inputs-") as folder:
            path, work = Path(folder) / name, Path(folder) / "work"
            path.write_bytes(data)
            work.mkdir()
            return self._answer(path, work)

    def _answer(self, path, work):
        case = receive_path(path, filed_on=None, office=None, procedure=None, received_at=AT)
        unpacked = unpack(case, work, self._limits)
        if isinstance(unpacked, Returned):
            return unpacked.code
        codes = [m.code or self._sandbox.read(m.path, m.file).code or READ for m in unpacked.members]
        return READ if READ in codes else codes[0]
