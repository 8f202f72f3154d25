"""Registers of an invented city: lines of people who do not exist, and sources made of them."""

import datetime as dt

import pytest

from pipeline.register.chosen import Source
from pipeline.register.source import Question

HEADER = (
    "provincia;municipio;identificador;nombre;particula1;apellido1;apellido2;fecha_nacimiento;nacionalidad;"
    "fecha_alta;causa_alta;procedencia;fecha_baja;causa_baja;tipo_via;nombre_via;numero;planta;puerta;codigo_postal"
)
NADIA = (
    "51;001;X1234567L;Nadia;;Benali;Haddad;03/04/1985;marroquí;10/05/2019;cambio de residencia;Marruecos;;;"
    "CL;Real;3;2;A;51001"
)
LUIS = "51;001;12345678Z;Luis;de la;Peña;Núñez;19700105;ESP;1999-12-31;;;;;AV;España;12;;;51002"
GONE = "51;001;Y7654321G;Omar;;Amrani;;1982-05-04;MAR;01/02/2020;;MAR;15/06/2025;caducidad;CL;Mayor;1;;;51001"
TOWNS = ("51/001 Ceuta",)
GROUND = "Ley 39/2015, art. 28.2"


class Make:
    """Makers of sources and questions."""

    header, nadia, luis, gone = HEADER, NADIA, LUIS, GONE

    @staticmethod
    def source(where, **changes):
        said = {
            "name": "padron-ceuta",
            "kind": "csv",
            "where": str(where),
            "municipalities": TOWNS,
            "ground": GROUND,
            "as_of": "2026-03-01",
        }
        return Source(**(said | changes))

    @staticmethod
    def by_number(number, name="Nadia Benali Haddad"):
        return Question(number=number, name=name, birth_date=dt.date(1985, 4, 3))

    @staticmethod
    def by_name(name, born):
        return Question(name=name, birth_date=dt.date.fromisoformat(born))


@pytest.fixture
def make():
    return Make


@pytest.fixture
def extract_of(tmp_path):
    """Return a function that writes lines as a CSV file and opens it as a source."""
    from pipeline.register.extract import Extract

    def made(*lines, header=HEADER, encoding="utf-8", end="\n", **changes):
        place = tmp_path / "padron.csv"
        place.write_bytes(end.join([header, *lines, ""]).encode(encoding))
        return Extract(Make.source(place, **changes))

    return made
