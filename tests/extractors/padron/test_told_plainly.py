"""What town halls print plainly, and what only looks plain."""

import pytest

from extractors.lines import Box, Line, Word
from extractors.padron.page.columns import Column, columns_of
from tests.extractors.padron.towns import FOOT, HEAD, WHO

PLAIN = "figura inscrito en el Padrón Municipal de Habitantes desde el 10/05/2019"


def stays(fields):
    """Return days, causes and origin of each stay."""
    keys = ("from", "to", "cause_in", "cause_out", "origin")
    return [tuple(stay[key] for key in keys) for stay in fields["periods"].value]


def test_causes_behind_a_range_of_days_are_those_of_its_two_days(fields_of):
    """Each by the name of its movement, and none of the other."""
    text = (
        "figura inscrito en estos periodos: del 02/06/2008 al 31/01/2013, alta por omisión y baja por"
        " caducidad; y del 09/05/2016 hasta la actualidad, alta por cambio de residencia procedente de Lorca."
    )
    fields = fields_of(*HEAD, WHO + text, *FOOT)
    assert stays(fields) == [
        ("2008-06-02", "2013-01-31", "omission", "expiry", None),
        ("2016-05-09", None, "residence_change", None, "Lorca"),
    ]
    assert fields["periods"].confidence >= 0.9


def test_the_town_behind_desde_is_the_whole_word(fields_of):
    """Of "llegado desde Lorca" nothing is left before the name."""
    fields = fields_of(*HEAD, WHO + PLAIN + ", habiendo llegado desde Lorca.", *FOOT)
    assert stays(fields)[0][-1] == "Lorca"


def test_the_movement_s_name_beside_its_cause_is_no_part_of_the_town(fields_of):
    """In a cell of its own it follows the town."""
    rows = [["Fecha", "Tipo", "Motivo"], ["10/05/2019", "ALTA", "Cambio de residencia desde Getafe"]]
    assert stays(fields_of(*HEAD, WHO + "presenta:", {"rows": rows}, *FOOT))[0][-1] == "Getafe"


@pytest.mark.parametrize(
    "more",
    [
        ", y desde enero en Algeciras.",
        ", a efectos postales.",
        ", según datos facilitados por un familiar.",
        ". Situación actual: expediente de baja iniciado el 10/01/2026.",
        ". No consta la veracidad del documento.",
        " en Lorca.",
        "; en Lorca desde el 12/05/2019.",
        ", y el titular de la hoja desde el 11/05/2019.",
        ". Es vecino de Lorca.",
        ". En la actualidad no consta.",
        ", datos referidos al 31 de diciembre de 2021.",
    ],
)
def test_a_plain_stay_is_held_by_what_turns_it(fields_of, more):
    """A time without its day, a limit, hearsay, a baja under way, a denial in words of papers."""
    assert fields_of(*HEAD, WHO + PLAIN + more, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize("state", ["Suspendida", "Alta condicionada", "Alta (nula)"])
def test_a_state_that_no_plain_entry_has_holds_its_row(fields_of, state):
    """What the column of movements says is asked as running text is."""
    rows = [["Fecha de alta", "Causa", "Estado"], ["10/05/2019", "Cambio de residencia", state]]
    assert fields_of(*HEAD, WHO + "presenta:", {"rows": rows}, *FOOT)["periods"].confidence < 0.9


RANGES = (
    "figura inscrito en estos periodos: del 02/06/2008 al 31/01/2013{}; y del 09/05/2016 hasta la actualidad."
)


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        (", alta por omisión y baja por caducidad", True),
        (" en Lorca, alta por omisión y baja por caducidad", False),
        (", alta por omisión la segunda y baja por caducidad la primera", False),
        (", alta por omisión y baja por cambio de residencia procedente de Lorca", False),
    ],
)
def test_what_stands_behind_a_range_may_tell_of_another_place_or_stay(fields_of, more, plain):
    """Another town's days are no stay here, nor causes dealt out by order those of the range before."""
    fields = fields_of(*HEAD, WHO + RANGES.format(more), *FOOT)
    assert (fields["periods"].confidence >= 0.9) is plain


