"""What a person types, and the value that it stands for."""

import pytest

from pipeline.corrections.shapes import Shape, shape_of, shapes
from pipeline.corrections.typed import Mistyped, typed, warning, written


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("27/03/2026", "day", "2026-03-27"),
        (" 7-3-2026 ", "day", "2026-03-07"),
        ("2026-03-27", "day", "2026-03-27"),
        ("29/02/2024", "day", "2024-02-29"),
        ("27/03/2026 09:30", "moment", "2026-03-27T09:30:00"),
        ("1.234,56", "money", "1234.56"),
        ("1234.5", "money", "1234.50"),
        ("60 €", "money", "60.00"),
        ("33,5", "number", 33.5),
        ("33", "number", 33),
        ("2026", "year", 2026),
        ("x-1234567-l", "identifier", "X1234567L"),
        ("es91 2100 0418", "iban", "ES9121000418"),
        ("mar", "country", "MAR"),
        ("Marruecos", "country", "Marruecos"),
        ("yes", "yes", True),
        ("no", "yes", False),
        ("  dos   palabras ", "text", "dos palabras"),
        ("a\0b", "text", "a\ufffdb"),
        ("", "day", None),
        ("   ", "text", None),
    ],
)
def test_what_is_typed_becomes_the_value_of_the_contract(text, sort, value):
    """Days as ISO, money with two decimals, numbers bare."""
    assert typed(text, Shape(sort=sort)) == value


@pytest.mark.parametrize(
    ("text", "sort", "fault"),
    [
        ("29/02/2025", "day", "day"),
        ("31/04/2025", "day", "day"),
        ("1/1/0001", "day", "day"),
        ("01/02/03", "day", "day"),
        ("mañana", "moment", "moment"),
        ("27/03/2026 25:00", "moment", "moment"),
        ("1,2,3", "money", "money"),
        ("1e9", "number", "number"),
        ("٣٣", "number", "number"),
        ("26", "year", "year"),
        ("sí", "yes", "choice"),
    ],
)
def test_what_stands_for_no_value_is_refused_by_name(text, sort, fault):
    """The page says it in words."""
    with pytest.raises(Mistyped) as mistyped:
        typed(text, Shape(sort=sort))
    assert mistyped.value.fault == fault


def test_a_choice_is_one_of_its_words():
    """And a list several of them."""
    shape = Shape(sort="choice", words=("alta", "baja"))

    assert typed("alta", shape) == "alta"
    assert typed("alta, baja", Shape(sort="list", words=shape.words)) == ["alta", "baja"]
    with pytest.raises(Mistyped):
        typed("otra", shape)


@pytest.mark.parametrize(
    ("value", "sort", "found"),
    [
        ("X1234567L", "identifier", None),
        ("X1234567A", "identifier", "letter"),
        ("12345678Z", "identifier", None),
        ("AB123456", "identifier", None),
        ("ES9121000418450200051332", "iban", None),
        ("ES9121000418450200051333", "iban", "iban"),
        ("x", "text", None),
        (None, "iban", None),
    ],
)
def test_a_number_that_does_not_hold_is_a_warning(value, sort, found):
    """A passport has no letter to check."""
    assert warning(value, Shape(sort=sort)) == found


@pytest.mark.parametrize(
    ("value", "sort", "text"),
    [
        ("2026-03-27", "day", "27/03/2026"),
        ("1234.50", "money", "1234,50"),
        (33.5, "number", "33,5"),
        (True, "yes", "yes"),
        (None, "text", ""),
        (["alta", "baja"], "list", "alta, baja"),
    ],
)
def test_a_value_is_written_as_it_would_be_typed(value, sort, text):
    """What is written and typed again is the same value."""
    shape = Shape(sort=sort)

    assert written(value, shape) == text
    assert typed(text, shape) == value


def test_every_kind_has_its_fields():
    """A field that no list describes takes the shape of its value."""
    assert len(shapes()) == 20
    assert shape_of("padron_certificate", "periods").columns["from"].sort == "day"
    assert shape_of("ce_application", "request_type", ["alta", "baja"]).sort == "list"
    assert shape_of("other", "unknown", [{"a": True}]).columns["a"].sort == "yes"
