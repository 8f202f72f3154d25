"""Words that leave a list of stays in doubt: it is read, and a person looks at it."""

import pytest

from tests.extractors.padron.towns import FOOT, HEAD, WHO

CLOSED = "ha figurado inscrito del 10/03/2015 al 21/06/2018. "
OPEN = "figura inscrito desde el 06/05/2014"


@pytest.mark.parametrize(
    "told",
    [
        CLOSED + "Períodos de escolarización: 10/09/2019 - 20/06/2020.",
        CLOSED + "Inscrito en el Registro de Parejas de Hecho del 10/09/2019 al 20/06/2020.",
        CLOSED + "Periodo consultado: del 01/01/2019 al 02/02/2026.",
        CLOSED + "Figuró inscrito en el Registro Consular de Rabat del 10/09/2019 al 20/01/2020.",
        CLOSED + "Estuvo empadronado en Málaga desde el 10/09/2019 hasta el 20/01/2020.",
        OPEN + ", procedente de Málaga, donde estuvo empadronado del 10/09/2010 al 05/05/2014.",
        OPEN + ". Su anterior empadronamiento: Málaga, del 10/09/2010 al 20/01/2014.",
        OPEN + " de forma discontinua.",
        OPEN + ", con interrupciones.",
        "figuró inscrito en dos períodos, el primero del 10/03/2015 al 21/06/2018.",
        CLOSED + "Su esposa causó alta el 01/02/2019.",
        OPEN + ". La titular de la hoja causó baja el 10/09/2017.",
    ],
)
def test_days_of_something_else_are_no_sure_stays(fields_of, told):
    """Another register, town or person; gaps that are not told; a stay that is counted and not told."""
    assert fields_of(*HEAD, WHO + told, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize("more", ["Continúa en la página siguiente.", "Sigue al dorso", "./..", "(continúa)"])
def test_a_paper_that_goes_on_elsewhere_tells_no_sure_list(fields_of, more):
    """The foot of the last page says that another follows."""
    rows = [["Fecha de alta", "Fecha de baja"], ["06/05/2014", "10/09/2017"]]
    fields = fields_of(*HEAD, WHO + "ha figurado inscrito:", {"rows": rows}, more, *FOOT)
    assert fields["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "rows",
    [
        [["Desde", "Hasta", "Estado"], ["06/05/2014", "", "Baja"]],
        [["Desde", "Hasta", "Situación"], ["06/05/2014", "", "Caducada"]],
        [["Período", "Estado"], ["10/03/2015 - 21/06/2018", "Alta"], ["22/06/2018 - 01/02/2019", "Baja"]],
        [["Período", "Domicilio"], ["10/03/2015 - 21/06/2018", "C/ A 5"], ["01/02/2019 - Hoy", "Málaga"]],
    ],
)
def test_a_row_whose_other_cell_says_that_it_is_no_stay_is_not_sure(fields_of, rows):
    """A state of the entry, a town in the place of a home."""
    assert fields_of(*HEAD, WHO + "figura:", {"rows": rows}, *FOOT)["periods"].confidence < 0.9


def test_one_list_of_two_people_without_their_names_is_not_sure(fields_of):
    """Whose each row is stands nowhere."""
    rows = [["Alta", "Baja"], ["06/05/2014", "10/09/2017"], ["01/02/2019", ""]]
    told = "se certifican los movimientos de ALI BENALI AMAR y FATIMA BENALI TAZI:"
    assert fields_of(*HEAD, told, {"rows": rows}, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    "told",
    [
        "figura inscrito de forma continua en el municipio de Ronda desde el 06/05/2014.",
        "figura empadronado en Ronda (Málaga), Gran Vía, 5, desde el 06/05/2014.",
        "figura inscrito sin interrupciones, ininterrumpidamente, desde el 06/05/2014.",
        "causó alta junto con su esposa el 06/05/2014.",
    ],
)
def test_plain_words_leave_no_doubt(fields_of, told):
    """The town's own name, a street, an unbroken stay, kin who came too."""
    assert fields_of(*HEAD, WHO + told, *FOOT)["periods"].confidence >= 0.95
