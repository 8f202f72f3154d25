"""Certificates that deny, await or undo an inscription: no stay of theirs may be believed."""

import pytest

from extractors.padron.doubt.denial import denials
from extractors.prose import fold

HEAD = ("# AYUNTAMIENTO DE RONDA", "# CERTIFICADO DE EMPADRONAMIENTO")
WHO = "CERTIFICA que D.ª NOOR SAIDI OMAR, con NIE X1234567L, "
FOOT = ("Ronda, a 2 de marzo de 2026", "Firmado electrónicamente por la Secretaria. CSV: 3F2A-99BC-77D1-0E4A")


@pytest.mark.parametrize(
    "text",
    [
        "NO figura inscrita en este municipio desde el 10 de mayo de 2019.",
        "no consta empadronada en este municipio con anterioridad al 10 de mayo de 2025.",
        "reside según manifiesta desde el 10/05/2019 sin que conste inscripción.",
        "ha solicitado con fecha 10 de mayo de 2019 su alta en el Padrón, pendiente de resolución.",
        "non figura inscrita no Padrón municipal de habitantes desde o 10 de maio de 2019.",
        "no consta inscrita al Padró municipal d'habitants des del 10 de maig de 2019.",
        "2019ko maiatzaren 10etik ez dago udal erroldan inskribatuta.",
        "nunca ha estado empadronada en esta ciudad desde el 10/05/2019.",
        "dejó de figurar inscrita en el Padrón desde el 10/05/2019.",
        "será dada de alta en el Padrón con fecha 10/05/2019.",
        "figura inscrita en el Padrón desde el 10/05/2019; dicha alta ha sido anulada.",
        "figura inscrita en el Padrón desde el 10/05/2019. Actualmente se encuentra de baja.",
        "figura inscrita en el Padrón desde el 10/05/2019. Falleció el 1 de febrero de 2026.",
        "figura inscrita en el Padrón desde el 10/05/2019, sujeta a comprobación de la Policía Local.",
        "figura inscrita en el Padrón desde el 10/05/2019. Deberá renovar antes del 10 de marzo de 2026.",
        "figura inscrita como transeúnte en el Padrón desde el 10/05/2019.",
        "estuvo inscrita en el Padrón desde el 10/05/2019.",
    ],
)
def test_no_stay_is_sure_where_the_inscription_is_denied_pending_or_past(fields_of, text):
    """A person looks at it; an alta that is not there must never count as a year of residence."""
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence <= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "figura inscrita en el Padrón desde el 10/05/2019, sin que conste baja alguna.",
        "no ha causado baja en el Padrón, en el que figura inscrita desde el 10/05/2019.",
        "a petición de la interesada, que lo ha solicitado, figura inscrita desde el 10/05/2019.",
    ],
)
def test_a_baja_that_is_denied_takes_nothing_from_the_stay(fields_of, text):
    """Denying that it ended, or asking for the paper, leaves the inscription as sure as it was."""
    fields = fields_of(*HEAD, WHO + text, *FOOT)
    assert [(p["from"], p["to"]) for p in fields["periods"].value] == [("2019-05-10", None)]
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "La inscripción en el Padrón no constituye prueba de residencia legal en España.",
        "Este volante no tiene carácter de certificación.",
        "Fecha de baja: No consta",
        "El extranjero deberá renovar su inscripción cada dos años.",
        "Se expide para presentar en trámite de convenio especial.",
    ],
)
def test_what_is_printed_on_every_certificate_denies_nothing(text):
    """Set phrases with a "no" in them are not about this person's inscription."""
    assert list(denials(text, fold(text))) == []


def test_an_annulled_row_is_no_stay(fields_of):
    """An alta that the table itself calls annulled is left out, and the list is doubtful."""
    table = {
        "rows": [
            ["Fecha", "Movimiento", "Observaciones"],
            ["10/05/2019", "ALTA", "ANULADA"],
            ["01/02/2026", "ALTA", "Omisión"],
        ]
    }
    periods = fields_of(*HEAD, table, *FOOT)["periods"]
    assert [p["from"] for p in periods.value] == ["2026-02-01"]
    assert periods.confidence <= 0.6
