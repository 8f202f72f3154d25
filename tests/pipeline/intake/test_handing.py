"""What is handed in without a folder: taken once, whole, or not at all."""

import contextlib
import datetime as dt
import io
from dataclasses import replace

import pytest

from pipeline.handed import Presentation
from pipeline.intake.handing import NotTaken, Parcel, Sent, hand_in
from pipeline.limits import Limits
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from tests.faults.states import standing


def parcel(*files, once="1", answers=None, said=None, office="CEU01"):
    """Return a parcel of files by name and bytes."""
    sent = [Sent(name, io.BytesIO(data)) for name, data in files]
    return Parcel(office=office, files=sent, once=once, answers=answers, said=said)


def handed(office, *files, **more):
    return hand_in(office.store, office.settings, parcel(*files, **more), office.now())


def asked(office, sql):
    with office.store.reading() as transaction:
        return transaction.all(sql)


def test_a_file_handed_in_has_its_number_at_once(office, pdf):
    """The row is the acceptance: number and hour are there before anybody has read a page."""
    entered = handed(office, ("solicitud.pdf", pdf))
    assert (entered.number, entered.kind, entered.received_at) == ("CEU01-2026-000001", "new", office.now())
    assert [original.name for original in claim(office.store, "w", 90, office.now()).case.originals] == [
        "solicitud.pdf"
    ]


def test_nothing_is_left_to_be_moved_and_every_state_is_known(office, pdf):
    """Neither the watcher nor the check of the record finds anything to mend."""
    handed(office, ("solicitud.pdf", pdf))
    office.take()
    states = standing(office.home, office.settings.storage.blobs, lambda sql: asked(office, sql))
    assert (list(states.drops.values()), set(states.papers.values())) == (["removed"], {"accepted"})
    assert list(look_over(office.store, office.now())) == []
    assert asked(office, "SELECT kind FROM events") == [{"kind": "received-new"}]


def test_a_form_sent_twice_is_taken_once(office, pdf):
    """The same word of the sender's with the same bytes is the same handing in."""
    assert handed(office, ("a.pdf", pdf)) == handed(office, ("a.pdf", pdf))
    assert len(asked(office, "SELECT id FROM submissions")) == 1


def test_another_file_under_the_same_word_is_not_lost(office, pdf):
    """Who goes back and chooses another file hands in another file."""
    first, second = handed(office, ("a.pdf", pdf)), handed(office, ("a.pdf", pdf + b"\n"))
    assert first.number != second.number


def test_the_same_bytes_on_another_day_get_a_second_receipt(office, pdf):
    """As when they are dropped a second time."""
    handed(office, ("a.pdf", pdf))
    again = handed(office, ("b.pdf", pdf), once="2")
    assert (again.number, again.kind) == ("CEU01-2026-000001", "duplicate")
    office.look()
    assert office.names("3_ACEPTADO/CEU01-2026-000001") == ["ACUSE_CEU01-2026-000001_2.zip"]


def test_several_files_are_one_case(office, pdf):
    """Two files of one name keep both names apart; what a system left is no paper."""
    handed(office, ("a.pdf", pdf), ("A.pdf", pdf), ("Thumbs.db", b"x"))
    case = claim(office.store, "w", 90, office.now()).case
    assert [original.name for original in case.originals] == ["a.pdf", "A (2).pdf"]
    assert case.source.name == "a.pdf (+1)"


def test_the_offices_word_comes_first(office, pdf):
    """What the clerk writes wins over what the folder says of all that lies in it."""
    office.drop("presentacion.json", b'{"filed_on": "2026-03-01", "remarks": "todas"}')
    said = Presentation(said_by="office", filed_on=dt.date(2026, 3, 13))
    handed(office, ("a.pdf", pdf), said=said)
    told = claim(office.store, "w", 90, office.now()).case.said
    assert [one.filed_on for one in told] == [dt.date(2026, 3, 13), dt.date(2026, 3, 1)]


def test_an_answer_joins_its_case(office, pdf):
    """The case is read again with both."""
    number = handed(office, ("a.pdf", pdf)).number
    answer = handed(office, ("padron.pdf", pdf + b"\n"), answers=number)
    assert (answer.number, answer.kind, answer.order) == (number, "answer", 2)


def test_an_answer_to_no_case_is_not_taken(office, pdf):
    """It does not become a case of its own."""
    assert handed(office, ("a.pdf", pdf), answers="CEU01-2026-000009") == NotTaken("no-case")
    assert asked(office, "SELECT id FROM submissions") == []


def limited(office, **limits):
    office.settings = replace(office.settings, limits=Limits(**limits))


@pytest.mark.parametrize(
    ("files", "limits", "why"),
    [
        ([], {}, "no-documents"),
        ([("Thumbs.db", b"x")], {}, "no-documents"),
        ([("a.pdf", b"x"), ("b.pdf", b"y")], {"members": 1}, "too-many-files"),
        ([("a.pdf", b"12345")], {"package": 4}, "too-large"),
        ([("a.pdf", b"123"), ("b.pdf", b"45")], {"package": 4}, "too-large"),
    ],
)
def test_what_is_over_a_limit_is_not_taken(office, files, limits, why):
    """No row, and no copy is left behind in the store but what a sweep removes."""
    limited(office, **limits)
    assert handed(office, *files) == NotTaken(why)
    assert asked(office, "SELECT id FROM submissions") == []
    assert list((office.settings.storage.blobs / "tmp").glob("*")) == []


def test_a_package_of_the_largest_size_is_taken(office):
    """To the byte."""
    limited(office, package=5)
    assert handed(office, ("a.pdf", b"123"), ("b.pdf", b"45")).number == "CEU01-2026-000001"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papeles\\padrón.pdf", "padrón.pdf"),
        ("..", "archivo"),
        ("fdp.\u202edaolnwod.pdf", "fdp.daolnwod.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("<img src=x>.pdf", "_img src=x_.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 98 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere(office, pdf, sent, kept):
    """It is the name of one file, that every disk takes, and letters stay letters."""
    assert handed(office, (sent, pdf)).name == kept


def test_a_share_that_is_away_takes_nothing(office, pdf):
    """The numbers on it could not be compared with the record's."""
    (office.home / "1_ENTRADA").rmdir()
    with pytest.raises(Exception, match="CEU01"):
        handed(office, ("a.pdf", pdf))
    assert asked(office, "SELECT id FROM submissions") == []


@pytest.mark.parametrize("calls", range(0, 14, 1))
def test_a_power_cut_loses_nothing_that_was_acknowledged(office, pdf, dying, calls):
    """Cut anywhere: the row is there with its bytes, or neither; sent again there is one case."""
    office.start(dying(calls))
    with contextlib.suppress(dying.Stopped):
        handed(office, ("a.pdf", pdf))
    office.start()
    assert handed(office, ("a.pdf", pdf)).number == "CEU01-2026-000001"
    assert list(look_over(office.store, office.now())) == []
