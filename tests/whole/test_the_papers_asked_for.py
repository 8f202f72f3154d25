"""One thing amiss in the form, the declaration, the card or the certificate."""

import datetime as dt

import pytest

CASES = {
    "a representative of whom only the home is known": (
        "CE-REP-01 review",
        lambda make: {"solicitud": make.form(representative__address__street_name="Sol")},
    ),
    "a home in another city, without a postal code": (
        "CE-EMP-01 review",
        lambda make: {
            "solicitud": make.form(applicant__address__city="Madrid", applicant__address__postal_code=None)
        },
    ),
    "a declaration signed after the case was received": (
        "CE-DOC-03 review",
        lambda make: {"declaracion": make.declaration(signed_on=dt.date(2026, 4, 1))},
    ),
    "a card for studies": (
        "CE-SUJ-03 review",
        lambda make: {"tie": make.card(permit="ESTANCIA POR ESTUDIOS")},
    ),
    "a zone for machines that gives another name": (
        "CE-ID-12 review",
        lambda make: {"tie": make.card_with_zone_of(make.other_given_name)},
    ),
    "a certificate of two pages of which one came": (
        "GEN-FORMAT review",
        lambda make: {
            "padron": make.over(make.certificate(), lambda sheet: sheet.text(300, 815, "Página 1 de 2"))
        },
    ),
    "a second page that takes the first back": (
        "GEN-UNREADABLE review",
        lambda make: {
            "padron": make.with_pages(
                make.certificate(),
                make.letter("Se hace constar que la persona citada causó baja el 1 de febrero de 2026."),
            )
        },
    ),
    "a registry's stamp of another day": (
        "GEN-FILED review",
        lambda make: {"solicitud": make.over(make.form(), lambda sheet: stamp(sheet, "10/05/2025"))},
    ),
}


def stamp(sheet, day):
    """Print a registry's stamp at the head of the sheet, over no other words."""
    for row, words in enumerate(("REGISTRO GENERAL", "ENTRADA", f"Fecha: {day}  Nº 1234")):
        sheet.text(400, 52 + 10 * row, words, size=9)


@pytest.mark.parametrize("name", CASES)
def test_one_thing_amiss_keeps_a_case_from_approval(name, make, hand_in):
    """Each goes where that thing is settled, by the rule that speaks of it."""
    finding, change = CASES[name]
    queue, said = hand_in(**change(make))
    assert (queue, finding in said) == ("review", True)


def test_a_stamp_of_the_filing_day_stops_nothing(make, hand_in):
    """The office and the registry agree."""
    form = make.over(make.form(), lambda sheet: stamp(sheet, "16/03/2026"))
    assert hand_in(solicitud=form)[0] == "approve"


def test_a_certificate_of_one_page_that_says_so_is_whole(make, hand_in):
    """Page one of one."""
    paper = make.over(make.certificate(), lambda sheet: sheet.text(300, 815, "Página 1 de 1"))
    assert hand_in(padron=paper)[0] == "approve"
