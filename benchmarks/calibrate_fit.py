"""From counted cases to a probability: what the evidence shows, and never more.

Each case is one value with its raw signals and whether it was right. Cases fall into the rows of a ladder,
from the surest signals down. A row may say 0.9 or more, which lets a value pass without a person, only where
of all that then passes, the row and those above it, of all sorts, the wrong share has an upper 95 % bound
(Clopper and Pearson) of at most the target. Besides, each row must by itself, or with rows below it, whose
signals are less sure, show ten times the target, and each sort thirty times by its own values of what passes.
A sort whose own figures contradict those of all sorts stands on its own, and one of which no value with a
check digit was met lets none pass. A row is never surer than one above it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from extractors.certainty import Proof, Reader, Second, Signals, Sort

TARGET = 0.001
"""Wrong values at most among those that pass without a person."""
TRUST = 0.95
"""Probability with which a bound holds."""
CEILING = 0.89
"""What a row says at most whose evidence does not reach the target."""
LADDER = ((0.9, 0.95), (0.9, 0.9), (0.7, 0.98), (0.9, 0.0), (0.6, 0.6), (0.3, 0.3), (0.0, 0.0))
"""Least certainty of the engine's worst word, and of the recogniser's whole value, from the surest down."""
OFTEN = ((0.0, 0.995), (0.0, 0.95), (0.0, 0.9), (0.0, 0.7), (0.0, 0.5), (0.0, 0.0))
"""The same where most of several looks saw one thing: then the recogniser's figure alone tells, since the
engine's is its best look's, and 0 for many a number that it was held to the figures of."""
LETTERS = ((0.0, 0.95), (0.0, 0.9), (0.0, 0.7), (0.0, 0.0))
"""The same where a last look asked for letters alone, in fewer steps, since fewer values need it."""
AGAIN = frozenset({"often", "letters", "listed", "third"})
"""What the readers say where one look did not do: each kind must prove itself, by all sorts together."""
CLEAR = 3
"""Steps of the ladder for which nobody looks again: what most of several looks saw is judged beside them."""
LISTED = ((0.0, 0.5), (0.0, 0.0))
"""The same of one of the few words that a place can hold, which are seldom in doubt."""
THIRD = ((0.0, 0.95), (0.0, 0.9), (0.0, 0.0))
"""The same where a third reader was asked, by what it says itself."""
ALONE = (0.95, 0.9, 0.75, 0.5, 0.0)
"""The same where the recogniser was not asked, or said something else: its own figure then tells nothing."""
OWN = 30
"""How many times the target a sort must show where others' evidence lets it pass: 99 right."""
EACH = 10
"""The same of a row of all sorts: 299 right. A worse row would hide behind a better one."""
STEADY = 0.6
"""Certainty of the engine below which it guesses, and proves nothing; a card's lines are long."""
SIEVES: Mapping[Proof, int] = {"held": 10, "twice": 1000}
"""Of so many wrong values at most one passes a check digit: any single figure misread fails the digits of an
MRZ, a DNI and an IBAN; what is wrong in more signs passes one in ten, one in 23 or one in 97. It passes both
pairs of check digits of a Spanish account, of two kinds, once in 9 000."""
CONTRADICTS = 0.05
"""Below this probability of so many wrong ones, a sort's own figures are no sample of all sorts' figures."""


class Case(NamedTuple):
    """One value that was read: the map's question, and whether the value was right."""

    reader: Reader
    sort: Sort
    signals: Signals
    right: bool


class Count(NamedTuple):
    """How many values, and how many of them were wrong."""

    seen: int = 0
    wrong: int = 0

    def with_(self, other: Count) -> Count:
        """Return both together."""
        return Count(self.seen + other.seen, self.wrong + other.wrong)


class Row(NamedTuple):
    """One row of the map: its signals, what it says, and what it stands on.

    `own` counts the values of its sort in this row; `pool` those it was judged by: with those of the rows
    above, which pass too if it does, and of all sorts unless its own contradict them.
    """

    second: Second
    proof: Proof
    from_: float
    told: float
    right: float
    own: Count
    pool: Count


Key = tuple[Second, Proof, float, float]
Counts = Mapping[tuple[Reader, Sort, Key], Count]
Map = Mapping[Reader, Mapping[Sort, Sequence[Row]]]


