"""Papers that say that somebody belongs elsewhere, from their bytes to the queue."""

import pytest

CONVENIO = "Yasmine El Khattabi Nouri, NIE Y2345678Z"
INSS = "Lucía Morán Ibáñez, DNI 12345678Z"
TO_INGESA = {
    "a worker": (
        "TESORERÍA GENERAL DE LA SEGURIDAD SOCIAL",
        "Certifica que {who} figura en alta en la Seguridad Social.",
        "CAT-01 refer",
        "refer",
    ),
    "another person's work": (
        "TESORERÍA GENERAL DE LA SEGURIDAD SOCIAL",
        "Certifica que Luis Pérez Gil, DNI 00000000T, figura en alta en la Seguridad Social.",
        "CAT-01 review",
        "review",
    ),
    "a husband's pension": (
        "CARTA",
        "Mi marido es pensionista de la Seguridad Social.",
        "CAT-02 review",
        "review",
    ),
    "a pension in Catalan": ("CARTA", "Soc pensionista de la Seguretat Social.", "CAT-02 refer", "refer"),
    "a pension from abroad": ("CARTA", "Percibo una pensión de Alemania.", "CAT-02 review", "review"),
    "a mutual": ("CARNÉ", "{who}, afiliada titular de MUFACE.", "CE-SUJ-01 not_met", "refuse"),
    "a form of another State": (
        "FORMULARIO S1",
        "Documento portátil S1 de {who}.",
        "CE-COB-01 not_met",
        "refuse",
    ),
    "an asylum seeker": (
        "MINISTERIO DEL INTERIOR",
        "{who} ha formulado solicitud de protección internacional.",
        "CE-SUJ-04 refer",
        "refer",
    ),
    "a pregnancy in French": ("LETTRE", "Je suis enceinte de six mois.", "CE-SUJ-04 refer", "refer"),
    "a convenio that ended by will": (
        "CARTA",
        "Me di de baja voluntaria en el convenio especial el 3 de diciembre de 2025.",
        "CE-VET-01 not_met",
        "refuse",
    ),
    "a convenio of long ago": (
        "CARTA",
        "Me di de baja voluntaria en el convenio especial el 3 de diciembre de 2023.",
        "CE-VET-01 met",
        "approve",
    ),
    "a convenio without a date": (
        "CARTA",
        "Tuve un convenio especial con INGESA.",
        "CE-VET-01 review",
        "review",
    ),
    "no legal residence": ("CARTA", "Estoy en situación irregular.", "CAT-17 review", "review"),
    "a power": ("NOTARÍA", "Escritura de poder general para pleitos de {who}.", "AS-REP-02 review", "review"),
    "what is denied": ("CARTA", "No soy pensionista ni trabajo por cuenta ajena.", "CAT-23 met", "approve"),
}


@pytest.mark.parametrize("name", TO_INGESA)
def test_a_convenio_goes_where_a_further_paper_says(name, make, hand_in):
    """One paper more beside a case in order; only one that denies, or is past, lets it be approved."""
    title, words, said, queue = TO_INGESA[name]
    routed, findings = hand_in(extra=make.letter(words.format(who=CONVENIO), title=title))
    assert (said in findings, routed) == (True, queue)


TO_THE_INSS = {
    "a mariner": (
        "INSTITUTO SOCIAL DE LA MARINA",
        "Certifica que {who} está en alta en el régimen especial del mar.",
        "AS-ISM-01 refer",
        "refer",
    ),
    "a member of a mutual": ("CARTA", "Soy mutualista de ISFAS.", "CAT-16 refer", "refer"),
    "a leaflet": (
        "INFORMACIÓN",
        "Si es usted pensionista, consulte en su oficina.",
        "CAT-02 review",
        "review",
    ),
    "a returned emigrant": ("CARTA", "Soy emigrante retornada.", "CAT-10 cure", "cure"),
    "somebody who lives abroad": ("CARTA", "Resido en el extranjero, en Chile.", "CAT-11 cure", "review"),
    "a pregnancy": ("CARTA", "Estou embarazada de cinco meses.", "CAT-19 notice", "approve"),
    "a guardian": ("CARTA", "Su tutora legal comparece en nombre de {who}.", "AS-REP-03 cure", "cure"),
    "a used-up benefit": ("CARTA", "He agotado la prestación por desempleo.", "CAT-04 refer", "refer"),
}


@pytest.mark.parametrize("name", TO_THE_INSS)
def test_an_inss_application_goes_where_a_further_paper_says(name, make, hand_in_to_inss):
    """The same for a Spaniard's application; her own right as a resident outweighs what does not touch it."""
    title, words, said, queue = TO_THE_INSS[name]
    routed, findings = hand_in_to_inss(extra=make.letter(words.format(who=INSS), title=title))
    assert (said in findings, routed) == (True, queue)


def test_an_inss_application_in_order_is_approved(hand_in_to_inss):
    """So the tests above fail for their letter alone; other tests have the convenio in order."""
    assert hand_in_to_inss()[0] == "approve"
