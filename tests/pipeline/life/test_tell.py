"""What a person tells of a case is checked before it stands for ever."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pipeline.errors import UsageError
from pipeline.life.lived import lived
from pipeline.life.record import history
from pipeline.life.sweep import Silences
from pipeline.life.tell import Told, tell
from pipeline.store.check import look_over
from pipeline.store.schema import cases
from validators.life import State

NOW = dt.datetime(2026, 6, 10, 9, 0, tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.fixture
def say(office, policy, calendars):
    """Return a function that tells of a case."""

    def told(number, kind, on="2026-04-20", by="ana", now=NOW, **said):
        return tell(
            office.store, number, Told(kind, dt.date.fromisoformat(on), said, by), now, policy, calendars
        )

    return told


def test_the_case_is_shown_as_it_stands_after_it(judged, say):
    """Granted, notified and signed: in force, and each step was new."""
    number = judged()
    steps = [
        say(number, "resolution_taken", outcome="grant"),
        say(number, "resolution_notified", "2026-04-22"),
        say(number, "signed", "2026-05-05"),
    ]

    assert [new for _, new in steps] == [True, True, True]
    assert [found.life.state for found, _ in steps][1:] == [State.AWAITING_SIGNATURE, State.IN_FORCE]


def test_what_stands_already_is_not_added(judged, say):
    """The answer says so."""
    number = judged()

    assert [say(number, "signed")[1], say(number, "signed")[1]] == [True, False]


@pytest.mark.parametrize(
    ("kind", "on", "said", "what"),
    [
        ("firmado", "2026-04-20", {}, "no hay un suceso"),
        ("signed", "2026-06-11", {}, "no ha llegado"),
        ("signed", "2026-03-15", {}, "anterior a la presentación"),
        ("resolution_taken", "2026-04-20", {}, "falta el detalle outcome"),
        ("resolution_taken", "2026-04-20", {"outcome": "quizá Ana"}, "outcome ha de ser"),
        ("signed", "2026-04-20", {"note": "la madre de Ana"}, "ninguno"),
        ("notice_attempted", "2026-04-20", {"hour": "25:00"}, "hour ha de ser una hora"),
        ("quota_paid", "2026-06-01", {"month": "2026-02", "amount": "60,00"}, "mes .* o futuro"),
        ("quota_unpaid", "2026-06-01", {"month": "2026-07"}, "mes .* o futuro"),
        ("granted_by_silence", "2026-04-30", {}, "no había vencido"),
        ("rejected_by_silence", "2026-05-20", {}, "otro sentido"),
        ("annulled", "2026-05-20", {"event": "e9"}, "No hay en ese expediente"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stands(office, judged, say, kind, on, said, what):
    """With what is wrong, and without a word of what was written."""
    number = judged()
    with pytest.raises(UsageError, match=what) as refused:
        say(number, kind, on, **said)

    assert "Ana" not in str(refused.value)
    with office.store.read() as connection:
        (case,) = connection.execute(sa.select(cases.c.id)).scalars()
    assert history(office.store, case) == ()


def test_a_case_that_is_not_there_or_not_judged_has_no_life(office, judged, say, pdf):
    """No number, no report."""
    judged()
    office.drop("otra.pdf", pdf + b"%otra")
    office.take()
    with pytest.raises(UsageError, match="No existe"):
        say("CEU01-2026-000077", "signed")
    with pytest.raises(UsageError, match="no está valorado"):
        say("CEU01-2026-000002", "signed")


def test_an_account_is_a_word(judged, say):
    """Nothing else is kept of who tells."""
    with pytest.raises(UsageError, match="cuenta"):
        say(judged(), "signed", by="Ana, la de la ventanilla")


def test_a_slip_of_the_pen_is_annulled_and_stays_in_sight(judged, say):
    """A signature told of the wrong case: it counts no more, and the record still has it."""
    number = judged()
    say(number, "resolution_taken", outcome="grant")
    say(number, "resolution_notified", "2026-04-22")
    say(number, "signed", "2026-05-05")
    found, _ = say(number, "annulled", "2026-06-10", event="e3")

    assert found.life.state is State.AWAITING_SIGNATURE
    assert [kept.event.kind.value for kept in found.record][2:] == ["signed", "annulled"]


def test_what_silence_answered_is_not_annulled(judged, say):
    """Granted by silence: the record refuses to take it back."""
    number = judged()
    say(number, "granted_by_silence", "2026-05-01")
    with pytest.raises(UsageError, match="no se anula"):
        say(number, "annulled", "2026-06-10", event="e1")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE life SET happened_on = '2026-05-06'",
        "UPDATE life SET detail = '{\"x\": 1}'",
        "UPDATE life SET kind = 'died'",
        "UPDATE life SET told_by = 'luis'",
        "DELETE FROM life",
    ],
)
def test_a_record_that_was_changed_behind_the_program_is_seen(office, judged, say, change):
    """`db check` compares each row with the seal in its event."""
    number = judged()
    say(number, "signed", "2026-05-05")
    now = dt.datetime.now(dt.UTC)
    about = [found.what for found in look_over(office.store, now) if "suceso" in found.what]
    with office.store.write() as connection:
        for what in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(f"DROP TRIGGER life_stay_{what}")
        connection.exec_driver_sql(change)

    assert about == []
    assert [found.what for found in look_over(office.store, now) if "suceso" in found.what] != []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_is_said_of_a_case_whose_record_is_damaged(office, judged, say, policy, calendars):
    """A word that is no event: the command names the check, the sweep goes on with the other cases."""
    number, other = judged(), judged()
    say(number, "signed", "2026-05-05")
    with office.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER life_stay_UPDATE")
        connection.exec_driver_sql("UPDATE life SET kind = 'sigmed'")
    with pytest.raises(UsageError, match="dañado"):
        lived(office.store, number, NOW.date(), policy, calendars)

    swept = Silences(office.store, office.settings, calendars)(NOW)
    assert len(swept.recorded) == 1
    assert lived(office.store, other, NOW.date(), policy, calendars).record != ()
