"""A parser as bad as its papers ask for: it does what a paper says. All of it stops by itself in the end.

Loaded by the real keeper in place of the reader of papers; see tests/faults/test_parser_child.py.
"""

import ctypes
import json
import os
import signal
import socket
import stat
import tempfile
import time
from pathlib import Path

from extractors.document import FileReading

LONGEST_SECONDS = 20
MEBI = 1 << 20
FINE = FileReading()
KEPT = os.fdopen(os.memfd_create("kept"), "wb", buffering=0)


def read_file(data, name, bounds, step):
    """Do what the paper says."""
    signal.alarm(LONGEST_SECONDS)
    try:
        return globals()[data.decode()](name=name, step=step)
    finally:
        signal.alarm(0)


def fine(**_):
    return FINE


def crash(**_):
    ctypes.string_at(0)


def abort(**_):
    os.abort()


def exit_quietly(**_):
    os._exit(0)


def grow(**_):
    """Hold 700 MiB."""
    held = [bytearray(os.urandom(16) * MEBI) for _ in range(44)]
    return FINE if held else None


def hang(**_):
    """Sleep in C, the interpreter's lock held, deaf to polite signals."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ctypes.PyDLL(None).sleep(LONGEST_SECONDS)
    return FINE


def burn(**_):
    """Use two seconds of CPU, twice what is allowed."""
    until = time.process_time() + 2
    while time.process_time() < until:
        pass
    return FINE


def bomb(**_):
    """Fork as fast as it goes, the children too, up to a thousand."""
    return _forks(leave=False)


def scattered_bomb(**_):
    """The same, each in a session of its own."""
    return _forks(leave=True)


def _forks(*, leave):
    for _ in range(10):
        try:
            child = os.fork()
        except OSError:
            time.sleep(0.01)
            continue
        if not child:
            signal.alarm(LONGEST_SECONDS)
            if leave:
                os.setsid()
    time.sleep(LONGEST_SECONDS)
    return FINE


def flood(**_):
    """Write ten gigabytes to whatever is standard."""
    block = bytes(16 * MEBI)
    for channel in (1, 2):
        for _ in range(320):
            os.write(channel, block)
    return FINE


def fill(**_):
    """Write ten gigabytes of files."""
    block = bytes(MEBI)
    for number in range(1280):
        with Path(tempfile.gettempdir(), str(number)).open("wb") as file:
            for _ in range(8):
                file.write(block)
    return FINE


def fill_a_little(**_):
    """Write 300 MiB of one file."""
    with Path(tempfile.gettempdir(), "one").open("wb") as file:
        for _ in range(300):
            file.write(bytes(MEBI))
    return FINE


def fill_one(**_):
    """Write ten gigabytes of one file."""
    block = bytes(MEBI)
    with Path(tempfile.gettempdir(), "one").open("wb") as file:
        for _ in range(10_240):
            file.write(block)
    return FINE


def leave(**_):
    """Leave a grandchild that belongs to nobody, and answer as if nothing were."""
    _grandchild()
    return FINE


def leave_and_crash(**_):
    _grandchild()
    ctypes.string_at(0)


def leave_and_hang(**_):
    _grandchild()
    return hang()


def _grandchild():
    if not os.fork():
        os.setsid()
        if not os.fork():
            time.sleep(LONGEST_SECONDS)
        os._exit(0)
    os.wait()


def kill_the_keeper(**_):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1)
    return FINE


def die_once(**_):
    """Die as if somebody had killed us, the first time that this paper is read."""
    if _first_time():
        os.kill(os.getpid(), signal.SIGKILL)
    return FINE


def _first_time():
    """Whether nobody asked before: the readers of one keeper share its open files."""
    return os.fstat(KEPT.fileno()).st_size == 0 and KEPT.write(b"asked") > 0


def kill_everybody(**_):
    """Inside the sandbox everybody is the reader; outside it would be the whole account, so not there."""
    if os.getppid() == 1:
        _grandchild()
        os.kill(-1, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def lie(*, name, **_):
    """Send what the paper's name says, then hang."""
    _say(name.encode() + b"\n")
    return hang()


def say_without_end(**_):
    while True:
        _say(b"[" * MEBI)


def nest(**_):
    _say(b"[" * 400_000 + b"]" * 400_000 + b"\n")
    return hang()


def swell(**_):
    """Say in few bytes what takes much memory to hold."""
    _say(b'{"reading": [' + b"[]," * 5_000_000 + b"[]]}\n")
    return hang()


def step_for_ever(*, step, **_):
    while True:
        step()


def dawdle(*, step, **_):
    """Say now and then that a page is done."""
    for _ in range(2 * LONGEST_SECONDS):
        time.sleep(0.5)
        step()
    return FINE


def hang_up(**_):
    """Close all that is open and go on."""
    os.closerange(3, 128)
    time.sleep(LONGEST_SECONDS)


def speak_twice(**_):
    """Answer well, with the answer to the next paper behind it."""
    wrong = {"code": None, "flags": ["forged"], "documents": []}
    honest = {"code": None, "flags": [], "documents": []}
    lines = [{"reading": honest}, {"begun": True}, {"reading": wrong}]
    _say("".join(json.dumps(line) + "\n" for line in lines).encode())
    time.sleep(LONGEST_SECONDS)


def spy(*, name, **_):
    """Tell by flags what can be reached: a file, a port, the program's own files, the paper's file."""
    told = json.loads(name)
    tried = {
        "saw-file": lambda: Path(told["file"]).read_bytes(),
        "saw-folder": lambda: list(Path(told["file"]).parent.iterdir()),
        "reached-program": lambda: socket.create_connection(("127.0.0.1", told["port"]), 5).close(),
        "wrote-program": lambda: Path(told["package"], "__init__.py").open("r+b").close(),
        "wrote-beside": lambda: tempfile.TemporaryFile(dir="/").close(),
        "is-somebody": lambda: os.kill(told["pid"], 0),
        "new-namespace": _new_namespace,
    }
    return FileReading(flags=tuple(flag for flag, attempt in tried.items() if _works(attempt)))


def _new_namespace():
    user_namespace = 0x10000000
    if ctypes.CDLL(None).unshare(user_namespace):
        raise PermissionError


def change_the_paper(**_):
    """Open the paper again, to write into it, if there is a way to it."""
    ways = [f"/proc/self/fd/{number}" for number in range(3, 64)]
    flags = tuple(
        {"changed-paper" for way in ways if "memfd:paper" in _target(way) and _works(lambda w=way: _spoil(w))}
    )
    return FileReading(flags=flags)


def _target(way):
    return str(Path(way).readlink()) if _works(lambda: Path(way).readlink()) else ""


def _spoil(way):
    with Path(way).open("r+b") as paper:
        paper.write(b"spoilt")


def _works(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True


def _say(data):
    """Send *data* to the program by whatever socket is open."""
    for number in range(3, 64):
        if _works(lambda n=number: os.fstat(n)) and stat.S_ISSOCK(os.fstat(number).st_mode):
            with socket.socket(fileno=os.dup(number)) as channel:
                channel.sendall(data)


def unlimited():
    """Take the limits out of the reader: for the tests that must then fail."""
    from extractors.reading.apart import keeper, worker

    for name in ("_limit", "_more_time", "_few_processes", "_some_processes"):
        setattr(worker, name, lambda *_: None)
    keeper.Keeper.sweep = lambda _: None


if "unlimited" in __name__:
    unlimited()
