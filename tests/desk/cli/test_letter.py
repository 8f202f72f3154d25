"""`ventanilla case letter`, as an administrator meets it: a stored case, or the JSON of `process`."""

import datetime as dt
import io
import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from pypdfium2 import PdfDocument

from desk.cli.main import gather
from pipeline.errors import UsageError
from pipeline.store import open_store
from pipeline.store.schema import cases

NUMBER, ID = "CEU01-2026-000001", "01J0000000000000000000000A"
REPORT = {
    "id": ID,
    "number": NUMBER,
    "source": {"name": "solicitud.zip", "sha256": "0" * 64, "bytes": 10},
    "procedure": "convenio_especial",
    "filed_on": "2026-03-16",
    "office": "CEU01",
    "status": "routed",
    "queue": "cure",
    "documents": [],
    "findings": [
        {
            "rule": "CE-DOC-03",
            "outcome": "cure",
            "reason": {"es": "Falta la declaración.", "gl": "Falta a declaración.", "en": "It is missing."},
            "basis": "Orden SSI/1475/2014, art. 5.2.c",
            "law_version": "2026-03-13",
            "evidence": [],
        }
    ],
    "residence": None,
    "deadlines": {"resolve_by": "2026-04-30", "silence": "positive", "provisional": False},
    "fee": None,
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder in which the program runs on its own settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", f"sqlite:///{tmp_path}/v.db")
    monkeypatch.setenv("VENTANILLA_STORAGE__BLOBS", str(tmp_path / "blobs"))
    return tmp_path


@pytest.fixture
def stored(place):
    """A folder with a store in which one case was judged."""
    at = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
    with open_store(f"sqlite:///{place}/v.db", place / "blobs") as store, store.write() as connection:
        connection.execute(
            sa.insert(cases).values(
                id=ID,
                number=NUMBER,
                office="CEU01",
                source_name="solicitud.zip",
                source_sha256="0" * 64,
                received_at=at,
                offset_minutes=60,
                stage="routed",
                procedure="convenio_especial",
                queue="cure",
                filed_on=dt.date(2026, 3, 16),
                resolve_by=dt.date(2026, 4, 30),
                report=REPORT,
                updated_at=at,
            )
        )
    return place


@pytest.fixture
def printed(place):
    """A file with what `process --json` prints of two cases."""
    path = place / "casos.json"
    other = REPORT | {"id": "01J0000000000000000000000B", "number": None, "source": {"name": "otra.zip"}}
    path.write_text(json.dumps({"schema_version": 1, "cases": [REPORT, other]}), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(gather(), ["case", "letter", *map(str, arguments)])


def text(data):
    return " ".join(
        "\n".join(sheet.get_textpage().get_text_range() for sheet in PdfDocument(io.BytesIO(data))).split()
    )


def test_a_stored_case_gets_the_letter_that_its_queue_calls_for(stored):
    """A PDF beside, named for what it is; the name is all that is printed."""
    done = run(NUMBER)
    written = stored / f"BORRADOR_requirement_{NUMBER}.pdf"

    assert done.output == f"{written.name}\n"
    assert "Falta la declaración." in text(written.read_bytes())


def test_a_letter_is_never_written_over_another(stored):
    """Whoever signed the first one keeps it."""
    run(NUMBER)
    written = stored / f"BORRADOR_requirement_{NUMBER}.pdf"
    before = written.read_bytes()
    done = run(NUMBER, "requirement", "--language", "gl")

    assert isinstance(done.exception, UsageError)
    assert written.read_bytes() == before


def test_the_language_and_the_file_can_be_chosen(stored):
    """Two languages, one after the other, in one file."""
    run(NUMBER, "requirement", "--language", "gl", "--language", "en", "--out", "carta.pdf")
    shown = text((stored / "carta.pdf").read_bytes())

    assert shown.index("Falta a declaración.") < shown.index("It is missing.")


def test_a_notified_requirement_names_its_last_day(stored):
    """docs/law.md: from 24 March 2026, in Ceuta, until 9 April."""
    run(NUMBER, "--notified-on", "2026-03-24", "--out", "carta.pdf")

    assert "El último día es el 9 de abril de 2026." in text((stored / "carta.pdf").read_bytes())


@pytest.mark.parametrize("typed", ["2026-03-24", "24/03/2026"])
def test_a_day_may_be_typed_as_people_write_it(stored, typed):
    """Year first, or day first with bars."""
    run(NUMBER, "--notified-on", typed, "--out", "carta.pdf")

    assert "se le notificó el 24 de marzo de 2026" in text((stored / "carta.pdf").read_bytes())


def test_a_notice_before_the_filing_makes_no_letter(stored):
    """One of the two days is wrong."""
    done = run(NUMBER, "--notified-on", "2026-03-15", "--out", "carta.pdf")

    assert isinstance(done.exception, UsageError)
    assert "anterior a la solicitud (16/03/2026)" in str(done.exception)
    assert not (stored / "carta.pdf").exists()


def test_a_grant_that_the_program_does_not_propose_is_written_with_a_warning(stored):
    """A person may decide so; nobody is to think that it was proposed. What the queue asks for has none."""
    done = run(NUMBER, "grant", "--out", "concede.pdf")

    assert (stored / "concede.pdf").exists()
    assert "el programa no propone conceder: su cola es «cure»" in done.stderr
    assert run(NUMBER, "--out", "pide.pdf").stderr == ""


def test_edits_are_data(stored):
    """A rule left out, a paragraph added: with nothing left to ask, there is no letter."""
    run(NUMBER, "--add", "#eval *hola*", "--out", "carta.pdf")
    left = run(NUMBER, "--without", "CE-DOC-03", "--out", "otra.pdf")

    assert "#eval *hola*" in text((stored / "carta.pdf").read_bytes())
    assert isinstance(left.exception, UsageError)
    assert not (stored / "otra.pdf").exists()


def test_the_content_can_be_had_as_json(stored):
    """For a program that lays it out otherwise; no file is written."""
    told = json.loads(run(NUMBER, "--json").output)

    assert told["schema_version"] == 1
    assert told["letter"]["parts"][0]["title"] == "Requerimiento: complete o corrija su solicitud"
    assert list(stored.glob("*.pdf")) == []


def test_silence_is_certified_by_the_record(stored):
    """Its last day passed by every reading; the day after, it was granted."""
    run(NUMBER, "silence", "--out", "carta.pdf")

    assert "concedida por silencio administrativo desde el 1 de mayo de 2026" in text(
        (stored / "carta.pdf").read_bytes()
    )


def test_a_case_out_of_a_file_is_found_by_the_name_of_its_package(printed):
    """Or by its id; nothing is stored."""
    run("otra.zip", "requirement", "--from", printed, "--out", "carta.pdf")

    assert (printed.parent / "carta.pdf").read_bytes().startswith(b"%PDF-")
    assert not (printed.parent / "v.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("requirement",),
        ("CEU01-2026-000009", "requirement"),
        (NUMBER, "carta"),
        (NUMBER, "grant", "grant"),
        (NUMBER, "requirement", "--language", "xx"),
        (NUMBER, "requirement", "--out", "no/hay/carta.pdf"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(stored, arguments):
    """Each with what to do."""
    done = run(*arguments)

    assert isinstance(done.exception, UsageError)
    assert list(stored.rglob("*.pdf")) == []


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"cases": 1}', '{"cases": []}', '{"cases": [1]}', "[" * 9999]
)
def test_a_file_that_is_no_output_of_process_is_refused(place, content):
    """It comes from outside."""
    path = place / "x.json"
    path.write_text(content, encoding="utf-8")

    assert isinstance(run("requirement", "--from", path).exception, UsageError)


def test_several_cases_without_a_name_are_not_guessed_at(printed):
    """A letter is never about whichever case came first."""
    assert isinstance(run("requirement", "--from", printed).exception, UsageError)


def test_a_case_for_review_gets_no_letter_unless_one_is_asked_for(place):
    """A person has to look first."""
    path = place / "casos.json"
    path.write_text(json.dumps({"cases": [REPORT | {"queue": "review"}]}), encoding="utf-8")

    assert isinstance(run("--from", path).exception, UsageError)
    assert run("requirement", "--from", path).exception is None
