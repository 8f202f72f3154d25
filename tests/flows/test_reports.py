"""What managers read in Prefect: counts, days and case numbers; a new version only if something changed."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
TODAY = AT.date()
HOUR = dt.timedelta(hours=1)
pytestmark = [
    pytest.mark.flows,
    pytest.mark.timeout(240),
    # Prefect's own start-up and shutdown leave sockets and loops to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CASES = (
    ("CEU01", "review", dt.date(2026, 3, 2)),
    ("CEU01", "review", dt.date(2026, 3, 9)),
    ("MEL01", "review", dt.date(2026, 3, 16)),
    ("MEL01", "cure", dt.date(2026, 3, 19)),
)
"""Office, queue, day of reception."""


def filled(url, blobs):
    """Return a record with four cases; the first must be answered by Monday, the next was by Wednesday."""
    from pipeline.calendars import at_hand
    from pipeline.case import Source
    from pipeline.journal.cases import allocate
    from pipeline.settings import Settings
    from pipeline.store import open_store
    from pipeline.store.schema import cases
    from pipeline.trays.standing import Days
    from pipeline.trays.tidy import tidy

    ends = (dt.date(2026, 3, 23), dt.date(2026, 3, 18), dt.date(2026, 4, 30), None)
    settings = Settings()
    opened = open_store(url, blobs)
    for (office, queue, day), last in zip(CASES, ends, strict=True):
        came = dt.datetime.combine(day, dt.time(9), dt.UTC)
        with opened.writing() as transaction:
            row = allocate(transaction, office, Source("solicitud.pdf", "0" * 64, 1), came, None)
        changed = {"stage": "routed", "queue": queue, "resolve_by": last, "filed_on": day}
        with opened.write() as connection:
            connection.execute(sa.update(cases).where(cases.c.id == row["id"]).values(**changed))
    tidy(opened, Days(TODAY, settings.policy, at_hand(settings.calendars)))
    return opened


@pytest.fixture
def store(tmp_path):
    """Return the record on SQLite."""
    with filled(f"sqlite:///{tmp_path}/cases.db", tmp_path / "blobs") as opened:
        yield opened


@pytest.fixture
def settings(tmp_path):
    """Return settings with a desk that people reach elsewhere."""
    from pipeline.settings import Desk, Settings

    return Settings(desk=Desk(address="https://mesa.example.org/"))


def shown(settings, store, at=AT):
    """Return the reports by key."""
    from flows.reports import reports

    return {one.key: one for one in reports(settings, store, at)}


def versions(key):
    """Return the versions of a report that Prefect has, the newest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
    from prefect.client.schemas.sorting import ArtifactSort

    with get_client(sync_client=True) as client:
        ours = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        return client.read_artifacts(artifact_filter=ours, sort=ArtifactSort.CREATED_DESC)


def test_the_queues_are_counted_by_office_with_the_day_of_the_oldest(settings, store):
    """And all offices together, below."""
    rows = json.loads(shown(settings, store)["colas"].data)

    assert [(row["oficina"], row["cola"], row["casos"], row["el más antiguo"]) for row in rows] == [
        ("CEU01", "Revisar", 2, "02/03/2026"),
        ("MEL01", "Revisar", 1, "16/03/2026"),
        ("MEL01", "Subsanar", 1, "19/03/2026"),
        ("todas", "Revisar", 3, "02/03/2026"),
        ("todas", "Subsanar", 1, "19/03/2026"),
    ]


def test_what_expires_is_listed_by_case_with_the_way_to_it(settings, store):
    """What passed first, then what comes within seven days; what comes later is not there."""
    told = shown(settings, store)["plazos"].description

    first = "| [CEU01-2026-000002](https://mesa.example.org/expedientes/CEU01-2026-000002) | CEU01"
    second = "| [CEU01-2026-000001](https://mesa.example.org/expedientes/CEU01-2026-000001) | CEU01"
    assert f"{first} | 18/03/2026 | vencido hace 2 | Revisar |" in told
    assert f"{second} | 23/03/2026 | quedan 1 | Revisar |" in told
    assert told.index(first) < told.index(second)
    assert "MEL01-2026" not in told


def test_what_is_stuck_bears_the_day_of_the_offices_clock(settings, store):
    """Half past midnight in Madrid is not the evening before."""
    from pipeline.store.schema import cases

    held = {"stage": "hold", "updated_at": dt.datetime(2026, 3, 18, 23, 30, tzinfo=dt.UTC)}
    with store.write() as connection:
        connection.execute(sa.update(cases).where(cases.c.queue == "cure").values(**held))

    rows = json.loads(shown(settings, store)["parados"].data)

    assert [row["desde"] for row in rows] == ["19/03/2026", "19/03/2026"]


def test_the_reports_are_the_same_on_postgresql(settings, store, postgres_store_url, tmp_path):
    """And so is what Prefect is still to be told."""
    from pipeline.store.runs import missed, owed

    with filled(postgres_store_url, tmp_path / "papers") as other:
        assert shown(settings, other) == shown(settings, store)
        assert (owed(other), missed(other, 5, AT)) == ((0, None), [])


def test_an_empty_office_has_reports_that_say_so(settings, tmp_path):
    """No table without rows, and nothing that divides by nothing."""
    from pipeline.store import open_store

    with open_store(f"sqlite:///{tmp_path}/none.db", tmp_path / "blobs") as empty:
        found = shown(settings, empty)

    assert "**No hay casos abiertos.**" in found["colas"].description
    assert found["plazos"].data == "[]"
    assert found["avance"].data == 100.0


def test_reports_hold_no_file_name_and_nothing_that_a_page_would_run(settings, store):
    """The name of a file as it was handed in is nobody's business here; a code is text, not Markdown."""
    from flows.shown.table import plain

    assert not any("solicitud" in f"{one.description}{one.data}" for one in shown(settings, store).values())
    assert plain("a|b [c](javascript:d) <img>\n# e") == r"a\|b \[c\](javascript:d) \<img\> \# e"


def test_a_report_has_a_new_version_only_when_it_changed_and_an_hour_has_passed(
    server, settings, store, monkeypatch
):
    """Within the hour the newest is written over; so many versions are kept and no more."""
    from flows.shown import publish
    from flows.shown.publish import Shown

    monkeypatch.setattr(publish, "MOST_VERSIONS", 2)
    now = dt.datetime.now(dt.UTC)

    def keep(text, at):
        return publish.publish([Shown("prueba", "table", f"# {text}", "[]")], at)

    changed = [keep("uno", now), keep("uno", now), keep("dos", now)]
    within = [one.description for one in versions("prueba")]
    later = [keep(word, now + n * HOUR) for n, word in enumerate(("tres", "cuatro", "cinco"), 2)]

    assert changed == [1, 0, 1]
    assert within == ["# dos"]
    assert later == [1, 1, 1]
    assert [one.description for one in versions("prueba")] == ["# cinco", "# cuatro"]


def test_all_reports_reach_prefect_and_stay_as_they_are_while_nothing_changes(server, settings, store):
    """Every one has its page under its key."""
    from flows.reports import report

    now = dt.datetime.now(dt.UTC)
    first, again = report(settings, store, now), report(settings, store, now)

    assert (first, again) == (9, 0)
    assert all(versions(one)[0].description for one in shown(settings, store, now))
