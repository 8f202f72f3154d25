"""Words of digital pages stand where a person sees them, and only what a person sees is read."""

from __future__ import annotations

import pytest

from extractors.lines import Box, Word, around
from extractors.reading.files import pdf
from extractors.reading.layer import text_layer


def found(data, text):
    """Return the one word *text* of the first page."""
    with pdf.pages(data) as pages:
        return next(word for word in pages[0].words if word.text == text)


def words(data):
    """Return the texts of the first page's words."""
    with pdf.pages(data) as pages:
        return [word.text for word in pages[0].words]


def test_a_word_stands_at_points_from_the_top_left(paper):
    """Drawn at x 60 and 760 from below on a page of 842 it begins at 60 and its foot is near 82."""
    box = found(paper.typed(), "AYUNTAMIENTO").box
    assert box.x0 == pytest.approx(60, abs=1)
    assert box.y0 < 82 < box.y1


def test_accents_and_order_are_kept(paper):
    """The text is that of the paper, line by line."""
    with pdf.pages(paper.typed()) as pages:
        assert pages[0].text.splitlines() == list(paper.prose)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_upright(paper, turn):
    """Whatever /Rotate says, lines are lines."""

    def rotate(opened):
        opened.pages[0].rotate(turn, relative=False)

    with pdf.pages(paper.changed(paper.typed(), rotate)) as pages:
        assert pages[0].text.splitlines() == list(paper.prose)


@pytest.mark.parametrize(("turn", "corner"), [(90, (757.3, 60)), (180, (439.7, 757.3)), (270, (70.6, 439.7))])
def test_a_box_goes_back_to_the_page_as_it_is_shown(paper, turn, corner):
    """With /Rotate the same word moves clockwise around the sheet that a viewer shows."""

    def rotate(opened):
        opened.pages[0].rotate(turn, relative=False)

    with pdf.pages(paper.changed(paper.typed(), rotate)) as pages:
        box = pages[0].as_filed(next(w.box for w in pages[0].words if w.text == "AYUNTAMIENTO"))
    assert (box.x0, box.y0) == pytest.approx(corner, abs=1)


def test_text_set_sideways_on_a_page_shown_upright_needs_no_turn(paper):
    """A landscape page printed to portrait and turned by /Rotate is upright as it is shown."""

    def sideways(sheet):
        sheet.rotate(90)
        sheet.drawString(60, -80, "una línea bastante larga que corre por el lado de la hoja entera")

    def rotate(opened):
        opened.pages[0].rotate(90, relative=False)

    with pdf.pages(paper.changed(paper.typed([], draw=sideways), rotate)) as pages:
        assert pages[0].as_filed is None
        assert pages[0].text.startswith("una línea bastante larga")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_both_readers_agree_on_place_with_crop_box_and_rotation(paper, turn):
    """A crop box that begins elsewhere moves the origin for both readers alike."""

    def cut(opened):
        opened.pages[0].cropbox = [40, 100, 540, 800]
        opened.pages[0].rotate(turn, relative=False)

    with pdf.pages(paper.changed(paper.typed(paper.prose[:3]), cut)) as pages:
        page = pages[0]
        first, second = around(w.box for w in page.words), around(w.box for w in page.second_words())
    assert first.middle == pytest.approx(second.middle, abs=3)
    assert (page.width, page.height) == pytest.approx((500, 700))


def test_words_outside_the_crop_box_are_not_read(paper):
    """What is cut away is on no page that a person sees."""

    def cut(opened):
        opened.pages[0].cropbox = [0, 0, 595, 745]

    assert "AYUNTAMIENTO" not in words(paper.changed(paper.typed(), cut))


def test_white_text_on_white_is_not_read(paper):
    """A date that nobody can see is no date."""

    def hide(sheet):
        sheet.setFillGray(1)
        sheet.drawString(60, 300, "2001")

    assert "2001" not in words(paper.typed(draw=hide))


def test_text_under_a_patch_is_not_read(paper):
    """A painted rectangle hides what lies below it from the program as from a person."""

    def patch(sheet):
        sheet.setFillGray(1)
        sheet.rect(50, 750, 300, 30, stroke=0, fill=1)

    assert "AYUNTAMIENTO" not in words(paper.typed(draw=patch))


