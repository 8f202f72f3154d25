"""F10: the same papers again, at once, in two offices, under two watchers; and a storm of drops."""

import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from tests.faults.rig.office import paper
from tests.faults.rig.watching import Watching

OFFICES = ("CEU01", "MEL01")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """Return the address of an empty record."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_store_url")
    return f"sqlite:///{tmp_path}/db/v.db"


@pytest.fixture
def watching(tmp_path, database):
    """Return two watchers over the folders of two offices."""
    with Watching(tmp_path, database, OFFICES, watchers=2) as both:
        yield both


def at_once(paths, data):
    """Drop the same bytes at all *paths* in the same moment, each written where it lies as clerks do."""
    together = threading.Barrier(len(paths))

    def write(path):
        together.wait()
        path.write_bytes(data)

    threads = [threading.Thread(target=write, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def settled(watching, dropped):
    """Tell whether every drop was taken and moved, and every second receipt given."""
    rows = watching.rows()
    return len(rows) >= dropped and all(
        row["cleared_at"] if row["kind"] == "duplicate" else row["placed_at"] for row in rows
    )


def doubled(rows):
    """Return the drops with more than one row, and the papers with more than one case in one office."""
    places = Counter((row["office"], row["found_in"], row["name"]) for row in rows)
    filed = Counter((row["office"], row["sha256"]) for row in rows if row["kind"] != "duplicate")
    return [what for what, times in (places + filed).items() if times > 1]


def receipts(watching):
    """Return the names of all receipts there are."""
    return sorted(path.name for path in watching.share.glob("*/3_ACEPTADO/*/*.zip"))


@pytest.mark.timeout(300)
def test_the_same_papers_at_once_are_one_case_in_each_office(watching, report):
    """Twice and ten times, in one office and in two, under two watchers: one case, and a receipt for each."""
    trials = [(2, OFFICES[:1])] * 12 + [(10, OFFICES[:1])] * 3 + [(2, OFFICES)] * 5
    dropped = 0
    for number, (copies, offices) in enumerate(trials):
        names = [f"{number}_{copy}.pdf" for copy in range(copies)]
        paths = [watching.share / office / "1_ENTRADA" / name for office in offices for name in names]
        at_once(paths, paper(f"again {number}"))
        dropped += len(paths)
    watching.until(partial(settled, watching, dropped))

    rows = watching.rows()
    first = [row for row in rows if row["kind"] == "new"]
    numbers = {office: sorted(r["number"][-6:] for r in first if r["office"] == office) for office in OFFICES}
    report("F10", trials=len(trials), lost=dropped - len(rows), doubled=len(doubled(rows)), note="again")
    assert (len(rows), doubled(rows)) == (dropped, [])
    assert {office: len(found) for office, found in numbers.items()} == {"CEU01": 20, "MEL01": 5}
    assert all(found == [f"{n:06}" for n in range(1, len(found) + 1)] for found in numbers.values())
    assert len(receipts(watching)) == dropped - len(first)
    assert list(watching.share.glob("*/1_ENTRADA/*")) == []
    assert len(list(watching.share.glob("*/2_EN_CURSO/*"))) == len(first)


@pytest.mark.timeout(300)
def test_an_answer_given_twice_beside_its_package_given_again_is_one_answer(watching, report):
    """All three in the same moment: the case has its package, one answer, and receipts for the others."""
    cases = 5
    drop = watching.share / "CEU01" / "1_ENTRADA"
    for number in range(cases):
        (drop / f"{number}.pdf").write_bytes(paper(f"package {number}"))
    watching.until(partial(settled, watching, cases))
    for row in watching.rows():
        number = Path(row["name"]).stem
        answers = watching.share / "CEU01" / "4_SUBSANAR" / row["number"]
        answers.mkdir()
        at_once([answers / "a.pdf", answers / "b.pdf"], paper(f"answer {number}"))
        (drop / f"{number} again.pdf").write_bytes(paper(f"package {number}"))
    watching.until(partial(settled, watching, 4 * cases))

    rows = watching.rows()
    kinds = Counter((row["number"], row["kind"]) for row in rows)
    report("F10", trials=cases, lost=4 * cases - len(rows), doubled=len(doubled(rows)), note="answers")
    assert doubled(rows) == []
    assert sorted(kinds.values()) == [1] * 2 * cases + [2] * cases
    assert list(watching.share.glob("*/4_SUBSANAR/*/*")) == []
