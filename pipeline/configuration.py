"""How settings are built: a typed value for each, an origin for each, a sentence for what does not fit.

Stdlib only: this runs before the first file is read, and pydantic-settings alone costs 0.3 s to import.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.errors import UsageError
from pipeline.fits import Check, near
from pipeline.given import Given

S = TypeVar("S")
_YES, _NO = frozenset({"1", "true", "yes", "si", "sí"}), frozenset({"0", "false", "no"})
_MASK = "********"
_LONGEST_SHOWN = 60
"""Characters of a wrong value that its message repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Generic[S]):
    """The settings, their values as they may be shown, and the origin of each dotted key."""

    settings: S
    shown: tuple[tuple[str, str], ...]
    origins: Mapping[str, str]


def built(kind: type[S], given: Mapping[str, Given]) -> Loaded[S]:
    """Return a *kind* (a dataclass of dataclasses) with the *given* values in place of its defaults."""
    known = dict(_leaves(kind))
    given = {key: item for key, item in given.items() if key in known or not _of_others(key, item, known)}
    for key, value in given.items():
        if key not in known:
            raise UsageError(f"Ajuste desconocido: {key} ({value.origin})", _did_you_mean(key, known))
    values = {key: _typed(known[key], item, key) for key, item in given.items()}
    sections: dict[str, Any] = {}
    for section, hint in get_type_hints(kind).items():
        own = {key.partition(".")[2]: v for key, v in values.items() if key.partition(".")[0] == section}
        sections[section] = _section(hint, own, (given[f"{section}.{name}"].origin for name in own))
    settings = kind(**sections)
    shown = tuple((key, _shown(settings, key, secret=leaf.secret)) for key, leaf in known.items())
    return Loaded(
        settings=settings,
        shown=shown,
        origins={key: given[key].origin if key in given else "default" for key in known},
    )


def _section(kind: Any, own: Mapping[str, object], origins: Iterable[str]) -> object:
    """Return one section; of settings that contradict each other it is said where they were given."""
    try:
        return kind(**own)
    except UsageError as error:
        raise UsageError(f"{error.what} ({', '.join(sorted(set(origins)))})", error.remedy) from error


def _of_others(key: str, given: Given, known: Mapping[str, object]) -> bool:
    """Whether a variable with our prefix but without a section is none of ours: like no setting at all."""
    return given.foreign and not difflib.get_close_matches(key.replace("_", "."), known, n=1, cutoff=0.8)


class _Leaf(NamedTuple):
    """The type of one setting, the bounds of a number, what else it must be, and whether it may be shown."""

    type: Any
    secret: bool
    least: float
    most: float
    fits: Check | None


def _leaves(kind: type) -> Iterator[tuple[str, _Leaf]]:
    """Yield every setting of *kind* by its dotted key."""
    for section, hint in get_type_hints(kind).items():
        assert is_dataclass(hint)
        types_ = get_type_hints(hint)
        for leaf in fields(hint):
            told = leaf.metadata
            bounds = told.get("least", 0), told.get("most", float("inf"))
            secret, fits = bool(told.get("secret")), told.get("fits")
            yield f"{section}.{leaf.name}", _Leaf(types_[leaf.name], secret, *bounds, fits)


def _did_you_mean(key: str, known: Mapping[str, object]) -> str:
    """Return the remedy for a key that does not exist: one written like it, or of its name elsewhere."""
    name = key.rpartition(".")[2]
    dotted = key.replace("_", ".") if "." not in key else key
    same = [one for one in known if one.rpartition(".")[2] == name]
    found = difflib.get_close_matches(dotted, same or known, n=1, cutoff=0.0 if same else 0.6)
    return f"¿Quería decir {found[0]}?" if found else "Vea la lista con `ventanilla config show`."


def _typed(leaf: _Leaf, given: Given, key: str) -> object:
    """Return the value as the type of its setting; raise UsageError if it does not fit."""
    try:
        value = _bounded(_cast(leaf.type, given.value), leaf)
    except UsageError as error:
        raise UsageError(f"{key}: {error.what} ({given.origin})", error.remedy) from error
    except (ValueError, TypeError) as error:
        wanted = f"Se espera {_wanted(leaf.type)}{_between(leaf)}."
        raise UsageError(_unfit(leaf, given, key), f"{wanted}{_nearest(leaf.type, given)}") from error
    expected = leaf.fits(value) if leaf.fits is not None else None
    if expected is not None:
        raise UsageError(_unfit(leaf, given, key), f"Se espera {expected}")
    return value


def _between(leaf: _Leaf) -> str:
    """Say between which bounds a number must lie."""
    if leaf.type not in {int, float}:
        return ""
    return f" de {leaf.least:g} a {leaf.most:g}" if leaf.most < float("inf") else f", {leaf.least:g} o más"


