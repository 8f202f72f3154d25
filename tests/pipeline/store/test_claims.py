"""Who works on what, and what is written when the work is done."""

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from pipeline.errors import EnvironmentFault
from pipeline.store import open_store, turn
from pipeline.store.cases import lines
from pipeline.store.claims import claim, renew
from pipeline.store.events import history
from pipeline.store.head import HEAD
from pipeline.store.lost import NOBODY, give_back
from pipeline.store.outbox import Effect, once, owe
from pipeline.store.results import Result, fail, finish, release, requeue
from pipeline.store.schema import metadata, outbox
from pipeline.trays import kinds, standing
from pipeline.trays.standing import Days
from pipeline.trays.tables import let_ahead
from pipeline.trays.tidy import tidy
from validators.calendar import Calendars

ROUTED = Result(stage="routed", queue="review", procedure="convenio_especial", report={"queue": "review"})


@pytest.fixture
def taken(office, pdf):
    """Return an office with one case waiting."""
    office.drop("a.pdf", pdf)
    office.take()
    return office


def later(office, seconds):
    return office.now() + dt.timedelta(seconds=seconds)


def test_a_case_is_lent_to_one_worker_only(taken):
    """A second worker finds nothing."""
    assert claim(taken.store, "a", 60, taken.now()).case.number == "CEU01-2026-000001"
    assert claim(taken.store, "b", 60, taken.now()) is None


@pytest.mark.parametrize(("seconds", "lent"), [(60, False), (61, True)])
def test_a_dead_workers_case_comes_back(taken, seconds, lent):
    """To the second when the loan runs out."""
    claim(taken.store, "a", 60, taken.now())

    assert (claim(taken.store, "b", 60, later(taken, seconds)) is not None) == lent


def test_a_renewed_loan_lasts(taken):
    """A long reading keeps its case."""
    claimed = claim(taken.store, "a", 60, taken.now())

    assert renew(taken.store, claimed, 60, later(taken, 50))
    assert claim(taken.store, "b", 60, later(taken, 100)) is None


def test_who_lost_the_case_writes_nothing(taken):
    """The result of a worker given up for dead comes too late."""
    first = claim(taken.store, "a", 60, taken.now())
    claim(taken.store, "b", 60, later(taken, 100))

    assert not finish(taken.store, first, ROUTED, later(taken, 101))
    assert not renew(taken.store, first, 60, later(taken, 101))


@pytest.fixture
def waiting(taken, pdf):
    """Return an office with two cases that wait to be judged anew, the second of them near silence."""
    taken.drop("b.pdf", pdf + b"%")
    taken.take()
    for number, resolve_by in (("000001", dt.date(2026, 6, 30)), ("000002", dt.date(2026, 3, 20))):
        claimed = claim(taken.store, "a", 60, taken.now())
        assert claimed.case.number.endswith(number)
        judged = Result(stage="routed", queue="cure", resolve_by=resolve_by)
        finish(taken.store, claimed, judged, taken.now())
        release(taken.store, claimed, taken.now())
    for number in ("000001", "000002"):
        assert requeue(taken.store, f"CEU01-2026-{number}", taken.now())
    return taken


@pytest.mark.parametrize(("until", "first"), [("2026-03-19", "000001"), ("2026-03-20", "000002")])
def test_a_case_near_silence_is_lent_before_older_ones(waiting, until, first):
    """From the day on that is asked for; the others go on in the order in which they came."""
    until = dt.date.fromisoformat(until)
    order = [claim(waiting.store, "a", 60, waiting.now(), urgent_until=until).case.number for _ in range(2)]

    assert order[0] == f"CEU01-2026-{first}"
    assert len(set(order)) == 2


@pytest.mark.parametrize(("days", "urgent"), [(41, False), (42, True)])
def test_a_case_that_was_never_read_is_urgent_when_its_shortest_time_may_be_over(taken, days, urgent):
    """No clock was ever set for it: thirty working days are never fewer than forty-two days."""
    until = taken.now().date() + dt.timedelta(days=days)

    lent = claim(taken.store, "a", 60, taken.now(), only_urgent=True, urgent_until=until)

    assert (lent is not None) == urgent


