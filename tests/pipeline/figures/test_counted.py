"""Figures that a person can recount: each case of a small record is told in the test."""

import datetime as dt

import sqlalchemy as sa

from pipeline.figures import told
from pipeline.figures.asked import Asked, sums
from pipeline.figures.compare import Pair
from pipeline.figures.reading import reading
from pipeline.figures.tables import case_counts, day_counts
from pipeline.store.schema import cases, handling
from pipeline.trays.tables import moves
from tests.pipeline.figures.conftest import TODAY, paper, spoke
from tests.pipeline.figures.telling import BOTH, WEEK_AGO


def counted(record):
    """Return every sum there is, by what and name."""
    record.tidy()
    with record.store.read() as connection:
        found = sums(connection, Asked.lately(TODAY), (told.RECEIVED, told.RESOLVED, told.LIES, told.DUE))
    return {(one.what, one.name): one.number for one in found}


@BOTH
def test_what_came_is_counted_on_its_day_beside_the_week_before(record):
    """Three this week, one the week before, one of another office."""
    for on in ("2026-03-17", "2026-03-23", "2026-03-23", "2026-03-16"):
        record.came(on)
    record.came(office="MEL01")

    found = record.board(offices=frozenset({"CEU01"}))

    assert found.received == Pair(now=3, before=1)
    assert found.received.change == 2
    assert [(one.day.day, one.received) for one in found.days if one.received] == [(16, 1), (17, 1), (23, 2)]
    assert (found.open, found.oldest) == (4, dt.date(2026, 3, 16))
    assert [one.code for one in found.offices] == ["CEU01"]


@BOTH
def test_a_case_that_moves_is_counted_where_it_lies_now(record):
    """Open first, then decided but not told, then done; taken back it is open again."""
    case = record.came(WEEK_AGO, resolve_by="2026-04-30")
    seen = [counted(record)]
    decision = record.decided(case, awaits="notice")
    seen.append(counted(record))
    record.undone(decision)
    with record.store.write() as connection:
        connection.execute(sa.update(handling).values(awaits=None))
    seen.append(counted(record))

    due = (told.DUE, "desk|approve||0")
    assert seen[0] == {(told.RECEIVED, ""): 1, (told.LIES, "approve"): 1, due: 1}
    assert seen[1] == {
        (told.RECEIVED, ""): 1,
        (told.LIES, "notice"): 1,
        (told.DUE, "notice|approve||0"): 1,
        (told.RESOLVED, "approve|grant|proposed"): 1,
    }
    assert seen[2] == seen[0]


@BOTH
def test_counting_a_case_twice_changes_nothing(record):
    """However often it is marked."""
    case = record.came(papers=[paper(municipality=0.99)])
    before = counted(record)
    with record.store.write() as connection:
        connection.execute(sa.insert(moves), [{"case_id": case}, {"case_id": case}])

    assert counted(record) == before


@BOTH
def test_no_sum_of_nothing_stays(record):
    """Days that came to nothing go, so that what lies open is not looked for in all that ever lay open."""
    case = record.came(resolve_by="2026-04-30")
    record.tidy()
    record.decided(case)
    record.tidy()

    with record.store.read() as connection:
        query = sa.select(day_counts.c.what).where(
            sa.or_(day_counts.c.number <= 0, day_counts.c.what.in_((told.LIES, told.DUE)))
        )
        assert connection.execute(query).all() == []


def test_a_case_that_is_erased_keeps_what_it_added(record):
    """The figures of a year outlive its papers."""
    case = record.came(papers=[paper(reader="ocr", pages=(1, 2), municipality=0.5)])
    record.decided(case)
    before = record.board().quality
    with record.store.write() as connection:
        connection.execute(sa.update(cases).where(cases.c.id == case).values(report=sa.null()))

    assert record.board().quality == before
    assert before.pages == {"ocr": Pair(2, 0)}


def test_a_report_that_does_not_read_is_counted_by_its_columns(record):
    """And keeps no other from being counted."""
    record.came(papers="none of these")
    record.came()

    assert record.board().received.now == 2


def test_nothing_of_a_person_is_kept_in_figures(record):
    """Names are queues, kinds, fields and rules; no value of a paper, no account, no number of a case."""
    case = record.came(papers=[paper(municipality=0.5)], findings=[spoke("CE-PAD-01", "cure")])
    record.mended(case, "municipality", 0.5)
    record.decided(case)
    record.tidy()

    with record.store.read() as connection:
        kept = connection.execute(sa.select(day_counts)).all()
        each = connection.execute(sa.select(case_counts.c.counts)).scalars().all()

    assert {row.name for row in kept} == {
        "",
        "approve|grant",
        "approve|grant|mended",
        "CE-PAD-01",
        "text",
        "text|doubtful",
        "padron_certificate|doubtful",
        "padron_certificate|municipality",
        "padron_certificate|municipality|doubtful",
    }
    assert not [text for text in each if "ana" in text or "CEU01-2026" in text]