def _unfit(leaf: _Leaf, given: Given, key: str) -> str:
    """Say which setting does not fit, where it was given, and, unless it is a secret, what was given."""
    text = masked(str(given.value)).replace("\n", " ")
    shown = "" if leaf.secret or len(text) > _LONGEST_SHOWN or "@" in text else f" «{text}»"
    return f"{key}: valor que no sirve{shown} ({given.origin})"


def _nearest(kind: Any, given: Given) -> str:
    """Return the question whether another word of a closed list was meant."""
    words = get_args(kind) or ()
    while words and get_origin(words[0]) is Literal:
        words = get_args(words[0])
    texts = [word for word in words if isinstance(word, str)]
    return near(str(given.value), texts)


def _bounded(value: object, leaf: _Leaf) -> object:
    """Return *value*; a number outside the bounds of its setting is a ValueError."""
    if isinstance(value, int | float) and not leaf.least <= value <= leaf.most:
        raise ValueError
    return value


def _cast(kind: Any, value: object) -> object:
    """Return *value* as *kind*; text is read, other types must be what they should."""
    if get_origin(kind) in {Union, types.UnionType}:
        return (
            None
            if value in {None, ""}
            else _cast(next(k for k in get_args(kind) if k is not type(None)), value)
        )
    if get_origin(kind) is tuple:
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise TypeError
        if is_dataclass(get_args(kind)[0]):
            return tuple(_table(get_args(kind)[0], item) for item in _tables(value))
        parts = (item.strip() if isinstance(item, str) else item for item in items)
        return tuple(_cast(get_args(kind)[0], part) for part in parts if part != "")
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise ValueError
        return value
    return _plain(kind, value)


def _tables(value: object) -> list[object]:
    """Return the tables of a list; a variable of the environment holds them as JSON."""
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, list):
        raise TypeError
    return found


def _table(kind: Any, value: object) -> object:
    """Return one table as the dataclass *kind*: every key known, none missing that has no default."""
    if not isinstance(value, Mapping):
        raise TypeError
    types_ = get_type_hints(kind)
    if unknown := value.keys() - types_.keys():
        raise UsageError(f"Ajuste desconocido: {min(unknown)}", _did_you_mean(str(min(unknown)), types_))
    needed = {
        leaf.name for leaf in fields(kind) if leaf.default is MISSING and leaf.default_factory is MISSING
    }
    if missing := needed - value.keys():
        raise UsageError(f"Falta el ajuste {min(missing)}", "Complete la tabla.")
    return kind(**{key: _cast(types_[key], item) for key, item in value.items()})


def _plain(kind: Any, value: object) -> object:
    """Return *value* as one of the plain types; a date of TOML is text too."""
    if kind is str and isinstance(value, dt.date):
        return value.isoformat()
    if kind is bool:
        return value if isinstance(value, bool) else _flag(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | Path):
        raise TypeError
    if kind is str and not isinstance(value, str):
        raise TypeError
    if kind is int and isinstance(value, float):
        raise TypeError
    number = kind(value)
    if kind in {int, float} and not 0 <= number < float("inf"):
        raise ValueError
    return number


def _flag(value: object) -> bool:
    """Return the yes or no that a text says."""
    word = str(value).casefold()
    if word not in _YES | _NO:
        raise ValueError
    return word in _YES


def _wanted(kind: Any) -> str:
    """Say in words what type a setting has."""
    if get_origin(kind) is Literal:
        return "uno de " + ", ".join(map(str, get_args(kind)))
    names = {int: "un número entero", float: "un número", bool: "sí o no", str: "un texto", Path: "una ruta"}
    return names.get(kind, "una lista" if get_origin(kind) is tuple else "una ruta")


def _shown(settings: object, key: str, *, secret: bool) -> str:
    """Return the value of *key* for people: secrets masked, passwords in addresses too."""
    section, _, name = key.partition(".")
    value = getattr(getattr(settings, section), name)
    if secret:
        return _MASK if value else ""
    if isinstance(value, tuple):
        return ", ".join(_in_short(part) for part in value)
    return masked(str("" if value is None else value))


def _in_short(value: object) -> str:
    """Return one item of a list; of a table what it is called and where it is."""
    if not is_dataclass(value):
        return masked(str(value))
    return masked(f"{getattr(value, 'name', '')}: {getattr(value, 'where', '')}".strip(": "))


def masked(text: str) -> str:
    """Return *text* with the password of an address in it covered."""
    scheme, sign, rest = text.partition("://")
    login, at, host = rest.rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}:{_MASK}@{host}" if sign and at and ":" in login else text