def test_who_asks_for_the_urgent_gets_no_other(waiting):
    """A worker kept for them takes the one near silence, and then has nothing to do."""
    ask = partial(claim, waiting.store, "a", 60, waiting.now(), only_urgent=True)

    assert ask().case.number == "CEU01-2026-000002"
    assert ask() is None


def test_a_case_that_was_let_ahead_is_urgent(taken, pdf):
    """Whoever ordered it did so because it cannot wait its turn."""
    taken.drop("b.pdf", pdf + b"%")
    taken.take()
    days = Days(taken.now().date(), taken.settings.policy, Calendars.shipped())
    case = lines(taken.store)[1].id
    with taken.store.write() as connection:
        told = {"id": "x", "case_id": case, "why": "", "by": "ana", "at": taken.now()}
        connection.execute(sa.insert(let_ahead).values(**told))
    tidy(taken.store, days)

    assert claim(taken.store, "a", 60, taken.now(), only_urgent=True).case.id == case
    assert claim(taken.store, "a", 60, taken.now()).case.number == "CEU01-2026-000001"


def test_the_urgent_are_told_by_the_words_of_the_trays():
    """Claims name them without loading the law."""
    assert (kinds.READING, kinds.WAITING) == turn.UNREAD_TRAYS
    assert standing.AHEAD == turn.LET_AHEAD


def test_an_observer_takes_nothing_by_its_own_clock(taken):
    """Its clock may be minutes ahead: whoever began since its last look is no dead worker."""
    claim(taken.store, "a", 60, taken.now())
    hasty = later(taken, 600)

    assert claim(taken.store, "b", 60, hasty, living=()) is None
    assert give_back(taken.store, hasty, losses=3, owners=NOBODY) == ()


def test_a_finished_case_is_not_lent_again(taken):
    """Its row says where it stands."""
    claimed = claim(taken.store, "a", 60, taken.now())
    assert finish(taken.store, claimed, ROUTED, taken.now())
    release(taken.store, claimed, taken.now())

    assert claim(taken.store, "a", 60, taken.now()) is None
    assert [(line.stage, line.queue) for line in lines(taken.store)] == [("routed", "review")]


def test_a_case_with_effects_owed_is_lent_until_they_are_done(taken):
    """A worker that died between result and publication leaves no case without its receipt."""
    claimed = claim(taken.store, "a", 60, taken.now())
    effect = Effect(claimed.case.id, "publish", "told", claimed.came[0])
    finish(taken.store, claimed, Result(stage="routed", queue="review", effects=(effect,)), taken.now())

    again = claim(taken.store, "b", 60, later(taken, 61))
    assert again.case.id == claimed.case.id
    assert once(taken.store, effect, lambda: None, taken.now())
    release(taken.store, again, taken.now())
    assert claim(taken.store, "c", 60, later(taken, 200)) is None


def test_an_effect_is_done_once(taken):
    """However often it is asked for, and never unless it is owed; a failure leaves it owed."""
    case = lines(taken.store)[0].id
    effect, done = Effect(case, "publish", "told", "x"), []

    assert not once(taken.store, effect, lambda: done.append(0), taken.now())
    with taken.store.write() as connection:
        owe(connection, (effect,), taken.now())
    with pytest.raises(ZeroDivisionError):
        once(taken.store, effect, lambda: 1 / 0, taken.now())
    assert once(taken.store, effect, lambda: done.append(1), taken.now())
    assert not once(taken.store, effect, lambda: done.append(2), taken.now())
    assert done == [1]


def test_effects_of_an_older_result_are_no_longer_owed(taken):
    """A case judged anew owes what the new judgement asks for."""
    claimed = claim(taken.store, "a", 60, taken.now())
    for rules in ("2025", "2026"):
        effect = Effect(claimed.case.id, "publish", "told", claimed.came[0], rules)
        finish(taken.store, claimed, Result(stage="routed", queue="cure", effects=(effect,)), taken.now())

    with taken.store.read() as connection:
        assert connection.execute(sa.select(outbox.c.rules)).scalars().all() == ["2026"]


