"""What an application of no known edition says, and one typed in a word processor."""

HIGH = 841.89
SAYS = {
    "request_type": "alta",
    "applicant.first_surname": "MUÑOZ",
    "applicant.second_surname": "DE LA O",
    "applicant.given_name": "María",
    "applicant.id_type": "foreigner_card",
    "applicant.id_number": "X1234567L",
    "applicant.birth_date": "1980-04-03",
    "applicant.address.street_type": "Calle",
    "applicant.address.street_name": "Real",
    "applicant.address.number": "12",
    "applicant.address.postal_code": "51001",
    "applicant.address.city": "Ceuta",
    "representative.first_surname": None,
    "representative.given_name": None,
    "notification.email": "ma@example.org",
    "notification.mobile": "600123123",
    "payment.method": "direct_debit",
    "account.first_surname": "MUÑOZ",
    "account.iban": "ES9121000418450200051332",
    "signature.applicant_date": "2026-03-02",
}
PRINTED = {
    "ALTA": True,
    "N.I.E.": True,
    "DOMICILIACIÓN BANCARIA": True,
    "applicant.first_surname": "MUÑOZ",
    "applicant.second_surname": "DE LA O",
    "applicant.given_name": "María",
    "applicant.id_number": "X-1234567-L",
    "applicant.birth_date": "3 de abril de 1980",
    "applicant.address.street_type": "Calle",
    "applicant.address.street_name": "Real",
    "applicant.address.number": "12",
    "applicant.address.postal_code": "51001",
    "applicant.address.city": "Ceuta",
    "notification.email": "ma@example.org",
    "notification.mobile": "600123123",
    "account.first_surname": "MUÑOZ",
    "account.iban": "ES91 2100 0418 4502 0005 1332",
    "signature.applicant_date": "02-03-2026",
}


def lines(canvas, texts, font="Helvetica", size=11):
    """Lines of typed text."""
    canvas.setFont(font, size)
    for at, text in enumerate(texts):
        canvas.drawString(60, HIGH - 70 - 20 * at, text)


TYPED = [
    "SOLICITUD DE CONVENIO ESPECIAL DE PRESTACIÓN DE ASISTENCIA SANITARIA",
    "Tipo de solicitud: [X] Alta   [ ] Baja   [ ] Variación de datos",
    "1. DATOS DEL SOLICITANTE",
    "1.1 Primer apellido: GARCÍA     Segundo apellido: LÓPEZ",
    "Nombre: José María",
    "NIE: Y-1234567-X     Nacionalidad: marroquí",
    "Fecha de nacimiento (dd/mm/aaaa): 03.04.1980",
    "Localidad: Ceuta     Código postal: 51001",
    "2. DATOS DEL REPRESENTANTE",
    "Primer apellido: ____________     Nombre: ____________",
    "3. DOMICILIACIÓN DE CUOTAS",
    "IBAN: ES91 2100 0418 4502 0005 1332",
]
