"""What stands beside a stay as label and value, in brackets or as a home may say whose or where it was."""

import pytest

from extractors.padron.doubt.beside import in_line
from extractors.padron.origin import place
from tests.extractors.padron.towns import FOOT, HEAD, WHO

NAMED = ["Nombre y apellidos", "Laila Tuhami Buyema"]
SINCE = ["Fecha de alta", "11/04/2019"]
KNOWN = [["Domicilio", "Calle Real 4"], ["Finalidad", "Ayudas"], ["Estado civil", "Soltera"]]


def listed(*rows):
    """Return *rows* of labels and values as a paper prints them without lines."""
    return {"rows": [NAMED, SINCE, *rows], "widths": [200, 250], "grid": False}


def test_labels_of_the_paper_the_home_and_the_person_hold_nothing(fields_of):
    """They ask for nothing of a stay."""
    assert fields_of(*HEAD, listed(*KNOWN), *FOOT)["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "row",
    [
        ["Registro", "Uniones de hecho"],
        ["Clase de inscripción", "Histórica"],
        ["Ayuntamiento de inscripción", "San Roque"],
        ["Localidad del alta", "Algeciras"],
        ["Solicitante", "Karim Mimun Abdeselam"],
        ["Domicilio", "SIN DOMICILIO CONOCIDO 0"],
        ["Domicilio", "Calle Real 4, 51001 Ceuta"],
    ],
)
def test_a_label_that_nobody_knows_or_another_s_name_or_town_holds_the_stay(fields_of, row):
    """Of which register, where and whose the entry is, nobody can say then."""
    assert fields_of(*HEAD, listed(row), *FOOT)["periods"].confidence < 0.9


OFFICE = [
    ["Oficina", "Oficina de Atención Ciudadana"],
    ["Vigencia", "Tres meses"],
    ["Urbanización", "Los Olivos"],
]


def test_office_validity_and_quarter_hold_nothing(fields_of):
    """A program prints them beside every entry."""
    assert fields_of(*HEAD, listed(*OFFICE), *FOOT)["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "row",
    [
        ["Servicio", "Escuela Infantil"],
        ["Negociado", "Libro de Familia"],
        ["Vigencia", "Extinguida"],
        ["Régimen", "Provisional"],
        ["Zona de inscripción", "Dos Hermanas"],
    ],
)
def test_the_same_labels_hold_the_stay_while_their_value_says_another_thing(fields_of, row):
    """An office may keep another register, a tenure be that of somebody who passes through."""
    assert fields_of(*HEAD, listed(row), *FOOT)["periods"].confidence < 0.9


def test_the_way_a_paper_was_asked_for_is_no_place():
    """ "Origen: Portal del ciudadano" names no town one came from."""
    assert place("Portal del ciudadano") is None


@pytest.mark.parametrize(("beside", "asked"), [("Data de alta", 0), ("Unións de feito", 1)])
def test_the_head_of_another_column_is_no_answer(beside, asked):
    """ "Vigo" ends the left column on the line on which the right one has "Data de alta"."""
    assert len(list(in_line(("Vigo", beside)))) == asked


@pytest.mark.parametrize("more", ["(Su Hermano)", "(Algeciras)"])
def test_brackets_behind_days_that_are_no_home_hold_them(fields_of, more):
    """A home has a number or a street, a cause is known."""
    text = "figura inscrita en los siguientes periodos: del 06/07/2019 a la actualidad "
    assert fields_of(*HEAD, WHO + text + more + ".", *FOOT)["periods"].confidence < 0.9
    assert fields_of(*HEAD, WHO + text + "(Calle Real 11).", *FOOT)["periods"].confidence >= 0.9


def test_a_label_that_asks_for_kin_in_its_other_language_holds_the_day(fields_of):
    """ "Fecha de alta / Data d'alta del cònjuge" is the spouse's."""
    label = "Fecha de alta / Data d'alta del cònjuge: 11/04/2019"
    assert fields_of(*HEAD, WHO + "está empadronada.", label, *FOOT)["periods"].confidence < 0.9


def test_an_officer_s_rank_is_no_given_name(fields_of):
    """ "DON LUIS ARCE RUIZ, SECRETARIO DEL\nAYUNTAMIENTO" tells who certifies, not of whom."""
    officer = "DON LUIS ARCE RUIZ, SECRETARIO-INTERVENTOR DEL\nAYUNTAMIENTO,"
    told = "figura inscrita en el Padrón Municipal de Habitantes desde el 10/05/2019."
    fields = fields_of(*HEAD, officer, 40, WHO + told, *FOOT)
    assert fields["periods"].value[0]["from"] == "2019-05-10"


def test_surnames_may_be_numbered_in_the_head_of_a_table(fields_of):
    """ "1er apellido" is no row of values."""
    head = ["Nombre", "1er apellido", "2º apellido", "Documento", "F. Alta"]
    rows = [head, ["ROSA", "OLIVA", "ROS", "45076543D", "01/03/1991"]]
    rows += [["JOSE", "BENITEZ", "OLIVA", "45112398C", "17/03/1992"]]
    asked = "Se expide a solicitud de D. José Benítez Oliva, con DNI 45112398C."
    fields = fields_of("# CERTIFICADO COLECTIVO DE EMPADRONAMIENTO", {"rows": rows}, asked, *FOOT)
    assert fields["periods"].value[0]["from"] == "1992-03-17"


@pytest.mark.parametrize("more", [", su esposa.", " estuvo de baja."])
def test_a_range_that_is_another_s_or_an_absence_is_held(fields_of, more):
    """Nothing of it is the person's stay."""
    told = "figura inscrita en los siguientes periodos:"
    ranges = ["Del 04/05/1994 al 30/11/2005.", "Del 17/01/2013 al 03/05/2014" + more]
    assert fields_of(*HEAD, WHO + told, *ranges, *FOOT)["periods"].confidence < 0.9


def test_a_town_behind_a_dash_is_where_somebody_came_from(fields_of):
    """It ends the line of its movement."""
    lines = "1) ALTA 10/10/1985 NACIMIENTO\n2) BAJA 05/03/2008 CAMBIO DE RESIDENCIA - BARBATE"
    last = "\n3) ALTA 19/11/2018 CAMBIO DE RESIDENCIA - BARBATE"
    stays = fields_of(*HEAD, WHO + "figura inscrito:", lines + last, *FOOT)["periods"].value
    assert [stay["origin"] for stay in stays] == [None, "Barbate"]
