"""What a person hands in is in the record, the papers and the office's folders, and nowhere else.

A machine with all its parts runs on made submissions full of words that nobody else would write, while things
go wrong in it; then every byte that is not one of those three places is searched for the words.
"""

import contextlib
import datetime as dt
import os
import signal
import sqlite3

import httpx
import pytest

from tests.whole.canary import person
from tests.whole.canary.forms import Hunt
from tests.whole.canary.machine import HERE, PASSWORD, Machine

pytestmark = [pytest.mark.flows, pytest.mark.timeout(900)]
FILED = dt.date(2026, 3, 16)
WORD = {"filed_on": "2026-03-16", "remarks": f"Lo trae {person.GIVEN} {person.SURNAME}, tel. {person.PHONE}"}


@pytest.fixture(scope="module", params=["papers", pytest.param("scans", marks=pytest.mark.nightly)])
def ran(request, tmp_path_factory, engine_home):
    """Return a machine that has run through everything and is stopped, and what its processes were told."""
    home = tmp_path_factory.mktemp("canario")
    engine_home(home / "prefect")
    one = Machine(home)
    try:
        one.command("init")
        one.command(
            "user",
            "add",
            "ana",
            "--name",
            "Ana Prueba",
            "--role",
            "supervisor",
            "--office",
            "*",
            "--ask",
            typed=f"{PASSWORD}\n",
        )
        one.command("webhook", "add", f"http://127.0.0.1:{one.calls.server_port}/avisos", "--office", "CEU01")
        one.start()
        hand_in(one)
        scanned = hand_in_scans(one) if request.param == "scans" else 0
        one.until(lambda: one.settled(6 + scanned), "the cases do not come to an end")
        look_around(one)
        tell_prefect(one)
        share_away(one)
        without_prefect(one)
        processes = one.processes()
    finally:
        one.stop()
    return one, processes


def hand_in(one):
    """Drop what is in order, what is broken, and what makes a reader and the database fail."""
    whole = person.package(FILED)
    said = person.page(f"{person.GIVEN} {person.SURNAME}", person.NIE)
    one.drop(f"{person.FILE} de {person.GIVEN}.zip", whole, WORD)
    one.drop(f"{person.SURNAME} {person.NIE}.pdf", said)
    one.drop(f"roto {person.GIVEN} {person.NIE}.pdf", person.broken())
    one.drop(f"revienta-parser {person.FILE}.pdf", said + b"%1", WORD)
    one.drop(f"revienta-db {person.GIVEN}.pdf", said + b"%2", WORD)
    one.drop(f"{person.GIVEN}.zip", person.zipped({f"../{person.SURNAME}.pdf": said, "C:\\x.pdf": said}))


def hand_in_scans(one):
    """Drop all papers as pictures, in one package and each alone; return how many cases that makes."""
    pictures = person.scans()
    one.drop(f"escaneado {person.FILE}.zip", person.zipped(pictures))
    for name, data in pictures.items():
        one.drop(name, data)
    return 1 + len(pictures)


def look_around(one):
    """See lists, a case, a page and a paper; search; ask for what is not there; make the desk fail."""
    ((number,),) = one.rows(
        "SELECT number FROM cases WHERE procedure = 'convenio_especial' AND source_name LIKE 'papeles%'"
    )
    with one.person("ana") as ana:
        asked = ana.look("/buscar")
        for text in (f"{person.GIVEN} {person.SURNAME}", person.NIE, f"revienta {person.GIVEN}"):
            found = ana.send("/buscar", asked, text=text)
            ana.look(found.headers.get("location", "/buscar"))
        page = ana.look(f"/expedientes/{number}")
        ana.look(f"/expedientes/{number}/paginas/d1/1.jpg")
        taken = ana.send(f"/expedientes/{number}/originales/d1", page)
        ana.look(f"/expedientes/{person.NIE}")
        ana.send("/oficina", page, name=person.GIVEN, text=person.EMAIL)
        ana.look("/bandejas")
        # figures alone: what they say is searched, not only how they are sent
        said = [
            ana.look(path) for path in ("/gestion", "/gestion/gestion.xlsx", "/estado", "/healthz", "/readyz")
        ]
    assert said[0].status_code == said[1].status_code == 200
    one.said += [answer.content for answer in said]
    assert person.SURNAME in page.text
    assert taken.content.startswith(b"%PDF-")
    one.said += [one.command(*words).encode() for words in (["doctor"], ["digest", "--show", "--html"])]
    one.said.append(httpx.get(f"http://127.0.0.1:{one.ports['metrics']}/metrics", timeout=20).content)


def tell_prefect(one):
    """Wait until the engine knows of every case."""
    one.until(lambda: runs(one.home / "prefect") >= 6, "the engine is not told of the cases")


def runs(folder):
    """Return how many runs the engine's database holds."""
    (place,) = folder.glob("*/prefect.db")
    with contextlib.closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as raw:
        return raw.execute("SELECT count(*) FROM flow_run").fetchone()[0]


def share_away(one):
    """Take the office's share away while something is dropped, and bring it back."""
    before = len(one.rows("SELECT id FROM cases"))
    place = one.home / "oficinas" / "CEU01"
    away = one.home / "oficinas" / "CEU01.fuera"
    one.drop(f"segundo {person.GIVEN}.pdf", person.page(person.GIVEN) + b"%3")
    place.rename(away)
    ready = f"http://127.0.0.1:{one.ports['desk']}/readyz"
    one.until(lambda: "folders: ok" not in httpx.get(ready, timeout=20).text, "nobody misses the share")
    away.rename(place)
    one.until(lambda: one.settled(before + 1), "what was dropped is not taken when the share is back")


def without_prefect(one):
    """Kill the engine, and have one more case worked on."""
    before = len(one.rows("SELECT id FROM cases"))
    server = [n for n, told in one.processes().items() if b"flows.serve" in told]
    for name in server:
        os.kill(int(name.removeprefix("process ")), signal.SIGKILL)
    one.drop(f"tercero {person.GIVEN}.pdf", person.page(person.SURNAME) + b"%4")
    one.until(lambda: one.settled(before + 1), "without the engine the case does not end")


def test_nothing_of_a_person_is_outside_the_record_the_papers_and_the_offices_folders(ran):
    """Not in logs, the engine's home, temporary folders, heads, addresses, calls, environments."""
    machine, processes = ran
    hunt = Hunt(person.WORDS)

    found = {name: hunt.within(data) for name, data in [*machine.places(), *processes.items()]}

    assert {name: words for name, words in found.items() if words} == {}
    assert {"logs/up.log", "answer 0", "call 0"} <= found.keys()
    assert any(name.endswith("prefect.db") for name in found)


def test_the_words_were_there_to_be_found_and_the_errors_were_thrown(ran):
    """The record, the papers and the office's folders hold every word; the errors say one more."""
    machine, _ = ran
    hunt = Hunt(person.WORDS)
    kept = [machine.home / name for name in ("v.db", "v.db-wal")]
    kept += [path for path in (machine.home / "oficinas").rglob("*") if path.is_file()]
    held = set().union(*(hunt.within(path.read_bytes()) for path in kept if path.exists()))
    failures = "".join(row[0] for row in machine.rows("SELECT detail FROM events WHERE kind = 'held'"))

    assert held >= set(person.WORDS) - {person.SPOKEN}
    assert "ValueError" in failures
    assert "OperationalError" in failures
    assert person.SPOKEN in (HERE / "sitecustomize.py").read_text()
