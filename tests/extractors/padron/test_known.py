"""Words of the register's own language, by which a scan's reading is checked."""

from dataclasses import replace

import numpy as np
import pytest

from extractors.lines import Box, Word
from extractors.padron.known import known_words
from extractors.padron.read import certificate
from extractors.page import Page
from extractors.reading.raster import Raster


def _page(*lines: str) -> Page:
    """Set *lines* as OCR would have read them: each word 5 points a letter, certain."""
    words = []
    for row, line in enumerate(lines):
        x = 60.0
        for text in line.split():
            words.append(Word(text, Box(x, 60 + 20 * row, x + 5 * len(text), 70 + 20 * row), 0.97))
            x += 5 * len(text) + 4
    paper = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
    return Page(
        number=1, width=595, height=842, words=tuple(words), reader="ocr", picture=lambda: paper
    )  # fmt: skip


def test_labels_and_causes_are_known_and_names_and_days_are_not():
    """Misread, a label is no label; a name is a name all the same."""
    known = known_words(_page("Data d'alta: 13/06/2018", "Baja por caducidad en Vigo"))

    assert {word.text for word in known} == {"Data", "d'alta:", "Baja", "caducidad"}


def test_a_misread_label_is_not_known():
    """A label with any word in it is no word of the register."""
    assert {word.text for word in known_words(_page("Data de Púltima variació"))} == {"Data"}


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("el Padrón Municipal de Habitantes de Ceuta", {"Padrón", "Municipal", "Habitantes"}),
        ("al Padró Municipal d'Habitants de Lleida", {"Padró", "Municipal"}),
        ("Biztanleen Udal Erroldan inskribatuta", {"Biztanleen", "Udal", "Erroldan"}),
        ("el Padrón Municipal de Vehículos", {"Padrón", "Municipal"}),
        ("procedente de Padrón", set()),
        ("01/02/2019 Actualidad Ceuta", {"Actualidad"}),
    ],
)
def test_the_registers_own_name_and_now_are_known_and_a_town_like_it_is_not(line, known):
    """Misread, they would name no register and no day; what makes it another's is looked at all the same."""
    assert {word.text for word in known_words(_page(line)) if word.text[0].isupper()} == known


@pytest.mark.parametrize(("blank", "known"), [(9, {"CANVI", "DE", "RESIDÈNCIA"}), (20, set())])
def test_a_typewriters_broad_blanks_part_no_cause(blank, known):
    """Its capitals have no tails: a blank is more than their height, and a column is more than that."""
    words, x = [], 60.0
    for text in ("CANVI", "DE", "RESIDÈNCIA"):
        words.append(Word(text, Box(x, 60, x + 6 * len(text), 66.8), 0.9))
        x += 6 * len(text) + blank
    page = replace(_page(), words=tuple(words))
    assert {word.text for word in known_words(page)} == known


@pytest.mark.parametrize(("name", "sure"), [("Pontevedra", True), ("Pohtevedra", False)])
def test_a_province_of_a_scan_that_is_none_is_not_believed(name: str, *, sure: bool):
    """Two readers may see the same wrong letter under a streak; there are 52 provinces."""
    page = _page("Concello de Vigo", f"Provincia: {name}", "CERTIFICADO DE EMPADROAMENTO")

    assert (certificate([page])["province"].confidence >= 0.9) == sure
    assert certificate([replace(page, reader="text")])["province"].confidence >= 0.9


def test_what_labels_tell_of_a_stay_stands_in_its_place():
    """A scan's words are doubted in the place of a stay: a speck beside a country makes it another origin."""
    told = ("Fecha de alta: 13/06/2018", "Nombre: Ana Prueba", "Causa: Cambio de residencia")
    page = _page("Ayuntamiento de Vigo", "CERTIFICADO DE EMPADRONAMIENTO", *told, "Procedencia: Ceuta A")

    stay = certificate([page])["periods"].items[0]

    assert stay.box.holds(*page.words[-1].box.middle)
