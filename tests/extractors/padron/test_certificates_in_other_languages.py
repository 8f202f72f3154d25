"""Certificates in Galician, Valencian and Basque: the stays they tell, surely."""

import pytest

from tests.extractors.padron.stays import SEAL, stays


@pytest.mark.parametrize(
    ("town", "parts"),
    [
        (
            ("Lugo", "Ourense"),
            [
                "# CONCELLO DE LUGO",
                "# CERTIFICADO DE EMPADROAMENTO",
                (
                    "CERTIFICO: Que dona UXÍA CASTRO VILAR, con DNI 11223344B, nacida o vinte de xaneiro de"
                    " mil novecentos "
                    "oitenta e dous, figura inscrita no Padrón Municipal de Habitantes deste Concello con"
                    " data de alta "
                    "dez de maio de dous mil dezanove, por cambio de residencia procedente de Ourense, no"
                    " enderezo rúa Nova, 5."
                ),
                "E para que conste, expido a presente en Lugo, a dous de marzo de dous mil vinte e seis.",
                "Asinado dixitalmente polo secretario.",
            ],
        ),
        (
            ("Xàtiva", "Alacant"),
            [
                "# AJUNTAMENT DE XÀTIVA",
                "# CERTIFICAT D'EMPADRONAMENT",
                (
                    "CERTIFIQUE: Que segons el padró municipal d'habitants, el senyor JOAN FERRER MOLL, amb"
                    " DNI 22334455Y, "
                    "nascut el 3 de maig de 1970, està inscrit des del deu de maig de dos mil dinou, per"
                    " canvi de "
                    "residència, procedent d'Alacant, amb domicili al carrer Major, 3."
                ),
                "I perquè conste, expedisc el present a Xàtiva, 2 de març de 2026.",
                "Signat electrònicament",
            ],
        ),
    ],
)
def test_galician_and_valencian_prose(fields_of, town, parts):
    """Words and dates of the other Romance languages are read as surely as Spanish ones."""
    fields = fields_of(*parts)
    assert stays(fields["periods"]) == [("2019-05-10", None, "residence_change", None, town[1])]
    assert (fields["municipality"].value, fields["issued_on"].value) == (town[0], "2026-03-02")
    assert fields["periods"].confidence >= 0.95
    assert fields["signed"].value is True


def test_basque_labels(fields_of):
    """Basque names its dates year first; the town loses its ending."""
    fields = fields_of(
        "# DONOSTIAKO UDALA",
        "# ERROLDA-ZIURTAGIRIA",
        "Udal honetako Biztanleen Erroldan ageri denez, honako pertsona hau erroldatuta dago:",
        "Izen-abizenak: MIKEL ETXEBERRIA AGIRRE\nNAN: 44556677L\nJaioteguna: 1980ko apirilaren 3a\n"
        "Alta-data: bi mila eta hemeretziko maiatzaren hamarra\nHelbidea: San Martin kalea, 5,"
        " 20005 Donostia",
        "Donostian, 2026ko martxoaren 2an",
        "Elektronikoki sinatua",
    )
    assert stays(fields["periods"]) == [("2019-05-10", None, None, None, None)]
    assert fields["periods"].confidence >= 0.95
    assert (fields["municipality"].value, fields["issued_on"].value) == ("Donostia", "2026-03-02")
    assert fields["person.birth_date"].value == "1980-04-03"


def test_basque_and_spanish_side_by_side(fields_of):
    """Two columns that say the same are read one by one and told once."""
    fields = fields_of(
        "# BILBOKO UDALA / AYUNTAMIENTO DE BILBAO",
        "# ERROLDA-ZIURTAGIRIA / CERTIFICADO DE EMPADRONAMIENTO",
        {
            "rows": [
                [
                    (
                        "ZIURTATZEN DU: Udal Biztanleen Erroldan inskribatuta dagoela ANE LARREA, alta-data:"
                        " 2019ko "
                        "maiatzaren 10a."
                    ),
                    (
                        "CERTIFICA: Que en el Padrón Municipal de Habitantes figura inscrita Dña. ANE LARREA"
                        " SOLA, con "
                        "DNI 55667788Z, con fecha de alta 10 de mayo de 2019."
                    ),
                ]
            ],
            "widths": [220, 220],
            "grid": False,
            "size": 10,
        },
        "Bilbao, 2 de marzo de 2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [("2019-05-10", None, None, None, None)]
    assert fields["municipality"].value == "Bilbao"
    assert fields["periods"].confidence >= 0.95
