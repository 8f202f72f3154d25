"""A case from its papers to its end: read, proposed, granted by silence, signed, paid, ended by death."""

import datetime as dt
import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.life.sweep import Silences
from pipeline.settings import load
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.watch import Watcher
from pipeline.work import work
from tests.beside import processes
from tests.command import ventanilla
from validators.calendar import Calendars

PAPERS = Path(__file__).parents[2] / "fixtures" / "submissions" / "example_36.zip"
NUMBER = "CEU01-2026-000001"
MADRID = ZoneInfo("Europe/Madrid")
FILED = dt.datetime(2026, 3, 16, 9, 30, tzinfo=MADRID)
LATE = dt.datetime(2026, 5, 1, 0, 5, tzinfo=MADRID)


def told(*arguments):
    """Run the program, which must be content, and return what it says."""
    done = ventanilla(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(on):
    """Return the life of the case as the command tells it."""
    return json.loads(told("case", "life", NUMBER, "--on", on, "--json"))


def outcomes(life, rule):
    """Return what a rule says of it."""
    return [finding["outcome"] for finding in life["findings"] if finding["rule"] == rule]


@pytest.fixture(scope="module")
def machine(tmp_path_factory, sandbox):
    """Stand in an office machine on which a case was dropped, read and proposed for approval."""
    place = tmp_path_factory.mktemp("machine")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        told("init", "--office", "CEU01")
        settings = load()
        for name in (PAPERS.name, f"{PAPERS.name}.presentacion.json"):
            shutil.copy(PAPERS.with_name(name), settings.folders.root / "CEU01" / "1_ENTRADA" / name)
        with open_store(settings.storage.database, settings.storage.blobs) as store:
            seconds = iter(range(0, 1000, 10))
            watcher = Watcher(settings, store, now=lambda: FILED, clock=lambda: next(seconds))
            while not watcher.scan_once().accepted:
                assert next(seconds) < 500
            claimed = claim(store, "worker", 60, FILED)
            assert work(claimed, settings, store, sandbox, Calendars.shipped()).outcome == "approve"
        yield place


def sweep(ready, results):
    """Look for silence in a process of its own, at the same moment as another."""
    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        silences = Silences(store, settings, Calendars.shipped())
        ready.wait(60)
        results.put(len(silences(LATE).recorded))


def silent():
    """Let two processes look for silence at once; return what each recorded."""
    fresh = processes()
    ready, results = fresh.Barrier(2), fresh.Queue()
    both = [fresh.Process(target=sweep, args=(ready, results)) for _ in range(2)]
    for one in both:
        one.start()
    found = sorted(results.get(timeout=120) for _ in both)
    for one in both:
        one.join(60)
    return found


def test_a_life_is_told_by_the_commands_and_seen_by_the_law(machine):
    """Awaited, granted by silence once, refused in vain, signed, paid, ended by a death."""
    assert [shown(day)["state"] for day in ("2026-04-30", "2026-05-01")] == ["awaiting", "granted_by_silence"]

    # two workers look at once, five minutes after midnight
    assert silent() == [0, 1]
    (event,) = shown("2026-05-02")["events"]
    assert (event["event"], event["on"], event["told_by"]) == (
        "granted_by_silence",
        "2026-05-01",
        "ventanilla",
    )

    # a later refusal is recorded and changes nothing
    told("case", "record", NUMBER, "resolution_taken", "--on", "2026-05-04", "--detail", "outcome=refusal")
    refused = shown("2026-05-05")
    assert refused["state"] == "granted_by_silence"
    assert "review" in outcomes(refused, "CE-RESOL-02")

    # the fees of a list are those of the schedule: 10 of 31 days of May, then whole months
    told("case", "record", NUMBER, "signed", "--on", "2026-05-22", "--by", "ana")
    paid = [f"{NUMBER},2026-05,19.35,2026-06-03", f"{NUMBER},2026-06,60.00,2026-07-03"]
    Path("pagos.csv").write_text("\n".join(["number,month,amount,paid_on", *paid]))
    assert "2 líneas leídas; 2 pagos" in told("case", "payments", "pagos.csv")
    life = shown("2026-07-10")
    assert (life["state"], life["signed_on"], outcomes(life, "CE-FORM-01")) == (
        "in_force",
        "2026-05-22",
        ["met"],
    )
    assert [(fee["month"], fee["amount"], fee["status"]) for fee in life["fees"]] == [
        ("2026-05", "19.35", "paid"),
        ("2026-06", "60.00", "paid"),
        ("2026-07", "60.00", "pending"),
    ]

    # a death on the first of a month costs one day of it
    said = told("case", "record", NUMBER, "died", "--on", "2026-08-01")
    assert "convenio extinguido desde el 02/08/2026" in said
    page = told("case", "life", NUMBER, "--on", "2026-08-02")
    assert "e3   signed (ana)" in page
    assert "08/2026  1,94 €" in page
    assert "[aviso] CE-EXT-01: Extinción por fallecimiento" in page
    assert "suceso" not in told("db", "check")


def recorded():
    """Return how many events the record has of any case."""
    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs) as store, store.reading() as one:
        return one.all("SELECT COUNT(*) AS found FROM life")[0]["found"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("case", "record", NUMBER, "signed", "--on", "2026-02-31"),
        ("case", "record", NUMBER, "signed", "--on", "2026-05-22", "--detail", "con Ana"),
        ("case", "record", NUMBER, "casado", "--on", "2026-05-22"),
        ("case", "record", "CEU01-2026-000009", "signed", "--on", "2026-05-22"),
        ("case", "payments", "no-hay.csv"),
        ("case", "life", "CEU01-2026-000009"),
    ],
)
def test_a_wrong_order_is_refused_and_records_nothing(machine, arguments):
    """Exit code 2, with what is wrong."""
    before = recorded()
    done = ventanilla(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert recorded() == before


def test_the_help_names_every_event(machine):
    """A clerk finds there what may be told, and with which details."""
    page = told("case", "record", "--help")

    assert "resolution_notified   se notifica en mano" in page
    assert "annulled" in page
