"""An application typed in a word processor: label and value on one line."""

HIGH = 841.89


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
