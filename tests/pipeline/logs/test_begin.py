"""A process that logs, and all that others would have it say."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import logging, sys, threading, warnings
noisy = logging.getLogger("prefect.noisy")
noisy.addHandler(logging.StreamHandler()); noisy.propagate = False
from pipeline.logs.begin import begin
from pipeline.logs.chosen import Log
begin(Log(format=sys.argv[1]), "worker")
begin(Log(format=sys.argv[1]), "worker")
ours = logging.getLogger("pipeline.tried")
ours.warning("case %s: not read: %s", "01JABCDEFGHJKMNPQRSTVWXYZ0", ValueError("CANARIO García"))
ours.info("not asked for")
noisy.error("CANARIO %s", "García")
warnings.warn("CANARIO García", DeprecationWarning, stacklevel=1)
def fails(): raise KeyError("CANARIO García")
thread = threading.Thread(target=fails); thread.start(); thread.join()
raise OSError(28, "CANARIO García")
"""


def said(form):
    line = [sys.executable, "-W", "default", "-c", PROGRAM, form]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.splitlines()


@pytest.mark.parametrize("form", ["plain", "json"])
def test_nothing_that_others_say_reaches_a_log(form):
    """Errors, warnings of libraries, threads that die, the end of the process: none in its own words."""
    lines = said(form)

    assert len(lines) == 5
    assert "CANARIO" not in "".join(lines)
    assert "García" not in "".join(lines)


def test_each_line_of_json_is_an_object_of_known_names():
    """Programs that gather logs find the same names in every line."""
    lines = [json.loads(line) for line in said("json")]

    assert {line["part"] for line in lines} == {"worker"}
    assert [line["logger"] for line in lines] == [
        "pipeline.tried", "prefect.noisy", "py.warnings", "ventanilla", "ventanilla",
    ]  # fmt: skip
    assert lines[0]["event"] == "case 01JABCDEFGHJKMNPQRSTVWXYZ0: not read: ValueError"
    assert lines[0]["case"] == "01JABCDEFGHJKMNPQRSTVWXYZ0"
    assert lines[2]["kind"] == "DeprecationWarning"
    assert "OSError ENOSPC" in lines[4]["event"]
    allowed = {"at", "level", "part", "process", "logger", "event", "kind", "case", "number"}
    assert set().union(*lines) <= allowed
