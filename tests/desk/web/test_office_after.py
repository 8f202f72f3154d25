"""What is asked and done of a case after filing, by the forms of the desk."""

import re

import pytest
from pypdfium2 import PdfDocument

from pipeline.after_filing.record import of_case
from pipeline.calendars import at_hand
from pipeline.decisions.hand import take
from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.work import work


@pytest.fixture
def clerk(desk):
    """Return the browser of a clerk of MEL01."""
    return desk.browser("clerk", offices=("MEL01",), login="clara")


@pytest.fixture
def number(desk):
    """Return the number of a case that lacks something."""
    return desk.numbers()["cure"]


def send(clerk, number, form, lead="/oficina", **fields):
    """Fill in one of the forms of the page and send it."""
    address = f"{lead}/expedientes/{number}/despues"
    page = clerk.get(address).text
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    data = {"csrf": clerk.csrf, "revision": revision, "once": "1", **fields}
    return clerk.post(f"{address}/{form}", data=data, follow_redirects=False)


def kinds(desk, number):
    (line,) = [line for line in lines(desk.store) if line.number == number]
    return [one.kind.value for one in of_case(desk.store, line.id)]


@pytest.mark.parametrize(("role", "lead"), [("clerk", "/oficina"), ("reviewer", "")])
def test_what_a_person_asks_is_kept_and_shown(desk, number, role, lead):
    """Markup and signs that turn the direction of writing are shown as text."""
    browser = desk.browser(role, offices=("MEL01",), login="clara")
    text = "c/ Real <script>alert(1)</script> \u202e1"
    day = f"{desk.now:%d/%m/%Y}"
    answer = send(browser, number, "pedir", lead, kind="notice_address", entered_on=day, text=text)
    assert answer.status_code == 303
    page = browser.get(f"/expedientes/{number}").text
    assert "<bdi>c/ Real &lt;script&gt;alert(1)&lt;/script&gt; \u202e1</bdi>" in page
    assert kinds(desk, number) == ["notice_address"]
    assert "La persona ha pedido algo después de presentar la solicitud." in page


def test_a_withdrawal_has_its_receipt_at_once(desk, clerk, number):
    """To be handed over at the counter."""
    send(clerk, number, "pedir", kind="withdrawal", entered_on=f"{desk.now:%d/%m/%Y}")
    page = clerk.get(f"/oficina/expedientes/{number}").text
    link = re.search(r'href="([^"]+_anotacion-1\.zip)"', page)[1]
    assert clerk.get(link).status_code == 200