def test_an_answer_that_comes_during_the_work_is_not_lost(taken, pdf):
    """The result without it is not written, and the case waits again."""
    claimed = claim(taken.store, "a", 60, taken.now())
    taken.drop("b.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")
    taken.take()

    assert not finish(taken.store, claimed, ROUTED, taken.now())
    release(taken.store, claimed, taken.now())
    assert len(claim(taken.store, "a", 60, taken.now()).case.originals) == 2


def test_a_case_that_fails_waits_longer_each_time_and_then_for_a_person(taken):
    """It is never tried for ever, and never dropped."""
    for seconds in (0, 10, 30):
        claimed = claim(taken.store, "a", 60, later(taken, seconds))
        fail(taken.store, claimed, "MemoryError", later(taken, seconds), attempts=3, wait=10)

    assert [line.stage for line in lines(taken.store)] == ["hold"]
    assert claim(taken.store, "a", 60, later(taken, 9999)) is None
    assert [e.kind for e in history(taken.store, claimed.case.id)][-3:] == ["failed", "failed", "held"]

    assert requeue(taken.store, "CEU01-2026-000001", taken.now())
    assert claim(taken.store, "a", 60, later(taken, 9999)) is not None


def test_a_lost_share_holds_no_case(taken):
    """It is not the case's fault, however long it takes."""
    for seconds in range(0, 1000, 100):
        claimed = claim(taken.store, "a", 60, later(taken, seconds))
        fail(taken.store, claimed, "EnvironmentFault", later(taken, seconds), attempts=3, wait=10)

    assert [line.stage for line in lines(taken.store)] == ["accepted"]


def test_the_sweeper_gives_back_what_the_dead_held(taken):
    """And says so in the case's history."""
    claimed = claim(taken.store, "a", 60, taken.now())

    assert give_back(taken.store, later(taken, 61), losses=3) == (claimed.case.id,)
    assert history(taken.store, claimed.case.id)[-1].kind == "given-back"


def test_a_received_case_is_told_with_the_office_s_hour(taken):
    """The moment is kept in UTC and told with the offset of the wall clock."""
    at = claim(taken.store, "a", 60, taken.now()).case.received_at

    assert (at.hour, at.utcoffset()) == (9, dt.timedelta(hours=1))


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_events_are_only_added_to(taken, change):
    """The database itself refuses the rest."""
    with pytest.raises(DBAPIError, match="only added to"), taken.store.write() as connection:
        connection.exec_driver_sql(change)


def test_the_migrations_make_the_tables_that_the_program_knows(taken):
    """Every table and column of the schema, and the version it asks for."""
    with taken.store.read() as connection:
        found = sa.inspect(connection)
        made = {t: {c["name"] for c in found.get_columns(t)} for t in metadata.tables}
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    assert made == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}
    assert version == HEAD


SAFE = {
    "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1},
    "postgresql": {"SHOW synchronous_commit": "on", "SHOW fsync": "on"},
}


def test_what_is_committed_is_on_the_disk(taken):
    """The settings of each database under which a power cut takes back nothing that was promised."""
    wanted = SAFE[taken.store.engine.dialect.name]
    with taken.store.write() as connection:
        assert {ask: connection.exec_driver_sql(ask).scalar() for ask in wanted} == wanted


def test_a_database_of_a_later_program_is_refused(taken):
    """It is not touched by a program that does not know it."""
    with taken.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    storage = taken.settings.storage

    with pytest.raises(EnvironmentFault):
        open_store(storage.database, storage.blobs)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Plainly, and with what to do."""
    (tmp_path / "v.db").write_text("no soy una base de datos" * 100)

    with pytest.raises(EnvironmentFault, match="db check"):
        open_store(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")


@pytest.mark.parametrize("url", ["no es una dirección", "oracle://host/db"])
def test_an_address_that_cannot_serve_is_told_plainly(tmp_path, url):
    """Wrong, or its driver is not installed."""
    with pytest.raises(EnvironmentFault, match="controlador"):
        open_store(url, tmp_path)


def test_papers_are_found_from_any_folder(tmp_path, monkeypatch):
    """Readers run elsewhere: a relative setting must not follow them."""
    monkeypatch.chdir(tmp_path)

    with open_store("sqlite:///v.db", Path("blobs")) as store:
        assert store.blobs.path("ab" + "c" * 62).is_absolute()
