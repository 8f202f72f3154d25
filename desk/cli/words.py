"""Queues and outcomes as people see them in a terminal."""

from __future__ import annotations

QUEUES = {
    "approve": "APROBAR",
    "cure": "SUBSANAR",
    "review": "REVISAR",
    "refer": "DERIVAR",
    "refuse": "DENEGAR",
}
OUTCOMES = {
    "met": "cumple",
    "notice": "aviso",
    "cure": "subsanar",
    "review": "revisar",
    "refer": "derivar",
    "not_met": "no cumple",
    "applies": "se aplica",
}
