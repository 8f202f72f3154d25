"""The clerk at the desk: hands in, follows, adds, and sees no other office."""

import io
import re
import zipfile

import pytest

from pipeline.calendars import at_hand
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.work import work


@pytest.fixture
def clerk(desk):
    """Return the browser of a clerk of CEU01."""
    return desk.browser("clerk", offices=("CEU01",), login="clara")


@pytest.fixture(scope="module")
def pdf():
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "solicitud")
    canvas.save()
    return out.getvalue()


def hand(clerk, *files, to="/oficina", **fields):
    """Hand in files at the counter."""
    data = {"csrf": clerk.csrf, "office": "CEU01", "once": "1", **fields}
    sent = [("files", (name, io.BytesIO(content))) for name, content in files]
    return clerk.post(to, data=data, files=sent or None, follow_redirects=False)


def number_of(answer):
    return re.fullmatch(r"/oficina/expedientes/([A-Z0-9-]+)\?entrega=\d+", answer.headers["location"])[1]


def read(desk, sandbox):
    while claimed := claim(desk.store, "w", 900, desk.now):
        work(claimed, desk.settings, desk.store, sandbox, at_hand(desk.settings.calendars))


def test_what_is_handed_in_has_its_number_at_once_and_then_its_receipt(desk, clerk, pdf, sandbox):
    """The page says number and hour; once the program has read it the receipt is there to be given."""
    answer = hand(clerk, ("solicitud.pdf", pdf))
    page = clerk.get(answer.headers["location"]).text
    assert (number_of(answer) in page, "hx-trigger" in page, "acuses/" in page) == (True, True, False)
    read(desk, sandbox)
    page = clerk.get(answer.headers["location"]).text
    link = re.search(r'href="(/oficina/expedientes/[^"]+/acuses/[^"]+)"', page)[1]
    given = clerk.get(link)
    assert zipfile.ZipFile(io.BytesIO(given.content)).namelist()[0] == "acuse.pdf"
    assert "attachment" in given.headers["content-disposition"]


def test_the_list_shows_it_and_asks_for_itself_again_while_it_moves(desk, clerk, pdf, sandbox):
    """A list that stands still asks for nothing: an idle session ends."""
    number = number_of(hand(clerk, ("solicitud.pdf", pdf)))
    assert "hx-trigger" in clerk.get("/oficina/lista?oficina=CEU01").text
    read(desk, sandbox)
    page = clerk.get("/oficina/lista?oficina=CEU01").text
    assert (number in page, "hx-trigger" in page) == (True, False)


def test_a_page_that_nobody_touches_stops_asking(desk, clerk, pdf):
    """So that an idle session ends, though nothing reads the case."""
    number = number_of(hand(clerk, ("solicitud.pdf", pdf)))
    parts = ["/oficina/lista?oficina=CEU01", f"/oficina/expedientes/{number}/estado?entrega=1"]
    asks = [["hx-trigger" in clerk.get(f"{part}&vez={n}").text for part in parts] for n in (99, 100, "x")]
    assert asks == [[True, True], [False, False], [False, False]]


def test_a_form_sent_twice_makes_one_case(desk, clerk, pdf):
    """A double click."""
    assert number_of(hand(clerk, ("a.pdf", pdf))) == number_of(hand(clerk, ("a.pdf", pdf)))


def test_what_comes_back_says_why_and_what_to_do(desk, clerk, sandbox):
    """In the words of MOTIVO.txt, in the clerk's language."""
    answer = hand(clerk, ("vacio.pdf", b""))
    read(desk, sandbox)
    page = clerk.get(answer.headers["location"]).text
    assert "El archivo está vacío. Vuelva a guardarlo" in page
    assert "Vuelva a guardarlo o escanearlo" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"filed_on": "32/13/2026"}, "La fecha no se entiende"),
        ({"filed_on": "01/01/2031"}, "Ese día no ha llegado todavía"),
        ({"procedure": "otro"}, "Elija uno de los procedimientos"),
        ({"remarks": "x" * 4001}, "El texto es demasiado largo"),
    ],
)
def test_a_slip_in_the_form_keeps_what_was_typed(desk, clerk, pdf, fields, said):
    """Nothing is accepted, and the rest of what was typed stays."""
    answer = hand(clerk, ("a.pdf", pdf), registry_number="REG-77", **fields)
    assert (answer.status_code, said in answer.text, "REG-77" in answer.text) == (422, True, True)


def test_the_clerks_word_of_the_filing_is_heard(desk, clerk, pdf, sandbox):
    """The filing date of the form wins over the day of reception."""
    number = number_of(hand(clerk, ("a.pdf", pdf), filed_on="16/03/2026", registry_number="REG-1"))
    read(desk, sandbox)
    with desk.store.read() as connection:
        row = connection.exec_driver_sql(f"SELECT filed_on FROM cases WHERE number = '{number}'").one()
    assert row.filed_on == "2026-03-16"


