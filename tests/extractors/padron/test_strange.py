"""What a register says in words that no ordinary certificate needs leaves its stays in doubt."""

import pytest

from extractors.padron.doubt.strange import known
from tests.extractors.padron.towns import FOOT, HEAD, WHO


@pytest.mark.parametrize(
    "text",
    [
        "figura inscrito desde el 10/05/2019. El movimiento fue dejado fuera de vigor por la Junta.",
        "figura inscrito desde el 10/05/2019, quedando a resultas de la visita de la Policía Local.",
        "inscrito en el Padrón, ha ratificado su inscripción con fecha 10/05/2019.",
        "consta inscrito desde el 10/05/2019, dato facilitado de palabra por el propio interesado.",
        "figura inscrito desde el 10/05/2019. Consta reparo del Consejo.",
    ],
)
def test_a_word_that_no_certificate_needs_holds_the_stays(fields_of, text):
    """Whatever it says of them, in this sentence or the next, nobody has understood it."""
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "de nacionalidad surcoreana, figura inscrito desde el 10/05/2019.",
        "figura inscrito desde el 10/05/2019, lo que certifico a los efectos oportunos y donde proceda.",
        "figura inscrito desde el 10/05/2019.\nSus datos personales son custodiados por el responsable.",
    ],
)
def test_what_speaks_of_nations_or_of_the_paper_holds_nothing(fields_of, text):
    """There are too many nations to know them all, and a paper may say of itself what it likes."""
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence >= 0.95


def test_the_remarks_of_a_row_are_read_too(fields_of):
    """A column whose head is not known may take back what the row tells."""

    def read(remark: str) -> float:
        rows = [
            ["Fecha", "Movimiento", "Causa", "Incidencia"],
            ["10/05/2019", "Alta", "Omisión", remark],
        ]
        return fields_of(*HEAD, WHO + "tiene estos movimientos:", {"rows": rows}, *FOOT)["periods"].confidence

    assert read("") >= 0.95
    assert read("Dejada fuera de vigor") < 0.9


def test_a_word_cut_short_is_known_by_its_beginning():
    """Only before a full stop: without one it is another word."""
    assert known("proced", cut=True)
    assert not known("proced")


def test_the_register_of_another_body_is_not_this_one_s(fields_of):
    """Its name need not be told."""
    text = "consta en el Padrón de otra entidad local desde el 10/05/2019."
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "La inscripción en el Padrón no constituirá prueba de su residencia legal en España.",
        "Ni le atribuirá ningún derecho que no le confiera la legislación vigente.",
        "Documento no sujeto a tasa. Este documento no requiere firma manuscrita.",
        "Sus datos no serán cedidos a terceros salvo obligación legal.",
        "Se expide para su presentación ante el servicio de asistencia sanitaria.",
    ],
)
def test_what_town_halls_print_beneath_is_no_word_on_a_stay(fields_of, text):
    """Formulas of the law and of fees leave a plain certificate as sure as it was."""
    plain = "figura inscrito desde el 10/05/2019."
    assert fields_of(*HEAD, WHO + plain, text, *FOOT)["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "figura inscrito desde el 10/05/2019. Emigró.",
        "figura inscrito desde el 10/05/2019. Corríjase el año.",
        "figura inscrito desde el 10/05/2019, si es que la fecha se lee bien.",
        "figura inscrito desde el 10/05/2019, fecha aproximada.",
        "figura inscrito desde el 10/05/2019. EL ASIENTO ANTERIOR ESTÁ TACHADO.",
        "figura inscrito desde el 10/05/2019. Este documento carece de validez.",
        "figura inscrito desde el 10/05/2019, de paso.",
    ],
)
def test_plain_words_that_turn_what_is_told_hold_the_stays(fields_of, text):
    """A condition, a date in doubt, a word at a sentence's head: its capital makes no name of it."""
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Le saluda atentamente y quedo a su entera disposición para cualquier aclaración.",
        "Los interesados podrán ejercer sus derechos de acceso, rectificación y supresión.",
        "Este documento carece de firma por tratarse de un volante informativo.",
    ],
)
def test_what_names_no_entry_may_be_said_in_the_words_of_offices(fields_of, text):
    """The same words in the sentence of an entry hold the stays."""
    plain = "figura inscrito desde el 10/05/2019."
    assert fields_of(*HEAD, WHO + plain, text, *FOOT)["periods"].confidence >= 0.9


def test_a_request_is_plain_before_what_is_certified_alone():
    """Asked for is not inscribed: "cursó impreso de alta"."""
    assert known("cursada", beside=True)
    assert not known("cursada")


def test_a_participle_is_known_in_every_gender_and_number():
    """One that stands nowhere is not."""
    assert all(map(known, ("ininterrompudament", "inscritas", "empadronadas")))
    assert not known("revocadas")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Y para que conste y surta los debidos efectos ante la Tesorería, se expide el presente.", True),
        ("Y para que conste, aunque el interesado se mudó a Málaga, se expide el presente.", False),
        ("Se expide a instancia del interesado, que dice haberse trasladado a Nador.", False),
    ],
)
def test_a_paper_may_be_for_anything(fields_of, text, sure):
    """There are as many words for a purpose as there are offices; what else the formula says is read."""
    plain = "figura inscrito desde el 10/05/2019."
    assert (fields_of(*HEAD, WHO + plain, text, *FOOT)["periods"].confidence >= 0.9) is sure


@pytest.mark.parametrize("text", ["OBSERVACIONES: SE MARCHÓ EN 2023.", "DATOS DE PRUEBA", "Nota: Emigró."])
def test_a_remark_and_a_line_in_capitals_are_no_names(fields_of, text):
    """Behind the label of a remark stands what is said; a stamp's words go on with no other sentence."""
    plain = "figura inscrito desde el 10/05/2019."
    assert fields_of(*HEAD, WHO + plain, text, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "text", [", durante cuatro meses.", ". Vive con su hijo en Málaga.", ", según el contrato de alquiler."]
)
def test_a_length_another_town_or_another_source_hold_the_stays(fields_of, text):
    """All their words are plain."""
    assert (
        fields_of(*HEAD, WHO + "figura inscrito desde el 10/05/2019" + text, *FOOT)["periods"].confidence
        < 0.9
    )
