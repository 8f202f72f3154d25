"""Reading the places of a scan that lies on its blank: print, combs, strokes, seals, remarks, a hand."""

from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.laying import blanks
from extractors.forms.template import sheets
from extractors.forms.zones.entries import entries
from extractors.reading.raster import Raster

SCALE = 200 / 72
FONTS = "/usr/share/fonts/truetype"
PRINT, HAND = f"{FONTS}/crosextra/Carlito-Regular.ttf", f"{FONTS}/femkeklaver/femkeklaver.ttf"
NAMES = {
    "applicant.first_surname": "Núñez",
    "applicant.given_name": "María José",
    "applicant.id_number": "12345678Z",
    "applicant.address.street_name": "de los Reyes Católicos",
    "representative.first_surname": "Benali",
    "representative.id_number": "X1234567L",
    "notification.email": "ana.ruiz@correo.example",
    "notification.address.street_name": "Mayor",
}
COMBS = {"applicant.address.postal_code": "51001", "representative.address.postal_code": "51 02"}
SHEET = next(sheet for sheet in sheets("ce_application") if sheet.edition == "ce_application_es")
AT = {zone.name: at for at, zone in enumerate(SHEET.zones)}


def box(name):
    """The place of a field in pixels."""
    return [side * SCALE for side in SHEET.zones[AT[name]].box]


def drawn(face, size=11):
    """The blank filled in with one face, and a pen to draw on it."""
    grey = blanks.picture(SHEET.edition, 1, SCALE).grey
    image = Image.fromarray(grey.copy())
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(face, round(size * SCALE))
    for name, text in NAMES.items():
        x0, y0, _, y1 = box(name)
        pen.text((x0 + 6, (y0 + y1) / 2), text, font=font, fill=40, anchor="lm")
    for name, text in COMBS.items():
        x0, _, x1, y1 = box(name)
        for cell, sign in enumerate(text):
            pen.text((x0 + (x1 - x0) * (cell + 0.5) / 5, y1 - 7), sign, font=font, fill=40, anchor="ms")
    return image, pen, font


def read(image, dye=None, *, bilevel=False):
    """The entries of a page by the names of their fields, and its words."""
    picture = Raster(grey=np.asarray(image), scale=SCALE, dye=dye, bilevel=bilevel)
    found = entries(SHEET, picture, blanks.picture(SHEET.edition, 1, SCALE))
    return SimpleNamespace(words=found.words, at={name: found.entries.get(AT[name]) for name in AT})


@pytest.fixture(scope="module")
def page():
    """A typed page: with one name struck out, one that runs over its border, a remark, a seal and specks."""
    image, pen, font = drawn(PRINT)
    x0, y0, _, y1 = box("representative.first_surname")
    pen.line((x0 + 2, (y0 + y1) / 2 + 2, x0 + 110, (y0 + y1) / 2), fill=40, width=3)
    x0, y0, x1, y1 = box("representative.given_name")
    pen.text((x1 - 40, (y0 + y1) / 2), "Encarnación", font=font, fill=40, anchor="lm")
    pen.text((330, 2080), "NO AUTORIZO la consulta", font=font, fill=40, anchor="ls")
    x0, y0, _, _ = box("notification.address.block")
    for x, y in ((12, 12), (18, 16), (13, 22), (19, 25), (16, 30)):
        pen.rectangle((x0 + x, y0 + y, x0 + x + 1, y0 + y + 1), fill=40)
    x0, y0, _, y1 = box("notification.address.stair")
    pen.text((x0 + 8, (y0 + y1) / 2), "C", font=font, fill=215, anchor="lm")
    for name, above in (("applicant.address.number", "8"), ("representative.address.number", "")):
        x0, y0, _, y1 = box(name)
        pen.text((x0 + 8, (y0 + y1) / 2), "136", font=font, fill=40, anchor="lm")
        last = x0 + 8 + pen.textlength("13", font=font)
        by_pen = ImageFont.truetype(HAND, round(16 * SCALE))
        pen.text((last, (y0 + y1) / 2), above, font=by_pen, fill=40, stroke_width=1, anchor="lm")
    x0, y0, _, y1 = box("representative.address.street_name")
    pen.text((x0 + 6, (y0 + y1) / 2), "Ulloa", font=font, fill=40, anchor="lm")
    by_pen = ImageFont.truetype(HAND, round(6 * SCALE))
    pen.text((x0 + 120, y1 - 9), "bis", font=by_pen, fill=40, anchor="lm")
    x0, y0, _, y1 = box("applicant.address.city")
    for down, text in ((-10, "Melilla"), (14, "Vigo")):
        pen.text((x0 + 8, (y0 + y1) / 2 + down), text, font=font, fill=40, anchor="lm")
    _, _, x1, y1 = box("notification.address.street_name")
    pen.text((x1 - 60, y1 - 2), "REGISTRO", font=font, fill=40, anchor="rm")
    x0, y0, _, _ = box("applicant.first_surname")
    seal = Image.new("L", image.size, 0)
    ImageDraw.Draw(seal).ellipse((x0 - 60, y0 - 60, x0 + 150, y0 + 120), outline=150, width=5)
    x0, y0, _, y1 = box("notification.address.city")
    ImageDraw.Draw(seal).text((x0 + 6, (y0 + y1) / 2), "Melilla", font=font, fill=170, anchor="lm")
    dye = np.asarray(seal)
    inked = np.minimum(np.asarray(image), 255 - dye)
    return read(inked, np.minimum(dye, np.asarray(image) - inked))


