"""Which cases are due: ended, on no hold, for as many years as the body decided."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from desk.cli.retention import _WHYS
from pipeline.after_filing.record import After, Kind, add
from pipeline.errors import UsageError
from pipeline.life.alarms import raise_alarm, standing
from pipeline.life.record import add as happened
from pipeline.retention.belongings import LEAVE
from pipeline.retention.chosen import Retention, Term
from pipeline.retention.holds import WHYS, place, release
from pipeline.retention.years import years_after
from pipeline.settings import load
from pipeline.store.schema import metadata
from validators.life import Event
from validators.life import Kind as LifeKind

ALL = 'procedure = "*"\nblock_years = 5'
STAY = {"cases", "events", "audit", "calls", "case_counts", "retained", "retiring", "legal_holds"}
"""What stays of a blocked case: codes, counts, days and digests alone."""
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def ended(kept):
    """Return the number of a convenio that was granted, signed, and ended in January 2027."""
    number = kept.judged(kept.pdf)
    kept.granted(number)
    kept.ends(number)
    return number


def test_a_case_is_due_to_the_day(kept, ended):
    """Five years after the last thing that happened to it; on the day before it is not."""
    assert [one.number for one in kept.plan("2032-01-09").block] == []
    assert [(one.number, one.outcome) for one in kept.plan("2032-01-10").block] == [(ended, "ended")]


def test_a_convenio_in_force_is_never_due(kept):
    """However old: it has not ended."""
    number = kept.judged(kept.pdf)
    kept.granted(number)

    assert kept.plan("2090-01-01").block == ()


def test_an_alarm_that_silence_answered_does_not_come_back_with_blocking(kept, ended):
    """What answered it leaves with the case; nobody is called to a case that nobody may see."""
    case, at = kept.desk.id(ended), kept.at("2026-05-02")
    silence = Event(kind=LifeKind.GRANTED_BY_SILENCE, on=dt.date(2026, 5, 1))
    with kept.store.writing() as transaction:
        assert raise_alarm(transaction, case, dt.date(2026, 4, 30), at)
        happened(transaction, case, silence, "ana", at)
    before = standing(kept.store)
    done = kept.run("2032-01-10")

    assert [number for _, number in done.blocked] == [ended]
    assert (before, standing(kept.store)) == ((), ())


def test_without_a_period_nothing_is_ever_done(kept, ended):
    """Nor for a procedure or an end that the body said nothing of."""
    other = (
        Term(procedure="asistencia_sanitaria", block_years=1),
        Term(procedure="*", outcome="returned", block_years=1),
    )
    done = [kept.run("2090-01-01", terms=terms) for terms in ((), other)]

    assert [(one.blocked, one.erased) for one in done] == [((), 0), ((), 0)]
    assert kept.row(ended)["stage"] == "resolved"


def test_without_a_period_to_erase_a_blocked_case_stays_blocked(kept, ended):
    """For ever."""
    terms = (Term(procedure="*", block_years=5),)
    kept.run("2032-01-10", terms=terms)

    assert kept.run("2190-01-01", terms=terms).erased == 0


@BOTH
def test_a_hold_stops_both_and_its_end_begins_the_years_anew(kept, ended):
    """A case under appeal is neither blocked nor erased; whoever places and ends it is in the audit."""
    place(kept.store, ended, "court", "PO 1/2031", by="ana", at=kept.at("2031-05-01"))
    held = kept.run("2033-01-01").blocked
    release(kept.store, ended, "sentencia firme", by="eva", at=kept.at("2033-02-01"))
    plans = [bool(kept.plan(day).block) for day in ("2038-01-31", "2038-02-01")]
    kept.run("2038-02-01")
    place(kept.store, ended, "audit", "TCu 7", by="ana", at=kept.at("2042-01-01"))
    erased = kept.run("2043-02-01").erased
    release(kept.store, ended, "acabado", by="ana", at=kept.at("2043-03-01"))

    assert (held, plans, erased) == ((), [False, True], 0)
    assert kept.run("2043-03-01").erased == 1
    with kept.store.read() as connection:
        told = connection.execute(
            sa.text("SELECT who, did FROM audit WHERE did LIKE 'hold-%' ORDER BY seq")
        ).all()
    assert [tuple(one) for one in told] == [
        ("ana", "hold-placed"),
        ("eva", "hold-released"),
        ("ana", "hold-placed"),
        ("ana", "hold-released"),
    ]


def test_a_hold_says_why_and_who(kept, ended):
    """The same one twice, an unknown case, no reference, no hold to end: each is refused."""
    at = kept.at("2031-05-01")
    place(kept.store, ended, "court", "PO 1/2031", by="ana", at=at)
    for number, why, reference, by in (
        (ended, "court", "PO 1/2031", "ana"),
        ("CEU01-2026-000099", "court", "PO 1/2031", "ana"),
        (ended, "porque sí", "PO 2/2031", "ana"),
        (ended, "court", " ", "ana"),
        (ended, "court", "PO 2/2031", ""),
    ):
        with pytest.raises(UsageError):
            place(kept.store, number, why, reference, by=by, at=at)
    assert release(kept.store, ended, "sentencia", by="ana", at=at) == 1
    with pytest.raises(UsageError, match="no está retenido"):
        release(kept.store, ended, "sentencia", by="ana", at=at)


def test_a_case_that_changed_while_it_was_packed_stays_live(kept, ended, monkeypatch):
    """Somebody's word came between: it is packed anew at the next run, with that word."""
    from pipeline.retention import block

    read_back = block._read_back

    def meanwhile(store, key, case, packed):
        with store.write() as connection:
            connection.execute(sa.text("UPDATE cases SET revision = revision + 1"))
        read_back(store, key, case, packed)

    monkeypatch.setattr(block, "_read_back", meanwhile)
    first = kept.run("2032-01-10")
    monkeypatch.undo()

    assert (first.blocked, dict(first.stayed), first.more) == ((), {"changed": 1}, False)
    assert kept.row(ended)["report"] is not None
    assert len(kept.run("2032-01-10").blocked) == 1


