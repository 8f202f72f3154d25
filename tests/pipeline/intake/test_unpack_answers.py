"""What an answer to a requirement holds, taken apart beside the papers that came before it."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


def received(path):
    return receive_path(path, filed_on=None, office=None, procedure=None, received_at=AT)


def answered(tmp_path, pdf, name, data):
    """Return what comes of a sound application and an answer of *data*."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    (tmp_path / "answer").write_bytes(data)
    (tmp_path / "work").mkdir()
    first = received(tmp_path / "a.pdf")
    answer = received(tmp_path / "answer").originals[0]._replace(name=f"respuesta-2/{name}", order=2)
    return unpack(replace(first, originals=(*first.originals, answer)), tmp_path / "work", Limits())


def test_an_answer_is_read_with_the_papers_that_came_before(tmp_path, pdf, zipped):
    """Its papers are told apart by its order."""
    case = answered(tmp_path, pdf, "b.zip", zipped({"padron.pdf": pdf}))

    assert [m.file for m in case.members] == ["a.pdf", "respuesta-2/b.zip/padron.pdf"]


@pytest.mark.parametrize(("name", "code"), [("b.zip", "zip-unsafe-name"), ("b.pdf", "zip-unsafe-name")])
def test_a_bad_answer_does_not_return_the_case(tmp_path, pdf, zipped, name, code):
    """A case that was received stays received."""
    case = answered(tmp_path, pdf, name, zipped({"../x.pdf": pdf}))

    assert [(m.file, m.code) for m in case.members] == [("a.pdf", None), (f"respuesta-2/{name}", code)]


@pytest.mark.parametrize(
    ("name", "code"), [("respuesta-2.zip", "zip-unsafe-name"), ("respuesta-2.pdf", "empty")]
)
def test_an_application_under_the_name_of_an_answer_is_none(taken, zipped, pdf, name, code):
    """A person may call it so: it is the whole drop, and goes back for what is wrong with it."""
    data = {"respuesta-2.zip": zipped({"../x.pdf": pdf}), "respuesta-2.pdf": b""}

    assert taken(name, data[name]).code == code
