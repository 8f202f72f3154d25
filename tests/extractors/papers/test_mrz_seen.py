"""Machine readable zones on pictures: found however they lie, read by two recognisers, proved or not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.bounds import Bounds
from extractors.certainty import certainty
from extractors.kinds.identity_document import KIND
from extractors.mrz.lines import zones
from extractors.mrz.seen import seen
from extractors.page import Page
from extractors.reading.files import image
from extractors.reading.raster import Raster

OCR_B = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
MONO = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
PITCH = 20.0
"""Pixels of a sign's breadth at 200 dpi: 2.54 mm."""
CHECKED = ("number", "birth", "expiry")
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def lines(rows, face=OCR_B):
    """Return a picture of the lines of a zone at 200 dpi."""
    picture = Image.new("L", (round(PITCH * len(rows[0])) + 8, 40 * len(rows)), 245)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(face, 28)
    for row, text in enumerate(rows):
        for at, sign in enumerate(text):
            pen.text((4 + PITCH * at, 40 * row + 32), sign, 30, font=font, anchor="ls")
    return picture


def scan(*pasted):
    """Return an A4 page at 200 dpi with pictures pasted at pixels, of which the engine made no word."""
    paper = Image.new("L", (1654, 2339), 245)
    for x, y, picture in pasted:
        paper.paste(picture, (x, y))
    raster = Raster(grey=np.asarray(paper), scale=200 / 72)
    return Page(number=1, width=595, height=842, words=(), reader="ocr", picture=lambda: raster)


@pytest.mark.parametrize(
    ("rows", "face", "turn"),
    [(TD1, OCR_B, 0), (TD1, MONO, 90), (TD3, OCR_B, 180), (TD3, MONO, 6), (TD1, MONO, 225)],
)
def test_a_zone_is_found_however_it_lies_on_the_sheet(rows, face, turn):
    """No word of the page is needed: level, on its side, upside down or askew."""
    picture = lines(rows, face).rotate(turn, expand=True, fillcolor=245, resample=Image.Resampling.BICUBIC)
    (found,) = zones(scan((300, 700, picture)))
    assert (found.zone.valid, found.zone.surnames, found.zone.birth) == (True, "ERIKSSON", "740812")
    assert found.signals["birth"].proof == "held"
    assert 95 < found.box.x0 < 120


@pytest.mark.parametrize("turn", [90, 150])
def test_a_card_is_turned_as_its_zone_lies(turn):
    """Its print is read too, and nothing is said against the picture."""
    card = Image.new("L", (700, 400), 245)
    card.paste(lines(TD1), (30, 240))
    font = ImageFont.truetype(MONO, 28)
    ImageDraw.Draw(card).text((30, 60), "APELLIDOS ERIKSSON", 30, font=font)
    turned = card.rotate(turn, expand=True, fillcolor=245, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    turned.save(out, "PNG", dpi=(200, 200))
    (page,) = image.pages(out.getvalue(), Bounds())
    assert "APELLIDOS ERIKSSON" in page.text
    assert page.poor is None


def test_a_mirrored_zone_is_none():
    """What is mirrored is not guessed back."""
    assert zones(scan((300, 700, lines(TD1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)))) == ()


def test_lines_of_a_typewriter_are_no_zone():
    """Signs of one breadth alone make no zone: it has fillers."""
    rows = ("EL CAZADOR DE NOCHE VOLVIO TARDE", "Y NADIE PREGUNTO POR LOS PAPELES")
    assert zones(scan((300, 700, lines(rows, MONO)))) == ()


def test_both_readers_and_all_digits_prove_a_zone():
    """What both read alike, and whose digits hold, may be accepted."""
    found = seen(TD1, TD1, (0.9, 0.9, 0.9))
    assert found.zone.valid
    assert {(one.second, one.proof) for part, one in found.signals.items() if part in CHECKED} == {
        ("same", "held")
    }


def test_a_digit_that_holds_only_after_a_repair_is_unproven():
    """O for a nought is understood, and no one relies on it."""
    broken = (TD1[0], TD1[1].replace("7408122F", "74O8122F"), TD1[2])
    found = seen(broken, broken, (0.9, 0.9, 0.9))
    assert (found.zone.valid, found.signals["birth"].proof) == (False, "repaired")
    assert certainty("zones_of_card", "date", found.signals["birth"]) < 0.9


@pytest.mark.parametrize(("number", "proof"), [("D23145790", "held"), ("D2314S890", "none")])
def test_signs_of_one_residue_need_both_readers(td1, number, proof):
    """S and 8 give the same check digit: one reader alone proves no number that holds either."""
    rows = td1(
        code="I<", issuer="UTO", number=number, optional="", birth="740812", sex="F", expiry="300415",
        nationality="UTO", names="ERIKSSON<<ANNA",
    )  # fmt: skip
    alone = seen(rows, ("", "", ""), (0.9, 0.9, 0.9))
    assert alone.zone.valid
    assert alone.signals["number"].proof == proof
    assert seen(rows, rows, (0.9, 0.9, 0.9)).signals["number"].proof == "held"


def test_readers_that_differ_leave_a_doubt(td1):
    """Where each reads another number whose digits hold, nobody is believed."""
    told = {"code": "I<", "issuer": "UTO", "optional": "", "birth": "740812", "sex": "F", "expiry": "300415",
            "nationality": "UTO", "names": "ERIKSSON<<ANNA"}  # fmt: skip
    found = seen(td1(number="D23148890", **told), td1(number="D2314S890", **told), (0.9, 0.9, 0.9))
    assert found.signals["number"].second == "other"
    assert certainty("zones_of_card", "code", found.signals["number"]) < 0.9


def test_signs_of_either_reader_make_the_likelier_zone(td1):
    """Each reader errs in another sign: the zone whose digits hold is told, and proves nothing."""
    first = (TD1[0].replace("D23", "O23"), *TD1[1:])
    second = (TD1[0], TD1[1].replace("1204", "I204"), TD1[2])
    wrong = (TD1[0].replace("8907", "8901"), *second[1:])
    found = seen(first, second, (0.9, 0.9, 0.9))
    assert (found.zone.number, found.zone.expiry, found.zone.failing) == ("D23145890", "120415", ())
    mixed = seen(first, wrong, (0.9, 0.9, 0.9))
    assert (mixed.zone.number, mixed.zone.valid, mixed.signals["number"].proof) == (
        "D23145890",
        False,
        "repaired",
    )


def test_a_stray_letter_in_a_run_of_fillers_is_one():
    """No zone has a lone letter among fillers."""
    read = (TD3[0], TD3[1], TD3[0])[:2]
    noisy = (read[0].replace("<<<<<<<<<<", "<<<<K<<<<<", 1), read[1])
    assert seen(noisy, noisy, (0.9, 0.9)).zone.given_name == "ANNA MARIA"


def test_the_cards_of_two_people_on_one_sheet_are_never_one_sure_person(td1):
    """Two births that hold on one paper: a person parts them."""
    told = {"code": "ID", "issuer": "ESP", "sex": "F", "expiry": "300101", "nationality": "ESP"}
    one = td1(number="BAA000589", optional="00000014Z", birth="800503", names="LLEDO<<TERESA", **told)
    other = td1(number="BAA000590", optional="00000030F", birth="620117", names="PAZ<<INES", **told)
    page = scan((300, 500, lines(one)), (300, 1400, lines(other)))
    assert len(zones(page)) == 2
    assert max(field.confidence for field in KIND.read([page]).values()) <= 0.5
