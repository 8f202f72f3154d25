"""Papers of one kind, each on the base's, and the stays of `padron` as certificates town by town."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from validators.examples.records import merged
from validators.examples.values import ABSENT, Entry
from validators.tables import Table


def papers(said: Table, word: str, laid: Any) -> list[Table]:
    """Return the papers under *word*: none, one, or a list whose items lie on the base's paper *laid*."""
    raw = said.get(word, ABSENT)
    if raw == ABSENT:
        return []
    found = raw if isinstance(raw, list) else [raw]
    if not all(isinstance(one, Table) for one in found):
        raise Entry(said, word, raw).wrong("`absent`, one paper, or a list of papers")
    return [_in_its_town(merged(laid, one) if isinstance(laid, Table) else one) for one in found]


def _in_its_town(paper: Table) -> Table:
    """Return a register's paper whose stays are in its own town where they name none."""
    stays = paper.get("stays")
    if "town" not in paper or not isinstance(stays, list):
        return paper
    for stay in stays:
        if isinstance(stay, Table):
            stay.setdefault("town", paper["town"])
    return paper


def certificates(said: Table, laid: Table) -> list[Table]:
    """Return the certificates: those that the example lists, else one for each town of `padron`.

    In a list nothing is assumed. In `padron`, unless said, the first stay began with an arrival from the
    applicant's country and every other by moving house, and a stay that ended did so by moving house.
    """
    own = papers(said, "certificate", laid.get("certificate"))
    listed = isinstance(said.get("certificate"), list) or "padron" not in said or not own
    if listed or said["padron"] == ABSENT:
        return own
    if not isinstance(said["padron"], list):
        raise Entry(said, "padron", said["padron"]).wrong("`absent` or a list of stays")
    stays = [_assumed(one, first=number == 0) for number, one in enumerate(said["padron"])]
    return [_of_town(own[0], town, list(some)) for town, some in groupby(stays, lambda s: s["town"])]


def _of_town(certificate: Table, town: Any, stays: list[Table]) -> Table:
    """Return the certificate of a municipality with its stays."""
    found = Table(certificate.file, certificate.line)
    found.update({"town": town} | certificate | {"stays": stays})
    found.lines = certificate.lines
    return found


def _assumed(stay: Table, *, first: bool) -> Table:
    """Return a stay with the causes that an example need not spell."""
    stay.expect("town", "alta", optional=("baja", "cause", "left", "came_from", "read"))
    found = Table(stay.file, stay.line)
    told = {"cause": "abroad", "came_from": "MAR"} if first else {"cause": "residence_change"}
    found.update((told if "cause" not in stay else {}) | stay)
    if "baja" in stay and "left" not in stay:
        found["left"] = "residence_change"
    found.lines = stay.lines
    return found
