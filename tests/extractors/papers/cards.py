"""Identity cards drawn as they are printed."""

from __future__ import annotations

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
