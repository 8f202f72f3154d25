"""What PostgreSQL does otherwise than SQLite, and must not: one writer at a time, commits that stay."""

import threading
from functools import partial

import pytest
import sqlalchemy as sa

from pipeline.errors import EnvironmentFault
from pipeline.store import engines, open_store
from pipeline.store.cases import lines
from pipeline.store.claims import claim, renew
from pipeline.store.head import HEAD
from pipeline.store.results import Result, finish, release
from pipeline.store.turn import next_case
from tests.beside import processes


def stands_at(url, blobs, done):
    """Open the record, in a process of its own, and tell at which version it stands."""
    with open_store(url, blobs) as store, store.read() as connection:
        done.put(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def test_two_programs_that_start_at_once_bring_a_new_database_up_to_date_once(postgres_url, tmp_path):
    """The second waits for the first and finds nothing left to do."""
    fresh = processes()
    done = fresh.Queue()
    both = [fresh.Process(target=stands_at, args=(postgres_url, tmp_path, done)) for _ in range(2)]
    for one in both:
        one.start()
    versions = [done.get(timeout=120) for _ in both]
    for one in both:
        one.join(60)

    assert versions == [HEAD, HEAD]
    assert [one.exitcode for one in both] == [0, 0]


@pytest.mark.parametrize(("asked", "kept"), [("off", "on"), ("remote_apply", "remote_apply")])
def test_a_server_that_commits_without_the_disk_is_told_otherwise(
    postgres, postgres_store_url, tmp_path, asked, kept
):
    """What was accepted must survive a power cut; a stronger promise than ours is left as it is."""
    with open_store(postgres_store_url, tmp_path) as store, store.write() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = {asked}")

    with open_store(postgres_store_url, tmp_path) as store, store.read() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == kept


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_events_are_not_emptied(office):
    """TRUNCATE is no DELETE for a trigger: it is refused by one of its own."""
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), office.store.write() as connection:
        connection.exec_driver_sql("TRUNCATE events")


EVENT = "INSERT INTO events (at, kind, detail) VALUES ('', '{}', '{{}}')"


def hang_before(store, act):
    """Begin to write, let *act* be done meanwhile, and go on."""
    with store.write() as connection:
        connection.exec_driver_sql(EVENT.format("hung"))
        act()
        connection.exec_driver_sql(EVENT.format("late"))


def write(store):
    """Write one event."""
    with store.write() as connection:
        connection.exec_driver_sql(EVENT.format("served"))


def kinds(store):
    """Return what was written."""
    with store.read() as connection:
        return connection.exec_driver_sql("SELECT kind FROM events").scalars().all()


def test_a_writer_that_hangs_loses_its_transaction_and_not_the_others_day(postgres_store_url, tmp_path):
    """A share that does not answer may hold it for ever; who waits behind it is served."""
    with (
        open_store(postgres_store_url, tmp_path, busy_seconds=0.5) as hangs,
        open_store(postgres_store_url, tmp_path) as waits,
    ):
        with pytest.raises(EnvironmentFault):
            hang_before(hangs, partial(write, waits))
        assert kinds(waits) == ["served"]


def test_who_waits_in_vain_is_told_that_another_writes(postgres_store_url, tmp_path):
    """And nothing of either is lost or done twice."""
    with (
        open_store(postgres_store_url, tmp_path) as first,
        open_store(postgres_store_url, tmp_path, busy_seconds=0.2) as second,
    ):
        with pytest.raises(EnvironmentFault, match="tiene ocupada"):
            hang_before(first, partial(write, second))
        assert kinds(first) == []


@pytest.fixture
def stage(office, pdf):
    """Return a function that hands in an answer while a result is written, and returns the case's stage.

    The result goes on once the answer is in, or after so many seconds: with the lock it waits for the result.
    """

    def raced(seconds):
        office.drop("a.pdf", pdf)
        office.take()
        claimed = claim(office.store, "w", 60, office.now())
        office.drop("b.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")
        office.look()
        answer = threading.Thread(target=office.look, args=(3,))

        @sa.event.listens_for(office.store.engine, "before_cursor_execute")
        def between(connection, cursor, statement, *rest):
            if statement.startswith("UPDATE cases") and threading.current_thread() is threading.main_thread():
                answer.start()
                answer.join(seconds)

        finish(office.store, claimed, Result(stage="routed", queue="review"), office.now())
        answer.join(60)
        sa.event.remove(office.store.engine, "before_cursor_execute", between)
        release(office.store, claimed, office.now())
        return lines(office.store)[0].stage

    return raced


def test_an_answer_that_comes_while_a_result_is_written_is_not_lost(office, stage):
    """It waits for the writer and then finds the case as the writer left it: the case is read again."""
    assert stage(0.5) == "accepted"
    assert len(claim(office.store, "w", 60, office.now()).case.originals) == 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_writers_lock_and_the_rows_that_answer_would_be_lost(office, stage):
    """So the test above can fail."""
    sa.event.remove(office.store.engine, "begin", engines._begin_postgresql)

    @sa.event.listens_for(office.store.engine, "before_cursor_execute", retval=True)
    def unlocked(connection, cursor, statement, parameters, *rest):
        return statement.removesuffix(" FOR UPDATE"), parameters

    assert stage(60) == "routed"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_case_is_lent_and_its_loan_renewed_while_another_writes(office, pdf):
    """Workers of many machines wait neither for each other nor for a writer that hangs."""
    office.drop("a.pdf", pdf)
    office.take()
    with office.store.write():
        claimed = claim(office.store, "w", 60, office.now())

        assert renew(office.store, claimed, 60, office.now())


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_case_that_another_is_about_to_lend_is_passed_over(office, pdf):
    """The second worker takes the second case at once."""
    for name in ("a.pdf", "b.pdf"):
        office.drop(name, pdf + name.encode())
        office.take()
    at, until = office.now(), office.now().date()
    with office.store.lend() as connection:
        first = next_case(connection, sa.true(), urgent_until=until)
        second = claim(office.store, "w", 60, at)

    assert (first.number[-6:], second.case.number[-6:]) == ("000001", "000002")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_workers_that_ask_at_once_are_lent_each_case_once(office, pdf):
    """Eight of them, over forty cases."""
    for n in range(40):
        office.drop(f"{n}.pdf", pdf + b"%d" % n)
    office.take()
    lent = []

    def ask(worker):
        while claimed := claim(office.store, worker, 60, office.now()):
            lent.append(claimed.case.id)

    workers = [threading.Thread(target=ask, args=(f"w{n}",)) for n in range(8)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)

    assert len(lent) == len(set(lent)) == 40


def test_a_server_that_is_away_is_not_called_a_disk(tmp_path):
    """Who reads it looks at the server, the account and the password first."""
    away = "postgresql+psycopg://ventanilla@127.0.0.1:9/ventanilla"

    with pytest.raises(EnvironmentFault) as told:
        open_store(away, tmp_path / "blobs")

    assert "storage.database" in told.value.remedy
    assert "disco" not in told.value.remedy
