"""Drops taken back, withdrawals, papers from a registry: kept, told, and nothing ever rewritten."""

import contextlib
import datetime as dt
import io

import pytest
import sqlalchemy as sa

from pipeline.acts import Stale
from pipeline.after_filing.joining import join
from pipeline.after_filing.moving import move, take_back
from pipeline.after_filing.open import NotDone
from pipeline.after_filing.parting import Choice, part
from pipeline.after_filing.record import Kind
from pipeline.after_filing.told import Telling
from pipeline.intake.handing import Parcel, Sent
from pipeline.life.record import history
from pipeline.receipts.verify import verify
from pipeline.store.cases import lines


def test_a_mistaken_drop_is_taken_back_and_nothing_is_lost(counter, two):
    """It ends without a decision; papers, receipt and number stay, and the same paper may come anew."""
    number = counter.take(two[0])
    take_back(counter.store, counter.row(number).id, "era una prueba", counter.act(number))
    counter.read()
    row = counter.row(number)
    assert (row.stage, row.silence_after) == ("closed", None)
    assert f"ACUSE_{number}.zip" in counter.office.names(f"3_ACEPTADO/{number}")
    assert counter.take(two[0]) == "CEU01-2026-000002"
    assert counter.sound()


def test_what_a_register_took_in_is_not_taken_back(counter, two):
    """It is an application, and ends by a resolution or a withdrawal (Ley 39/2015, art. 84)."""
    number = counter.take(two[0], registry_number="REG-1")
    with pytest.raises(NotDone, match="registered"):
        take_back(counter.store, counter.row(number).id, "error", counter.act(number))


def test_a_withdrawal_stands_in_the_life_of_the_case(counter, two):
    """With the day of its entry; a receipt refers to the first one."""
    number = counter.take(two[0])
    counter.asked(number, Kind.WITHDRAWAL)
    counter.read()
    (told,) = history(counter.store, counter.row(number).id)
    assert (told.event.kind, told.told_by) == ("withdrawal_declared", "ana")
    given = counter.office.home / "3_ACEPTADO" / number / f"ACUSE_{number}_anotacion-1.zip"
    verdict = verify(given.read_bytes())
    assert (verdict.sound, verdict.told["kind"], verdict.told["first_received_at"]) == (
        True,
        "after",
        counter.office.now().isoformat(),
    )
    assert counter.sound()


def test_the_list_says_that_a_person_withdrew(counter, two):
    """And not that papers are missing; of one of several it says nothing, for the others go on."""
    first, second = counter.take(two[0]), counter.take(two[1])
    counter.asked(first, Kind.WITHDRAWAL)
    counter.asked(second, Kind.WITHDRAWAL, everybody=False, text="solo Luis")
    counter.read()
    assert listed(counter).count("La persona ha desistido: falta declararlo") == 1


def test_a_withdrawal_of_one_of_several_ends_nothing(counter, two):
    """It goes on for the others (Ley 39/2015, art. 94.2): it is kept, and a person sees to it."""
    number = counter.take(two[0])
    counter.asked(number, Kind.WITHDRAWAL, everybody=False, text="solo Luis")
    assert history(counter.store, counter.row(number).id) == ()
    assert counter.kinds(number) == [Kind.WITHDRAWAL]


def test_a_form_sent_twice_is_kept_once(counter, two):
    """As every form."""
    number = counter.take(two[0])
    counter.asked(number, Kind.NOTICE_ADDRESS, text="c/ Real 1")
    counter.asked(number, Kind.NOTICE_ADDRESS, text="c/ Real 1")
    assert counter.kinds(number) == [Kind.NOTICE_ADDRESS]


def test_a_paper_that_comes_with_it_joins_the_case(counter, two, pdf):
    """It has its receipt as an entry of the case, and the case is read again."""
    number = counter.take(two[0])
    parcel = Parcel(office="CEU01", files=[Sent("p.pdf", io.BytesIO(pdf + b"\n"))], once="9", answers=number)
    counter.asked(number, Kind.REPRESENTATIVE, text="María", paper=parcel)
    counter.read()
    assert counter.files(number) == ["ana.pdf", "respuesta-2/p.pdf"]
    assert f"ACUSE_{number}_2.zip" in counter.office.names(f"3_ACEPTADO/{number}")
    assert counter.sound()


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        (Kind.NOTICE_ADDRESS, {"text": " "}, "no_words"),
        (Kind.ADDITION, {}, "no_words"),
        (Kind.SPLIT_OFF, {}, "no_words"),
        (Kind.WITHDRAWAL, {"entered_on": dt.date(2026, 3, 17)}, "to_come"),
        (Kind.WITHDRAWAL, {"entered_on": dt.date(2026, 3, 15)}, "before_filing"),
    ],
)
def test_what_says_nothing_or_cannot_be_is_not_kept(counter, two, kind, more, why):
    """The reason is a word for which the desk has a sentence."""
    number = counter.take(two[0])
    with pytest.raises(NotDone, match=why):
        counter.asked(number, kind, **more)
    assert counter.kinds(number) == []