@pytest.mark.parametrize("name", ["applicant.given_name", "applicant.address.street_name"])
def test_print_is_read_and_sure(page, name):
    """Two recognisers agree, or a check letter holds."""
    entry = page.at[name]
    assert (entry.text, entry.certainty >= 0.9, entry.hand) == (NAMES[name], True, False)


@pytest.fixture(scope="module")
def faxed():
    """A page in black and white alone: its numbers show every figure but the 9 and the 0 more than once."""
    image, pen, font = drawn(PRINT)
    more = {"applicant.address.number": "9", "notification.mobile": "612845376"}
    more |= dict.fromkeys(("applicant.address.door", "representative.address.number"), "18")
    for name, text in more.items():
        x0, y0, x1, y1 = box(name)
        cells = SHEET.zones[AT[name]].cells
        for cell, sign in enumerate(text) if cells > 1 else ():
            pen.text((x0 + (x1 - x0) * (cell + 0.5) / cells, y1 - 7), sign, font=font, fill=40, anchor="ms")
        if cells == 1:
            pen.text((x0 + 6, (y0 + y1) / 2), text, font=font, fill=40, anchor="lm")
    return read(image, bilevel=True).at


@pytest.mark.parametrize(
    ("name", "text"), [("notification.mobile", "612845376"), ("representative.address.number", "18")]
)
def test_figures_on_a_fax_are_sure_where_others_of_the_page_vouch_for_them(faxed, name, text):
    """They look like figures that a check letter proves."""
    assert (faxed[name].text, faxed[name].certainty >= 0.9) == (text, True)


def test_a_figure_alone_on_a_fax_is_not_sure_where_none_of_the_page_is_like_it(faxed):
    """A stroke that it lost leaves no grey: all readers then see the same other figure, or none beside it."""
    entry = faxed["applicant.address.number"]
    assert (entry.text, entry.certainty < 0.9) == ("9", True)
    assert faxed["applicant.given_name"].certainty >= 0.9


def test_figures_on_a_fax_that_a_third_reader_sees_too_are_sure(faxed):
    """Nothing on the page shows what its 0 looks like."""
    entry = faxed["applicant.address.postal_code"]
    assert (entry.text, entry.certainty >= 0.9) == ("51001", True)


def test_a_figure_on_a_fax_is_not_sure_where_a_letter_may_stand(faxed):
    """An 8 vouches for a B as well: a door has either."""
    entry = faxed["applicant.address.door"]
    assert (entry.text, entry.certainty < 0.9) == ("18", True)


def test_a_number_whose_letter_holds_is_no_guess(page):
    """Read the same by both, without a second reading to keep."""
    entry = page.at["applicant.id_number"]
    assert (entry.text, entry.certainty > 0.85, entry.hand) == ("12345678Z", True, False)


def test_an_address_of_mail_keeps_its_sign(page):
    """The model of English knows it."""
    assert page.at["notification.email"].text == NAMES["notification.email"]


def test_a_place_without_a_stroke_is_surely_empty(page):
    """It reaches no recogniser."""
    entry = page.at["notification.address.street_type"]
    assert (entry.text, entry.certainty >= 0.9) == ("", True)


def test_specks_that_may_be_a_faded_letter_make_no_sure_emptiness(page):
    """A fax keeps so much of thin strokes."""
    entry = page.at["notification.address.block"]
    assert entry.certainty < 0.9


def test_a_figure_on_which_a_line_goes_down_leaves_its_place_in_doubt():
    """A fold's shadow that hangs together with a 5 is taken for a streak, and the 5 with it."""
    image = Image.fromarray(blanks.picture(SHEET.edition, 1, SCALE).grey.copy())
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(PRINT, round(10 * SCALE))
    x0, y0, _, y1 = box("applicant.address.floor")
    pen.text((x0 + 8, (y0 + y1) / 2), "5", font=font, fill=40, anchor="lm")
    pen.line((x0 + 14, y0, x0 + 16, y1), fill=90, width=2)
    found = read(image).at
    assert found["applicant.address.floor"].certainty < 0.9 <= found["applicant.address.door"].certainty