def counted(cases: Iterable[Case], onto: Counts = MappingProxyType({})) -> Counts:
    """Return how many cases fell into each row and how many of them were wrong, those of *onto* with them."""
    counts = dict(onto)
    for case in cases:
        place = (case.reader, case.sort, step(case.reader, case.signals))
        counts[place] = counts.get(place, Count()).with_(Count(1, int(not case.right)))
    return counts


def fitted(counts: Counts) -> Map:
    """Return the rows of every reader and sort, each sort's in the order in which they are tried."""
    return {
        reader: {sort: _rows(reader, sort, counts) for sort in get_args(Sort)} for reader in get_args(Reader)
    }


def told(found: Map, case: Case) -> float:
    """Return what the map says of a case."""
    key = step(case.reader, case.signals)
    rows = found[case.reader][case.sort]
    return next(row.right for row in rows if (row.second, row.proof, row.from_, row.told) == key)


def step(reader: Reader, signals: Signals) -> Key:
    """Return the row that *signals* fall into."""
    return next(
        (signals.second, signals.proof, sure, told)
        for sure, told in ladder(reader, signals.second)
        if signals.sure >= sure and signals.told >= told
    )


def ladder(reader: Reader, second: Second) -> Sequence[tuple[float, float]]:
    """Return the steps for what the recogniser said, from the surest down; of a card it tells no figure."""
    both = second in {"same", "accents"} and reader != "zones_of_card"
    if second in AGAIN:
        return {"often": OFTEN, "letters": LETTERS, "listed": LISTED, "third": THIRD}[second]
    return LADDER if both else tuple((sure, 0.0) for sure in ALONE)


def _rows(reader: Reader, sort: Sort, counts: Counts) -> list[Row]:
    """Return the rows of one sort; a row is never surer than the one above it."""
    found: list[Row] = []
    for second in get_args(Second):
        for proof in get_args(Proof):
            keys: list[Key] = [(second, proof, *one) for one in ladder(reader, second)]
            owns = [_own(reader, sort, key, counts) for key in keys]
            wholes = [_whole(reader, sort, key, counts) for key in keys]
            sieve = SIEVES.get(proof, 1)
            met = any(counts.get((reader, sort, key)) for key in keys) and _may(second, proof)
            alones = owns if second in AGAIN else wholes
            steady = len(keys) if proof == "twice" or second in AGAIN else _steady(keys, reader)
            passing = _passing(owns[:steady], wholes, alones, sieve) if met else 0
            most = 1.0
            for at, key in enumerate(keys):
                pool = _pool(owns[: max(passing, at + 1)], wholes[: max(passing, at + 1)])
                most = min(most, _bound(pool, sieve) if at < passing else _mean(wholes[at]))
                if second == "accents" or second in AGAIN:
                    most = min(most, _plainly(found, proof))
                found.append(Row(*key, most, counts.get((reader, sort, key), Count()), pool))
    return found


def _plainly(found: Sequence[Row], proof: Proof) -> float:
    """Return what the surest row of the same reading says: no less plain agreement is surer than that."""
    return next(row.right for row in found if (row.second, row.proof) == ("same", proof))


def _may(second: Second, proof: Proof) -> bool:
    """Whether a value may pass at all: none whose check digit was mended, or that another reader denies.

    What proves itself twice may: whatever the other reader saw, a wrong one would hardly prove itself so.
    """
    return proof == "twice" or (second != "other" and proof in {"none", "held"})


def _own(reader: Reader, sort: Sort, key: Key, counts: Counts) -> Count:
    """Return the values that must speak for a row alone: its sort's, those of all sorts where few are met."""
    sorts = get_args(Sort) if key[0] == "accents" or key[0] in AGAIN else (sort,)
    return _all(counts.get((reader, one, like), Count()) for one in sorts for like in _like(key))


