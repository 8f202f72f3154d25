"""What comes after filing, on both databases: kept, told, and nothing of what was handed in rewritten."""

import contextlib
import datetime as dt
import io

import pytest
import sqlalchemy as sa

from pipeline.acts import Act, Stale
from pipeline.after_filing.asking import Asked, ask
from pipeline.after_filing.joining import join
from pipeline.after_filing.moving import move, take_back
from pipeline.after_filing.open import NotDone
from pipeline.after_filing.parting import Choice, papers, part
from pipeline.after_filing.record import Kind, of_case
from pipeline.after_filing.told import Telling
from pipeline.calendars import at_hand
from pipeline.folders.places import make
from pipeline.intake.handing import Parcel, Sent, hand_in
from pipeline.journal.rows import of_case as entries_of
from pipeline.life.record import history
from pipeline.receipts.verify import verify
from pipeline.store.cases import lines
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.store.schema import cases
from pipeline.work import work


@pytest.fixture(scope="session")
def sandbox():
    from extractors.bounds import Bounds
    from extractors.reading.apart.sandbox import Sandbox

    with Sandbox(Bounds()) as one:
        yield one


@pytest.fixture
def counter(office, sandbox):
    """Return an office in which what is handed in is read at once."""
    return Counter(office, sandbox)


class Counter:
    """One office, a second one, and their only worker."""

    def __init__(self, office, sandbox):
        self.office, self.store, self.settings = office, office.store, office.settings
        self._sandbox = sandbox
        self.calendars = at_hand(self.settings.calendars)
        make(self.settings.folders.root, "MEL01")

    def take(self, *files, answers=None, office="CEU01", **said):
        self.office.seconds += 60
        sent = [Sent(name, io.BytesIO(data)) for name, data in files]
        from pipeline.handed import Presentation

        word = Presentation(said_by="office", **said) if said else None
        parcel = Parcel(office=office, files=sent, once=str(self.office.seconds), answers=answers, said=word)
        entered = hand_in(self.store, self.settings, parcel, self.office.now())
        self.read()
        return entered.number

    def read(self):
        """Read whatever waits, and tidy the folders up."""
        while claimed := claim(self.store, "w", 900, dt.datetime.now(dt.UTC)):
            work(claimed, self.settings, self.store, self._sandbox, self.calendars)
        Telling(self.store, self.settings)(self.office.now())
        self.office.look()

    def restart(self, files=None):
        """Start the program anew, on a disk that may fail."""
        self.office.start(files)
        self.store = self.office.store

    def row(self, number):
        with self.store.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.number == number)).one()

    def act(self, number, did="tried"):
        return Act(who="ana", did=did, at=self.office.now(), revision=self.row(number).revision)

    def keys(self, number, *names):
        return frozenset(key for key, name in papers(self.row(number).report).items() if name in names)

    def files(self, number):
        return [document["file"] for document in self.row(number).report["documents"]]

    def kinds(self, number):
        return [one.kind for one in of_case(self.store, self.row(number).id)]

    def sound(self):
        """Whether the check of the record finds nothing."""
        return [one.what for one in look_over(self.store, self.office.now()) if one.damage] == []

    def asked(self, number, kind, **more):
        day = more.pop("entered_on", self.office.now().date())
        asked = Asked(kind=kind, entered_on=day, once=more.pop("once", "1"), **more)
        case = self.row(number).id
        return ask(self.store, self.settings, self.calendars, case, asked, self.act(number))


@pytest.fixture
def two(pdf):
    """Return two different papers."""
    return ("ana.pdf", pdf), ("luis.pdf", pdf + b"\n%luis\n")


def test_papers_of_two_people_become_two_cases(counter, two, zipped):
    """The new case has its own number and paper, and the hour at which the ZIP came."""
    number = counter.take(("juntos.zip", zipped(dict(two))))
    came = counter.row(number).received_at
    choice = Choice(out=counter.keys(number, "luis.pdf"), why="son dos personas")
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert (counter.files(number), counter.files(other)) == (["ana.pdf"], ["luis.pdf"])
    assert (other, counter.row(other).received_at) == ("CEU01-2026-000002", came)
    assert (counter.kinds(number), counter.kinds(other)) == ([Kind.SPLIT_OFF], [Kind.SPLIT_FROM])
    assert counter.sound()