def test_what_was_asked_at_a_registry_before_the_papers_came_here_is_kept(counter, two):
    """Filed there on 10 March, withdrawn there on the 12th, here on the 16th (Ley 39/2015, art. 16.4)."""
    number = counter.take(two[0], filed_on=dt.date(2026, 3, 10))
    counter.asked(number, Kind.WITHDRAWAL, entered_on=dt.date(2026, 3, 12))
    assert counter.kinds(number) == [Kind.WITHDRAWAL]


def test_the_case_that_was_filed_first_goes_on_though_it_came_later(counter, two):
    """Its clock is the earlier one: joined the other way silence would be looked for too late."""
    later = counter.take(two[0], filed_on=dt.date(2026, 3, 14))
    first = counter.take(two[1], filed_on=dt.date(2026, 3, 10))
    case = {number: counter.row(number).id for number in (later, first)}
    with pytest.raises(NotDone, match="not_first"):
        join(counter.store, counter.settings, case[first], later, "", counter.act(first))

    join(counter.store, counter.settings, case[later], first, "", counter.act(later))

    assert counter.row(later).stage == "closed"


def test_who_saw_an_older_case_changes_nothing(counter, two):
    """The page was another's: 409 at the desk."""
    number = counter.take(*two)
    seen = counter.act(number)
    counter.asked(number, Kind.WITHDRAWAL)
    choice = Choice(out=counter.keys(number, "luis.pdf"))
    with pytest.raises(Stale, match="changed"):
        part(counter.store, counter.settings, counter.row(number).id, choice, seen)
    assert counter.kinds(number) == [Kind.WITHDRAWAL]


def test_a_row_is_never_rewritten(counter, two):
    """The database itself refuses."""
    number = counter.take(two[0])
    counter.asked(number, Kind.WITHDRAWAL)
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), counter.store.write() as connection:
        connection.execute(sa.text("UPDATE after_filing SET who = 'otra'"))


def listed(counter, office="CEU01"):
    """Return today's list of an office as its folder shows it."""
    return (counter.settings.folders.root / office / "ESTADO.html").read_text(encoding="utf-8")


def test_todays_list_says_what_became_of_each(counter, two, pdf):
    """Of a joined, a moved and a taken-back case."""
    first, part_, moved, wrong = (
        counter.take((f"{n}.pdf", pdf + b"\n%" + str(n).encode() + b"\n")) for n in range(4)
    )
    join(counter.store, counter.settings, counter.row(part_).id, first, "", counter.act(part_))
    move(counter.store, counter.settings, counter.row(moved).id, "MEL01", "", counter.act(moved))
    take_back(counter.store, counter.row(wrong).id, "una prueba", counter.act(wrong))
    counter.read()
    page = listed(counter)
    said = [f"Unido al expediente {first}", "Trasladado a la oficina MEL01", "Retirado: se entregó por error"]
    assert [sentence in page for sentence in said] == [True, True, True]


def test_a_share_that_is_away_is_told_later(counter, two):
    """The act stands; its receipt and note come when the folders answer again."""
    number = counter.take(two[0])
    home = counter.office.home
    home.rename(home.with_name("lejos"))
    counter.asked(number, Kind.WITHDRAWAL)
    assert Telling(counter.store, counter.settings)(counter.office.now()) == 0
    home.with_name("lejos").rename(home)
    assert Telling(counter.store, counter.settings)(counter.office.now()) == 1
    assert f"ACUSE_{number}_anotacion-1.zip" in counter.office.names(f"3_ACEPTADO/{number}")


@pytest.mark.parametrize("calls", range(12))
def test_a_cut_in_the_middle_parts_nothing_by_half(counter, two, dying, calls):
    """Before the commit nothing is different; after it the other case is there with its bytes."""
    number = counter.take(*two)
    choice = Choice(out=counter.keys(number, "luis.pdf"))
    act, case = counter.act(number), counter.row(number).id
    counter.restart(dying(calls))
    with contextlib.suppress(dying.Stopped):
        part(counter.store, counter.settings, case, choice, act)
    counter.restart()
    counter.read()
    counts = [counter.files(line.number) for line in lines(counter.store)]
    assert counts in ([["ana.pdf", "luis.pdf"]], [["ana.pdf"], ["luis.pdf"]])
    assert counter.sound()
