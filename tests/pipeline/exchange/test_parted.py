"""The file of a case some of whose papers were carried to another one: another's papers stay out of it."""

import io
import zipfile

import pytest

from pipeline.after_filing.parting import Choice, part
from tests.pipeline.after_filing.counters import Counter
from tests.pipeline.exchange.conftest import Handing
from tests.pipeline.exchange.opening import opened


@pytest.fixture
def counter(office, sandbox):
    """Return an office in which what is handed in is read at once."""
    return Counter(office, sandbox)


def file_of(counter, number):
    """Return the members of the file of a case, and what is told of it."""
    data, made = Handing(counter.office, None, number)(without_codes=True, unsigned=True)
    return opened(data), made


def documents(members):
    """Return the bytes of the documents."""
    return [data for name, data in members.items() if name.startswith("documentos/")]


def test_a_loose_paper_that_another_case_counts_is_not_in_the_file(counter, pdf):
    """It lies in what was handed in, and is another person's."""
    luis = pdf + b"\n%luis\n"
    one = counter.take(("ana.pdf", pdf), ("luis.pdf", luis))
    other = part(
        counter.store,
        counter.settings,
        counter.row(one).id,
        Choice(out=counter.keys(one, "luis.pdf")),
        counter.act(one),
    )
    counter.read()

    mine, told = file_of(counter, one)
    theirs, _ = file_of(counter, other)

    assert pdf in documents(mine)
    assert luis not in documents(mine)
    assert luis in documents(theirs)
    assert any("otro expediente" in sentence for sentence in told.lacking)


def test_of_a_package_that_held_it_the_other_papers_go_one_by_one(counter, pdf):
    """Nothing of the other person is in any document, whatever it is packed in."""
    luis, packed = pdf + b"\n%luis\n", io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        package.writestr("ana.pdf", pdf)
        package.writestr("luis.pdf", luis)
    one = counter.take(("envio.zip", packed.getvalue()))
    part(
        counter.store,
        counter.settings,
        counter.row(one).id,
        Choice(out=counter.keys(one, "luis.pdf")),
        counter.act(one),
    )
    counter.read()

    members, _ = file_of(counter, one)

    assert pdf in documents(members)
    assert not any(b"%luis" in data for data in documents(members))
