"""Whatever changes a case, it lies where it belongs at the next look; none is left out."""

import datetime as dt

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from pipeline.acts import Act, acting
from pipeline.errors import UsageError
from pipeline.life.alarms import end_alarm, raise_alarm
from pipeline.life.record import add
from pipeline.store import open_store
from pipeline.store.database import MIGRATIONS
from pipeline.store.schema import cases, handling
from pipeline.trays.standing import Days
from pipeline.trays.tables import standings, words
from pipeline.trays.tidy import pending, tidy
from pipeline.trays.turns import let_go_ahead, orders, take_back
from tests.pipeline.trays.conftest import BOTH
from validators.life import event

pytestmark = BOTH
EARLIER = """INSERT INTO cases (id, number, office, source_name, source_sha256, received_at, offset_minutes,
 stage, attempts, updated_at) VALUES (:id, :id, 'CEU01', 'a', '', :at, 60, :stage, 0, :at)"""
TODAY = dt.date(2026, 3, 23)


@pytest.fixture
def tidied(office, policy, calendars):
    """Return a function that tidies and gives the rows of the trays by number."""

    def look(today=TODAY):
        while tidy(office.store, Days(today, policy, calendars)):
            pass
        assert pending(office.store) == 0
        with office.store.read() as connection:
            return {row.number: row for row in connection.execute(sa.select(standings))}

    return look


def changed(at, number, **values):
    """Change columns of a case, as any part of the program may."""
    with at.store.write() as connection:
        connection.execute(sa.update(cases).where(cases.c.number == number).values(**values))


def case_id(office, number):
    """Return the id of a case."""
    with office.store.read() as connection:
        return connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()


def test_a_case_lies_in_a_tray_from_its_reception(office, pdf, tidied):
    """Before anybody has read it."""
    office.drop("solicitud.pdf", pdf)
    office.take()

    (row,) = tidied().values()
    assert (row.tray, row.received_on, row.order_on) == (
        "reading",
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 16),
    )


def test_a_judged_case_lies_by_its_proposal_with_the_days_and_calendars_of_its_place(judged, tidied):
    """Ceuta, and with it Madrid, the seat of whoever resolves."""
    number = judged()

    row = tidied()[number]
    assert (row.tray, row.resolve_by, row.order_on) == ("approve", dt.date(2026, 4, 30), dt.date(2026, 4, 30))
    assert row.calendars == "ceuta|ceuta+madrid"


def test_a_judged_case_is_found_by_its_applicant_alone(office, judged, tidied):
    """The words of names and numbers, folded; no other word of the papers."""
    number = judged()
    tidied()

    with office.store.read() as connection:
        found = set(connection.execute(sa.select(words.c.word)).scalars())
    assert case_id(office, number)
    assert any(word.isdigit() for word in found)
    assert 3 <= len(found) <= 8
    assert all(word == word.casefold() for word in found)


def test_a_report_that_does_not_read_hides_no_case(office, judged, tidied, caplog):
    """It stands by its columns, and the log names nobody."""
    number = judged(change=lambda report: report.update(documents="broken"))

    row = tidied()[number]
    assert (row.tray, row.calendars, row.order_on) == ("approve", "", dt.date(2026, 4, 30))
    assert number not in caplog.text


def test_a_case_whose_last_day_cannot_be_counted_stands_by_its_entry(office, judged, tidied):
    """Ahead of those with a day to come, not behind all of them."""
    number = judged(resolve_by=None)

    assert tidied()[number].order_on == dt.date(2026, 3, 16)


def test_whatever_changes_a_case_leaves_a_mark(office, judged, tidied):
    """By whoever: the database sees to it."""
    number = judged()
    tidied()

    changed(office, number, queue="review")
    assert tidied()[number].tray == "review-other"
    changed(office, number, office="MEL01")
    assert tidied()[number].office == "MEL01"
    changed(office, number, stage="hold")
    assert tidied()[number].tray == "held"


def test_a_loan_to_a_worker_leaves_none(office, judged, tidied):
    """Signs of life every few seconds move no case."""
    number = judged()
    tidied()
    changed(office, number, lease_owner="w", attempts=1)

    assert pending(office.store) == 0


