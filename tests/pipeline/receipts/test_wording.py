"""What a receipt says, in each language."""

import datetime as dt

import pytest

from extractors.vocabulary import loaded
from pipeline.letters.heads import Head
from pipeline.receipts import wording
from pipeline.receipts.told import Clock
from pipeline.receipts.wording import Signer, parts
from validators.deadlines import terms

DAY = dt.date(2026, 3, 17)


def said(told, signer=None, language="es"):
    part = parts(told, signer, (language,))[0]
    return "\n".join((*part.notes, *(f"{a}: {b}" for a, b in part.facts), *part.terms, *part.asked))


def test_every_line_is_there_in_every_language():
    """None was forgotten, and the braces to fill in are the same."""
    import string

    def holes(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for name, row in wording._words().items():
        assert set(row) == {"es", "gl", "en"}, name
        assert holes(row["es"]) == holes(row["gl"]) == holes(row["en"]), name


def test_it_tells_what_the_law_asks_for(receipt):
    """Who, when with its offset, where, to whom, from when terms run, the longest one, silence, cure."""
    words = said(receipt())

    for what in (
        "Número de expediente: CEU01-2026-000001",
        "Fecha y hora de recepción: 16/03/2026 09:30:03 (UTC+01:00)",
        "Oficina que recibe: CEU01",
        "Persona interesada: Ana Prueba",
        "(INGESA)",
        "se cuentan desde el 17/03/2026",
        "30 días hábiles, hasta el 30/04/2026 (Orden SSI/1475/2014, art. 5.3)",
        "concedida por silencio",
        "10 días hábiles para aportarlo",
        "956 000 000",
        "no es un justificante de registro",
    ):
        assert what in words


def test_another_day_of_filing_than_of_reception_is_told(receipt):
    """It is the one that counts; the same day is not said twice."""
    assert "Fecha de presentación: 10/03/2026" in said(receipt(filed_on=dt.date(2026, 3, 10)))
    assert "presentación" not in said(receipt())


def test_while_the_procedure_is_unknown_both_terms_are_told(receipt):
    """One grants by silence and the other refuses."""
    clock = Clock(DAY, terms(DAY), assumed=True)
    words = said(receipt(procedure="unknown", person="", clock=clock))

    assert "Todavía no se conoce el procedimiento" in words
    assert "concedida por silencio" in words
    assert "denegada por silencio" in words
    assert "salvo que los documentos lleven otra fecha de registro" in words
    assert "No consta todavía" in words


def test_a_last_day_that_may_move_is_told_as_such(receipt):
    """A calendar is still an estimate."""
    clock = receipt().clock._replace(provisional=True)

    assert "hasta el 30/04/2026, fecha provisional" in said(receipt(clock=clock))


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (None, "No lleva firma electrónica."),
        (Signer("Ventanilla", test=True), "firmado con una clave de prueba"),
        (Signer("Sello del Instituto", test=False), "Lleva la firma electrónica de Sello del Instituto."),
    ],
)
def test_it_says_how_it_is_signed(receipt, signer, words):
    """With no key, with the test key, with the body's own."""
    assert words in said(receipt(), signer)


def test_a_repeated_delivery_points_at_the_first_and_its_date(receipt):
    """And gives no terms of its own."""
    first = dt.datetime(2026, 3, 2, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    words = said(receipt(kind="duplicate", order=2, first_at=first, clock=None))

    assert (
        "ya se habían recibido el 02/03/2026 08:15:00 (UTC+01:00), en el expediente CEU01-2026-000001"
        in words
    )
    assert "Son los plazos del acuse de la primera entrega" in words
    assert "silencio" not in words


def test_an_answer_names_the_first_delivery_of_its_case(receipt):
    """It joins a case; it opens none."""
    first = dt.datetime(2026, 3, 2, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))

    assert "cuya primera entrega se recibió el 02/03/2026" in said(
        receipt(kind="answer", order=2, first_at=first)
    )


def test_a_second_language_does_not_repeat_the_list_of_files(receipt):
    """The first part holds it; the others say so."""
    spanish, galician = parts(receipt(), None, ("es", "gl"))

    assert [row[0] for row in spanish.rows] == ["solicitud.zip", "padrón.pdf (dentro del paquete)"]
    assert galician.rows == ()
    assert "primeira parte" in galician.papers_note


def test_a_name_with_breaks_forges_no_line(receipt):
    """What a sender called a file stays on its line."""
    words = said(receipt(name="a\r\nNúmero de registro: 7\u202e.pdf"))

    assert "Contenido: a Número de registro: 7 .pdf" in words


def test_the_words_file_is_plain_data():
    """No line is there twice: the second would win in silence."""
    from importlib.resources import files

    text = files("pipeline.receipts").joinpath("wording.yaml").read_text(encoding="utf-8")
    names = [row.partition(":")[0] for row in text.splitlines() if row and row[0] not in "# "]

    assert len(names) == len(set(names)) == len(loaded(text))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Un programa informático lee los documentos y propone qué hacer. Decide una persona."),
        ("gl", "Un programa informático le os documentos e propón que facer. Decide unha persoa."),
        ("en", "A computer program reads the papers and proposes what to do. A person decides."),
    ],
)
def test_it_says_that_a_program_proposes_and_a_person_decides(receipt, language, sentence):
    """In every language of receipts."""
    assert sentence in said(receipt(), language=language)


def test_it_carries_the_data_protection_notice_of_its_office(receipt):
    """The office's own words; without any, those of letters, with the body that decides."""
    (plain,) = parts(receipt(), None, ("es",))
    (own,) = parts(receipt(head=Head(notices={"es": "Aviso de esta oficina."})), None, ("es",))

    assert plain.notice.startswith("Instituto Nacional de Gestión Sanitaria (INGESA) trata sus datos")
    assert own.notice == "Aviso de esta oficina."