def _whole(reader: Reader, sort: Sort, key: Key, counts: Counts) -> Count:
    """Return the values of all sorts in a row; what differs in accents, or was seen often, beside the same.

    Of a check digit that holds: those of all sorts that have one, and of its own sort those that have none.
    """
    if key[1] in SIEVES:
        checked = [like for like in _like(key) if like[1] != "none"]
        others = [counts.get((reader, one, like), Count()) for one in get_args(Sort) for like in checked]
        return _all((*others, counts.get((reader, sort, (key[0], "none", *key[2:])), Count())))
    second, told_proof, sure, told_ = key
    keys = [*_like(key)]
    if second == "accents":
        keys += _like(("same", told_proof, sure, told_))
    if second in AGAIN and (sure, told_) == ladder(reader, second)[0]:
        keys += [("same", told_proof, *one) for one in LADDER[:CLEAR]]
    return _all(counts.get((reader, one, like), Count()) for one in get_args(Sort) for like in keys)


def _like(key: Key) -> tuple[Key, ...]:
    """Return the row itself, and for a check digit that holds all values before any digit was looked at."""
    second, proof, sure, told_ = key
    sieved: tuple[Proof, ...] = ("failed", "none", proof) if proof in SIEVES else (proof,)
    return tuple((second, one, sure, told_) for one in sieved)


def _passing(owns: Sequence[Count], wholes: Sequence[Count], alones: Sequence[Count], sieve: int) -> int:
    """Return how many rows, from the surest down, may pass: the most that reach the target together.

    Each of them must show by *alones* that it hides behind no better one.
    """
    for end in range(len(owns), 0, -1):
        own, pool = _all(owns[:end]), _pool(owns[:end], wholes[:end])
        each = max(_alone(alones[at:]) for at in range(end)) / sieve
        fair = each <= EACH * TARGET and upper(own.wrong, own.seen) / sieve <= OWN * TARGET
        if fair and upper(pool.wrong, pool.seen) / sieve <= TARGET:
            return end
    return 0


def _steady(keys: Sequence[Key], reader: Reader) -> int:
    """Return how many rows, from the surest down, stand on more than a guess of the engine."""
    return len(keys) if reader == "zones_of_card" else sum(sure >= STEADY for _, _, sure, _ in keys)


def _pool(owns: Sequence[Count], wholes: Sequence[Count]) -> Count:
    """Return the values that some rows are judged by: of all sorts, unless the sort's own contradict them."""
    own, whole = _all(owns), _all(wholes)
    return own if _contradicts(own, whole) else whole


def _alone(wholes: Sequence[Count]) -> float:
    """Return the best bound that the first of some rows shows, by itself or with rows below it."""
    return min(upper(*_all(wholes[:end])[::-1]) for end in range(1, len(wholes) + 1))


def _bound(pool: Count, sieve: int) -> float:
    """Return the least share that is right: of the wrong ones one in *sieve* remains."""
    return math.floor((1 - upper(pool.wrong, pool.seen) / sieve) * 1e4) / 1e4


def _mean(row: Count) -> float:
    """Return the share that was right, at most the ceiling; nothing seen is as likely right as wrong."""
    return round(min((row.seen - row.wrong + 0.5) / (row.seen + 1), CEILING), 3)


def _contradicts(own: Count, whole: Count) -> bool:
    """Whether so many wrong ones among *own* are too many for a sample of *whole*."""
    if not own.wrong:
        return False
    others = Count(max(whole.seen - own.seen, 0), max(whole.wrong - own.wrong, 0))
    share = (others.wrong + 0.5) / (others.seen + 1)
    return 1 - below(own.wrong - 1, own.seen, share) < CONTRADICTS


def _all(counts: Iterable[Count]) -> Count:
    """Return all counts together."""
    whole = Count()
    for count in counts:
        whole = whole.with_(count)
    return whole


@cache
def upper(wrong: int, seen: int) -> float:
    """Return the upper bound of the share of wrong ones, after Clopper and Pearson, one-sided."""
    if wrong >= seen:
        return 1.0
    low, high = wrong / seen, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(wrong, seen, middle) > 1 - TRUST else (low, middle)
    return high


def below(most: int, seen: int, share: float) -> float:
    """Return the probability of at most *most* wrong ones among *seen* when *share* of all are wrong."""
    if most < 0 or share >= 1:
        return 0.0
    if share <= 0:
        return 1.0
    log, unlog = math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(
            math.lgamma(seen + 1) - math.lgamma(wrong + 1) - math.lgamma(seen - wrong + 1)
            + wrong * log + (seen - wrong) * unlog
        )
        for wrong in range(most + 1)
    )  # fmt: skip
