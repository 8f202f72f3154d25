"""The names of the files that the program writes where clerks drop theirs."""

from __future__ import annotations

FALTA_TXT, FALTA_HTML, DRAFT, MOTIVO = "FALTA.txt", "FALTA.html", "BORRADOR_requerimiento.pdf", "MOTIVO.txt"
EARLIER_DRAFT = "BORRADOR_requerimiento.txt"
"""What the draft was called before it was a page; it goes when the case is told anew."""
REQUIREMENT, HEARING = "CARTA_requerimiento.pdf", "CARTA_audiencia.pdf"
"""Letters that were decided: they lie where the person's answer is dropped."""
ASKED = (FALTA_TXT, FALTA_HTML, DRAFT, EARLIER_DRAFT, REQUIREMENT, HEARING)
_OURS = frozenset({*ASKED, MOTIVO})


def is_ours(name: str) -> bool:
    """Tell whether a file of that name is one that we wrote, in a folder where answers are dropped."""
    return name in _OURS


def receipt_after(number: str, row: int) -> str:
    """Return the name of the receipt of what came after the filing of a case, by its row."""
    return f"ACUSE_{number}_anotacion-{row}.zip"


def note_after(row: int) -> str:
    """Return the name of the note that tells clerks what became of a case after its filing."""
    return f"AVISO_{row}.txt"


def receipt(number: str, order: int) -> str:
    """Return the name of the receipt of a case's submission of that *order*, from 1."""
    return f"ACUSE_{number}.zip" if order == 1 else f"ACUSE_{number}_{order}.zip"


def resolution(number: str) -> str:
    """Return the name of the letter by which a case was resolved."""
    return f"RESOLUCION_{number}.pdf"