@BOTH
def test_the_share_without_intervention_is_of_what_people_resolved(record):
    """As proposed; after a correction; after asking; refused instead; reviewed; a value only confirmed."""
    one = record.came(WEEK_AGO)
    record.decided(one)
    mended = record.came(WEEK_AGO, papers=[paper(municipality=0.5)])
    record.mended(mended, "municipality", 0.5)
    record.decided(mended)
    asked = record.came(WEEK_AGO, queue="cure")
    record.decided(asked, "require", turn=1)
    record.decided(asked, "grant", queue="approve", turn=2)
    instead = record.came(WEEK_AGO)
    record.decided(instead, "refuse")
    reviewed = record.came(WEEK_AGO, queue="review")
    record.decided(reviewed)
    confirmed = record.came(WEEK_AGO, papers=[paper(municipality=0.5)])
    record.mended(confirmed, "municipality", 0.5, what="confirmed")
    record.decided(confirmed)

    found = record.board().quality

    assert {name: pair.now for name, pair in found.how.items()} == {
        "proposed": 2,
        "asked": 1,
        "mended": 1,
        "otherwise": 1,
        "unproposed": 1,
    }
    assert (found.unaided.part.now, found.unaided.whole.now) == (2, 6)
    assert {name: pair.now for name, pair in found.overridden.items()} == {"approve|refuse": 1}
    assert (found.otherwise.part.now, found.otherwise.whole.now) == (1, 6)


def test_a_requirement_is_as_proposed_and_resolves_nothing(record):
    """The case waits for the person: it is no longer the desk's."""
    case = record.came(queue="cure")
    record.decided(case, "require", awaits="answer")

    found = record.board()

    assert found.resolved == Pair(0, 0)
    assert [(one.name, one.cases) for one in found.sides] == [("person", 1)]
    assert found.quality.overridden == {}


@BOTH
def test_what_is_read_badly_is_told_by_kind_and_field(record):
    """Two doubtful values, one set right; three sure ones, one set right; of cases that were resolved."""
    papers = [
        paper(municipality=0.5, periods=0.6, csv=0.95),
        paper("d2", "identity_document", number=0.99, surnames=0.99),
    ]
    rules = [spoke("CE-PAD-01", "met"), spoke("CE-ID-12", "met", "d2", "number")]
    case = record.came(papers=papers, findings=rules)
    record.mended(case, "municipality", 0.5)
    record.mended(case, "number", 0.99, document="d2", kind="identity_document")
    record.decided(case)
    record.came(papers=[paper(municipality=0.1)])
    board = record.board()

    with record.store.read() as connection:
        found = reading(connection, Asked.lately(TODAY))

    quality = board.quality
    assert (quality.mended_doubtful.part.now, quality.mended_doubtful.whole.now) == (1, 2)
    assert (quality.mended_sure.part.now, quality.mended_sure.whole.now) == (1, 3)
    assert set(quality.mended_rules) == {"CE-PAD-01", "CE-ID-12"}
    assert [(one.kind, one.doubtful.now, one.mended_doubtful.now) for one in found.kinds] == [
        ("identity_document", 0, 0),
        ("padron_certificate", 2, 1),
    ]
    assert [(one.field, one.mended, one.doubtful.now) for one in found.fields] == [
        ("municipality", 1, 1),
        ("number", 1, 0),
        ("periods", 0, 1),
    ]


@BOTH
def test_the_office_that_scans_badly_stands_out(record):
    """Of what OCR read in Melilla half is doubtful, and a paper is blurred; in Ceuta nothing is."""
    bad = paper(reader="ocr", flags=("blurred", "repaired"), municipality=0.5, periods=0.99)
    record.came(office="MEL01", papers=[bad])
    record.came(office="CEU01", papers=[paper(reader="ocr", municipality=0.99), paper("d2", pages=(1, 2, 3))])

    ceuta, melilla = record.board().offices

    assert (ceuta.code, ceuta.quality.doubtful_scans.now, ceuta.bad_papers.now) == ("CEU01", 0, 0)
    assert (float(melilla.quality.doubtful_scans.now), melilla.bad_papers.now) == (0.5, 1)
    assert (ceuta.quality.scanned.part.now, ceuta.quality.scanned.whole.now) == (1, 4)


@BOTH
def test_returned_files_and_asked_cures_are_counted_by_code_and_rule(record):
    """Once a case, however often a rule speaks."""
    record.came(returned="encrypted")
    record.came(WEEK_AGO, returned="encrypted")
    twice = [spoke("CE-DOC-03", "cure"), spoke("CE-DOC-03", "cure"), spoke("CE-ID-12", "met")]
    record.came(queue="cure", findings=twice)

    found = record.board()

    assert found.quality.returned == {"encrypted": Pair(1, 1)}
    assert found.quality.cures == {"CE-DOC-03": Pair(1, 0)}
    assert found.open == 1