def test_invisible_letters_are_not_read(paper):
    """Text rendering mode 3 draws nothing."""

    def hide(sheet):
        text = sheet.beginText(60, 300)
        text.setTextRenderMode(3)
        text.textOut("2001")
        sheet.drawText(text)
        sheet.rect(50, 290, 90, 30)

    assert "2001" not in words(paper.typed(draw=hide))


def test_text_up_the_margin_is_a_line_of_its_own(paper):
    """The verification code that offices print along the side never mixes with the lines it passes."""

    def margin(sheet):
        sheet.translate(25, 500)
        sheet.rotate(90)
        sheet.drawString(0, 0, "CSV ABCD1234 compruebe este documento en la sede")

    with pdf.pages(paper.typed(draw=margin)) as pages:
        assert pages[0].text.splitlines() == [
            *paper.prose,
            "CSV ABCD1234 compruebe este documento en la sede",
        ]


def test_a_hyphen_at_the_end_of_a_line_stays(paper):
    """A number broken over two lines keeps its hyphen."""
    assert "12345678-" in words(paper.typed(["con documento 12345678-", "Z y domicilio"]))


def test_page_and_pixels_share_one_scale(paper):
    """Ink of the picture lies where the word's box says."""
    with pdf.pages(paper.typed()) as pages:
        page = pages[0]
        word = page.words[0]
        assert page.picture().ink(word.box) > 0.05
        assert page.picture().ink(word.box._replace(x0=400, x1=500)) == 0


def test_two_dates_at_one_place_are_both_in_doubt(paper):
    """A date painted over another leaves two in the text layer; neither passes for sure."""

    def change(sheet):
        sheet.drawString(60, 300, "14/05/2024 otra")
        sheet.drawString(60, 300, "01/01/2019")

    with pdf.pages(paper.typed(draw=change)) as pages:
        sure = {word.text: word.confidence for word in pages[0].words}
    assert (sure["14/05/2024"], sure["01/01/2019"], sure["otra"]) == (0.5, 0.5, 1.0)


def test_bold_print_made_by_printing_twice_is_one_word(paper):
    """Some offices' programs print a word twice, a hair apart."""

    def twice(sheet):
        sheet.drawString(60, 300, "NEGRITA")
        sheet.drawString(60.4, 300, "NEGRITA")

    assert words(paper.typed(draw=twice)).count("NEGRITA") == 1


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ([(0, "LA"), (1.6, "ALBERCA,"), (1.6, "resulta")], ["LA", "ALBERCA,", "resulta"]),
        ([(0, "C"), (1.6, "E"), (1.6, "U")], ["CEU"]),
        ([(0, "certi"), (1.6, "ficado")], ["certificado"]),
    ],
    ids=["after capitals and commas", "in spaced print", "in a word with a ligature"],
)
def test_a_blank_that_leaning_capitals_leave_narrow_parts_words(paper, cells, read):
    """Print set to measure draws no blank there, and what is left of it is less than PDFium asks for."""

    def draw(sheet):
        sheet.setFont("Times-Roman", 12)
        x = 60
        for gap, text in cells:
            sheet.drawString(x + gap, 300, text)
            x += gap + sheet.stringWidth(text, "Times-Roman", 12)

    assert [word for word in words(paper.typed(draw=draw)) if word in {*read, "".join(read)}] == read


def test_dots_under_a_value_are_no_second_text(paper):
    """Printed leaders on which a value stands do not make it doubtful."""

    def leaders(sheet):
        sheet.drawString(60, 300, "........................")
        sheet.drawString(62, 301, "Melilla")

    assert found(paper.typed(draw=leaders), "Melilla").confidence == 1.0


def shifted(text):
    """Return the text with each small letter three further on."""
    return "".join(chr((ord(one) - 94) % 26 + 97) if "a" <= one <= "z" else one for one in text)


@pytest.mark.parametrize("spoil", [shifted, lambda text: "\ue012" * len(text), lambda _: "(cid:31)(cid:2)"])
def test_letters_that_are_other_letters_are_not_read(paper, spoil):
    """A font without a Unicode table gives codes; the page must then be looked at."""
    whole = [Word(word, Box(0, 0, 1, 1)) for line in paper.prose for word in line.split()]
    assert text_layer.legible(tuple(whole))
    assert not text_layer.legible(tuple(word._replace(text=spoil(word.text)) for word in whole))
