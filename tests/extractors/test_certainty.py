"""What the map of certainties says, and that it never says more than what it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import Any, get_args

import pytest

from extractors.certainty import Proof, Reader, Second, Signals, Sort, certainty
from extractors.vocabulary import loaded

LEVELS = (0.0, 0.2, 0.45, 0.7, 0.85, 0.93, 0.97, 1.0)


@cache
def written() -> Mapping[str, Any]:
    """Return the committed map."""
    found: Mapping[str, Any] = loaded(files("extractors").joinpath("certainty.yaml").read_text("utf-8"))
    return found


def rows() -> Iterator[Mapping[str, Any]]:
    """Yield all rows of the committed map."""
    for reader, sort in product(get_args(Reader), get_args(Sort)):
        yield from written()[reader][sort]


def test_every_question_has_an_answer():
    """Whatever the readers say of a value, there is a probability, and never a proof."""
    asked = product(get_args(Reader), get_args(Sort), get_args(Second), get_args(Proof), LEVELS, LEVELS)

    assert all(
        0 <= certainty(reader, sort, Signals(sure, second, proof, told)) < 1
        for reader, sort, second, proof, sure, told in asked
    )


@pytest.mark.parametrize("reader", get_args(Reader))
def test_a_part_of_the_map_read_alone_says_what_the_whole_says(reader: Reader):
    """Each row is asked for with its own signals: the first that holds of that part is believed."""
    asked = [(sort, row) for sort in get_args(Sort) for row in written()[reader][sort]]

    assert all(
        certainty(reader, sort, Signals(row["from"], row["second"], row["proof"], row["told"]))
        == next(one["right"] for one in written()[reader][sort] if holds(one, row))
        for sort, row in asked
    )


def holds(row: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether a row speaks of signals that are just enough for another."""
    same = row["second"] == asked["second"] and row["proof"] == asked["proof"]
    return same and row["from"] <= asked["from"] and row["told"] <= asked["told"]


def test_no_row_lets_a_value_pass_whose_evidence_does_not_reach_the_target():
    """Nobody wrote 0.95 by hand: so many right ones were counted that at most one in a thousand is wrong."""
    least = (
        299  # right ones in a row bound the wrong share at 1 %; a check digit that holds takes off a digit
    )

    assert all(row["pool"][0] >= least for row in rows() if row["right"] >= 0.9 and row["proof"] != "twice")
    lets = [row for row in rows() if row["right"] >= 0.9]

    assert all(row["pool"][0] >= 10 * least for row in lets if row["proof"] == "none")
    assert all(row["pool"][1] <= row["pool"][0] / 1000 * 10 for row in lets if row["proof"] != "twice")
    ceiling, target = written()["ceiling"], written()["target"]
    assert all(row["right"] <= ceiling or row["right"] >= 1 - target for row in rows())


def test_what_the_evidence_never_lets_pass_stays_below():
    """A repair, a failing check digit, a contradiction, one engine alone without proof: a person looks."""
    denied = [row for row in rows() if row["second"] == "other" and row["proof"] != "twice"]
    never = [*denied, *(row for row in rows() if row["proof"] in {"repaired", "failed"})]
    alone = [row for row in rows() if row["second"] == "none" and row["proof"] == "none"]

    assert all(row["right"] <= written()["ceiling"] for row in (*never, *alone))


@pytest.mark.parametrize("reader", get_args(Reader))
def test_surer_signals_never_make_a_value_less_sure(reader: Reader):
    """The engine's own certainty and the recogniser's only ever raise it."""
    asked = product(get_args(Sort), get_args(Second), get_args(Proof), LEVELS, pairwise(LEVELS))

    assert all(
        certainty(reader, sort, Signals(low, second, proof, told))
        <= certainty(reader, sort, Signals(high, second, proof, told))
        and certainty(reader, sort, Signals(told, second, proof, low))
        <= certainty(reader, sort, Signals(told, second, proof, high))
        for sort, second, proof, told, (low, high) in asked
    )


@pytest.mark.parametrize("sort", ["name", "date", "number", "text"])
def test_agreement_raises_and_contradiction_lowers(sort: Sort):
    """The same engine, equally sure: what the second reader says makes the difference."""
    said = [
        certainty("zone", sort, Signals(0.96, second, told=0.99)) for second in ("other", "accents", "same")
    ]

    assert said == sorted(said)
    assert said[0] < 0.89 < said[-1]
