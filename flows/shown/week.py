"""The week: what was returned and why, how the papers of each office read, what changed since last week."""

from __future__ import annotations

from collections.abc import Iterator

from flows.shown.table import Cell, Table, plain
from flows.shown.words import BAD_SCANS, change, returned, share
from pipeline.figures.board import Board
from pipeline.figures.compare import Pair, Share, added
from pipeline.figures.offices import Office


def sent_back(told: Board, board: str) -> Table:
    """Return the table of what could not be received this week, by office and reason."""
    return Table(
        key="devueltos",
        title="Devueltos esta semana, y por qué",
        told="Lo que no se pudo recibir en los últimos siete días, y cuántos fueron los siete anteriores.",
        columns=("oficina", "código", "qué pasó", "casos", "antes"),
        rows=[
            (plain(office.code), plain(code), returned(code), pair.now, pair.before)
            for office in told.offices
            for code, pair in office.quality.returned.items()
        ],
        empty="No se ha devuelto nada.",
        board=board,
    )


def reading(told: Board, board: str) -> Table:
    """Return the table of how the papers of each office read: what is scanned, and how badly."""
    return Table(
        key="lectura",
        title="Calidad de lectura por oficina",
        told="De lo entregado en los últimos siete días: qué se escanea, qué se lee con duda, qué no se lee.",
        columns=(
            "oficina",
            "casos",
            "páginas por caso",
            "páginas escaneadas",
            "dudas en lo escaneado",
            "documentos mal escaneados",
            "qué les pasa",
        ),
        rows=[_read(one) for one in told.offices if one.received.now],
        empty="No se ha entregado nada esta semana.",
        board=board,
    )


def _read(office: Office) -> tuple[Cell, ...]:
    """Return the row of one office."""
    quality = office.quality
    pages = added(quality.pages.values()).now
    mean = f"{pages / office.received.now:.1f}".replace(".", ",")
    bad = [f"{BAD_SCANS.get(name, name)} {pair.now}" for name, pair in quality.bad_scans.items() if pair.now]
    return (
        plain(office.code),
        office.received.now,
        mean,
        share(quality.scanned.now),
        share(quality.doubtful_scans.now),
        office.bad_papers.now,
        ", ".join(bad),
    )


def changes(told: Board, board: str) -> Table:
    """Return the table of this week's figures beside those of the week before."""
    return Table(
        key="cambios",
        title="Qué ha cambiado desde la semana pasada",
        told="Los últimos siete días junto a los siete anteriores.",
        columns=("qué", "esta semana", "la anterior", "cambio"),
        rows=list(_changed(told)),
        empty="No hay nada que comparar.",
        board=board,
    )


def _changed(told: Board) -> Iterator[tuple[Cell, ...]]:
    """Yield what rose and fell: the whole, then each office."""
    quality = told.quality
    yield _pair("Recibidos", told.received)
    yield _pair("Resueltos", told.resolved)
    yield _pair("Devueltos", added(quality.returned.values()))
    yield _share("Resueltos como se propuso, sin tocar nada", quality.unaided)
    yield _share("Páginas escaneadas", quality.scanned)
    yield _share("Dudas en lo escaneado", quality.doubtful_scans)
    for office in told.offices:
        yield _pair(f"Recibidos en {plain(office.code)}", office.received)
        yield _pair(f"Resueltos en {plain(office.code)}", office.resolved)


def _pair(what: str, pair: Pair) -> tuple[Cell, ...]:
    """Return a figure and its change."""
    return what, str(pair.now), str(pair.before), change(pair.now, pair.before)


def _share(what: str, told: Share) -> tuple[Cell, ...]:
    """Return a share and its change, in hundredths."""
    if told.now is None or told.before is None:
        return what, share(told.now), share(told.before), ""
    now, before = int(told.now * 100), int(told.before * 100)
    return what, share(told.now), share(told.before), change(now, before)
