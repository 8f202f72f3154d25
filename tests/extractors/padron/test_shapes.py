"""Shapes of papers: labels on lines of their own, boxes with words cut short, numbered movements."""

import pytest

from extractors.padron.recognise import starts

TOWN = "# CIUDAD AUTÓNOMA DE CEUTA"
TITLE = "# CERTIFICADO DE EMPADRONAMIENTO"
FOOT = ("Ceuta, 4 de marzo de 2026", "Firmado electrónicamente. CSV: 3F2A-99BC-77D1-0E4A")
ONE = "1. Alta por omisión el 10/05/2019."
HISTORY = ONE + "\n2. Baja por caducidad el 01/09/2025.\n3. Alta por omisión el 20/10/2025."


def test_labels_with_the_value_on_the_next_line(fields_of):
    """A label has its line, the value the next; where one came from stands behind the cause."""
    lines = (
        "Nacimiento\n21-06-1984, Tetuán (Marruecos)\n"
        "Alta en este municipio\n15 de enero de 2025, por cambio de residencia, desde Gandia (Valencia)"
    )
    fields = fields_of(TOWN, TITLE, lines, "Expedido en Ceuta el 4 de marzo de 2026.", FOOT[1])
    assert [(p["from"], p["cause_in"], p["origin"]) for p in fields["periods"].value] == [
        ("2025-01-15", "residence_change", "Gandia")
    ]
    assert fields["person.birth_date"].value == "1984-06-21"
    assert fields["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "labels",
    [
        ("DOC.", "F. NACIM.", "F. ALTA", "MOTIVO ALTA", "PROCEDE DE"),
        ("Doc. ident.", "Fec. nac.", "Fec. alta", "Mot. alta", "Mun. proced."),
        ("DNI", "F. NACIM.", "F.ALTA", "MOTIVO DE ALTA", "PROC."),
    ],
)
def test_boxes_of_labels_cut_short(fields_of, labels):
    """The words of labels are known by their beginnings with a full stop."""
    document, birth, since, why, where = labels
    rows = [
        [document, "Y2345678Z", birth, "21/06/1984", "SEXO", "M"],
        [since, "18/09/2025", why, "CAMBIO DE RESIDENCIA", where, "MARRUECOS"],
    ]
    fields = fields_of(TOWN, TITLE, {"rows": rows, "widths": [60, 62, 82, 116, 65, 66]}, *FOOT)
    assert [(p["from"], p["cause_in"], p["origin"]) for p in fields["periods"].value] == [
        ("2025-09-18", "abroad", "MAR")
    ]
    assert fields["person.birth_date"].value == "1984-06-21"
    assert fields["periods"].confidence >= 0.9


def test_a_history_is_known_by_its_movements(pages_of):
    """Nothing names the register, but only a register tells such movements under a town's name."""
    page = pages_of(TOWN, "# CERTIFICADO HISTÓRICO", HISTORY, *FOOT)[0]
    assert starts(page, volante=False) >= 0.9


@pytest.mark.parametrize("body", [ONE, "Alta por compra el 10/05/2019.\nBaja por venta el 01/09/2025."])
def test_a_history_of_something_else_is_no_registers(pages_of, body):
    """One movement, or causes that no register knows, do not make a register's paper."""
    page = pages_of(TOWN, "# CERTIFICADO HISTÓRICO", body, *FOOT)[0]
    assert starts(page, volante=False) < 0.5


def test_a_numbered_list_of_movements(fields_of):
    """Each number is a movement with its cause; the last is open."""
    fields = fields_of(TOWN, "# CERTIFICADO HISTÓRICO", HISTORY, *FOOT)
    assert [(p["from"], p["to"], p["cause_out"]) for p in fields["periods"].value] == [
        ("2019-05-10", "2025-09-01", "expiry"),
        ("2025-10-20", None, None),
    ]
