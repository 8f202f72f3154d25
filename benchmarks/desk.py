"""The desk with many cases: trays, search, a long case, its pictures, a correction, twenty people at once.

    .venv/bin/python benchmarks/desk.py [--cases 100000] [--database sqlite|postgresql|both] [--seconds 15]

A real server on loopback, asked by real connections; PostgreSQL is a server of our own, stopped at the end.
The peers are OFFSET paging and LIKE '%x%' on the same record. What is asked for: a tray under 50 ms, a case
of 40 pages under 300 ms, a picture under 80 ms of CPU, 20 people on 2 cores without an error.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import statistics
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

# This file is called as the package that it measures: the folder above is looked in instead.
sys.path[0] = str(Path(__file__).parents[1])
from benchmarks.desk_served import PEOPLE, Browser, server, tokens  # noqa: E402 - after the path
from benchmarks.desk_store import days, multiply, read_real, settings_in  # noqa: E402
from pipeline.store import Store, open_store  # noqa: E402
from pipeline.store.schema import cases  # noqa: E402
from pipeline.trays.tables import moves, standings  # noqa: E402
from pipeline.trays.tidy import tidy  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
PAGES = 40


def long_package() -> bytes:
    """Return a package whose paper has forty pages."""
    out, packed = io.BytesIO(), io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(1, PAGES + 1):
        for line in range(1, 46):
            canvas.drawString(60, 790 - line * 16, f"Página {page}, línea {line}: escrito que acompaña.")
        canvas.showPage()
    canvas.save()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("escrito.pdf", out.getvalue())
    return packed.getvalue()


def cpu(pid: int) -> float:
    """Return the CPU seconds that a process and its ended children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(field) for field in fields[11:15]) / TICK


def measured(name: str, act: Callable[[], object], pid: int | None = None, times: int = 40) -> float:
    """Print how long something takes, its median, its 95th of 100 and the server's CPU."""
    act()
    before, walls = cpu(pid) if pid else time.process_time(), []
    for _ in range(times):
        began = time.perf_counter()
        act()
        walls.append((time.perf_counter() - began) * 1000)
    used = ((cpu(pid) if pid else time.process_time()) - before) / times * 1000
    median = statistics.median(walls)
    p95 = sorted(walls)[int(len(walls) * 0.95) - 1]
    print(f"  {name:<52}{median:>9.1f}{p95:>9.1f}{used:>9.1f}", flush=True)
    return median


def pages(pid: int, token: str, long_case: str, field: str) -> None:
    """Measure the pages of one person."""
    ana = Browser(token)
    tray = "/bandejas/review-residence"
    measured("all trays with their counts", lambda: ana.get("/bandejas"), pid)
    measured("a tray, first page of 50", lambda: ana.get(tray), pid)
    last = tray
    for _ in range(60):
        more = re.search(r'href="([^"]+)" rel="next"', ana.get(last))
        if more is None:
            break
        last = more[1].replace("&amp;", "&")
    measured("a tray, page 60", lambda: ana.get(last), pid)
    for what, text in (
        ("a common surname", "garcía"),
        ("surname and name", "benaissa nad"),
        ("a NIE", "X12345"),
    ):
        measured(f"search by {what}, both requests", lambda text=text: ana.search(text), pid, 15)  # type: ignore[misc] # bound now
    measured(f"case page of {PAGES} pages, whole", lambda: ana.get(f"/expedientes/{long_case}"), pid, 15)
    pictures(ana, pid, long_case)
    correction(ana, pid, field)


def pictures(ana: Browser, pid: int, long_case: str) -> None:
    """Measure the pictures of pages: each for the first time, and one again."""
    at = f"/expedientes/{long_case}/paginas/d1"
    assert ana.ask("GET", f"{at}/1.jpg")[0] == 200
    new = iter(range(2, PAGES + 1))
    measured(
        "picture of a page, never drawn before", lambda: ana.ask("GET", f"{at}/{next(new)}.jpg"), pid, 20
    )
    measured("picture of a page, kept", lambda: ana.ask("GET", f"{at}/2.jpg"), pid, 20)


def correction(ana: Browser, pid: int, field: str) -> None:
    """Measure a corrected surname with the judgement anew: its form, and the form sent."""
    names = iter("Alba Brea Casal Dopico Eiras Feal Gende Hermida Insua Jove Lema Mosquera".split())  # noqa: SIM905 - names

    def correct() -> None:
        form = ana.get(field)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        typed = re.findall(r'<input id="[^"]*" name="([^"]+)" type="text"', form)
        told = hidden | dict.fromkeys(typed, next(names)) | {"why": "Mal leído", "act": "corrected"}
        status, _, body = ana.ask("POST", field, **told)
        assert status == 303, (status, re.findall(rb'class="error"[^>]*>([^<]+)', body)[:3])

    measured("form of a field, its correction, judged anew", correct, pid, 8)


