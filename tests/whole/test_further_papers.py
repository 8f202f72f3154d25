"""A paper more than the case needs may be the one that decides it."""

import pytest

WHO = "Yasmine El Khattabi Nouri, NIE Y2345678Z"
PAPERS = {
    "a refusal": ("RESOLUCIÓN", f"Se deniega la solicitud de convenio especial de {WHO}."),
    "a withdrawal": ("ESCRITO", f"Yo, {WHO}, desisto de la solicitud presentada."),
    "a death": ("REGISTRO CIVIL", f"Certificado de defunción de {WHO}, fallecida el 2 de marzo de 2026."),
    "an expulsion": ("RESOLUCIÓN", f"Se acuerda la expulsión de {WHO}, con prohibición de entrada."),
    "a nationality": ("MINISTERIO DE JUSTICIA", f"Se concede la nacionalidad española a {WHO}."),
    "a lost permit": ("OFICINA DE EXTRANJERÍA", f"Extinguir la autorización de residencia de {WHO}."),
    "a home abroad": ("CARTA", f"Vivo en Tetuán y solo vengo a Ceuta a trabajar. {WHO}."),
    "border stamps": ("VISADOS", "Salida Tarajal 01/06/2025, entrada Tarajal 15/10/2025."),
    "a foreign cover": ("ASSURANCE MALADIE", "Attestation de droits. L'assurée: Yasmine El Khattabi Nouri."),
    "a right of one's own": ("INSS", f"Se le reconoce el derecho a la asistencia como titular a {WHO}."),
    "a sentence": ("SENTENCIA", f"Fallo: se declara la incapacidad de {WHO}."),
    "an authorisation": ("AUTORIZACIÓN", f"Yo, {WHO}, autorizo a Omar Benali a firmar en mi nombre."),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_no_known_kind_that_states_something_is_looked_at(paper, make, hand_in):
    """Nobody approves beside an unread decision or statement."""
    title, words = PAPERS[paper]
    assert hand_in(extra=make.letter(words, title=title))[0] == "review"


def test_a_letter_that_only_sends_stops_nothing(make, hand_in):
    """What is said in words that such letters need is told, no more."""
    queue, said = hand_in(extra=make.letter("Les envío los documentos. Muchas gracias.", title="CARTA"))
    assert (queue, "GEN-UNREADABLE notice" in said) == ("approve", True)


def test_a_paper_that_says_more_is_looked_at(make, hand_in):
    """It gives the case up in words that no list of such words has."""
    queue, said = hand_in(extra=make.letter("Les envío los documentos. Prefiero que no sigan con esto."))
    assert (queue, "GEN-UNREADABLE review" in said) == ("review", True)


@pytest.mark.parametrize("name", ["solicitud", "padron", "no_exportacion", "declaracion"])
def test_a_paper_marked_as_void_is_looked_at(name, make, hand_in):
    """A stamp across the sheet takes the paper's worth away."""
    papers = {
        "solicitud": make.form(),
        "padron": make.certificate(),
        "no_exportacion": make.letter(*LETTER, RIGHT, title=TITLE),
        "declaracion": make.declaration(),
    }

    def stamp(sheet):
        sheet.text(150, 420, "ANULADA", size=40, bold=True)

    queue, said = hand_in(**{name: make.over(papers[name], stamp)})
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


TITLE = "CERTIFICADO DE NO EXPORTACIÓN DEL DERECHO"
LETTER = (
    "Institución competente: Caisse Nationale de Sécurité Sociale (CNSS)",
    "País: Marruecos",
    "Apellidos: El Khattabi Nouri",
    "Nombre: Yasmine",
    "Fecha de nacimiento: 21 de junio de 1984",
    "Fecha de expedición: 4 de febrero de 2026",
)
RIGHT = "Esta institución certifica que el derecho de la persona citada no es exportable a España."
BODIES = {
    "nothing": "",
    "pending": "La solicitud de certificado de que el derecho no es exportable está en trámite.",
    "asked for": "Solicito que se certifique que el derecho de la persona citada no es exportable.",
    "somebody else's": "Certifica que el derecho del cónyuge, Ahmed Tazi, no es exportable.",
    "in general": "El derecho no es exportable con carácter general.",
    "denied twice": "Certifica que no es cierto que el derecho no sea exportable.",
    "denied twice in French": "Elle n'est pas dépourvue du droit d'exporter ses prestations.",
    "denied twice in English": "It cannot be said that the right is not exportable to Spain.",
}


@pytest.mark.parametrize("body", BODIES)
def test_a_letter_whose_body_does_not_say_what_its_title_does_is_looked_at(body, make, hand_in):
    """The title names the letter; only its sentence certifies."""
    queue, said = hand_in(no_exportacion=make.letter(*LETTER, BODIES[body], title=TITLE))
    assert (queue, "CE-DOC-04 review" in said) == ("review", True)


def test_the_same_letter_with_its_sentence_is_enough(make, hand_in):
    """So the tests above fail for their sentence alone."""
    assert hand_in(no_exportacion=make.letter(*LETTER, RIGHT, title=TITLE))[0] == "approve"


def test_an_undated_letter_is_looked_at(make, hand_in):
    """Nobody knows when it was true."""
    queue, said = hand_in(no_exportacion=make.letter(*LETTER[:-1], RIGHT, title=TITLE))
    assert (queue, "CE-DOC-04 review" in said) == ("review", True)
