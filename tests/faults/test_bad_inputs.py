"""F16: some 300 hostile, broken and odd files and 500 flipped bits, each with an answer of the list."""

import contextlib
import io
import random
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

from extractors.bounds import Bounds
from extractors.reading.apart.sandbox import Sandbox
from pipeline.intake import zip_check
from pipeline.intake.inflate import Budget, inflate
from pipeline.limits import MIB, Limits
from pipeline.reasons import reasons
from tests.faults.inputs import papers, pdfs, pictures, zips
from tests.faults.inputs.case import READ
from tests.faults.inputs.trial import LIMITS, Counter
from tests.pipeline.intake.forged import descriptor, forge

ROOT = Path(__file__).parents[2]
# the readers themselves, with engine, recogniser and blanks, take 530 MiB of it
TIGHT = Bounds(cpu_seconds=1, wall_seconds=20, memory=800 * MIB)
HOSTILE = {
    "bombs of ZIP": zips.BOMBS,
    "names in ZIPs": zips.NAMES,
    "ZIPs of two meanings": zips.AMBIGUOUS,
    "ZIPs that are closed": zips.CLOSED,
    "other kinds": zips.KINDS,
    "cut ZIPs": zips.CUT,
    "loops in PDFs": pdfs.LOOPS,
    "bombs of PDF, first half": dict(list(pdfs.BOMBS.items())[::2]),
    "bombs of PDF, second half": dict(list(pdfs.BOMBS.items())[1::2]),
    "sizes in PDFs": pdfs.SIZES,
    "PDFs that are closed": pdfs.CLOSED,
    "cut PDFs": pdfs.CUT,
    "bad pictures": pictures.BAD,
    "cut pictures": pictures.CUT,
}
AT_NIGHT = {"bombs of PDF, second half"}
"""Each takes all the time that it is given."""
ODD = {"ZIPs": zips.ODD, "PDFs": pdfs.ODD, "pictures": pictures.ODD}
FLIPS = (range(25), pytest.param(range(25, 50), marks=pytest.mark.nightly))
"""Bits turned over in each file, by day and by night."""
WHOLE = {
    "a paper": ("a.pdf", papers.line),
    "a form": ("a.pdf", papers.form),
    "a paper with a picture": ("a.pdf", papers.pictured),
    "a locked paper": ("a.pdf", partial(papers.locked, "")),
    "a ZIP": ("a.zip", lambda: forge(zips.paper(), descriptor(zips.paper(b"b.pdf")))),
    "a ZIP in a ZIP": ("a.zip", partial(zips.nested, 1)),
    "a stored ZIP": ("a.zip", lambda: forge(zips.paper(method=0), zips.paper(b"c/d.pdf", method=0))),
    "a JPEG": ("a.jpg", partial(pictures.saved, "JPEG")),
    "a PNG": ("a.png", partial(pictures.saved, "PNG")),
    "a TIFF": ("a.tif", partial(pictures.saved, "TIFF", compression="tiff_lzw")),
}


@pytest.fixture(scope="module")
def tight():
    """Return readers within tight limits, which outlive all that is handed to them."""
    with Sandbox(TIGHT) as reading:
        yield reading


def wrong(inputs, sandbox, limits=LIMITS):
    """Return which of *inputs* had another answer than a right one, and which."""
    counter = Counter(sandbox, limits)
    given = {name: counter.hand_in(one.name, one.make()) for name, one in inputs.items()}
    return {name: answer for name, answer in given.items() if answer not in inputs[name].answers}


@pytest.mark.parametrize(
    "family", [pytest.param(one, marks=pytest.mark.nightly if one in AT_NIGHT else ()) for one in HOSTILE]
)
def test_a_hostile_file_gets_an_answer_of_the_closed_list(family, tight, report):
    """Under a second of CPU and 270 MiB each: a reading, or the code that fits."""
    found = wrong(HOSTILE[family], tight)
    report("F16", trials=len(HOSTILE[family]), lost=len(found), note=family)
    assert found == {}


@pytest.mark.parametrize("family", ODD)
def test_a_file_that_is_only_odd_is_read(family, sandbox, report):
    """Packers of all systems, scanners, old programs and screen readers leave such files."""
    found = wrong(ODD[family], sandbox)
    report("F16", trials=len(ODD[family]), lost=len(found), note=f"odd {family}")
    assert found == {}


@pytest.mark.nightly
@pytest.mark.parametrize("family", HOSTILE)
def test_a_hostile_file_is_answered_under_the_real_limits(family, sandbox, report):
    """Thirty seconds of CPU and 1 GiB for each."""
    found = wrong(HOSTILE[family], sandbox, Limits())
    report("F16", trials=len(HOSTILE[family]), lost=len(found), note=f"{family}, real limits")
    assert found == {}