def field_to_mend(store: Store) -> str:
    """Return the address of a surname on the form of a real case."""
    query = sa.select(cases.c.number, cases.c.report).where(cases.c.number.like("%-2026-%"))
    with store.read() as connection:
        for number, report in connection.execute(query):
            for document in report.get("documents", ()):
                for name in document["fields"]:
                    if name.endswith("first_surname"):
                        return f"/expedientes/{number}/campos/{document['id']}/{name}"
    raise LookupError("no case with a surname")


def crowd(pid: int, keys: list[str], seconds: float, long_case: str) -> None:
    """Let twenty people work at once; print requests, errors and waits."""
    walls: list[float] = []
    wrong: list[object] = []
    stop = time.monotonic() + seconds

    def person(key: str) -> None:
        one = Browser(key)
        steps = (
            "/bandejas",
            "/bandejas/review-residence",
            f"/expedientes/{long_case}",
            "/bandejas/cure-papers",
        )
        while time.monotonic() < stop:
            for path in steps:
                began = time.perf_counter()
                try:
                    status = one.ask("GET", path)[0]
                    wrong.extend([status] if status != 200 else [])
                except OSError as error:
                    wrong.append(type(error).__name__)
                walls.append((time.perf_counter() - began) * 1000)

    people = [threading.Thread(target=person, args=(key,)) for key in keys]
    before, began = cpu(pid), time.monotonic()
    for one in people:
        one.start()
    for one in people:
        one.join()
    took = time.monotonic() - began
    p95 = sorted(walls)[int(len(walls) * 0.95)] if walls else 0
    print(
        f"  {PEOPLE} people for {took:.0f} s: {len(walls) / took:.1f} requests/s, {len(wrong)} errors, ",
        end="",
    )
    print(f"p95 {p95:.0f} ms, {(cpu(pid) - before) / took:.2f} CPUs {wrong[:3] or ''}", flush=True)


def peers(store: Store) -> None:
    """Measure what others do on the same record: numbers of rows skipped, and texts searched through."""
    paged = "SELECT * FROM standings WHERE tray = 'review-residence' ORDER BY turn, order_on, entry LIMIT 50"
    like = "SELECT number FROM cases WHERE lower(CAST(report AS TEXT)) LIKE '%nobody has this name%' LIMIT 50"

    def run(text: str) -> None:
        with store.read() as connection:
            connection.exec_driver_sql(
                text.replace("%", "%%") if store.engine.dialect.name != "sqlite" else text
            ).all()

    measured("peer: OFFSET 3000 (statement alone)", lambda: run(f"{paged} OFFSET 3000"), None, 10)
    measured("peer: LIKE '%x%' over the reports (statement alone)", lambda: run(like), None, 2)


def filling(store: Store, folder: Path, url: str) -> None:
    """Measure how fast the cases of an earlier program are put into their trays."""
    with store.write() as connection:
        whole = cases.c.number.like("%-2025-%0")
        some = sa.select(cases.c.id).where(whole).order_by(cases.c.id.desc()).limit(500)
        connection.execute(sa.insert(moves).from_select(["case_id"], some))
    began, law = time.perf_counter(), days(settings_in(folder, url))
    while tidy(store, law):
        pass
    took = (time.perf_counter() - began) / 500 * 1000
    print(f"  cases of an earlier program put into their trays: {took:.1f} ms each, 50 at a time", flush=True)


def bench(folder: Path, url: str, many: int, seconds: float) -> None:
    """Build the record and measure everything on it."""
    settings = settings_in(folder, url)
    with open_store(url, settings.storage.blobs) as store:
        began = time.monotonic()
        long_case = read_real(settings, store, long_package())
        multiply(store, many)
        with store.read() as connection:
            counted = connection.execute(sa.select(sa.func.count()).select_from(standings)).scalar_one()
        print(f"\n{store.engine.dialect.name}: {counted} cases, built in {time.monotonic() - began:.0f} s")
        print(f"  {'ms':<52}{'median':>9}{'p95':>9}{'CPU':>9}")
        with server(folder, url) as pid:
            pages(pid, tokens(folder)[0], long_case, field_to_mend(store))
            crowd(pid, tokens(folder), seconds, long_case)
        peers(store)
        filling(store, folder, url)


def main() -> None:
    """Measure on the databases that are asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--seconds", type=float, default=15)
    chosen = options.parse_args()
    for database in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
        with tempfile.TemporaryDirectory(prefix="ventanilla-desk-") as home:
            if database == "sqlite":
                bench(Path(home), f"sqlite:///{home}/v.db", chosen.cases, chosen.seconds)
                continue
            from fixtures.postgresql import PostgreSQL

            engine = PostgreSQL()
            try:
                bench(Path(home), engine.url(engine.fresh()), chosen.cases, chosen.seconds)
            finally:
                engine.remove()


if __name__ == "__main__":
    main()
