"""Work done beside the main thread, and processes that are asked to end before who started them."""

import contextvars
import subprocess
import sys

import pytest

from flows.beside import beside
from flows.children import children, end_children

_MARK = contextvars.ContextVar("mark", default="none")
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {child!r}], stdout=subprocess.PIPE)
child.stdout.readline()
print("ready", flush=True)
time.sleep(600)
"""
GENTLE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", flush=True)
time.sleep(600)
"""
DEAF = GENTLE.replace("lambda *_: sys.exit(0)", "signal.SIG_IGN")


def test_what_is_done_beside_comes_back():
    """The value, from a thread whose context is empty: an engine finds no parent there."""
    _MARK.set("parent")

    assert beside(_MARK.get) == "none"


def test_what_is_raised_beside_is_raised_here():
    """A missing database is told as if nothing lay between."""
    with pytest.raises(LookupError, match="gone"):
        beside(lambda: (_ for _ in ()).throw(LookupError("gone")))


@pytest.mark.parametrize(("child", "ended"), [(GENTLE, True), (DEAF, False)])
def test_children_are_asked_to_end_and_waited_for_so_long(child, ended):
    """Their parent is left alone; one that does not listen is told of."""
    line = [sys.executable, "-c", PARENT.format(child=child)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "ready\n"
        began = list(children(parent.pid))

        assert end_children(parent.pid, 5.0 if ended else 0.3) is ended

        left = list(children(parent.pid))
        assert (len(began), left == []) == (1, ended)
        for process in left:
            subprocess.run(["kill", "-9", str(process)], check=True)
        parent.kill()
