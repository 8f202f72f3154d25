"""What a field tells of stays, and a line that closes an electronic certificate."""

SEAL = "Firmado electrónicamente por el Secretario General. CSV: 3F2A-99BC-77D1-0E4A"


def stays(field):
    """Return the stays of a field as from, to, cause in, cause out, origin."""
    return [(p["from"], p["to"], p["cause_in"], p["cause_out"], p["origin"]) for p in field.value]
