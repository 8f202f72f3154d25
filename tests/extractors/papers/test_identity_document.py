"""Identity papers of all sorts, drawn as they are printed."""

from __future__ import annotations

import pytest

from extractors.kinds.identity_document import KIND


def dni_front(y=100, number="00000014Z", birth="03 05 1980"):
    return [
        (70, y, "ESPAÑA", 9, "Helvetica-Bold"),
        (130, y, "DOCUMENTO NACIONAL DE IDENTIDAD", 7),
        (130, y + 14, "APELLIDOS / SURNAMES", 5),
        (130, y + 24, "LLEDÓ", 9),
        (130, y + 34, "IBARRA", 9),
        (130, y + 44, "NOMBRE / NAME", 5),
        (130, y + 54, "TERESA", 9),
        (130, y + 64, "SEXO / SEX", 5),
        (175, y + 64, "NACIONALIDAD / NATIONALITY", 5),
        (130, y + 74, "F", 9),
        (175, y + 74, "ESP", 9),
        (130, y + 84, "FECHA DE NACIMIENTO / DATE OF BIRTH", 5),
        (130, y + 94, birth, 9),
        (130, y + 104, "EMISIÓN / ISSUE", 5),
        (190, y + 104, "VALIDEZ / VALIDITY", 5),
        (130, y + 114, "01 01 2020", 9),
        (190, y + 114, "01 01 2030", 9),
        (130, y + 124, "NUM SOPORT / SUPPORT NO", 5),
        (130, y + 134, "BAA000589", 9),
        (70, y + 146, f"DNI {number}", 10, "Helvetica-Bold"),
    ]


def dni_back(td1, y=400, **changes):
    given = {
        "code": "ID",
        "issuer": "ESP",
        "number": "BAA000589",
        "optional": "00000014Z",
        "birth": "800503",
        "sex": "F",
        "expiry": "300101",
        "nationality": "ESP",
        "names": "LLEDO<IBARRA<<TERESA",
    }
    rows = td1(**(given | changes))
    return [
        (70, y, "DOMICILIO / ADDRESS", 5),
        (70, y + 10, "CALLE REAL 12", 8),
        (70, y + 20, "LUGAR DE NACIMIENTO / PLACE OF BIRTH", 5),
        (70, y + 30, "LUGO", 8),
        *((70, y + 60 + 13 * row, text, 10, "Courier") for row, text in enumerate(rows)),
    ]


def values(pages):
    return {name: field.value for name, field in KIND.read(pages).items()}


def test_both_sides_of_a_dni_on_one_page(sheet, td1):
    """Print and machine zone agree on every field."""
    pages = sheet([*dni_front(), *dni_back(td1)])
    assert KIND.starts(pages[0]) > 0.9
    assert values(pages) == {
        "document": "dni",
        "number": "00000014Z",
        "support_number": "BAA000589",
        "surnames": "LLEDÓ IBARRA",
        "given_name": "TERESA",
        "nationality": "ESP",
        "birth_date": "1980-05-03",
        "expires_on": "2030-01-01",
        "mrz_valid": True,
    }
    assert min(field.confidence for field in KIND.read(pages).values()) >= 0.97


def test_the_front_alone_has_no_machine_zone(sheet):
    """What is not on the paper is absent."""
    pages = sheet(dni_front())
    assert KIND.starts(pages[0]) > 0.9
    found = values(pages)
    assert "mrz_valid" not in found
    assert (found["document"], found["number"], found["surnames"]) == ("dni", "00000014Z", "LLEDÓ IBARRA")


def test_the_back_alone_gives_what_the_zone_says(sheet, td1):
    """A back without its front is an identity paper too."""
    pages = sheet(dni_back(td1))
    found = KIND.read(pages)
    assert KIND.starts(pages[0]) > 0.9
    assert (found["number"].value, found["birth_date"].value) == ("00000014Z", "1980-05-03")
    assert found["surnames"].confidence < found["number"].confidence


def test_the_back_continues_its_front_and_no_other(sheet, td1):
    """Two sides of one card are one document; sides of two cards are two."""
    front = sheet(dni_front())[0]
    own, other = sheet(dni_back(td1))[0], sheet(dni_back(td1, optional="00000030F"))[0]
    assert KIND.continues(own, [front]) > 0.9
    assert KIND.continues(other, [front]) == 0


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("birth_date", {"birth": "800504"}),
        ("number", {"optional": "00000030F"}),
        ("surnames", {"names": "OTRA<<TERESA"}),
    ],
)
def test_zones_that_differ_leave_a_doubt_with_both_readings(sheet, td1, field, changes):
    """Print says one thing, the machine zone another: neither wins surely."""
    found = KIND.read(sheet([*dni_front(), *dni_back(td1, **changes)]))[field]
    assert found.confidence <= 0.5
    assert {reading.reader for reading in found.readings} == {"printed", "mrz"}


def test_a_birth_of_either_century_is_unsure_until_print_settles_it(sheet, td1):
    """Two figures of a year fit a child and somebody of ninety."""
    changes = {"birth": "280503", "expiry": "300101", "nationality": "MAR", "number": "E00000589"}
    alone = KIND.read(sheet(dni_back(td1, **changes)))["birth_date"]
    both = KIND.read(sheet([*dni_front(birth="03 05 1928"), *dni_back(td1, **changes)]))["birth_date"]
    assert alone.confidence < 0.9
    assert both.value == "1928-05-03"


@pytest.mark.parametrize(
    "changes",
    [
        {"names": "CHAOUI<TAZI<<NADIA"},
        {"birth": "910218"},
        {"number": "E00000589", "optional": "X0000014A", "nationality": "MAR"},
    ],
)
def test_a_front_and_a_back_of_two_people_are_no_sure_person(sheet, td1, changes):
    """Where names, births or cards are of two people, nothing of the paper is sure."""
    found = KIND.read(sheet([*dni_front(), *dni_back(td1, **changes)]))
    assert max(field.confidence for field in found.values()) <= 0.5


def test_a_cut_machine_zone_does_not_shorten_a_surname(sheet, td1):
    """The printed surnames win, and the beginning agrees."""
    names = "LLEDO<IBARRA<DE<LA<TORRE<ALTAM"
    marks = [m if m[2] != "IBARRA" else (*m[:2], "IBARRA DE LA TORRE ALTAMIRA", 9) for m in dni_front()]
    found = KIND.read(sheet([*marks, *dni_back(td1, names=names)]))["surnames"]
    assert (found.value, found.confidence) == ("LLEDÓ IBARRA DE LA TORRE ALTAMIRA", 0.99)


def test_a_false_check_digit_is_said(sheet, td1):
    """A zone whose digits do not hold is not valid, and proves nothing."""
    marks = dni_back(td1)
    broken = [(*mark[:2], mark[2].replace("8005", "8006"), *mark[3:]) for mark in marks]
    found = KIND.read(sheet(broken))
    assert (found["mrz_valid"].value, found["mrz_valid"].confidence) == (False, 0.95)
    assert found["birth_date"].confidence <= 0.5


def test_a_wrong_check_letter_is_kept_as_read_and_doubted(sheet):
    """The clerk sees the number that the paper shows."""
    found = KIND.read(sheet(dni_front(number="00000014A")))["number"]
    assert (found.value, found.confidence) == ("00000014A", 0.4)


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
