"""Cards of foreigners, passports, certificates without a zone, and cards that were scanned."""

from __future__ import annotations

import pytest

from extractors.kinds.identity_document import KIND
from tests.extractors.papers.cards import dni_back, dni_front, values


def test_a_foreigners_card(sheet, td1):
    """NIE, support number, permit text and nationality of a TIE."""
    rows = td1(
        code="IR",
        issuer="ESP",
        number="E00000017",
        optional="X0000000T",
        birth="910214",
        sex="M",
        expiry="280630",
        nationality="MAR",
        names="BENALI<<OMAR",
    )
    pages = sheet(
        [
            (70, 100, "PERMISO DE RESIDENCIA", 8),
            (300, 100, "E00000017", 8),
            (130, 114, "APELLIDOS", 5),
            (130, 124, "BENALI", 9),
            (130, 134, "NOMBRE", 5),
            (130, 144, "OMAR", 9),
            (130, 154, "SEXO", 5),
            (170, 154, "NACIONALIDAD", 5),
            (230, 154, "FECHA DE NACIMIENTO", 5),
            (130, 164, "M", 9),
            (170, 164, "MAR", 9),
            (230, 164, "14 02 1991", 9),
            (130, 174, "TIPO DE PERMISO / TYPE OF PERMIT", 5),
            (130, 184, "LARGA DURACIÓN", 9),
            (130, 194, "VÁLIDO HASTA / VALID UNTIL", 5),
            (130, 204, "30-06-2028", 9),
            (70, 216, "NIE X0000000T", 10),
            *((70, 300 + 13 * row, text, 10, "Courier") for row, text in enumerate(rows)),
        ]
    )
    assert values(pages) == {
        "document": "tie",
        "number": "X0000000T",
        "support_number": "E00000017",
        "surnames": "BENALI",
        "given_name": "OMAR",
        "nationality": "MAR",
        "birth_date": "1991-02-14",
        "expires_on": "2028-06-30",
        "permit": "LARGA DURACIÓN",
        "mrz_valid": True,
    }


def test_a_french_passport(sheet, td3):
    """Labels in French and English, number by its label, nationality of any country."""
    rows = td3(
        issuer="FRA",
        number="12AB34567",
        birth="750930",
        sex="F",
        expiry="290811",
        nationality="FRA",
        names="LEFEVRE<<ANNE<CLAIRE",
    )
    pages = sheet(
        [
            (70, 90, "PASSEPORT PASSPORT", 9),
            (230, 90, "Passeport n°/Passport No.", 5),
            (230, 100, "12AB34567", 9),
            (150, 114, "Nom/Surname (1)", 5),
            (150, 124, "LEFÈVRE", 9),
            (150, 134, "Prénoms/Given names (2)", 5),
            (150, 144, "Anne Claire", 9),
            (150, 154, "Nationalité/Nationality (3)", 5),
            (150, 164, "Française", 9),
            (150, 174, "Date de naissance/Date of birth (4)", 5),
            (150, 184, "30 09 1975", 9),
            (150, 194, "Date d'expiration/Date of expiry (8)", 5),
            (150, 204, "11 08 2029", 9),
            *((70, 260 + 14 * row, text, 10, "Courier") for row, text in enumerate(rows)),
        ]
    )
    assert values(pages) == {
        "document": "passport",
        "number": "12AB34567",
        "surnames": "LEFÈVRE",
        "given_name": "Anne Claire",
        "nationality": "FRA",
        "birth_date": "1975-09-30",
        "expires_on": "2029-08-11",
        "mrz_valid": True,
    }


def test_the_green_certificate_of_a_union_citizen_has_no_zone(sheet):
    """NIE and `C` number, and an empty machine zone by its nature."""
    pages = sheet(
        [
            (120, 80, "MINISTERIO DEL INTERIOR", 9),
            (120, 100, "CERTIFICADO DE REGISTRO DE CIUDADANO DE LA UNIÓN", 11),
            (80, 130, "N.I.E.: X0000000T", 10),
            (300, 130, "Nº de certificado: C00000012", 10),
            (80, 150, "Apellidos: ROSSI", 10),
            (80, 170, "Nombre: GIULIA", 10),
            (80, 190, "Nacionalidad: ITALIA", 10),
            (80, 210, "Fecha de nacimiento: 12/07/1988", 10),
            (80, 230, "Domicilio: CALLE ALTA 4, CEUTA", 10),
        ]
    )
    assert KIND.starts(pages[0]) > 0.9
    assert values(pages) == {
        "document": "eu_certificate",
        "number": "X0000000T",
        "support_number": "C00000012",
        "surnames": "ROSSI",
        "given_name": "GIULIA",
        "nationality": "ITA",
        "birth_date": "1988-07-12",
        "mrz_valid": None,
    }