def test_both_cases_get_a_receipt_that_names_the_other(counter, two):
    """The receipts given before stay as they are."""
    number = counter.take(*two)
    before = counter.office.names(f"3_ACEPTADO/{number}")
    choice = Choice(out=counter.keys(number, "luis.pdf"))
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert set(counter.office.names(f"3_ACEPTADO/{number}")) == {
        *before,
        f"ACUSE_{number}_anotacion-1.zip",
        "AVISO_1.txt",
    }
    note = (counter.office.home / "3_ACEPTADO" / number / "AVISO_1.txt").read_bytes()
    assert other.encode() in note
    assert f"ACUSE_{other}.zip" in counter.office.names(f"3_ACEPTADO/{other}")


def test_a_paper_of_both_counts_in_both(counter, two):
    """A family's padrón is copied, not moved."""
    number = counter.take(*two)
    choice = Choice(out=frozenset(), both=counter.keys(number, "luis.pdf"))
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert (counter.files(number), counter.files(other)) == (["ana.pdf", "luis.pdf"], ["luis.pdf"])


def test_a_case_keeps_at_least_one_paper(counter, two):
    """Nothing is written when all would go."""
    number = counter.take(*two)
    choice = Choice(out=counter.keys(number, "ana.pdf", "luis.pdf"))
    with pytest.raises(NotDone, match="all_papers"):
        part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    assert counter.kinds(number) == []


def test_an_answer_to_the_wrong_case_goes_to_the_right_one(counter, two, pdf):
    """It counts there as if it had been answered there, under the hour at which it came."""
    wrong, right = counter.take(two[0]), counter.take(two[1])
    counter.take(("padron.pdf", pdf + b"\n%padron\n"), answers=wrong)
    came = entries_of(counter.store, counter.row(wrong).id)[1].received_at
    choice = Choice(out=counter.keys(wrong, "respuesta-2/padron.pdf"), into=right)
    part(counter.store, counter.settings, counter.row(wrong).id, choice, counter.act(wrong))
    counter.read()
    assert (counter.files(wrong), counter.files(right)) == (
        ["ana.pdf"],
        ["luis.pdf", "respuesta-2/padron.pdf"],
    )
    assert entries_of(counter.store, counter.row(right).id)[1].received_at == came
    assert counter.sound()


def test_a_case_that_was_joined_leads_to_the_whole(counter, two, pdf):
    """The first received stays; an answer to the other number, and the same bytes again, come to it."""
    first, second = counter.take(two[0]), counter.take(two[1])
    join(counter.store, counter.settings, counter.row(second).id, first, "una solicitud", counter.act(second))
    counter.read()
    assert (counter.row(second).stage, counter.files(first)) == (
        "closed",
        ["ana.pdf", "respuesta-2/luis.pdf"],
    )
    assert counter.take(("mas.pdf", pdf + b"\n%mas\n"), answers=second) == first
    assert counter.take(two[1]) == first
    assert counter.sound()


def test_the_one_that_came_first_is_not_joined_to_a_later_one(counter, two):
    """The earlier clock would be lost."""
    first, second = counter.take(two[0]), counter.take(two[1])
    with pytest.raises(NotDone, match="not_first"):
        join(counter.store, counter.settings, counter.row(first).id, second, "", counter.act(first))


def test_another_office_takes_a_case_under_its_number(counter, two, pdf):
    """Its list has it, its folders ask for what is missing, and the first office's do no more."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "vive allí", counter.act(number))
    counter.read()
    assert [line.number for line in lines(counter.store, office="MEL01")] == [number]
    there = counter.settings.folders.root / "MEL01"
    assert sorted(path.name for path in (there / "3_ACEPTADO" / number).iterdir()) == [
        f"ACUSE_{number}_anotacion-1.zip",
        "AVISO_1.txt",
    ]
    assert "AVISO_1.txt" in counter.office.names(f"3_ACEPTADO/{number}")
    assert counter.sound()


@pytest.mark.parametrize("there", ["CEU01", "MEL01"])
def test_an_answer_finds_a_case_that_was_moved(counter, two, pdf, there):
    """In the folders of the office that has it, and of the one that had it."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "", counter.act(number))
    counter.read()
    folder = counter.settings.folders.root / there / "4_SUBSANAR" / number
    folder.mkdir(exist_ok=True)
    (folder / "padron.pdf").write_bytes(pdf + b"\n%padron\n%%EOF")
    entered = counter.office.take()
    counter.read()
    counter.read()
    assert [(one.number, one.kind) for one in entered] == [(number, "answer")]
    assert not list((folder.parent.parent / "2_EN_CURSO").iterdir())
    assert counter.sound()


def test_the_same_package_again_at_the_first_office_is_no_second_case(counter, two):
    """Though the case is another office's now."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "", counter.act(number))
    counter.read()
    assert counter.take(two[0]) == number


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