def test_what_the_desk_does_with_a_case_moves_it(office, judged, tidied):
    """And in whose hand it is does not."""
    number = judged()
    tidied()
    row = {"case_id": case_id(office, number), "held_by": "ana", "awaits": "answer", "awaits_until": TODAY}
    with office.store.write() as connection:
        connection.execute(sa.insert(handling).values(**row))

    asked = tidied()[number]
    lapsed = tidied(TODAY + dt.timedelta(days=1))[number]
    with office.store.write() as connection:
        connection.execute(sa.update(handling).values(held_by="luis"))

    assert (asked.tray, asked.order_on) == ("answer", TODAY)
    assert lapsed.tray == "lapsed"
    assert pending(office.store) == 0


def test_what_is_told_by_command_moves_it_too(office, judged, tidied):
    """A requirement that was notified, and the day after the last to answer it."""
    number = judged()
    on = dt.date(2026, 3, 20)
    with office.store.writing() as transaction:
        happened = event("requirement_notified", on, {"suspends": "yes"})
        add(transaction, case_id(office, number), happened, "ana", office.now())

    asked = tidied()[number]
    assert (asked.tray, asked.look_on) == ("answer", asked.cure_by + dt.timedelta(days=1))
    assert tidied(asked.cure_by)[number].tray == "answer"
    assert tidied(asked.look_on)[number].tray == "lapsed"


def test_an_alarm_of_silence_is_seen_in_every_tray_until_it_is_over(office, judged, tidied):
    """It is a mark of the case where it lies."""
    number = judged()
    case = case_id(office, number)
    with office.store.writing() as transaction:
        raise_alarm(transaction, case, TODAY, office.now())
    assert tidied()[number].alarm
    with office.store.writing() as transaction:
        end_alarm(transaction, case, office.now())
    assert not tidied()[number].alarm


def test_what_silence_granted_lies_apart(office, judged, tidied):
    """It can only be confirmed (Ley 39/2015, art. 24.3.a)."""
    number = judged()
    with office.store.writing() as transaction:
        happened = event("granted_by_silence", dt.date(2026, 5, 1), {})
        add(transaction, case_id(office, number), happened, "ventanilla", office.now())

    row = tidied(dt.date(2026, 5, 2))[number]
    assert (row.tray, row.silence) == ("silence", "granted_by_silence")


def test_a_written_order_lets_a_case_go_ahead_until_it_is_taken_back(office, judged, tidied):
    """Both stay in the record."""
    number = judged()
    case = case_id(office, number)
    before = tidied()[number].turn
    with acting(
        office.store, case, Act(who="jefa", did="let-ahead", at=office.now(), revision=1)
    ) as connection:
        let_go_ahead(connection, case, "Ingreso hospitalario", "jefa", office.now())
    ahead = tidied()[number].turn
    again = Act(who="jefa", did="let-ahead", at=office.now(), revision=2)
    with pytest.raises(UsageError, match="Ya hay"), acting(office.store, case, again) as connection:
        let_go_ahead(connection, case, "Otra vez", "jefa", office.now())
    back = Act(who="jefa", did="ahead-taken-back", at=office.now(), revision=2)
    with acting(office.store, case, back) as connection:
        assert take_back(connection, case, "jefa", office.now())

    assert (before, ahead, tidied()[number].turn) == (1, 0, 1)
    (kept,) = orders(office.store, case)
    assert (kept.why, kept.by, kept.ended_by) == ("Ingreso hospitalario", "jefa", "jefa")


def test_the_cases_of_an_earlier_program_are_placed_bit_by_bit(
    request, database, tmp_path, policy, calendars
):
    """The migration marks them, those to be decided first, and reads no report."""
    is_file = database.startswith("sqlite")
    address = f"sqlite:///{tmp_path}/earlier.db" if is_file else request.getfixturevalue("postgres_url")
    insert = sa.text(EARLIER)
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for n, stage in enumerate(["returned", "routed", "hold"]):
            at = f"2026-03-0{n + 1}T08:00:00.000000+00:00"
            connection.execute(insert, {"id": f"CEU01-2026-{n}", "stage": stage, "at": at})
    engine.dispose()

    days = Days(TODAY, policy, calendars)
    with open_store(address, tmp_path / "papers") as store:
        assert (pending(store), tidy(store, days, most=1)) == (3, 1)
        with store.read() as connection:
            assert connection.execute(sa.select(standings.c.number)).scalars().all() == ["CEU01-2026-1"]
        assert tidy(store, days) == 2
        with store.read() as connection:
            rows = connection.execute(sa.select(standings.c.stage, standings.c.tray))
            found = {row.stage: row.tray for row in rows}
    assert found == {"returned": "returned", "routed": "review-other", "hold": "held"}
