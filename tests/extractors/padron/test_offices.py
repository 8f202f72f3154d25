"""What town halls print around an entry: their name in labels, letterheads, formulas; and what looks so."""

import pytest

from extractors.padron.recognise import incomplete
from tests.extractors.padron.towns import FOOT, HEAD

WHO = "Nombre y apellidos: ALI SAIDI OMAR - NIE: X1234567L"
ENTRY = f"{WHO} figura inscrito desde el 10/05/2019."


@pytest.mark.parametrize(
    "label",
    ["Alta en Ronda: 10/05/2019", "Residente en Ronda desde: 10/05/2019", "Alta padrón Ronda: 10/05/2019"],
)
def test_a_label_may_call_the_municipality_by_its_name(fields_of, label):
    """It asks for the alta in the municipality whose paper it is."""
    periods = fields_of(*HEAD, f"{WHO}\n{label}", *FOOT)["periods"]
    assert periods.value[0]["from"] == "2019-05-10"
    assert periods.confidence >= 0.9


def test_a_label_with_another_town_s_name_is_none_of_the_stay(fields_of):
    """An alta in Coín is none in Ronda."""
    periods = fields_of(*HEAD, f"{WHO}\nAlta en Coín: 10/05/2019", *FOOT).get("periods")
    assert periods is None or periods.confidence < 0.9


def test_a_town_that_the_letterhead_does_not_bear_is_not_sure(fields_of):
    """A town certifies its own register alone, however often another's name stands below."""
    told = "Municipio de inscripción: COÍN\nSegún el Padrón Municipal de Habitantes de Coín"
    fields = fields_of(*HEAD, f"{ENTRY}\n{told}", *FOOT)
    assert fields["municipality"].value == "Ronda" or fields["municipality"].confidence < 0.9
    assert fields["periods"].confidence < 0.9


@pytest.mark.parametrize("city", ["CEUTA · Ciudad Autónoma", "MELILLA Ciudad Autónoma"])
def test_a_city_may_stand_before_what_it_is(fields_of, city):
    """Their letterheads turn the name round."""
    assert fields_of(city, HEAD[1], ENTRY)["municipality"].value == city.split()[0].capitalize()


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("Los datos proceden del Padrón Municipal de Habitantes.", True),
        ("Los datos proceden de la declaración del interesado.", False),
        ("A petición de la propia interesada.", True),
        ("Según los datos del propio interesado.", False),
        ("Fuera de los periodos relacionados no figura inscrito en este Padrón.", True),
        ("Actualmente no figura inscrito en este Padrón.", False),
        ("Documento válido ante juzgados y autoridades extranjeras.", True),
        ("Los datos son de otra persona.", False),
        ("Sí, sin que desde entonces se haya producido baja alguna.", True),
        ("Se trasladó al extranjero.", False),
        ("O presente volante expídese por solicitude da persoa interesada para: bolsa de estudos.", True),
        ("O presente volante expídese por solicitude da persoa interesada para: a baixa de oficio.", False),
        ("Interesdunak eskatuta ematen da agiri hau, garraio-txartelerako.", True),
        ("Interesdunak eskatuta ematen da agiri hau, bajaren izapiderako.", False),
        ("Este documento non substitúe o certificado cando unha norma o esixa expresamente.", True),
        ("Este documento non substitúe a inscrición.", False),
        ("Lo que se certifica con la salvedad del artículo 206 del ROF, a los efectos de ayudas.", True),
        ("Lo que se certifica con la salvedad de un cambio posterior.", False),
        ("Destinatario: Alí Saidi Omar", True),
        ("Destino: Alí Saidi Omar", False),
    ],
)
def test_a_formula_is_plain_and_words_that_take_back_are_not(fields_of, said, sure):
    """What an office prints beside any entry tells nothing of this one."""
    assert (fields_of(*HEAD, ENTRY, said, *FOOT)["periods"].confidence >= 0.9) is sure


@pytest.mark.parametrize("born", ["Nacimiento\nRonda, 21 de marzo de 2001", "Ronda, 21 de marzo de 1981"])
def test_a_day_before_a_movement_is_not_that_of_issue(fields_of, born):
    """A paper is made after what it tells; and none of a computer before registers were kept so."""
    issued = fields_of(*HEAD, f"{WHO}\nFecha de alta: 10/05/2019", 40, born).get("issued_on")
    assert issued is None or issued.value is None


def test_a_day_is_no_place(fields_of):
    """ "Desde:" may lead to either."""
    told = f"{WHO}\nInscrito desde: 7 de enero de 2020\nPor: cambio de residencia"
    periods = fields_of(*HEAD, told, *FOOT)["periods"]
    assert periods.value[0]["origin"] is None


def test_a_town_may_stand_over_what_it_is(fields_of):
    """The name in a line of its own, and again in the text; a heading that is no name names no town."""
    told = "Residente en Albacete desde: 10/05/2019"
    assert (
        fields_of("ALBACETE\nAyuntamiento · Oficina", HEAD[1], WHO, told)["municipality"].value == "Albacete"
    )
    padron = "Fecha de alta en el padrón: 10/05/2019"
    assert "municipality" not in fields_of("PADRÓN\nAyuntamiento · Oficina", HEAD[1], WHO, padron)


@pytest.mark.parametrize(
    ("sheet", "missing"),
    [("Hoja 06 / 012 / 3320", False), ("Sección / hoja 073 / 1298", False), ("Hoja 1 de 2", True)],
)
def test_the_number_of_a_register_s_sheet_counts_no_pages(pages_of, sheet, missing):
    """Sheets have three figures and more, or three numbers; pages are counted."""
    assert incomplete(pages_of(*HEAD, ENTRY, sheet)) is missing
