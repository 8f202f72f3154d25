"""A register's extract as a CSV file: read once into an index of places, then answered by seeking.

The index holds numbers and dates of birth, no names; it is made anew when the file is another. A line that
cannot be read is counted and never shown; where it may be of the person asked about, the source gives no
answer, since it could hold their baja. Quoted fields may not hold a line break.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from extractors.prose import fold
from pipeline.register.chosen import Source
from pipeline.register.entry import BadRow, Entry, code, day, entry, mapping, numbers
from pipeline.register.source import Look, Question, Reply, SilentSource, reply
from validators.numbers import plain

MOST_BYTES, MOST_LINES, LONGEST_LINE = 1 << 30, 5_000_000, 8192
_MOST_PLACES = 1000
"""Lines of one date of birth, or lines that cannot be read, that are looked at."""
_SEPARATORS = {";": ";", ",": ",", "tab": "\t"}
Place = tuple[int, int]


class _Index(NamedTuple):
    """Where the lines of each number and each date of birth stand: offset and length."""

    of: tuple[int, int, int]
    header: tuple[str, ...]
    columns: Mapping[str, int]
    separator: str
    by_number: Mapping[str, list[Place]]
    by_birth: Mapping[dt.date, list[Place]]
    good: int
    bad: tuple[Place, ...]
    as_of: dt.date | None


class Extract:
    """A CSV file that is asked; safe to share between threads."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._path = Path(source.where)
        self._towns = source.towns()
        self._index: _Index | None = None
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Reply:
        """Return what the extract says of one person; raise SilentSource where it cannot be read."""
        with self._opened() as file:
            index = self._indexed(file)
            _refuse_unreadable(file, index, question, self._text)
            number = plain(question.number) if question.number else ""
            by_number = list(self._entries(file, index, index.by_number.get(number, ())))
            held = [one for one in by_number if number in one.numbers]
            by_birth: list[Entry] = []
            if not held and question.birth_date and question.name:
                places = index.by_birth.get(question.birth_date, ())
                if len(places) > _MOST_PLACES:
                    what = "demasiadas líneas con la misma fecha de nacimiento"
                    raise SilentSource("wrong", what, alone=True)
                by_birth = list(self._entries(file, index, places))
            return reply(question, held, by_birth, self._as_of(index))

    def look(self) -> Look:
        """Return how many lines are good and bad; raise SilentSource where the file cannot be read."""
        with self._opened() as file:
            index = self._indexed(file)
            return Look(index.good, len(index.bad), self._as_of(index))

    def _as_of(self, index: _Index) -> dt.date | None:
        """Return the day whose state the extract shows."""
        return index.as_of if self._source.as_of == "column" else self._source.day(dt.date.min)

    def _opened(self) -> BinaryIO:
        """Open the file."""
        try:
            return self._path.open("rb")
        except OSError as error:
            raise SilentSource("down", f"no se puede abrir ({type(error).__name__})") from None

    def _indexed(self, file: BinaryIO) -> _Index:
        """Return the index of the file, made now if it is another than before."""
        try:
            seen = os.fstat(file.fileno())
            of = _looks(seen)
            with self._lock:
                if self._index is None or self._index.of != of:
                    self._index = self._made(file, of)
                    _refuse_changed(file, of)
                return self._index
        except OSError as error:
            raise SilentSource("down", f"no se puede leer ({type(error).__name__})") from None

    def _made(self, file: BinaryIO, of: tuple[int, int, int]) -> _Index:
        """Read the whole file once."""
        if of[1] > MOST_BYTES:
            raise SilentSource("wrong", "el archivo es demasiado grande")
        separator, header = self._head(file)
        columns = self._columns(header)
        by_number: dict[str, list[Place]] = defaultdict(list)
        by_birth: dict[dt.date, list[Place]] = defaultdict(list)
        bad: list[Place] = []
        good, newest = 0, None
        for place, raw in _lines(file):
            try:
                row = self._row(raw, columns, len(header), separator)
                held, born, told = self._keys(row)
            except BadRow:
                bad.append(place)
                continue
            good += 1
            newest = max(newest, told) if newest and told else newest or told
            for number in held:
                by_number[number].append(place)
            by_birth[born].append(place)
        return _Index(of, header, columns, separator, by_number, by_birth, good, tuple(bad), newest)

    def _head(self, file: BinaryIO) -> tuple[str, tuple[str, ...]]:
        """Return what parts the columns, and their names, from the first line."""
        try:
            first = self._text(file.readline(LONGEST_LINE)).lstrip("\ufeff").rstrip("\r\n")
            separator = self._separator(first)
            return separator, tuple(_split(first, separator))
        except BadRow:
            raise SilentSource("wrong", "no se puede leer la primera línea") from None

    def _columns(self, header: tuple[str, ...]) -> Mapping[str, int]:
        """Return the place of each of our columns in a line."""
        try:
            found = mapping(header, self._source.overrides())
        except KeyError as missing:
            raise SilentSource("wrong", f"falta la columna {missing.args[0]}, o está dos veces") from None
        if self._source.as_of == "column" and "fecha_datos" not in found:
            raise SilentSource("wrong", "falta la columna fecha_datos")
        places = {name: place for place, name in enumerate(header)}
        return {ours: places[theirs] for ours, theirs in found.items()}

    @staticmethod
    def _keys(row: Mapping[str, str]) -> tuple[tuple[str, ...], dt.date, dt.date | None]:
        """Return the numbers, the birth and the day of the data of a row, once all that must hold does."""
        code(row["provincia"], 2), code(row["municipio"], 3)
        born, told = day(row["fecha_nacimiento"]), day(row.get("fecha_datos"))
        if born is None or day(row["fecha_alta"]) is None or not row["apellido1"].strip():
            raise BadRow
        day(row.get("fecha_baja"))
        return numbers(row), born, told

    def _separator(self, header: str) -> str:
        """Return what parts the columns: as chosen, else what the header has most of."""
        if self._source.separator != "auto":
            return _SEPARATORS[self._source.separator]
        return max(_SEPARATORS.values(), key=header.count)

    def _text(self, raw: bytes) -> str:
        """Decode a line: as chosen, else UTF-8 and where that cannot be, Latin-1."""
        if self._source.encoding == "latin-1":
            return raw.decode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            if self._source.encoding == "utf-8":
                raise BadRow from None
            return raw.decode("latin-1")

    def _row(self, raw: bytes, columns: Mapping[str, int], width: int, separator: str) -> Mapping[str, str]:
        """Return a line by our columns; raise BadRow where it has more or fewer than the header."""
        if len(raw) > LONGEST_LINE or b"\0" in raw:
            raise BadRow
        values = _split(self._text(raw).rstrip("\r\n"), separator)
        if len(values) != width:
            raise BadRow
        return {ours: values[place] for ours, place in columns.items()}

    def _entries(self, file: BinaryIO, index: _Index, places: Iterable[Place]) -> Iterator[Entry]:
        """Yield the entries at *places* that are of a municipality the source speaks for."""
        for offset, length in places:
            file.seek(offset)
            try:
                row = self._row(file.read(length), index.columns, len(index.header), index.separator)
                found = entry(row, self._towns)
            except BadRow:
                # the index held only lines that can be read
                raise SilentSource("down", "el archivo ha cambiado mientras se leía", alone=True) from None
            if found is not None:
                yield found


