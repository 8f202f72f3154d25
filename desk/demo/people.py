"""The people of the demonstration: names, homes and numbers that belong to nobody; check letters hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

IdType = Literal["dni", "foreigner_card", "passport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An address in the parts of the forms; a part that the address lacks is empty."""

    street_type: str
    street_name: str
    number: str
    block: str = ""
    stair: str = ""
    floor: str = ""
    door: str = ""
    postal_code: str
    city: str

    @property
    def line(self) -> str:
        """The address on one line, as a register writes it."""
        parts = (self.floor and f"piso {self.floor}", self.door and f"puerta {self.door}")
        return ", ".join(
            [f"{self.street_type} {self.street_name}", f"núm. {self.number}", *(p for p in parts if p)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Human:
    """One invented person. `nationality` is ISO 3166 alpha-3; `id_number` the one the person goes by."""

    first_surname: str
    second_surname: str = ""
    given_name: str
    sex: Literal["F", "M"]
    birth_date: dt.date
    nationality: str
    id_type: IdType
    id_number: str
    support_number: str = ""
    passport_number: str = ""
    home: Home
    iban: str = ""

    @property
    def surnames(self) -> str:
        """Both surnames, or the only one."""
        return f"{self.first_surname} {self.second_surname}".strip()

    @property
    def full_name(self) -> str:
        """Given name, then surnames."""
        return f"{self.given_name} {self.surnames}"


_CEUTA = Home(
    street_type="Calle",
    street_name="Real",
    number="14",
    floor="2",
    door="B",
    postal_code="51001",
    city="Ceuta",
)
_MELILLA = Home(
    street_type="Avenida",
    street_name="de la Democracia",
    number="7",
    floor="1",
    postal_code="52004",
    city="Melilla",
)
_ALGECIRAS = Home(
    street_type="Calle",
    street_name="Sevilla",
    number="33",
    floor="4",
    door="C",
    postal_code="11201",
    city="Algeciras",
)

YASMINE = Human(
    first_surname="El Khattabi",
    second_surname="Nouri",
    given_name="Yasmine",
    sex="F",
    birth_date=dt.date(1984, 6, 21),
    nationality="MAR",
    id_type="foreigner_card",
    id_number="Y2345678Z",
    support_number="E12345678",
    home=_CEUTA,
    iban="ES9121000418450200051332",
)
THIAGO = Human(
    first_surname="Barbosa",
    second_surname="Lacerda",
    given_name="Thiago",
    sex="M",
    birth_date=dt.date(1979, 11, 3),
    nationality="BRA",
    id_type="foreigner_card",
    id_number="X1234567L",
    support_number="E23456789",
    home=_MELILLA,
)
ROSAURA = Human(
    first_surname="Quispe",
    second_surname="Ticona",
    given_name="Rosaura",
    sex="F",
    birth_date=dt.date(1990, 2, 8),
    nationality="PER",
    id_type="foreigner_card",
    id_number="Z3456789D",
    support_number="E34567890",
    home=_CEUTA,
)
HAMID = Human(
    first_surname="Benaissa",
    given_name="Hamid",
    sex="M",
    birth_date=dt.date(1967, 9, 30),
    nationality="MAR",
    id_type="foreigner_card",
    id_number="Y4567890N",
    support_number="E45678901",
    home=_ALGECIRAS,
)
NADIA = Human(
    first_surname="Chaoui",
    second_surname="Tazi",
    given_name="Nadia",
    sex="F",
    birth_date=dt.date(1975, 12, 12),
    nationality="MAR",
    id_type="foreigner_card",
    id_number="X5678901V",
    support_number="E56789012",
    home=_MELILLA,
    iban="ES7921000813610123456789",
)
LUCIA = Human(
    first_surname="Morán",
    second_surname="Ibáñez",
    given_name="Lucía",
    sex="F",
    birth_date=dt.date(1988, 4, 17),
    nationality="ESP",
    id_type="dni",
    id_number="12345678Z",
    support_number="BAA000589",
    home=_MELILLA,
)
EVERYBODY = (YASMINE, THIAGO, ROSAURA, HAMID, NADIA, LUCIA)
