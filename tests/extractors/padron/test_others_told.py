"""What a sentence tells besides the entry: of kin, of another town, of a licence, of a life in Spain."""

from time import process_time

import pytest

from extractors.padron.movements import others
from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates


@pytest.mark.parametrize(
    "text",
    [
        "figura inscrito en el Padrón Municipal junto con su esposa, que causó alta el 14/09/2013.",
        "convive con un sobrino suyo empadronado desde el 13/02/2014, y está inscrito en este Padrón.",
        "empadronado en esta villa. Antes figuró de alta en Cabra desde el 02/02/2010 hasta el 11/07/2019.",
        "figura empadronado en esta ciudad; antes vivió en Cabra desde el 01/03/2011 hasta el 30/09/2018.",
        "figura inscrito en el Padrón Municipal y es titular de licencia desde el 11/09/2020.",
        "figura inscrito en el Padrón Municipal en el domicilio del que es arrendatario desde el 09/10/2017.",
        "está inscrito en este Padrón con antigüedad en España desde el 14/07/2011.",
        "manifestó al inscribirse en este Padrón que se encontraba en el municipio desde el 10/10/2010.",
        "y el menor SAID SAIDI GIL, hijo de D. OMAR SAIDI TOLEDO, inscrito desde el 08/08/2008, conviven.",
        "figura inscrito en el Padrón, si bien la fecha de alta, 09/09/2011, no ha podido ser verificada.",
        "causó alta en el Padrón el 02/06/2014. Interpuso recurso contra la resolución que la anulaba.",
        "causó alta en este Padrón el 02/06/2014. Nota: el periodo es de persona homónima.",
        "inscrito en este Padrón, reside efectivamente en el municipio desde el 20/05/2014.",
    ],
)
def test_a_day_of_somebody_or_something_else_makes_no_sure_stay(fields_of, text):
    """The last words before a day are not those of the register, or not of the person."""
    fields = fields_of(*HEAD, WHO + text, *FOOT)
    assert "periods" not in fields or fields["periods"].confidence <= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "reside en esta villa con su hijo menor de edad y figura inscrito en su Padrón desde el 10/05/2019.",
        "consta de alta en la Rúa do Curro 12, en el Padrón Municipal, desde el 10/05/2019.",
        "figura empadronado y es vecino de esta ciudad desde el 10/05/2019.",
    ],
)
def test_a_day_of_the_person_s_own_entry_is_sure(fields_of, text):
    """Kin, streets and neighbours in its sentence take nothing from it."""
    fields = fields_of(*HEAD, WHO + text, *FOOT)
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    ("head", "place", "name", "sure"),
    [
        ("ZARAUZKO UDALA", "Zarautz", "Zarautz", True),
        ("GORLIZKO UDALA", "Gorliz", "Gorliz", True),
        ("ZARAUZKO UDALA", "Bertan", "Zarauz", False),
        ("EIBARKO UDALA", "Bertan", "Eibar", True),
    ],
)
def test_a_basque_genitive_in_z_is_sure_where_the_name_stands_elsewhere(fields_of, head, place, name, sure):
    """Before -ko a tz is written z: either may be meant, and the stays are in doubt too."""
    fields = fields_of(f"# {head}", "# ERROLDA-ZIURTAGIRIA", "Alta-data: 2019/05/10", f"{place}, 2026/03/02")
    assert fields["municipality"].value == name
    assert (fields["municipality"].confidence >= 0.9) is sure
    assert sure or fields["periods"].confidence < 0.9


@pytest.mark.parametrize("name", ["AICHA SLIMANI", "HANANE DOUIRI LUCAS"])
def test_a_whole_name_behind_nombre_is_no_sure_given_name(fields_of, name):
    """Where the surnames are read from the same words, it is parted by a guess."""
    fields = fields_of(*HEAD, f"Nombre: {name}\nNIE: X1234567L\nFecha de alta: 10/05/2019", *FOOT)
    assert fields["person.given_name"].value == name.split()[0]
    assert fields["person.given_name"].confidence < 0.9


def test_empty_lines_cost_no_more_than_others():
    """A hostile text of line ends alone is gone through once."""
    text = "\n" * 100_000
    started = process_time()
    assert not list(others._STOP.finditer(text))
    assert process_time() - started < 0.5
