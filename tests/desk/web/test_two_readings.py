"""What two programs read differently, and what is written by hand, is shown for a person to read."""

import sqlalchemy as sa

from pipeline.store.schema import cases

SEEN = [
    {"reader": "ocr", "text": "Nunez", "value": "Nunez", "confidence": 0.81},
    {"reader": "recogniser", "text": "Núñez", "value": "Núñez", "confidence": 0.93},
]


def page_with(desk, browser, **told):
    """Return the page of a case whose first field of a form was read as *told*."""
    number = desk.numbers()["review"]
    with desk.store.write() as connection:
        found = connection.execute(sa.select(cases).where(cases.c.number == number)).one()
        report = dict(found.report)
        document = next(one for one in report["documents"] if "applicant.first_surname" in one["fields"])
        document["fields"]["applicant.first_surname"] |= told
        connection.execute(sa.update(cases).where(cases.c.id == found.id).values(report=report))
    return browser.get(f"/expedientes/{number}").text


def test_each_of_two_readings_stands_with_the_name_of_its_reader(desk):
    """The reviewer sees which program saw what, in the language of the desk."""
    page = page_with(desk, desk.browser("reviewer"), readings=SEEN, confidence=0.85)

    assert "Lo que lee OCR: <bdi>Nunez</bdi> (81 %)" in page
    assert "Lo que lee segundo reconocedor: <bdi>Núñez</bdi> (93 %)" in page
    assert "dos lecturas distintas" in page


def test_what_is_written_by_hand_is_left_to_the_reviewer(desk):
    """No program guesses handwriting: the field says so instead of "could not be read"."""
    page = page_with(desk, desk.browser("reviewer"), hand=True, value=None, text="", confidence=0.4)

    assert "escrito a mano: léalo usted" in page


def test_the_doubtful_part_of_a_row_is_named_and_the_sure_ones_are_not(desk):
    """One tick that may mean either is what to look at, not everything that is said of a person."""
    place = {"page": 1, "box": [10.0, 10.0, 90.0, 20.0]}
    parts = {"given_name": place | {"confidence": 0.97}, "relationship": place | {"confidence": 0.5}}
    people = place | {
        "value": [{"given_name": "Ana", "relationship": "child"}],
        "text": "Ana", "confidence": 0.5,
        "items": [place | {"confidence": 0.5, "parts": parts}],
    }  # fmt: skip
    number = desk.numbers()["review"]
    with desk.store.write() as connection:
        found = connection.execute(sa.select(cases).where(cases.c.number == number)).one()
        report = dict(found.report)
        document = next(one for one in report["documents"] if one["fields"])
        document |= {"kind": "as_application", "fields": {"beneficiaries": people}}
        connection.execute(sa.update(cases).where(cases.c.id == found.id).values(report=report))

    page = desk.browser("reviewer").get(f"/expedientes/{number}").text

    assert "dudoso: Parentesco<" in page
    assert "dudoso: Nombre" not in page
