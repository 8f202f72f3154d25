"""Count what figures of a fax vouch for: values read right and wrong, and lies told about them.

    .venv/bin/python benchmarks/vouching.py --papers 100 --seed 1 --family test

Forms are filled by lot, faxed and read as the program reads them. A lie is a value with one figure put in
place of another that looks like it, as both readers may see it; none must be vouched for.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own

from benchmarks.calibrate_forms import Sheetful, filled  # noqa: E402 - after the path
from benchmarks.calibrate_samples import same  # noqa: E402 - after the path
from extractors.bounds import Bounds  # noqa: E402 - after the path
from extractors.forms.laid import Laid  # noqa: E402 - after the path
from extractors.forms.zones import entries  # noqa: E402 - after the path
from extractors.lines import Box  # noqa: E402 - after the path
from extractors.reading.files import pdf  # noqa: E402 - after the path
from extractors.reading.words import witness  # noqa: E402 - after the path
from extractors.reading.words.signs import Figures  # noqa: E402 - after the path
from fixtures.damage import damaged  # noqa: E402 - after the path
from fixtures.faces import Family  # noqa: E402 - after the path

_LOOKS_LIKE: Mapping[str, str] = {
    "0": "869", "1": "74", "2": "73", "3": "859", "4": "19", "5": "638", "6": "850", "7": "12", "8": "3609",
    "9": "4083",
}  # fmt: skip
"""What each figure is taken for where a stroke of it is lost."""


class Asked(NamedTuple):
    """The values of one page that the witness was shown, those both readers are sure of, and its own yes."""

    values: Mapping[int, Figures]
    agreed: frozenset[int]
    vouched: frozenset[int]


@contextmanager
def overhearing() -> Iterator[list[Asked]]:
    """Give a list that holds what the witness is asked and answers while this lasts."""
    heard: list[Asked] = []

    def vouched(values: Mapping[int, Figures], agreed: frozenset[int]) -> frozenset[int]:
        """Answer as the witness does, and keep it."""
        heard.append(Asked(values, agreed, witness.vouched(values, agreed)))
        return heard[-1].vouched

    entries.__dict__["vouched"] = vouched
    try:
        yield heard
    finally:
        entries.__dict__["vouched"] = witness.vouched


def counted(papers: int, seed: str, family: Family) -> Counter[str]:
    """Return how many values were vouched for and not, right and wrong, and how many lies were believed."""
    told: Counter[str] = Counter()
    for number in range(papers):
        chance = Random(f"{seed} {family} {number}")
        form = filled(chance, family, "typewriter" if chance.random() < 0.3 else "print")
        scan = damaged(form.data, "fax", f"{seed} {number}", family=family)
        with overhearing() as heard, pdf.pages(scan, Bounds()) as pages:
            laid = {at: page.laid for at, page in enumerate(pages, 1) if page.laid is not None}
        told["pages"] += len(heard)
        for asked, (page, sheet) in zip(heard, sorted(laid.items()), strict=False):
            told += _judged(asked, _truth(form, page, sheet), chance)
    return told


def _truth(form: Sheetful, page: int, laid: Laid) -> dict[int, tuple[str, str]]:
    """Return the field and what was written for each place of a page."""
    found: dict[int, tuple[str, str]] = {}
    for widget, text in form.written:
        middle = Box(*widget.box).middle
        zones = enumerate(laid.sheet.zones) if widget.page == page else ()
        found |= {at: (widget.field, text) for at, zone in zones if zone.box.grown(2).holds(*middle)}
    return found


def _judged(asked: Asked, truth: Mapping[int, tuple[str, str]], chance: Random) -> Counter[str]:
    """Return the counts of one page."""
    told: Counter[str] = Counter()
    for at, value in asked.values.items():
        if at not in truth or not any(map(str.isdigit, value.text)):
            continue
        right = same(truth[at][0], truth[at][1], value.text)
        voice = "vouched" if at in asked.vouched else "silent" if value.sure else "in doubt"
        told[f"{voice}, {'right' if right else 'wrong'}"] += 1
        if right:
            lie = value._replace(text=_lie(value.text, chance), sure=True)
            believed = at in witness.vouched({**asked.values, at: lie}, asked.agreed)
            told[f"lies {'believed' if believed else 'not believed'}"] += 1
    return told


def _lie(text: str, chance: Random) -> str:
    """Return *text* with one of its figures put in place of another."""
    at = chance.choice([at for at, sign in enumerate(text) if sign in _LOOKS_LIKE])
    return text[:at] + chance.choice(_LOOKS_LIKE[text[at]]) + text[at + 1 :]


def main() -> None:
    """Count, and print the counts."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--papers", type=int, default=100)
    options.add_argument("--seed", default="1")
    options.add_argument("--family", choices=["train", "test"], default="test")
    asked = options.parse_args()
    for what, count in sorted(counted(asked.papers, asked.seed, asked.family).items()):
        print(f"{what:20} {count}")


if __name__ == "__main__":
    main()
