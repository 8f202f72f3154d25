"""Pages of papers as pictures: within their case, through the sandbox, and for a bad paper a reason."""

import hashlib
import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.reading.apart.sandbox import Sandbox
from pipeline.pictures.pictures import CLOSE, SCREEN, Paper, Picture, Pictures, Unseen
from pipeline.store.quarantine import StoreQuarantine


def paper(*words):
    """Return a PDF with a page for each word, and its digest."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for word in words:
        canvas.drawString(72, 720, word)
        canvas.showPage()
    canvas.save()
    return out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()


ONE, TWO = paper("uno"), paper("dos", "tres")


@pytest.fixture
def pictures(office):
    """Return the pictures of an office."""
    one = Pictures(office.store, office.settings)
    yield one
    one.close()


@pytest.fixture
def case(office):
    """Return a function that hands a file in and gives the id of its case."""

    def handed(name, data):
        office.drop(name, data)
        (entered,) = office.take()
        return entered.case

    return handed


def told(sha256, *flags):
    """Return a paper as a report names it."""
    return Paper(sha256, flags)


def test_a_loose_paper_is_drawn(pictures, case):
    """A PDF that is the whole case."""
    seen = pictures.page(case("a.pdf", ONE[0]), told(ONE[1]), 1, SCREEN)

    assert isinstance(seen, Picture)
    assert seen.jpeg.startswith(b"\xff\xd8\xff")
    assert (seen.width, seen.height) == pytest.approx((595, 842), abs=1)


def test_a_member_of_a_package_is_taken_out_again(pictures, case, zipped):
    """Also one in a folder, and one in the ZIP inside the ZIP."""
    inner = zipped({"dos.pdf": TWO[0]})
    one = case("a.zip", zipped({"carpeta/uno.pdf": ONE[0], "dentro.zip": inner}))

    seen = [pictures.page(one, told(digest), page, SCREEN) for digest, page in ((ONE[1], 1), (TWO[1], 2))]

    assert [isinstance(each, Picture) for each in seen] == [True, True]


def test_a_closer_look_is_another_picture(pictures, case):
    """Larger, of the same page."""
    one = case("a.pdf", ONE[0])
    small, large = (pictures.page(one, told(ONE[1]), 1, dpi) for dpi in (SCREEN, CLOSE))

    assert len(large.jpeg) > len(small.jpeg)
    assert (large.width, large.height) == (small.width, small.height)


def test_a_paper_of_another_case_is_not_given(pictures, case):
    """Whoever knows its digest still looks within the case alone, though the picture is on the shelf."""
    mine, other = case("a.pdf", ONE[0]), case("b.pdf", TWO[0])
    pictures.page(mine, told(ONE[1]), 1, SCREEN)

    assert pictures.page(other, told(ONE[1]), 1, SCREEN) == Unseen("missing")
    assert pictures.original(other, told(ONE[1])) == Unseen("missing")


def test_what_was_drawn_is_not_drawn_again(pictures, case, monkeypatch):
    """The second look costs no drawer."""
    one = case("a.pdf", ONE[0])
    first = pictures.page(one, told(ONE[1]), 1, SCREEN)
    monkeypatch.setattr(Sandbox, "draw", None)

    assert pictures.page(one, told(ONE[1]), 1, SCREEN) == first


def test_what_is_gone_from_the_shelf_is_made_again(pictures, case, zipped):
    """The folder can be emptied at any time."""
    one = case("a.zip", zipped({"uno.pdf": ONE[0]}))
    first = pictures.page(one, told(ONE[1]), 1, SCREEN)
    pictures.shelf.forget(ONE[1])

    assert pictures.page(one, told(ONE[1]), 1, SCREEN) == first


def test_an_infected_paper_is_never_given(pictures, office, case):
    """Though it was found out only after it was drawn; nothing of it stays on the shelf."""
    one = case("a.pdf", ONE[0])
    pictures.page(one, told(ONE[1]), 1, SCREEN)
    StoreQuarantine(office.store).put(ONE[1], "Eicar")

    assert pictures.page(one, told(ONE[1]), 1, SCREEN) == Unseen("malware")
    assert pictures.original(one, told(ONE[1])) == Unseen("malware")
    assert not list(office.settings.storage.blobs.parent.glob("imagenes/*/*"))


def test_a_paper_that_was_marked_infected_is_not_even_looked_for(pictures):
    """The report's word is enough."""
    assert pictures.page("no case", told(ONE[1], "malware"), 1, SCREEN) == Unseen("malware")
    assert pictures.original("no case", told(ONE[1], "malware")) == Unseen("malware")


def locked():
    """Return a PDF that wants a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(ONE[0])) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [(ONE[0][:200] + b"\0" * 400, "corrupt"), (locked(), "encrypted")],
    ids=["corrupt", "locked"],
)
def test_a_bad_member_has_a_reason(pictures, case, zipped, data, code):
    """Beside a good one that is shown; the reason is kept like a picture."""
    one = case("a.zip", zipped({"bien.pdf": TWO[0], "mal.pdf": data}))
    digest = hashlib.sha256(data).hexdigest()
    # taken apart, a locked member is known by its flag; drawn without it, by the drawer
    seen = [pictures.page(one, told(digest), 1, SCREEN) for _ in range(2)]

    assert {each.code for each in seen} <= {code, "missing"}
    assert pictures.page(one, told(digest, code), 1, SCREEN) == Unseen(code)
    assert isinstance(pictures.page(one, told(TWO[1]), 1, SCREEN), Picture)


def test_a_page_that_is_not_there_has_a_reason(pictures, case):
    """Past the last one."""
    assert pictures.page(case("a.pdf", ONE[0]), told(ONE[1]), 7, SCREEN) == Unseen("corrupt")


def test_bytes_that_are_gone_have_a_reason(pictures, office, case):
    """A disk that lost a paper is no error of the page."""
    one = case("a.pdf", ONE[0])
    office.store.blobs.path(ONE[1]).unlink()

    assert pictures.page(one, told(ONE[1]), 1, SCREEN) == Unseen("missing")


def test_a_drawer_that_cannot_start_is_told(pictures, case, monkeypatch):
    """It is the machine's, not the paper's, and is tried again at the next look."""
    one = case("a.pdf", ONE[0])

    def cannot(*_, **__):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(Sandbox, "draw", cannot)
        assert pictures.page(one, told(ONE[1]), 1, SCREEN) == Unseen("environment")

    assert isinstance(pictures.page(one, told(ONE[1]), 1, SCREEN), Picture)


def test_a_page_that_takes_too_long_is_not_tried_at_every_look(pictures, case, monkeypatch):
    """For a while; the shelf does not keep what may have been the machine's fault."""
    asked = []

    def slow(self, path, page, dpi, *, mended):
        asked.append(page)
        return "timeout"

    monkeypatch.setattr(Sandbox, "draw", slow)
    one = case("a.pdf", ONE[0])

    assert [pictures.page(one, told(ONE[1]), 1, SCREEN) for _ in range(3)] == [Unseen("timeout")] * 3
    assert asked == [1]


def test_the_original_is_given_byte_for_byte(pictures, case, zipped):
    """As it came, out of its package."""
    assert pictures.original(case("a.zip", zipped({"uno.pdf": ONE[0]})), told(ONE[1])) == ONE[0]


def test_pictures_can_be_asked_for_after_they_were_closed(pictures, case):
    """Closing ends the drawers; the next page starts one."""
    pictures.close()

    assert isinstance(pictures.page(case("a.pdf", ONE[0]), told(ONE[1]), 1, SCREEN), Picture)
