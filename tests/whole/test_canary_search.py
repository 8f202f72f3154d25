"""The search for words can fail: a word planted in any kind of place, in any form, is found."""

import base64
import gzip
import io
import json
import sqlite3
import unicodedata
import zipfile
import zlib
from urllib.parse import quote

import pytest

from tests.whole.canary import person
from tests.whole.canary.forms import Hunt
from tests.whole.canary.machine import Machine

WORD = person.SURNAME
HUNT = Hunt(person.WORDS)
AROUND = b"\x00lead " * 7


def database(text):
    """Return a database whose one value is as long as several of its pages."""
    with sqlite3.connect(":memory:") as raw:
        raw.execute("CREATE TABLE log (message TEXT)")
        raw.execute("INSERT INTO log VALUES (?)", ("x" * 4000 + text + "x" * 9000,))
        raw.commit()
        data = raw.serialize()
    raw.close()
    return data


def archive(text):
    """Return a ZIP with the text in a deflated member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", text * 3)
    return out.getvalue()


FORMS = {
    "plain": WORD.encode(),
    "upper": WORD.upper().encode(),
    "lower": WORD.lower().encode(),
    "without accents": b"QUINONISIMEZ",
    "accents apart": unicodedata.normalize("NFD", WORD).encode(),
    "latin-1": WORD.encode("latin-1"),
    "utf-16-le": WORD.encode("utf-16-le"),
    "utf-16-be": WORD.encode("utf-16-be"),
    "hex": WORD.encode().hex().encode(),
    "HEX": WORD.encode().hex().upper().encode(),
    "url": quote(WORD).encode(),
    "json": json.dumps(WORD).encode(),
    "base64 at 0": base64.b64encode(WORD.encode() + b" y mas"),
    "base64 at 1": base64.b64encode(b"a" + WORD.encode() + b" y mas"),
    "base64 at 2": base64.b64encode(b"ab" + WORD.encode() + b" y mas"),
    "base64 at the end": base64.b64encode(b"abc" + WORD.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b"??>" + WORD.encode() + b"??>"),
    "base64 of utf-16": base64.b64encode(WORD.encode("utf-16-le")),
    "zlib": zlib.compress(b"lead " + WORD.encode() * 2),
    "gzip": gzip.compress(b"lead " + WORD.encode() * 2),
    "zip": archive(WORD),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_word_is_found_in_every_form(form):
    """Among other bytes, wherever it begins."""
    assert HUNT.within(AROUND + FORMS[form] + AROUND) == {WORD}


def test_a_word_across_the_pages_of_a_database_is_found():
    """A long value lies in pieces in the file: the database is read as what it is, too."""
    assert HUNT.within(database(WORD)) == {WORD}


def test_what_is_like_a_word_and_is_none_is_not_found():
    """The search finds nothing where there is nothing."""
    assert HUNT.within(AROUND + b"Quinonez Zoraida Y7614391" + zlib.compress(b"nobody")) == set()


PLACES = (
    "logs/up.log",
    "prefect/3/server.log",
    "prefect/3/storage/result",
    "prefect/3/prefect.db",
    "tmp/left/behind.pdf",
    "casa/.cache/library",
    "core.1234",
    f"tmp/{WORD}",
)


@pytest.fixture
def machine(tmp_path):
    """Return a machine on which nothing ran."""
    one = Machine(tmp_path)
    yield one
    one.stop()


@pytest.mark.parametrize("place", PLACES)
def test_a_word_left_in_any_place_of_the_machine_is_found(machine, place):
    """Logs, the engine's home, results, database, temporary files, core files, names of files."""
    path = machine.home / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(database(WORD) if place.endswith(".db") else AROUND + WORD.encode())

    found = {name for name, data in machine.places() if HUNT.within(data)}

    assert any(place in name for name in found)


def test_a_word_in_an_answer_or_a_call_is_found(machine):
    """Heads and addresses of the desk, what programs were called with."""
    machine.said.append(f"http://127.0.0.1/buscar?text={quote(WORD)}".encode())
    machine.calls.heard.append(json.dumps({"name": WORD}).encode())

    assert {name for name, data in machine.places() if HUNT.within(data)} == {"answer 0", "call 0"}


def test_what_processes_were_started_with_is_looked_at(machine):
    """Somebody who gives a name in a variable or on the command line is found."""
    import subprocess
    import sys

    line = [sys.executable, "-c", "input()", WORD]
    around = {**machine.environment, "LEAD": person.NIE}
    with subprocess.Popen(line, env=around, stdin=subprocess.PIPE) as started:
        machine_sees = lambda: machine.processes().get(f"process {started.pid}", b"")  # noqa: E731 - asked twice
        while WORD.encode() not in machine_sees():
            assert started.poll() is None
        found = HUNT.within(machine_sees())
        started.stdin.close()

    assert found == {WORD, person.NIE}


def test_the_record_the_papers_and_the_offices_folders_are_left_out_by_name(machine):
    """They hold what was handed in; nothing beside them is left out with them."""
    for name in (
        "v.db",
        "blobs/ab/c.sha256",
        "oficinas/CEU01/1_ENTRADA/a.pdf",
        "oficinas/OTRA/a",
        "v.db.bak",
        "blobs2",
    ):
        path = machine.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WORD.encode())

    found = {name for name, data in machine.places() if HUNT.within(data)}

    assert found == {"oficinas/OTRA/a", "v.db.bak", "blobs2"}