def hostile():
    """Return uploads that no office sends, and how each is answered."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", b"\0" * (8 << 20))
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("../../etc/passwd", b"x")
    return [
        pytest.param([("../../../etc/passwd", b"x")], 303, id="leads out"),
        pytest.param([("fdp.\u202efdp.exe", b"MZ")], 303, id="turned around"),
        pytest.param([("n" * 300 + ".pdf", b"%PDF-1.4")], 303, id="300 signs"),
        pytest.param([("vacio.pdf", b"")], 303, id="empty"),
        pytest.param([("bomba.zip", bomb.getvalue())], 303, id="bomb"),
        pytest.param([("fuera.zip", twice.getvalue())], 303, id="name that leads out"),
        pytest.param([(f"{n}.pdf", b"%%PDF-1.4 %d" % n) for n in range(201)], 422, id="201 files"),
        pytest.param([(f"{n}.pdf", b"%%PDF-1.4 %d" % n) for n in range(202)], 400, id="202 files"),
        pytest.param([("Thumbs.db", b"x")], 422, id="no paper"),
        pytest.param([], 422, id="nothing"),
    ]


@pytest.mark.parametrize(("files", "status"), hostile())
def test_hostile_uploads_are_answered_and_lead_nowhere(desk, clerk, sandbox, files, status):
    """Each is a case of its own that is returned or looked at, or nothing at all."""
    outside = sorted(path.name for path in desk.settings.folders.root.parent.iterdir())
    assert hand(clerk, *files).status_code == status
    read(desk, sandbox)
    assert sorted(path.name for path in desk.settings.folders.root.parent.iterdir()) == outside
    assert [one.what for one in look_over(desk.store, desk.now) if one.damage] == []


def test_a_body_longer_than_a_package_is_cut_off(desk, clerk):
    """Whatever its Content-Length says, no more is read than a package may have."""

    def endless():
        yield (b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n')
        for _ in range(110):
            yield b"0" * (1 << 20)

    kind = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": clerk.csrf}
    answer = clerk.post("/oficina", content=endless(), headers=kind, follow_redirects=False)
    assert answer.status_code == 413
    assert claim(desk.store, "w", 900, desk.now) is None


def test_a_case_of_another_office_is_not_there(desk, clerk, pdf):
    """Neither to be seen, nor its receipts, nor to be added to."""
    other = desk.browser("clerk", offices=("MEL01",), login="mario")
    number = number_of(hand(clerk, ("a.pdf", pdf)))
    page = f"/oficina/expedientes/{number}"
    assert [other.get(page + end).status_code for end in ("", "/estado", "/despues")] == [404, 404, 404]
    assert hand(other, ("b.pdf", pdf), to=f"{page}/aportar").status_code == 404
    assert hand(other, ("b.pdf", pdf), office="CEU01").status_code == 404


@pytest.mark.parametrize("name", ["..%2F..%2Fv.db", "acuse.pdf", "ACUSE_MEL01-2026-000001_9.zip"])
def test_no_other_file_is_given_as_a_receipt(desk, name):
    """Only the names of receipts that the case has."""
    clerk = desk.browser("clerk", offices=("MEL01",))
    page = f"/oficina/expedientes/{desk.numbers()['cure']}"
    assert (clerk.get(page).status_code, clerk.get(f"{page}/acuses/{name}").status_code) == (200, 404)


@pytest.mark.parametrize(("role", "lead"), [("clerk", "/oficina"), ("reviewer", "")])
def test_an_answer_handed_in_at_the_desk_joins_its_case(desk, pdf, role, lead):
    """By the clerk or by the reviewer; the case is read again, its number stays."""
    browser = desk.browser(role, offices=("MEL01",), login="clara")
    number = desk.numbers()["cure"]
    answer = hand(browser, ("padron.pdf", pdf), to=f"{lead}/expedientes/{number}/aportar")
    assert answer.status_code == 303
    waiting = claim(desk.store, "w", 900, desk.now)
    assert (waiting.case.number, waiting.case.originals[-1].name) == (number, "respuesta-2/padron.pdf")


def test_an_auditor_hands_nothing_in(desk, pdf):
    """Nor does anybody without the right."""
    auditor = desk.browser("auditor", login="otto")
    number = desk.numbers()["cure"]
    sent = [hand(auditor, ("a.pdf", pdf), to=to) for to in ("/oficina", f"/expedientes/{number}/aportar")]
    assert [answer.status_code for answer in sent] == [403, 403]


@pytest.mark.parametrize("language", ["es", "gl", "en"])
def test_the_pages_speak_the_clerks_language(desk, pdf, language):
    """Every sentence is there, on each page."""
    clerk = desk.browser("clerk", offices=("MEL01",), login="clara", language=language)
    number = desk.numbers()["cure"]
    pages = ["/oficina", f"/oficina/expedientes/{number}", f"/oficina/expedientes/{number}/despues"]
    assert [clerk.get(page).status_code for page in pages] == [200, 200, 200]
    assert f'<html lang="{language}">' in clerk.get(pages[0]).text
