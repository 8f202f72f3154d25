"""Tables of law and calendar in YAML, read strictly: a doubled key, a float or a stray key is an error.

An error names the file and the line; the tables are part of the program, so it is raised at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Literal

import yaml

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader as _Loader
else:
    from yaml import CSafeLoader as _Loader  # the same in C, seven times as fast


Fault = Literal[
    "form",
    "unknown_key",
    "missing_key",
    "no_mapping",
    "no_text",
    "no_date",
    "no_flag",
    "no_year",
    "twice",
    "other_year",
    "no_name",
    "no_line",
    "not_readable",
    "too_large",
    "unknown_place",
    "bad_words",
]
"""What can be wrong with a table: for whoever tells it to people in their own language."""


class TableError(ValueError):
    """A table of the law, or a list of holidays, cannot be taken as it is.

    Its text is for engineers; `fault` and `about`, the key or value at fault, say the same as data.
    """

    def __init__(self, file: str, line: int, what: str, fault: Fault = "form", about: object = "") -> None:
        super().__init__(f"{file}, line {line}: {what}")
        self.file = file
        self.line = line
        self.fault = fault
        self.about = str(about)


class Table(dict[Any, Any]):
    """A mapping of the file that remembers where it stands and where each of its keys stands."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[Any, int] = {}

    def wrong(self, what: str, key: object = None, fault: Fault = "form") -> TableError:
        """Return the error *what*, at *key* or at the start of this mapping."""
        return TableError(self.file, self.lines.get(key, self.line), what, fault, "" if key is None else key)

    def expect(self, *needed: str, optional: tuple[str, ...] = ()) -> Table:
        """Return this mapping if it has all *needed* keys and none but these and the *optional*."""
        for key in self:
            if key not in needed and key not in optional:
                raise self.wrong(
                    f"unknown key {key!r}; one of {sorted({*needed, *optional})}", key, "unknown_key"
                )
        for key in needed:
            if key not in self:
                raise self.wrong(f"the key {key!r} is missing", key, "missing_key")
        return self

    def table(self, key: object) -> Table:
        """Return the mapping under *key*."""
        if not isinstance(self.get(key), Table):
            raise self.wrong(f"{key!r} must hold keys and values", key, "no_mapping")
        found: Table = self[key]
        return found

    def text(self, key: str) -> str:
        """Return the text under *key*, which may not be empty."""
        if not (isinstance(self.get(key), str) and self[key].strip()):
            raise self.wrong(f"{key!r} must be a text", key, "no_text")
        return str(self[key]).strip()

    def date(self, key: str) -> dt.date:
        """Return the date under *key*."""
        if type(self.get(key)) is not dt.date:
            raise self.wrong(f"{key!r} must be a date like 2026-03-13", key, "no_date")
        found: dt.date = self[key]
        return found

    def flag(self, key: str) -> bool:
        """Return the true or false under *key*."""
        if not isinstance(self.get(key), bool):
            raise self.wrong(f"{key!r} must be true or false", key, "no_flag")
        return bool(self[key])

    def by_date(self) -> Iterator[tuple[dt.date, Any]]:
        """Yield the entries of a mapping whose keys must be dates, oldest first."""
        for key in self:
            if type(key) is not dt.date:
                raise self.wrong(f"{key!r} is not a date like 2026-03-13", key, "no_date")
        yield from sorted(self.items())


class _Strict(_Loader):
    """YAML's safe subset, without floats, doubled keys, anchors' merges or impossible dates."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> Table:
    """Build a mapping, refusing a key that stands twice."""
    table = Table(loader.name, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key, line = _key(loader, key_node), key_node.start_mark.line + 1
        if not isinstance(key, str | int | dt.date):
            raise TableError(loader.name, line, "a key must be a word, a number or a date")
        if key in table:
            raise TableError(loader.name, line, f"the key {key!r} stands twice", "twice", key)
        table[key] = loader.construct_object(value_node, deep=True)
        table.lines[key] = line
    return table


def _key(loader: _Strict, node: yaml.Node) -> Any:
    """Return a key; `on`, `yes` and `no` are words there, whatever YAML takes them for."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:bool":
        return node.value
    return loader.construct_object(node, deep=True)


def _float(loader: _Strict, node: yaml.ScalarNode) -> None:
    """Refuse a float: money is written between quotation marks."""
    raise TableError(loader.name, node.start_mark.line + 1, f"write {node.value!r} between quotation marks")


def _date(loader: _Strict, node: yaml.ScalarNode) -> dt.date:
    """Build a date, refusing a day that does not exist."""
    try:
        return dt.date.fromisoformat(node.value)
    except ValueError:
        line = node.start_mark.line + 1
        raise TableError(loader.name, line, f"{node.value!r} is no date", "no_date", node.value) from None


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)
_Strict.add_constructor("tag:yaml.org,2002:float", _float)
_Strict.add_constructor("tag:yaml.org,2002:timestamp", _date)


def read(file: Traversable) -> Table:
    """Return the mapping that *file* holds.

    Raises:
        TableError: the file is no YAML mapping, or breaks a rule of this module.
    """
    loader = _Strict(file.read_text(encoding="utf-8"))
    loader.name = file.name
    try:
        found = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise TableError(file.name, line, "not readable as YAML", "not_readable") from error
    finally:
        loader.dispose()
    if not isinstance(found, Table):
        raise TableError(file.name, 1, "the file must hold keys and values", "no_mapping")
    return found
