"""How two names differ: letters, particles, order, a hyphen; a part missing, a like spelling."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from validators.crosscheck.difference import NOT_COMPARABLE, Compared, differ
from validators.facts import Person
from validators.identity import full_name, in_full, joined, name_parts, names_match, particle


def compare_names(one: Person, other: Person) -> Compared:
    """Compare the full names of two people as two papers give them, in any order of the parts."""
    a, b = full_name(one), full_name(other)
    if not name_parts(a) or not name_parts(b):
        return NOT_COMPARABLE
    match names_match(a, b):
        case "same":
            return differ(*_of_one_name(a, b))
        case "unsure":
            return differ(_of_like_names(one, other))
        case _:
            return differ("other_name")


def _of_one_name(a: str, b: str) -> Iterator[str]:
    """Yield how two writings of one name differ."""
    if " ".join(a.split()) == " ".join(b.split()):
        return
    if name_parts(a) != name_parts(b):
        yield "hyphen" if ("-" in a) != ("-" in b) else "joined"
        return
    if ("-" in a) != ("-" in b):
        yield "hyphen"
    words_a, words_b = _in_order(a), _in_order(b)
    if Counter(filter(particle, words_a)) != Counter(filter(particle, words_b)):
        yield "particles"
    if [w for w in words_a if not particle(w)] != [w for w in words_b if not particle(w)]:
        yield "order"
    if Counter(re.findall(r"\w+", a)) - Counter(re.findall(r"\w+", b)) and _letters_differ(a, b):
        yield "letters"


def _in_order(name: str) -> list[str]:
    """Return the folded words of a name as they stand."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", re.sub(r"['’`·]", "", bare))


def _letters_differ(a: str, b: str) -> bool:
    """Whether some word is written with other capitals or accents."""
    words_a, words_b = ({w for w in re.findall(r"\w+", n) if not particle(w.casefold())} for n in (a, b))
    return words_a != words_b


def _of_like_names(one: Person, other: Person) -> str:
    """Return the likeliest reason why two names are alike and not the same."""
    a, b = full_name(one), full_name(other)
    if name_parts(in_full(a)) == name_parts(in_full(b)) or joined(in_full(a)) == joined(in_full(b)):
        return "abbreviation"
    short, long = sorted((Counter(name_parts(a)), Counter(name_parts(b))), key=lambda words: words.total())
    if short - long:
        return "spelling"
    missing = tuple(sorted((long - short).elements()))
    seconds = (p.second_surname.value for p in (one, other) if p.second_surname and p.second_surname.value)
    return "second_surname" if missing in {name_parts(second) for second in seconds} else "part_missing"
