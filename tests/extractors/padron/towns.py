"""The lines that every certificate of these tests has."""

HEAD = ("# AYUNTAMIENTO DE RONDA", "# CERTIFICADO DE EMPADRONAMIENTO")


WHO = "CERTIFICA que D. ALI SAIDI OMAR, con NIE X1234567L, "


FOOT = ("Ronda, a 2 de marzo de 2026", "Firmado electrónicamente por la Secretaria. CSV: 3F2A-99BC-77D1-0E4A")


def dates(fields):
    """Return from and to of each stay."""
    return [(p["from"], p["to"]) for p in fields["periods"].value]
