"""The tables of the board as sheets, each under its name in an address; figures only, nobody's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from desk.web.gestion.told import Names
from desk.web.visit import Visit
from pipeline.exported.sheet import Cell, Column, Sheet
from pipeline.figures.board import Board
from pipeline.figures.compare import Pair, Share
from pipeline.figures.reading import Reading

NAMES = (
    "cambios",
    "entradas",
    "bandejas",
    "turnos",
    "parados",
    "plazos",
    "prevision",
    "oficinas",
    "resueltos",
    "distintos",
    "subsanaciones",
    "devueltos",
    "papeles",
    "datos",
    "reglas",
    "paginas",
    "escaneos",
)
"""The sheets there are, in the order of the board."""


class Sheets:
    """The tables of one board, in the words of one visit."""

    def __init__(self, visit: Visit, board: Board, reading: Reading) -> None:
        self._say, self._names, self._zone = visit.say, Names(visit), visit.room.zone
        self._board, self._reading = board, reading

    def __iter__(self) -> Iterator[Sheet]:
        """Yield every sheet."""
        return (self[name] for name in NAMES)

    def __getitem__(self, name: str) -> Sheet:
        """Return the sheet of a name; KeyError where there is none."""
        if name not in NAMES:
            raise KeyError(name)
        made: Callable[[], Sheet] = getattr(self, f"_{name}")
        return made()

    def _sheet(self, name: str, heads: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
        """Return a sheet; *heads* name sentences, `#` a number, `%` a share, `@` a day."""
        marks = {"#": "number", "%": "share", "@": "day"}
        columns = tuple(
            Column(self._head(one.rstrip("#%@")), marks.get(one[-1], "text"))  # type: ignore[arg-type] # one of the kinds
            for one in heads.split()
        )
        return Sheet(name, self._say(f"sheets.{name}"), columns, tuple(rows))

    def _head(self, name: str) -> str:
        """Return the head of a column."""
        own = f"sheets.head_{name}"
        return self._say(own if self._say.has(own) else f"gestion.{name}")

    def _pairs(self, name: str, head: str, found: Mapping[str, Pair], *named: Callable[[str], str]) -> Sheet:
        """Return a sheet of figures by name, with those before."""
        heads = f"{head} {'about ' * (len(named) - 1)}now# before# change#"
        rows: Iterator[tuple[Cell, ...]] = (
            (*(one(key) for one in named), pair.now, pair.before, pair.change) for key, pair in found.items()
        )
        return self._sheet(name, heads, rows)

    def _cambios(self) -> Sheet:
        """What changed."""
        board, say = self._board, self._say
        quality = board.quality
        pairs: dict[str, Pair] = {
            "received": board.received,
            "returned_cases": board.returned,
            "resolved": board.resolved,
            "closed": board.closed,
        }
        shares: dict[str, Share] = {
            "unaided": quality.unaided,
            "otherwise": quality.otherwise,
            "scanned": quality.scanned,
            "doubtful_scans": quality.doubtful_scans,
        }
        rows: list[tuple[Cell, ...]] = [
            (say(f"gestion.{name}"), one.now, one.before, None, None) for name, one in pairs.items()
        ]
        rows += [(say(f"gestion.{name}"), None, None, one.now, one.before) for name, one in shares.items()]
        return self._sheet("cambios", "figure now# before# share_now% share_before%", rows)

    def _entradas(self) -> Sheet:
        """What came and was resolved, day by day."""
        rows = ((one.day, one.received, one.resolved) for one in self._board.days)
        return self._sheet("entradas", "day@ received# resolved#", rows)

    def _bandejas(self) -> Sheet:
        """What is open, by tray."""
        rows = ((self._names.tray(one.name), one.cases, one.oldest) for one in self._board.lying)
        return self._sheet("bandejas", "tray open# since@", rows)

    def _turnos(self) -> Sheet:
        """What is open, by whose turn it is."""
        rows = ((self._names.side(one.name), one.cases, one.oldest) for one in self._board.sides)
        return self._sheet("turnos", "side open# since@", rows)

    def _parados(self) -> Sheet:
        """What is stuck."""
        rows = (
            (self._names.wait(one.stage, one.why), one.cases, one.since.astimezone(self._zone).date())
            for one in self._board.stuck.every
        )
        return self._sheet("parados", "why number# since@", rows)

    def _plazos(self) -> Sheet:
        """What is open, by the working days left."""
        rows = ((self._names.bucket(name), cases) for name, cases in self._board.due.items())
        return self._sheet("plazos", "due_left open#", rows)

    def _prevision(self) -> Sheet:
        """What will come of it."""
        rows = (
            (one.day, one.due, one.wanted, one.answered, one.unanswered) for one in self._board.forecast.steps
        )
        heads = "last_day@ due_that_day# wanted# answered# not_in_time#"
        return self._sheet("prevision", heads, rows)

    def _oficinas(self) -> Sheet:
        """The offices compared."""
        heads = (
            "office received# resolved# open# since@ over# breaches# enough# returned_share% "
            "unaided% scanned% doubtful_scans% bad_papers#"
        )
        return self._sheet("oficinas", heads, self._by_office())

    def _by_office(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the row of each office."""
        for one in self._board.offices:
            quality = one.quality
            yield (
                one.code,
                one.received.now,
                one.resolved.now,
                one.lying.cases if one.lying else 0,
                one.lying.oldest if one.lying else None,
                one.late,
                one.forecast.breaches,
                one.forecast.enough,
                one.returned.now,
                quality.unaided.now,
                quality.scanned.now,
                quality.doubtful_scans.now,
                one.bad_papers.now,
            )

    def _resueltos(self) -> Sheet:
        """How cases were resolved."""
        return self._pairs("resueltos", "how_head", self._board.quality.how, self._names.how)

    def _distintos(self) -> Sheet:
        """Decisions other than proposed."""
        found = self._board.quality.overridden
        return self._pairs("distintos", "decision", found, self._names.decision)

    def _subsanaciones(self) -> Sheet:
        """Why cures are asked for."""
        found, names = self._board.quality.cures, self._names
        return self._pairs("subsanaciones", "rule", found, names.code, names.rule)

    def _devueltos(self) -> Sheet:
        """What was returned."""
        found = self._board.quality.returned
        return self._pairs("devueltos", "why", found, self._names.flag)

    def _papeles(self) -> Sheet:
        """What is read badly, by kind of paper."""
        heads = "paper shown_doubtful# of_them_mended# shown_sure# of_them_mended#"
        rows = (
            (
                self._names.kind(one.kind),
                one.doubtful.now,
                one.mended_doubtful.now,
                one.sure.now,
                one.mended_sure.now,
            )
            for one in self._reading.kinds
        )
        return self._sheet("papeles", heads, rows)

    def _datos(self) -> Sheet:
        """What is read badly, by field."""
        rows = (
            (self._names.field(one.field), self._names.kind(one.kind), one.mended, one.doubtful.now)
            for one in self._reading.fields
        )
        return self._sheet("datos", "field paper mended# shown_doubtful#", rows)

    def _reglas(self) -> Sheet:
        """The rules that stood on what was set right."""
        found, names = self._board.quality.mended_rules, self._names
        return self._pairs("reglas", "rule", found, names.code, names.rule)

    def _paginas(self) -> Sheet:
        """How pages were read."""
        found = self._board.quality.pages
        return self._pairs("paginas", "reader", found, self._names.reader)

    def _escaneos(self) -> Sheet:
        """What makes scans bad."""
        found = self._board.quality.bad_scans
        return self._pairs("escaneos", "what", found, self._names.flag)