@pytest.mark.parametrize(
    "plain",
    [WHO.replace(", con", ", nacido el 03/04/1970 en Nador, con") + PLAIN, WHO + PLAIN + " en Calle Real, 3"],
)
def test_a_place_of_birth_and_a_street_are_no_other_town(fields_of, plain):
    """Neither says where the days of the stay were lived."""
    assert fields_of(*HEAD, plain + ".", *FOOT)["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "closing",
    [
        "Y para que surta efectos hasta la resolución del recurso, expido la presente.",
        "A petición de la oficina, para cotejo de duplicados con Lorca, expido la presente.",
    ],
)
def test_a_purpose_that_contests_the_entry_is_no_formula(fields_of, closing):
    """A term or a proceeding about the entry says more than what the paper is for."""
    assert fields_of(*HEAD, WHO + PLAIN + ".", closing, *FOOT)["periods"].confidence < 0.9


HOME = [
    "1. Ali Saidi Omar, NIE X1234567L, nacido el 05/05/1978, empadronado desde el 03/12/2010.",
    "2. Karima Ziani Alaoui, NIE Y0981277H, nacida el 19/02/1983, empadronada desde el 21/07/2014.",
]


@pytest.mark.parametrize(
    ("first", "count"), [(HOME[0], 2), (HOME[0].replace(".", ", hoy ausente.", 2).replace("1,", "1."), 0)]
)
def test_people_told_item_by_item_are_rows_where_nothing_else_is_told(fields_of, first, count):
    """A word more may take back what the item tells: then it is read as any other sentence."""
    text = "CERTIFICO que constan empadronadas las personas siguientes:"
    found = fields_of(*HEAD, text, f"{first}\n{HOME[1]}", "A solicitud de Ali Saidi Omar.", *FOOT)
    assert len(found["residents"].value if "residents" in found else ()) == count


def test_strange_words_hold_the_stays_of_one_of_several_people_too(fields_of):
    """They stand beside the list of the home, and were lost when the person's line was added."""
    rows = [["Nombre y apellidos", "Documento", "Fecha de nacimiento", "Fecha de alta"]]
    rows += [["ALI SAIDI OMAR", "X1234567L", "05/05/1978", "03/12/2010"]]
    rows += [["KARIMA ZIANI ALAOUI", "Y0981277H", "19/02/1983", "21/07/2014"]]
    parts = (*HEAD, "CERTIFICO que constan empadronadas:", {"rows": rows}, "A solicitud de Ali Saidi Omar.")
    plain, left = (fields_of(*parts, *more, *FOOT)["periods"] for more in ((), ("El primero se ausentó.",)))
    assert plain.confidence >= 0.9 > left.confidence


def test_a_town_s_name_that_goes_on_in_the_next_line_is_one(fields_of):
    """Where the paper has it whole elsewhere, its first half is no other town."""
    text = "El Secretario del Ayuntamiento de Campillos del\nJarama CERTIFICA: Que D. ALI SAIDI OMAR " + PLAIN
    fields = fields_of("# AYUNTAMIENTO DE CAMPILLOS DEL JARAMA", "# CERTIFICADO", text + ".", *FOOT[1:])
    assert (fields["municipality"].value, fields["municipality"].confidence >= 0.9) == (
        "Campillos del Jarama",
        True,
    )


def test_words_under_a_centred_head_are_its_own():
    """They begin before it, and only blanks part them."""
    header = [Column("in_date", Box(60, 0, 110, 9)), Column("cause_in", Box(150, 0, 190, 9))]
    header.append(Column("out_date", Box(235, 0, 290, 9)))
    words = [("04/07/2016", 60, 115), ("Cambio", 122, 152), ("de", 157, 167), ("residencia", 172, 222)]
    line = Line(tuple(Word(text, Box(left, 20, right, 29)) for text, left, right in words))
    place = columns_of(header, [line], printed=True)
    assert [place(word) for word in line.words] == [0, 1, 1, 1]