def test_names_behind_one_label_are_parted_by_their_comma(sheet):
    """The older sheet of paper has one line for all names."""
    pages = sheet(
        [
            (120, 100, "CERTIFICADO DE REGISTRO DE CIUDADANO DE LA UNIÓN", 11),
            (80, 130, "N.I.E.: X0000000T", 10),
            (80, 150, "Apellidos y nombre: ROSSI BIANCHI, GIULIA", 10),
            (80, 170, "Nacionalidad: italiana", 10),
        ]
    )
    found = values(pages)
    assert (found["surnames"], found["given_name"]) == ("ROSSI BIANCHI", "GIULIA")
    assert found["nationality"] == "ITA"


def test_a_card_that_never_expires(sheet, td1):
    """Persons over seventy have 01 01 9999."""
    marks = [
        (*m[:2], m[2].replace("01 01 2030", "01 01 9999"), *m[3:]) for m in dni_front(birth="03 05 1940")
    ]
    found = KIND.read(sheet([*marks, *dni_back(td1, birth="400503", expiry="990101")]))
    assert (found["expires_on"].value, found["birth_date"].value) == ("9999-01-01", "1940-05-03")


def test_the_official_forms_are_no_cards(blank_forms):
    """Forms ask for the same data under other titles."""
    assert max(KIND.starts(page) for pages in blank_forms.values() for page in pages) < 0.3


@pytest.mark.parametrize(("dpi", "skew"), [(300, 0.6), (200, -0.8)])
def test_a_scanned_card_is_proved_by_its_check_digits(scan, td1, dpi, skew):
    """Two zones that agree pass what a decision asks for; print alone only where two readers agree."""
    found = KIND.read(scan([*dni_front(), *dni_back(td1)], dpi=dpi, skew=skew))
    assert found["mrz_valid"].value is True
    assert {name: found[name].value for name in ("number", "birth_date", "expires_on", "nationality")} == {
        "number": "00000014Z",
        "birth_date": "1980-05-03",
        "expires_on": "2030-01-01",
        "nationality": "ESP",
    }
    assert found["number"].confidence >= 0.9
    front = scan(dni_front(), dpi=dpi, skew=skew)
    assert KIND.read(front)["number"].confidence <= found["number"].confidence


def test_a_scanned_card_with_a_false_digit_is_never_called_valid(scan, td1):
    """No second look makes a wrong zone right."""
    broken = [(*mark[:2], mark[2].replace("8005", "8006"), *mark[3:]) for mark in dni_back(td1)]
    found = KIND.read(scan([*dni_front(), *broken]))
    assert (found["mrz_valid"].value, found["mrz_valid"].confidence <= 0.5) == (False, True)
    assert found["birth_date"].confidence <= 0.5


def test_a_z_that_was_read_as_a_two_is_a_doubtful_nie(sheet, td1):
    """The check letter holds for both, and a foreigner's card carries no DNI."""
    marks = [(70, 100, "PERMISO DE RESIDENCIA", 9), (70, 120, "NIE", 5), (70, 130, "23456789D", 9)]
    marks += [(70, 150, "VÁLIDO HASTA", 5), (70, 160, "01 01 2030", 9)]
    alone = KIND.read(sheet(marks))["number"]
    changes = {"number": "E00000589", "optional": "23456789D", "nationality": "MAR"}
    back = KIND.read(sheet(dni_back(td1, **changes)))["number"]
    assert (alone.value, back.value) == ("Z3456789D", "Z3456789D")
    assert alone.confidence < 0.9


def test_sex_and_nationality_under_one_label_are_told_apart(sheet, td1):
    """Some cards print "SEXO / NACIONALIDAD" over "F  ESP"; the words of the next label are no country."""
    together = [
        *(row for row in dni_front() if "SEX" not in row[2] and "NACIONALIDAD" not in row[2]),
        (130, 164, "SEXO / NACIONALIDAD", 5),
    ]

    found = KIND.read(sheet([*together, *dni_back(td1)]))["nationality"]

    assert found.value == "ESP"
    assert found.confidence >= 0.9
