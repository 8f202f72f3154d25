"""The receipts that an office finds: signed, whole, one for each submission, never two that differ."""

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest

from pipeline.case import Presentation, Unpacked, carried
from pipeline.errors import EnvironmentFault
from pipeline.folders.places import Place
from pipeline.folders.receipt import acknowledge, again, clock
from pipeline.journal.rows import of_case
from pipeline.receipts.key import certificate
from pipeline.receipts.trial import make_trial_key
from pipeline.receipts.verify import verify
from pipeline.settings import Receipts
from pipeline.store.claims import claim

NUMBER = "CEU01-2026-000001"


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """Return the settings of a machine with the test key."""
    settings = Receipts(key=tmp_path_factory.mktemp("key") / "clave_de_prueba.p12")
    make_trial_key(settings.key)
    return settings


@pytest.fixture
def counter(office, trial, pdf):
    """Return an office that signs, with one case that nobody has read."""
    office.settings = replace(office.settings, receipts=trial)
    office.drop("solicitud.pdf", pdf)
    office.take()
    return office


def unread(office):
    """Return the oldest case as it stands before anybody read it."""
    return Unpacked(**carried(claim(office.store, "w", 60, office.now()).case), members=())


def place(office):
    return Place(office.settings.folders.root, "CEU01")


def path(office, order=1):
    name = f"ACUSE_{NUMBER}.zip" if order == 1 else f"ACUSE_{NUMBER}_{order}.zip"
    return office.home / "3_ACEPTADO" / NUMBER / name


def told(office, order=1):
    with zipfile.ZipFile(io.BytesIO(path(office, order).read_bytes())) as archive:
        text = archive.read("acuse.txt").decode("utf-8-sig")
        return text, json.loads(archive.read("manifest.json"))


def test_a_case_that_nobody_read_has_its_signed_receipt(counter, trial, pdf):
    """With both terms, and the day from which they run if the papers say nothing else."""
    acknowledge(counter.store, counter.settings, place(counter), unread(counter))
    text, manifest = told(counter)

    assert verify(path(counter).read_bytes(), [certificate(trial)]).proved
    assert "concedida por silencio" in text
    assert "denegada por silencio" in text
    assert "se cuentan desde el 17/03/2026, salvo que los documentos lleven otra fecha" in text
    assert [(file["name"], file["bytes"]) for file in manifest["files"]] == [("solicitud.pdf", len(pdf))]
    assert manifest["received_at"] == "2026-03-16T09:30:03+01:00"


def test_a_receipt_that_was_given_is_never_given_with_other_words(counter):
    """Repeated after a crash between writing and noting, the file stays byte for byte."""
    case = unread(counter)
    acknowledge(counter.store, counter.settings, place(counter), case)
    before = path(counter).read_bytes()
    counter.seconds += 3600
    acknowledge(counter.store, counter.settings, place(counter), case)

    assert path(counter).read_bytes() == before


@pytest.mark.parametrize("harm", [lambda data: data[:-300], lambda _: b"", lambda data: bytes(len(data))])
def test_a_receipt_that_is_there_in_part_is_written_again(counter, trial, harm):
    """A disk may come back from a power cut with less than was on it."""
    case = unread(counter)
    acknowledge(counter.store, counter.settings, place(counter), case)
    path(counter).write_bytes(harm(path(counter).read_bytes()))
    acknowledge(counter.store, counter.settings, place(counter), case)

    assert verify(path(counter).read_bytes(), [certificate(trial)]).proved


def test_a_key_that_cannot_be_used_gives_no_receipt_and_says_why(counter, tmp_path):
    """It stays owed; an unsigned one in its place would be given for good."""
    counter.settings = replace(counter.settings, receipts=Receipts(key=tmp_path / "none.p12"))

    with pytest.raises(EnvironmentFault, match="clave que firma"):
        acknowledge(counter.store, counter.settings, place(counter), unread(counter))
    assert not path(counter).exists()


def test_a_repeated_package_has_a_second_receipt_that_points_at_the_first(counter, trial, pdf):
    """Its own moment, and the first one's date."""
    counter.drop("solicitud otra vez.pdf", pdf)
    counter.take()
    second = of_case(counter.store, unread(counter).id)[1]
    again(counter.store, counter.settings, place(counter), second)
    text, manifest = told(counter, 2)

    assert verify(path(counter, 2).read_bytes(), [certificate(trial)]).proved
    assert "ACUSE DE UNA ENTREGA REPETIDA" in text
    assert f"el 16/03/2026 09:30:03 (UTC+01:00), en el expediente {NUMBER}" in text
    assert manifest["first_received_at"] == "2026-03-16T09:30:03+01:00"
    assert manifest["received_at"] > manifest["first_received_at"]
    assert manifest["clock"] is None


def test_an_answer_has_a_receipt_of_its_own_with_the_first_one_s_date(counter, pdf):
    """It lists what came now."""
    case = unread(counter)
    counter.drop("padron.pdf", pdf + b"\n", f"4_SUBSANAR/{NUMBER}")
    counter.take()
    acknowledge(counter.store, counter.settings, place(counter), case)
    text, manifest = told(counter, 2)

    assert "cuya primera entrega se recibió el 16/03/2026 09:30:03" in text
    assert [file["name"] for file in manifest["files"]] == ["padron.pdf"]


def test_the_office_s_word_on_the_filing_date_starts_the_clock(counter):
    """It is believed before any paper is read; the sender's is not."""
    case = unread(counter)
    said = Presentation(said_by="office", filed_on=dt.date(2026, 3, 10))
    sender = Presentation(said_by="package", filed_on=dt.date(2026, 3, 1))

    assert clock(replace(case, said=(said, sender))).start == dt.date(2026, 3, 11)
    assert not clock(replace(case, said=(said, sender))).assumed
    assert clock(replace(case, said=(sender,))).start == dt.date(2026, 3, 17)


def test_an_office_chooses_the_languages_of_its_receipts(counter):
    """The first comes first; the list of files is there once."""
    letters = replace(counter.settings.letters, languages=("es", "gl"))
    counter.settings = replace(counter.settings, letters=letters)
    acknowledge(counter.store, counter.settings, place(counter), unread(counter))
    text, _ = told(counter)

    assert text.index("ACUSE DE ENTREGA") < text.index("XUSTIFICANTE DE ENTREGA")
    assert text.count("solicitud.pdf: ") == 1