def flipped(data, seed):
    """Return *data* with one bit turned over, by lot."""
    at = random.Random(seed).randrange(len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


@pytest.mark.parametrize("flips", FLIPS, ids=["by day", "at night"])
@pytest.mark.parametrize("what", WHOLE)
def test_a_flipped_bit_gets_an_answer_of_the_closed_list(what, flips, tight, report):
    """One bit of a sound file, at many places of it: read, or given a code."""
    name, make = WHOLE[what]
    counter = Counter(tight)
    answers = {counter.hand_in(name, flipped(make(), f"{what} {number}")) for number in flips}
    strange = answers - {READ, *reasons()}
    report("F16", trials=len(flips), lost=len(strange), note=f"bits of {what}")
    assert strange == set()


def checked_bytes(bomb, folder):
    """Return how many bytes the program unpacks of *bomb*."""
    checked = zip_check.check(bomb, Limits())
    budget = Budget(bytes=Limits().unpacked, members=Limits().members)
    parts = () if checked.faults else checked.parts
    return sum(inflate(bomb, part, folder / part.file, budget).bytes for part in parts)


def trusting_bytes(bomb, _):
    """Return how many bytes Python's own library unpacks of *bomb*, which until 3.11.8 saw no overlap."""
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        for info in archive.infolist():
            with contextlib.suppress(AttributeError):
                info._end_offset = None
        return sum(len(archive.read(info)) for info in archive.infolist())


def stays_small(unpacked, bomb):
    """Hold that a package does not become a thousand times as large."""
    assert unpacked < 1000 * len(bomb)


@pytest.mark.parametrize("make", [zips.overlapping, zips.quoting])
def test_a_bomb_of_overlaps_is_not_unpacked(make, tmp_path, report):
    """Its records tell, before a byte is inflated."""
    report("F16", trials=1, note="overlaps")
    stays_small(checked_bytes(make(), tmp_path), make())


def test_control_without_the_check_for_overlaps_the_bomb_goes_off(monkeypatch, tmp_path, report):
    """The same bomb, the same program, the one check off."""
    monkeypatch.setattr(zip_check, "_tiles", lambda *_: ())
    report("F16", trials=1, lost=1, note="no check for overlaps", control=True)
    with pytest.raises(AssertionError):
        stays_small(checked_bytes(zips.quoting(), tmp_path), zips.quoting())


@pytest.mark.parametrize("make", [zips.overlapping, zips.quoting])
def test_control_the_standard_library_lets_the_bomb_go_off(make, tmp_path, report):
    """Nobody who trusts the directory of a ZIP sees that its members are one."""
    report("F16", trials=1, lost=1, note="zipfile alone", control=True)
    with pytest.raises(AssertionError):
        stays_small(trusting_bytes(make(), tmp_path), make())


OWN = """
def most_of_its_own():
    # not getrusage: a process inherits there what the one held that started it
    status = open("/proc/self/status").read()
    return int(status.partition("VmHWM:")[2].split()[0])

"""

ALONE = f"""{OWN}
import resource, sys
from pathlib import Path
from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading.apart.sandbox import Sandbox
limits, path = sys.argv[1], Path(sys.argv[2])
if limits == "none":
    read_file(path.read_bytes(), "a.pdf", Bounds())
else:
    with Sandbox(Bounds(cpu_seconds=5, wall_seconds=20, memory=256 << 20), "limits") as sandbox:
        assert sandbox.read(path, "a.pdf").code == "memory"
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(max(most_of_its_own(), children) >> 10)
"""


def most_memory(limits, path):
    """Return the megabytes that reading the file took at its worst, in whichever process."""
    path.write_bytes(pdfs.BOMBS["content of 300 MB"].make())
    done = subprocess.run(
        [sys.executable, "-c", ALONE, limits, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_a_bomb_in_a_paper_stays_within_the_memory(tmp_path, report):
    """256 MiB were allowed, and with all that a reader loads they are not passed."""
    report("F16", trials=1, note="memory of the child")
    assert most_memory("sandbox", tmp_path / "a.pdf") <= 256


@pytest.mark.nightly
def test_control_without_limits_the_bomb_takes_the_memory(tmp_path, report):
    """The same paper and the same readers in a process without limits."""
    report("F16", trials=1, lost=1, note="no limits", control=True)
    with pytest.raises(AssertionError):
        assert most_memory("none", tmp_path / "a.pdf") <= 256


KEPT = f"""{OWN}
from extractors.bounds import Bounds
from extractors.reading.apart.sandbox import Sandbox
from tests.faults.inputs import pdfs, zips
from tests.faults.inputs.trial import Counter
from pipeline.limits import Limits
inputs = dict(zips.BOMBS) | dict(list(pdfs.BOMBS.items())[:4])
with Sandbox(Bounds(cpu_seconds=1, wall_seconds=20, memory=256 << 20)) as sandbox:
    counter = Counter(sandbox, Limits())
    for one in inputs.values():
        counter.hand_in(one.name, one.make())
print(most_of_its_own() >> 10)
"""


def test_the_program_itself_stays_small(report):
    """Whatever swells does so in the child; 300 MiB are the most that the parent may ever hold."""
    report("F16", trials=1, note="memory of the parent")
    done = subprocess.run([sys.executable, "-c", KEPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300