def test_a_damaged_paper_keeps_its_case_live(kept, ended):
    """What cannot be kept whole is not taken out of the record; `db check` tells which paper."""
    path = kept.store.blobs.path(next(kept.store.blobs.all()))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    first = kept.run("2032-01-10")
    path.write_bytes(whole)

    assert (first.blocked, dict(first.stayed)) == ((), {"papers": 1})
    assert len(kept.run("2032-01-10").blocked) == 1


@BOTH
def test_rows_go_only_with_their_case_and_its_name_only_with_what_is_left_of_it(kept, ended):
    """Triggers on both databases: no row by itself, no mark taken back, nothing left removed."""
    mark = f"INSERT INTO retiring VALUES ('{kept.desk.id(ended)}')"

    def written(*statements):
        with kept.store.write() as connection:
            for one in statements:
                connection.exec_driver_sql(one)

    for statements in (
        ["DELETE FROM life"],
        ["DELETE FROM decision_ends"],
        ["INSERT INTO retiring VALUES ('x')", "DELETE FROM life"],
        [mark, "DELETE FROM retiring"],
        [mark, "UPDATE life SET told_by = 'x'"],
    ):
        with pytest.raises(sa.exc.DBAPIError):
            written(*statements)
    kept.run("2032-01-10")
    with pytest.raises(sa.exc.DBAPIError, match="stays"), kept.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM retained")


