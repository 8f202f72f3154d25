"""What everybody may read: the shortcuts, what each word of state means, access, and data protection."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from desk.web.doors import OPEN, Door
from desk.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One key, or several of one meaning, and the words that say what it does; a key may be a word too."""

    keys: tuple[str, ...]
    words: str


SHORTCUTS: dict[str, tuple[Shortcut, ...]] = {
    "everywhere": (
        Shortcut(("?",), "help.key_help"),
        Shortcut(("G B",), "help.key_trays"),
        Shortcut(("G O",), "help.key_office"),
        Shortcut(("G F",), "help.key_figures"),
        Shortcut(("G E",), "help.key_status"),
        Shortcut(("/",), "help.key_search"),
        Shortcut(("Esc",), "help.key_close"),
    ),
    "lists": (
        Shortcut(("J",), "help.key_next_row"),
        Shortcut(("K",), "help.key_row_before"),
        Shortcut(("help.enter",), "help.key_open"),
        Shortcut(("N", "P"), "help.key_pages"),
    ),
    "case": (
        Shortcut(("J", "K"), "help.key_fields"),
        Shortcut(("D",), "help.key_others"),
        Shortcut(("F2",), "help.key_box"),
        Shortcut(("1-9",), "help.key_paper"),
        Shortcut(("E",), "help.key_edit"),
        Shortcut(("A",), "help.key_accept"),
        Shortcut(("M",), "help.key_missing"),
        Shortcut(("X",), "help.key_not_applicable"),
        Shortcut(("C",), "help.key_claim"),
        Shortcut(("O",), "help.key_choose"),
        Shortcut(("T",), "help.key_tick"),
        Shortcut(("R",), "help.key_reason"),
        Shortcut(("L",), "help.key_letter_says"),
        Shortcut(("V",), "help.key_letter"),
        Shortcut(("S",), "help.key_save"),
        Shortcut(("U",), "help.key_undo"),
    ),
    "picture": (
        Shortcut(("Z",), "help.key_zoom"),
        Shortcut(("N", "P"), "help.key_turn"),
        Shortcut(("← ↑ → ↓",), "help.key_move"),
        Shortcut(("help.shift_arrows",), "help.key_resize"),
    ),
}
"""By the part of the desk in which they work: the page of help and the tests read them here."""

QUEUES = ("approve", "cure", "review", "refer", "refuse")
OUTCOMES = ("met", "notice", "cure", "review", "refer", "not_met")
FIELD_STATES = ("read", "doubt", "corrected", "confirmed", "illegible", "not_applicable")
STAGES = ("accepted", "waiting", "hold", "routed", "returned", "resolved")


def told(visit: Visit) -> Response:
    """Show the help."""
    words = {"queue": QUEUES, "outcome": OUTCOMES, "field": FIELD_STATES, "stage": STAGES}
    return visit.page("help.html", shortcuts=SHORTCUTS, words=words)


def access(visit: Visit) -> Response:
    """Show the statement of accessibility (RD 1112/2018, art. 15)."""
    return visit.page("access.html")


def data(visit: Visit) -> Response:
    """Show what the desk keeps of whoever uses it (Reglamento (UE) 2016/679, art. 13)."""
    return visit.page("data.html")


DOORS = (
    Door("/ayuda", told, OPEN),
    Door("/accesibilidad", access, OPEN),
    Door("/datos", data, OPEN),
)