def _looks(seen: os.stat_result) -> tuple[int, int, int]:
    """Return what tells a file from another, or from itself as it was."""
    return (seen.st_ino, seen.st_size, seen.st_mtime_ns)


def _refuse_changed(file: BinaryIO, of: tuple[int, int, int]) -> None:
    """Raise SilentSource for a file that is being written: who is missing in it may be on the way."""
    if _looks(os.fstat(file.fileno())) != of:
        raise SilentSource("down", "el archivo se está escribiendo")


def _refuse_unreadable(
    file: BinaryIO, index: _Index, question: Question, decoded: Callable[[bytes], str]
) -> None:
    """Raise SilentSource where a line that cannot be read may be of the person asked about."""
    if len(index.bad) > _MOST_PLACES:
        raise SilentSource("wrong", "demasiadas líneas que no se pueden leer")
    for offset, length in index.bad:
        file.seek(offset)
        try:
            line = decoded(file.read(min(length, LONGEST_LINE)))
        except BadRow:
            continue
        if _may_be_of(line, question):
            what = "una línea que no se puede leer puede ser de la persona"
            raise SilentSource("wrong", what, alone=True)


def _may_be_of(line: str, question: Question) -> bool:
    """Whether a line holds the digits of the number asked for, or every word of the name."""
    digits = _digits(question.number or "")
    if digits and any(_digits(run) == digits for run in re.findall(r"\d[\d .-]*", line)):
        return True
    words = set(re.findall(r"\w+", fold(line)))
    name = set(re.findall(r"\w+", fold(question.name)))
    return bool(name) and name <= words


def _digits(text: str) -> str:
    """Return the digits of a text without leading zeros."""
    return "".join(c for c in text if c.isdecimal()).lstrip("0")


def _lines(file: BinaryIO) -> Iterator[tuple[Place, bytes]]:
    """Yield each line with its place; one that is too long comes cut, and its rest is passed over."""
    offset, seen = file.tell(), 0
    while raw := file.readline(LONGEST_LINE + 1):
        start, whole = offset, len(raw)
        while not raw.endswith(b"\n") and len(raw) > LONGEST_LINE and (more := file.readline(LONGEST_LINE)):
            whole += len(more)
            if more.endswith(b"\n"):
                break
        offset = start + whole
        seen += 1
        if seen > MOST_LINES:
            raise SilentSource("wrong", "demasiadas líneas")
        if raw.strip():
            yield (start, whole), raw


def _split(line: str, separator: str) -> list[str]:
    """Return the fields of one line."""
    if '"' not in line:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        raise BadRow from None
