"""Bills, leases and slips, letters that only send, and whose homes and papers they name."""

from __future__ import annotations

import pytest

from extractors.said.everyday import covers, everyday
from extractors.said.naming import holders, named, people, places, told_in
from extractors.said.typed import typed_in

_BILL = (
    "FACTURA DE ELECTRICIDAD\nTitular: Ana Pérez Gil\nConsumo 143 kWh\nPotencia contratada 3 kW\nTotal 34 €\n"
)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        (_BILL, "bill"),
        (
            "Justificante de transferencia\nOrdenante: Ana Gil\nImporte: 480 EUR\nFecha valor: 3/4/2026",
            "payment",
        ),
        (
            "Justificante de cita previa\nTrámite: solicitudes\nDía: 3/4/2026\nHora: 9:40\nMesa 3",
            "appointment",
        ),
        (_BILL + "La titular vive en Rabat desde marzo.\n", None),
        (_BILL + "Ya no soy cliente.\n", None),
        (_BILL + "Mudanza de la vivienda\n", None),
        (_BILL + "Oficina de Francia\n", None),
        (_BILL + "Desocupado.\n", None),
        (_BILL + "Consumo: 0 kWh\n", None),
        (_BILL + "Lectura anterior: 310\n", "bill"),
        (_BILL + "Titular anterior: 310\n", None),
        (_BILL + "Vecino de Algeciras\n", None),
        ("Factura\nLe mandamos recuerdos desde lejos, donde todo sigue como siempre y nadie sabe nada", None),
    ],
)
def test_a_paper_of_everyday_life_says_nothing_of_the_case(text, sort):
    """It is made of its own words, and touches neither home, cover, work nor giving up."""
    assert everyday(text) == sort


_LEASE = "Contrato de alquiler\nEl propietario y el inquilino, de la vivienda. Renta: 400 euros al mes.\n"


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("Plazo: un año.", "lease"),
        ("Plazo: doce meses.", "lease"),
        ("Plazo: once meses.", None),
        ("Uso: julio y agosto.", None),
        ("El inquilino entrega la vivienda al propietario.", None),
    ],
)
def test_a_lease_is_of_a_year_at_least_and_not_at_its_end(words, sort):
    """Else its home is none that lasts."""
    assert everyday(_LEASE + words) == sort


@pytest.mark.parametrize(
    ("concept", "sort"),
    [("alquiler marzo", "payment"), ("Alquiler piso Málaga", None), ("alquiler, ya me voy", None)],
)
def test_what_whoever_pays_types_is_held_to_known_words(concept, sort):
    """A name of a place, too, tells of the case there: it is no bank that wrote it."""
    head, foot = "Transferencia\nOrdenante: Ana Gil", "Importe: 480 EUR\nFecha valor: 3/4/2026"
    assert everyday(f"{head}\nConcepto: {concept}\n{foot}") == sort


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Asunto: Solicitud de convenio especial\nNúmero: 26-00431\nMesa: tercera", []),
        ("Asunto: que no sigan\n", ["no", "sigan"]),
        ("Extracto: documentación\ndel Traslado Málaga\n", ["Traslado", "Málaga"]),
    ],
)
def test_the_subject_of_a_receipt_of_filing_has_few_words(text, strange):
    """Those by which a letter sends; what other lines of it say is the office's."""
    assert [text[start:end] for start, end in typed_in(text)] == strange


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Destinatario: Said Amar Ben Ali\n", ["Said Amar Ben Ali"]),
        ("En nombre de: Ana Pérez Gil", ["Ana Pérez Gil"]),
        ("Titular Ana Pérez Gil\n", ["Ana Pérez Gil"]),
        ("TITULAR DE LA CUENTA\nCliente desde 2019", []),
        ("Ordenante: Asociación Vecinos Norte", []),
        ("Presenta: Ana Pérez Gil", []),
    ],
)
def test_for_whom_a_printed_paper_is_stands_by_its_label(text, named):
    """A firm is nobody of the case, and whoever hands in may do it for another."""
    assert [text[start:end] for start, end in holders(text)] == named


@pytest.mark.parametrize(
    ("text", "sort", "named"),
    [
        ("El piso está en Marbella.", "lease", ["Marbella."]),
        ("Pago en Banco Norte.", "payment", []),
        ("Le esperamos en Algeciras.", "appointment", []),
        ("Biblioteca de Jerez", "membership", ["Jerez"]),
        ("Llamadas desde Lyon", "bill", ["Lyon"]),
    ],
)
def test_where_something_is_is_a_home_in_papers_that_are_about_homes(text, sort, named):
    """A bank is none; and the office of an appointment stands where it stands."""
    told = told_in(text, sends=False, sort=sort)
    assert (told["places"] if told else []) == named


@pytest.mark.parametrize(
    ("text", "only_sends"),
    [
        ("Buenos días:\nAdjunto la solicitud y los documentos.\nUn saludo", True),
        ("Adjunto la solicitud. Esperen mi aviso para tramitar la solicitud. Gracias", False),
        ("Adjunto los papeles. Llego a Ceuta el próximo mes. Gracias", False),
        ("Adjunto la solicitud. Guarden la solicitud. Gracias", False),
        ("Adjunto la solicitud. Los papeles eran de mi vecina. Gracias", False),
        ("Adjunto la solicitud de reconocimiento del derecho a la asistencia sanitaria. Gracias", True),
        ("Adjunto el reconocimiento del derecho a la asistencia sanitaria. Gracias", False),
        ("Adjunto la solicitud. Gracias. Enviado desde mi iPhone", True),
        ("Adjunto la solicitud. Gracias. Enviado desde mi pueblo", False),
        ("Comuníquenlo a mi dirección anterior. Gracias", False),
        ("Gracias. Ahora paso el tiempo en casa de mi hija.", False),
        ("La solicitud la firmó mi vecina. Gracias", False),
        ("Ana Pérez Gil", False),
    ],
)
def test_a_letter_that_only_sends_is_made_of_what_such_letters_say(text, only_sends):
    """All forms of verbs would tell to wait or to keep; a paper without a word of sending is none."""
    assert covers(text) == only_sends


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Domicilio actual: Rabat", ["Rabat"]),
        ("Ana Gil\nAdresse : 12, rue de la Paix, 60000 Oujda\n", ["12, rue de la Paix, 60000 Oujda"]),
        ("Vivienda sita en calle Larios, 8, 29005 Málaga.", ["calle Larios, 8, 29005 Málaga."]),
        ("Gestoría Sol, S.L.\nCalle Nueva, 3, 29005 Málaga\n", []),
        ("Correo: dirección: ana@correo.example", []),
        ("Domiciliación bancaria ES12", []),
    ],
)
def test_a_home_is_named_by_its_label_its_street_or_its_postal_code(text, named):
    """An address under a firm's name is the firm's."""
    assert [text[start:end] for start, end in places(text)] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Remito la documentación de don Said Amar Ben Ali.", ["Said Amar Ben Ali"]),
        ("SOLICITUD DE CONVENIO ESPECIAL", []),
        ("La solicitud de Convenio Especial y el certificado de la Seguridad Social", []),
    ],
)
def test_whose_papers_a_letter_sends(text, named):
    """Not what the papers are for."""
    assert [text[start:end] for start, end in people(text)] == named


def test_a_receipt_names_whose_filing_it_is(letter):
    """Its office's address is nobody's home."""
    field = named("filing_receipt", letter("Interesado: Ana Gil 12345678Z. Calle Sol, 3, 29005 Málaga"))[
        "named"
    ]
    assert (field.value["numbers"], field.value["places"], field.value["sends"]) == (["12345678Z"], [], True)
