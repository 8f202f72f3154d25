"""A damaged paper that was changed: mended, it may be again what it was before; then a person looks."""

import datetime as dt
import zlib
from io import BytesIO

import pikepdf

LATE = dt.date(2025, 11, 10)


def drawing(paper):
    """Return what is drawn on the first page."""
    with pikepdf.open(BytesIO(paper)) as opened:
        return opened.pages[0].Contents.read_bytes()


def contents(paper):
    """Return the object of the page's contents, by its number."""
    packed = zlib.compress(drawing(paper))
    return b"9 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )


def saved(paper):
    """Return the paper, its contents in object 9, with the place of its index."""
    whole = paper[: paper.rindex(b"startxref")]
    assert b"\n9 0 obj" in paper, "the demonstration's certificates keep their contents in object 9"
    return whole, int(paper[len(whole) :].split()[1])


def test_a_better_version_that_no_index_names_does_not_count(make, hand_in):
    """Nobody sees it, though some programs stumble over it."""
    whole, index = saved(make.certificate(LATE))
    paper = whole + contents(make.certificate()) + b"startxref\n%d\n%%%%EOF\n" % index
    assert hand_in(padron=paper)[0] != "approve"


def test_a_better_version_that_only_mending_brings_up_is_looked_at(make, hand_in):
    """With a wrong index the last contents in the file are taken, whatever the paper showed."""
    whole, index = saved(make.certificate(LATE))
    paper = whole + contents(make.certificate()) + b"startxref\n%d\n%%%%EOF\n" % (index + 3)
    queue, said = hand_in(padron=paper)
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_a_change_that_was_cut_off_is_looked_at(make, hand_in):
    """The older version is whole, and is not what was sent."""
    paper = make.certificate() + contents(make.certificate(LATE))[:-400]
    queue, said = hand_in(padron=paper)
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_a_paper_that_only_lost_its_index_is_read(make, hand_in):
    """There is one version of it: told as mended, and no more."""
    whole, index = saved(make.certificate())
    queue, said = hand_in(padron=whole + b"startxref\n%d\n%%%%EOF\n" % (index + 3))
    assert (queue, "GEN-FORMAT notice" in said) == ("approve", True)