def test_every_table_that_names_a_case_is_decided():
    """A new one fails here until somebody says whether its rows leave with the case, or stay and why."""
    import pipeline.store.check  # noqa: F401 - with these all tables are known

    about = {"cases", "submissions", "decisions"}
    named = {
        table.name
        for table in metadata.tables.values()
        if table.name in about
        or "case_id" in table.c
        or any(key.column.table.name in about for key in table.foreign_keys)
    }

    assert named <= LEAVE | STAY
    assert set() == LEAVE & STAY


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [("2027-01-10", 5, "2032-01-10"), ("2028-02-29", 1, "2029-03-01"), ("2028-02-29", 4, "2032-02-29")],
)
def test_years_are_never_a_day_short(day, years, later):
    """29 February ends on 1 March."""
    assert years_after(dt.date.fromisoformat(day), years) == dt.date.fromisoformat(later)


def test_the_most_particular_period_counts(tmp_path):
    """Procedure and end, then the procedure, then the end, then all."""
    terms = tuple(
        Term(procedure=procedure, outcome=outcome, block_years=years)
        for procedure, outcome, years in (
            ("*", "*", 1),
            ("*", "refused", 2),
            ("convenio_especial", "*", 3),
            ("convenio_especial", "refused", 4),
        )
    )
    chosen = Retention(terms=terms, keys=tmp_path)
    asked = [
        ("asistencia_sanitaria", "granted"),
        ("asistencia_sanitaria", "refused"),
        ("convenio_especial", "granted"),
        ("convenio_especial", "refused"),
    ]

    assert [chosen.term(*one).block_years for one in asked] == [1, 2, 3, 4]
    assert Retention().term("convenio_especial", "refused") is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('procedure = "*"\nblock_years = 5', "retention.keys"),
        ('procedure = "*"\nblock_years = 5\nerase_years = 5', "erase_years"),
        ('procedure = "*"\nblock_years = 0', "block_years"),
        ('procedure = "todo"\nblock_years = 5', "retention.terms"),
        ('procedure = "*"\nyears = 5', "Ajuste desconocido"),
        (f"{ALL}\n[[retention.terms]]\n{ALL}", "dos veces"),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_start(tmp_path, written, says):
    """With its name and what to do."""
    (tmp_path / "ventanilla.toml").write_text(f"[[retention.terms]]\n{written}\n")

    with pytest.raises(UsageError, match=says):
        load(environ={}, folder=tmp_path)


def test_periods_are_read_from_the_file(tmp_path):
    """As docs/retention.md writes them."""
    (tmp_path / "ventanilla.toml").write_text(
        '[retention]\nkeys = "/srv/claves"\ncopies_days = 90\n'
        f"[[retention.terms]]\n{ALL}\n"
        '[[retention.terms]]\nprocedure = "convenio_especial"\noutcome = "ended"\n'
        "block_years = 6\nerase_years = 15\n"
    )
    chosen = load(environ={}, folder=tmp_path).retention

    assert [(one.name, one.where) for one in chosen.terms] == [
        ("* *", "5/-"),
        ("convenio_especial ended", "6/15"),
    ]


def test_the_command_offers_every_reason_for_a_hold():
    """It loads nothing of the record for that."""
    assert set(_WHYS) == WHYS.keys()


def test_a_hold_reaches_the_case_with_which_papers_were_shared(kept, ended):
    """What was joined to a case before a court, or parted from it, is part of what the court may ask for."""
    other = kept.judged(kept.pdf + b"%otro", "otro.pdf")
    kept.granted(other)
    kept.ends(other)
    told = After(kind=Kind.PAPERS_OUT, entered_on=dt.date(2026, 3, 20), who="ana", at=kept.at("2026-03-20"))
    with kept.store.write() as connection:
        add(connection, kept.desk.id(other), replace(told, other_case=kept.desk.id(ended)))
    place(kept.store, ended, "court", "PO 1/2031", by="ana", at=kept.at("2031-05-01"))
    held = kept.plan("2033-01-01").block
    release(kept.store, ended, "sentencia firme", by="ana", at=kept.at("2033-02-01"))

    assert held == ()
    assert [one.number for one in kept.plan("2033-02-02").block] == [other]