@pytest.mark.parametrize(("gap", "sure"), [(0, True), (3, False), (5, False)])
def test_a_fax_that_left_letters_in_pieces_leaves_no_place_surely_empty(gap, sure):
    """Of another letter, an 8 by itself, it may have left nothing but dust."""
    image = Image.fromarray(blanks.picture(SHEET.edition, 1, SCALE).grey.copy())
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(PRINT, round(11 * SCALE))
    x0, y0, _, y1 = (round(side) for side in box("representative.first_surname"))
    pen.text((x0 + 8, (y0 + y1) / 2), "BENALI", font=font, fill=40, anchor="lm")
    for lost in range(gap):
        for y in range(y0 + 2 + lost, y1 - 4, 6):
            pen.line((x0 + 4, y, x0 + 200, y), fill=255)
    found = read(image, bilevel=True).at
    assert (found["notification.address.floor"].certainty >= 0.9) == sure


def test_a_letter_too_pale_to_be_read_makes_no_sure_emptiness(page):
    """A pencil, or a worn ribbon, is paler than what counts as ink."""
    entry = page.at["notification.address.stair"]
    assert (entry.text, entry.certainty < 0.9) == ("", True)


def test_a_figure_written_over_is_in_doubt(page):
    """It stands out above the others; what was printed below it may have been meant."""
    assert page.at["applicant.address.number"].certainty <= 0.5


def test_the_same_number_untouched_is_in_no_such_doubt(page):
    """Its figures end level."""
    entry = page.at["representative.address.number"]
    assert (entry.text, entry.certainty > 0.5) == ("136", True)


def test_cells_are_one_number(page):
    """Without the marks between them."""
    entry = page.at["applicant.address.postal_code"]
    assert (entry.text, entry.certainty >= 0.9) == ("51001", True)


def test_an_empty_cell_is_a_gap_and_never_a_shorter_number(page):
    """51 02 is no 5102."""
    entry = page.at["representative.address.postal_code"]
    assert (entry.text, entry.certainty <= 0.5) == ("51_02", True)


def test_what_is_struck_out_is_in_doubt(page):
    """A level stroke goes through it."""
    assert page.at["representative.first_surname"].certainty <= 0.5


def test_what_runs_beyond_its_place_is_in_doubt(page):
    """The half that lies inside is no shorter name."""
    assert page.at["representative.given_name"].certainty <= 0.5


def test_a_word_of_a_black_seal_far_behind_a_value_is_not_read_with_it(page):
    """It stands on another line and runs over the border; that a person sees it costs nothing."""
    entry = page.at["notification.address.street_name"]
    assert (entry.text, 0.5 < entry.certainty < 0.9) == ("Mayor", True)


def test_a_few_small_strokes_far_behind_a_value_leave_it_to_a_person(page):
    """Somebody may have corrected it."""
    entry = page.at["representative.address.street_name"]
    assert (entry.text, 0.5 < entry.certainty < 0.9) == ("Ulloa", True)


def test_two_values_one_below_the_other_are_in_doubt(page):
    """Nobody can tell which is meant, and both together are a third."""
    entry = page.at["applicant.address.city"]
    assert (entry.text, 0.5 < entry.certainty < 0.9) == ("Melilla Vigo", True)


def test_a_seal_is_lifted_off_the_name_under_it(page):
    """Its ring crosses the letters."""
    assert page.at["applicant.first_surname"].text == "Núñez"


def test_a_value_in_blue_stays(page):
    """A pen, and a ribbon of colour, are no seal."""
    assert page.at["notification.address.city"].text == "Melilla"


def test_a_remark_between_the_places_is_read(page):
    """It may oppose what the form asks."""
    words = [word.text for word in page.words]
    assert {"NO", "AUTORIZO"} <= set(words)


def test_a_hand_is_told_and_not_guessed():
    """Nothing is sure, nothing is given but what a check letter proves, and the ink is marked."""
    by_hand = read(drawn(HAND, size=13)[0])
    entries_ = [by_hand.at[name] for name in NAMES]
    assert [one.hand for one in entries_] == [True] * len(NAMES)
    assert max(one.certainty for one in entries_) < 0.9
    assert by_hand.at["applicant.given_name"].text == ""
    assert by_hand.at["applicant.given_name"].box != SHEET.zones[AT["applicant.given_name"]].box
