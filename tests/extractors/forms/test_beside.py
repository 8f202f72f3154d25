"""What somebody wrote on a digital form beside its places."""

import io
from dataclasses import replace

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.forms.beside import BESIDE, written_beside
from extractors.reading.files.pdf import pages

KIND, EDITION = "no_coverage_declaration", "no_coverage_declaration_es"


def _with(data, *told, at=(60, 14)):
    """The paper with lines *told* over its first page, the first at so many points from left and foot."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595.28, 841.89))
    canvas.setFont("Helvetica", 7)
    for number, line in enumerate(told):
        canvas.drawString(at[0], at[1] - 8 * number, line)
    canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(buffer.getvalue())).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def beside(fill):
    """What is told of lines written over a filled declaration."""
    filled = fill.printed(EDITION, {"declarant.given_name": "Ana", "place": "Ceuta"}, tick="X")

    def told(*lines, at=(60, 14)):
        found = written_beside(KIND, list(pages(_with(filled, *lines, at=at))))
        return found[BESIDE].text if found else None

    return told


@pytest.mark.parametrize(
    "own",
    [
        "Vivo en Tetuán",
        "NO AUTORIZO LA CONSULTA",
        "Trabajo en Marruecos",
        "Firmado y tengo seguro",
        "yo ya voy",
    ],
)
def test_a_sentence_of_a_persons_own_is_told_whatever_its_subject(beside, own):
    """At the foot, with two long words or three short ones."""
    assert beside(own) == own


@pytest.mark.parametrize(
    "office",
    [
        ("REGISTRO GENERAL DE ENTRADA", "Delegación del Gobierno en Ceuta", "Nº 2026-123 16/03/2026"),
        ("CSV: GEISER-1a2b-3c4d", "Verificable en https://run.gob.es/hsbvalida"),
        ("Firmado digitalmente por", "Ana de la O Pérez", "Fecha: 2026.03.13 10:11:12 +01'00'"),
        ("Página 1 de 1",),
        ("Ceuta, a 13 de marzo de 2026",),
        ("Renuncio",),
    ],
)
def test_what_an_office_a_signature_or_a_printer_adds_is_no_remark(beside, office):
    """Nor is one word that says nothing by itself."""
    assert beside(*office, at=(60, 30)) is None


def test_words_beside_a_stamp_are_told_where_no_name_reads_so(beside):
    """A remark does not hide under a registry's line."""
    assert beside("REGISTRO DE ENTRADA", "Me marcho en abril a Tánger", at=(60, 30)) is not None


def test_of_another_edition_nobody_knows_what_it_prints(beside, fill, monkeypatch):
    """Nothing is told where words of the blank are missing; all else on the paper is as before."""
    monkeypatch.setattr("extractors.forms.beside._WHOLE", 1.01)
    assert beside("Vivo en Tetuán") is None


def test_a_field_that_somebody_added_is_beside_the_places(fill):
    """What is typed into it is told as if it were printed."""
    filled = fill.typed(EDITION, {"declarant.given_name": "Ana"})
    (page,) = pages(filled)
    assert written_beside(KIND, [page]) == {}
    added = page.widgets[0]._replace(box=page.widgets[0].box._replace(y0=2.0, y1=14.0), value="Vivo en Fez")
    told = written_beside(KIND, [replace(page, widgets=(*page.widgets, added))])
    assert told[BESIDE].text == "Vivo en Fez"


@pytest.mark.parametrize("own", ["Desisto", "Ceuta, salvo mutua"])
def test_a_place_in_which_somebody_says_what_it_does_not_ask_is_told(fill, own):
    """An entry of the place's own kind is none, nor what a name happens to be."""
    honest = {"declarant.first_surname": "Salvo", "declarant.given_name": "Ana", "place": "Ceuta"}
    assert written_beside(KIND, list(pages(fill.typed(EDITION, honest)))) == {}
    told = written_beside(KIND, list(pages(fill.typed(EDITION, honest | {"place": own}))))
    assert told[BESIDE].text == own


def test_a_signature_for_another_is_told(beside):
    """Within the place to sign, where any name may stand."""
    assert beside("P.O. Ana Ruiz", at=(100, 400)) == "P.O. Ana Ruiz"
    assert beside("Ana Ruiz Paz", at=(100, 400)) is None
