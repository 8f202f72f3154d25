"""The same package handed in again: when it is the same case, and when another."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.journal.rows import of_case
from pipeline.store.cases import lines
from pipeline.store.events import history
from pipeline.store.schema import cases


def test_the_same_package_again_is_the_same_case(office, pdf):
    """It has a second receipt that points at the first, and no second number."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("otra vez.pdf", pdf)
    office.take()
    office.look()

    (case,) = lines(office.store)
    assert [e.kind for e in of_case(office.store, case.id)] == ["new", "duplicate"]
    assert office.names("3_ACEPTADO/CEU01-2026-000001") == ["ACUSE_CEU01-2026-000001_2.zip"]
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_a.pdf"]


def test_the_list_names_a_package_that_came_again_with_the_case_it_went_to(office, pdf):
    """It went from the drop folder and is no case of its own: else a clerk would look for it in vain."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("otra vez.pdf", pdf)
    office.take()

    page = (office.home / "ESTADO.html").read_text("utf-8").split("Llegaron hoy otra vez")[1]
    assert "otra vez.pdf" in page
    assert "CEU01-2026-000001" in page
    assert "a.pdf" not in page.replace("otra vez.pdf", "")


def test_the_same_package_with_another_filing_date_is_a_new_case(office, pdf):
    """People file again once the year is complete, often with the same PDF."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("a.pdf", pdf)
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-01"}')
    office.take()

    first, second = lines(office.store)
    assert history(office.store, second.id)[0].detail == {"before": first.id}
    assert (first.before, second.before) == (None, first.number)
    office.look()
    assert f"El mismo paquete vino antes: {first.number}" in (office.home / "ESTADO.html").read_text()
    assert office.names("1_ENTRADA") == []


@pytest.mark.parametrize("stage", ["returned", "resolved"])
def test_the_same_package_after_its_case_was_closed_is_a_new_case(office, pdf, stage):
    """Decided, withdrawn or returned: the paper is received anew, at its own date, and both are known."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    close(office, stage)
    office.drop("a.pdf", pdf)
    (second,) = office.take(after=3600)

    assert (first.kind, second.kind) == ("new", "new")
    assert second.received_at - first.received_at > dt.timedelta(minutes=59)
    assert lines(office.store)[1].before == first.number


def close(office, stage):
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(stage=stage))


@pytest.mark.parametrize(
    "word",
    [b"{}", b'{"filed_on": "2026-03-16"}', b'{"filed_on": "2026-03-16", "registry_number": "R-1"}'],
)
def test_the_first_date_stays_however_often_a_package_comes_again(office, pdf, word):
    """With the same filing date or registry number or none: one case, and the date of its first reception."""
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-16", "registry_number": "R-1"}')
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    for name in ("b.pdf", "c.pdf"):
        office.drop(f"{name}.presentacion.json", word)
        office.drop(name, pdf)
        office.take(after=86400)

    (case,) = lines(office.store)
    assert case.received_at == first.received_at
    assert [e.kind for e in of_case(office.store, first.case)] == ["new", "duplicate", "duplicate"]


@pytest.mark.parametrize("word", [b'{"registry_number": "R-2"}', b'{"filed_on": "2026-03-13"}'])
def test_another_registry_number_or_date_is_another_filing(office, pdf, word):
    """Two entries in a register are two applications, whatever the paper."""
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-16", "registry_number": "R-1"}')
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    office.drop("b.pdf.presentacion.json", word)
    office.drop("b.pdf", pdf)
    (second,) = office.take()

    assert (second.kind, lines(office.store)[1].before) == ("new", first.number)


def test_the_same_paper_at_another_office_is_another_case(office, pdf):
    """Its bytes are kept once; the cases have nothing to do with each other."""
    office.drop("a.pdf", pdf)
    for folder in ("1_ENTRADA", "2_EN_CURSO"):
        (office.settings.folders.root / "MEL01" / folder).mkdir(parents=True)
    (office.settings.folders.root / "MEL01" / "1_ENTRADA" / "a.pdf").write_bytes(pdf)
    office.take()

    assert sorted((one.office, one.before) for one in lines(office.store)) == [
        ("CEU01", None),
        ("MEL01", None),
    ]
    assert len(list(office.store.blobs.all())) == 1