@pytest.mark.parametrize(
    ("form", "fields", "said"),
    [
        ("pedir", {"kind": "", "entered_on": "23/03/2026"}, "Elija qué pide la persona."),
        ("pedir", {"kind": "split_off", "entered_on": "23/03/2026"}, "Elija qué pide la persona."),
        ("pedir", {"kind": "correction", "entered_on": "23/03/2026"}, "Falta decir en qué consiste"),
        ("pedir", {"kind": "withdrawal", "entered_on": "x"}, "La fecha no se entiende"),
        ("separar", {}, "Elija al menos un documento"),
        ("unir", {"into": "MEL01-2026-000999"}, "No hay un expediente de ese número"),
        ("trasladar", {"office": "../CEU01"}, "Elija otra oficina"),
        ("retirar", {"why": "una prueba"}, "Confirme que no es una solicitud"),
        ("retirar", {"why": " ", "sure": "yes"}, "Falta decir en qué consiste"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_kept(desk, clerk, number, form, fields, said):
    """The form is open again with what was typed."""
    answer = send(clerk, number, form, **fields)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert kinds(desk, number) == []


def test_papers_go_to_a_case_of_their_own(desk, clerk, number):
    """The page leads from each case to the other."""
    assert send(clerk, number, "separar", paper0="out", why="de otra persona").status_code == 303
    page = clerk.get(f"/oficina/expedientes/{number}/despues").text
    other = re.search(r"Parte de los documentos se tramita aparte, en el ([A-Z0-9-]+)", page)[1]
    assert number in clerk.get(f"/oficina/expedientes/{other}/despues").text
    assert [clerk.get(f"/expedientes/{one}").status_code for one in (number, other)] == [200, 200]


def test_a_case_that_goes_to_another_office_is_out_of_reach(desk, clerk, number):
    """The clerk of the other one has it from then on."""
    assert send(clerk, number, "trasladar", office="CEU01").headers["location"] == "/oficina"
    assert clerk.get(f"/oficina/expedientes/{number}").status_code == 404
    other = desk.browser("clerk", offices=("CEU01",), login="mario")
    assert other.get(f"/oficina/expedientes/{number}").status_code == 200


def test_a_mistaken_drop_is_taken_back_with_a_reason(desk, clerk, number):
    """It is closed, its note lies in the folder, and nothing is asked for any more."""
    send(clerk, number, "retirar", why="era una prueba", sure="yes")
    assert "Cerrado sin resolver" in clerk.get(f"/oficina/expedientes/{number}").text
    assert "Retirado: se entregó por error" in clerk.get(f"/expedientes/{number}").text
    home = desk.settings.folders.root / "MEL01"
    assert (home / "3_ACEPTADO" / number / "AVISO_1.txt").is_file()
    assert not (home / "4_SUBSANAR" / number).exists()
    page = clerk.get(f"/oficina/expedientes/{number}/despues").text
    assert ("Este expediente está cerrado" in page, "/despues/pedir" in page) == (True, False)


def test_an_old_page_changes_nothing(desk, clerk, number):
    """409: the case is another than the page showed."""
    address = f"/oficina/expedientes/{number}/despues"
    data = {"csrf": clerk.csrf, "revision": "0", "why": "una prueba", "sure": "yes"}
    assert clerk.post(f"{address}/retirar", data=data).status_code == 409
    assert kinds(desk, number) == []


def test_a_reviewer_holding_a_case_does_not_keep_a_withdrawal_out(desk, clerk, number):
    """What comes in at the counter is entered; whoever decides looks again."""
    (line,) = [line for line in lines(desk.store) if line.number == number]
    with desk.store.write() as connection:
        take(connection, line.id, "rosa", desk.now, minutes=30)
    send(clerk, number, "pedir", kind="withdrawal", entered_on=f"{desk.now:%d/%m/%Y}")
    assert kinds(desk, number) == ["withdrawal"]


def test_a_reviewer_decides_nothing_on_a_closed_case(desk, clerk, number):
    """Neither what was taken back nor what became part of another."""
    send(clerk, number, "retirar", why="era una prueba", sure="yes")
    reviewer = desk.browser("reviewer", login="rosa")
    page = reviewer.get(f"/expedientes/{number}").text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    data = {"csrf": reviewer.csrf, "revision": revision[1] if revision else "9", "kind": "grant"}
    reviewer.post(f"/expedientes/{number}/decidir", data=data)
    (line,) = [line for line in lines(desk.store) if line.number == number]
    assert line.stage == "closed"


def test_what_a_moved_case_lacks_is_asked_for_at_its_new_office(desk, clerk, number, sandbox):
    """The first office's folder of it goes; the second one's is there once the case has been read anew."""
    homes = [desk.settings.folders.root / office for office in ("MEL01", "CEU01")]
    before = [(home / "4_SUBSANAR" / number / "FALTA.txt").is_file() for home in homes]
    send(clerk, number, "trasladar", office="CEU01")
    claimed = claim(desk.store, "w", 900, desk.now)
    work(claimed, desk.settings, desk.store, sandbox, at_hand(desk.settings.calendars))
    after = [(home / "4_SUBSANAR" / number / "FALTA.txt").is_file() for home in homes]
    assert (before, after) == ([True, False], [False, True])


def drafted(desk, number):
    """Return the first page of the draft in the folder of what is asked for."""
    folder = desk.settings.folders.root / "MEL01" / "4_SUBSANAR" / number
    with PdfDocument(folder / "BORRADOR_requerimiento.pdf") as pdf:
        return " ".join(pdf[0].get_textpage().get_text_range().split())


def test_letters_go_at_once_to_the_address_and_person_that_were_named(desk, clerk, number):
    """The draft that lies in the folder is made anew, and the letter at the desk says the same."""
    day = f"{desk.now:%d/%m/%Y}"
    before = drafted(desk, number)
    send(clerk, number, "pedir", kind="notice_address", entered_on=day, text="Calle Nueva 3, 52001 Melilla")
    send(clerk, number, "pedir", once="2", kind="representative", entered_on=day, text="Eva Ruiz")
    reviewer = desk.browser("reviewer", offices=("MEL01",), login="rosa")
    page = reviewer.get(f"/expedientes/{number}").text
    data = {"csrf": reviewer.csrf, "revision": re.search(r'name="revision" value="(\d+)"', page)[1]}
    letter = reviewer.post(f"/expedientes/{number}/carta", data=data | {"kind": "require"}).text
    written = (before, drafted(desk, number), letter)
    assert ["Calle Nueva 3, 52001 Melilla" in text for text in written] == [False, True, True]
    assert ["Eva Ruiz" in text for text in written] == [False, True, True]


def test_where_a_decision_is_notified_may_change_once_it_is_taken(desk, clerk):
    """A withdrawal may not; the person who has moved house is still to be reached."""
    case = desk.numbers()["approve"]
    reviewer = desk.browser("reviewer", login="rosa")
    clerk = desk.browser("clerk", login="clara2")
    page = reviewer.get(f"/expedientes/{case}").text
    data = {"csrf": reviewer.csrf, "revision": re.search(r'name="revision" value="(\d+)"', page)[1]}
    reviewer.post(f"/expedientes/{case}/decidir", data=data | {"kind": "grant"})
    day = f"{desk.now:%d/%m/%Y}"
    address = send(clerk, case, "pedir", kind="notice_address", entered_on=day, text="Calle Nueva 3")
    withdrawal = send(clerk, case, "pedir", once="2", kind="withdrawal", entered_on=day)
    assert (address.status_code, withdrawal.status_code) == (303, 422)
    assert kinds(desk, case) == ["notice_address"]
