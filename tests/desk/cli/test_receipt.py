"""`ventanilla receipt verify`, as a person at the counter or a citizen's adviser runs it."""

import datetime as dt
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from asn1crypto import pem
from click.testing import CliRunner

from desk.cli.doctor import _anchors, _signing
from desk.cli.init import init
from desk.cli.receipt import receipt
from extractors.bounds import Bounds
from pipeline.errors import UsageError
from pipeline.receipts.key import certificate, key
from pipeline.receipts.packet import packet
from pipeline.receipts.told import Clock, Listed, Told
from pipeline.receipts.trial import make_trial_key
from pipeline.settings import Receipts, Settings, load, origins
from validators.deadlines import terms

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PAPERS = {"solicitud.pdf": b"uno", "padron.pdf": b"dos"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a test key and the receipt of two papers that it signed."""
    trial = Receipts(key=tmp_path_factory.mktemp("key") / "clave_de_prueba.p12")
    make_trial_key(trial.key)
    listed = (Listed(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in PAPERS.items())
    told = Told(
        number="CEU01-2026-000001",
        order=1,
        kind="new",
        office="CEU01",
        received_at=AT,
        first_at=None,
        filed_on=None,
        person="",
        name="caso",
        registry_number=None,
        procedure="unknown",
        files=tuple(listed),
        clock=Clock(AT.date(), terms(AT.date())),
        cure_days=10,
        phone="",
    )
    return trial, {who: packet(told, one, ("es",)) for who, one in (("us", key(trial, AT)), ("nobody", None))}


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """Return a folder with the receipt, on a machine whose key signed it."""
    trial, packets = made
    (tmp_path / "ventanilla.toml").write_text(f'[receipts]\nkey = "{trial.key}"\n', encoding="utf-8")
    (tmp_path / "ACUSE.zip").write_bytes(packets["us"])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verify(*arguments):
    done = CliRunner().invoke(receipt, ["verify", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_receipt_of_this_machine_is_valid(place):
    """The test key is called so."""
    code, said = verify("ACUSE.zip")

    assert code == 0
    assert said.splitlines() == [
        "Acuse CEU01-2026-000001, entrega 1, recibida el 16/03/2026 09:30:00 (UTC+01:00)",
        "Firma: íntegra, de Ventanilla, con una clave de prueba que no acredita quién lo emite",
        "Documentos: no se han comprobado; indique su carpeta con --files",
        "VÁLIDO",
    ]


def test_its_page_alone_is_valid_too(place):
    """People keep the PDF and lose the ZIP."""
    zipfile.ZipFile(place / "ACUSE.zip").extract("acuse.pdf", place)

    assert verify("acuse.pdf")[0] == 0


def test_the_papers_beside_it_are_compared(place):
    """Without being asked."""
    for name, data in PAPERS.items():
        (place / name).write_bytes(data)
    code, said = verify("ACUSE.zip")

    assert code == 0
    assert "Documentos: 2 iguales a los entregados" in said


def test_a_paper_that_was_changed_is_named(place):
    """After one byte, it is not valid, and it says which file."""
    for name, data in PAPERS.items():
        (place / name).write_bytes(data)
    (place / "padron.pdf").write_bytes(b"doz")
    code, said = verify("ACUSE.zip")

    assert code == 3
    assert "  padron.pdf: no es como se entregó\nNO VÁLIDO\n" in said


def test_a_paper_that_is_missing_in_the_folder_given_is_named(place):
    """The folder is said to hold them all."""
    (place / "papeles").mkdir()
    (place / "papeles" / "padron.pdf").write_bytes(b"dos")
    code, said = verify("ACUSE.zip", "--files", "papeles")

    assert code == 3
    assert "  solicitud.pdf: falta\n" in said
    assert "padron.pdf" not in said


def test_a_changed_receipt_names_the_member(place):
    """The page's signature no longer holds."""
    data = (place / "ACUSE.zip").read_bytes()
    at = data.index(b"%PDF-") + 2000
    (place / "ACUSE.zip").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    code, said = verify("ACUSE.zip")

    assert code == 3
    assert "  acuse.pdf: no es como se entregó\n" in said
    assert said.endswith("NO VÁLIDO\n")


def test_a_key_that_is_not_known_here_needs_a_person(place):
    """Nothing was changed, but who issued it?"""
    (place / "ventanilla.toml").unlink()
    code, said = verify("ACUSE.zip")

    assert code == 3
    assert "esa clave no es conocida aquí (vea --trust)" in said
    assert said.endswith("SIN CAMBIOS, PERO NO SE SABE QUIÉN LO EMITIÓ\n")


def test_a_certificate_given_is_believed(place, made):
    """Somebody else's machine, with the body's certificate at hand."""
    (place / "ventanilla.toml").unlink()
    (place / "organismo.pem").write_bytes(pem.armor("CERTIFICATE", certificate(made[0]).dump()))

    assert verify("ACUSE.zip", "--trust", "organismo.pem")[0] == 0


def test_a_receipt_without_signature_needs_a_person(place, made):
    """It says so of itself, and anybody could have written it."""
    (place / "ACUSE.zip").write_bytes(made[1]["nobody"])
    code, said = verify("ACUSE.zip")

    assert code == 3
    assert "Firma: no lleva\n" in said


def test_any_other_file_is_no_receipt(place):
    """One line, no traceback."""
    (place / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    code, said = verify("foto.jpg")

    assert code == 3
    assert "El paquete: no se puede leer como acuse\n" in said


def test_a_certificate_that_is_none_is_a_wrong_command(place):
    """Before anything is said of the receipt."""
    (place / "nota.pem").write_bytes(b"hola")
    done = CliRunner().invoke(receipt, ["verify", "ACUSE.zip", "--trust", "nota.pem"])

    assert isinstance(done.exception, UsageError)
    assert "nota.pem" in str(done.exception)


def test_a_key_that_cannot_be_opened_is_told_and_the_receipt_still_judged(place):
    """Who verifies need not be able to sign."""
    (place / "ventanilla.toml").write_text('[receipts]\nkey = "no_esta.p12"\n', encoding="utf-8")
    code, said = verify("ACUSE.zip")

    assert code == 3
    assert "No se puede abrir la clave" in said
    assert "íntegra" in said


def test_the_command_ends_with_the_contract_s_code(place):
    """As a real process: 3 is told to whoever called it."""
    (place / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    command = [sys.executable, "-m", "desk.cli", "receipt", "verify", "foto.jpg"]

    assert subprocess.run(command, check=False, capture_output=True, timeout=120).returncode == 3


@pytest.mark.parametrize(
    ("receipts", "seen", "needed"),
    [
        (Receipts(), "sin clave: salen sin firmar", False),
        (Receipts(key=Path("no_esta.p12")), "No se puede abrir la clave", True),
    ],
)
def test_the_doctor_tells_how_receipts_are_signed(receipts, seen, needed):
    """No key is a choice; a key that cannot be opened stops every receipt."""
    check = _signing(Settings(receipts=receipts))

    assert (check.well, check.needed) == (False, needed)
    assert check.seen.startswith(seen)


def test_the_doctor_tells_the_test_key(made):
    """Fine to try with, not to give to people."""
    check = _signing(Settings(receipts=made[0]))

    assert (check.well, check.needed) == (False, False)
    assert "clave de prueba" in check.seen


def test_the_doctor_reads_the_issuers_that_are_believed(made, tmp_path):
    """A path that leads nowhere would leave every chain unknown in silence."""
    place = tmp_path / "emisores.pem"
    settings = Settings(bounds=Bounds(anchors=str(place)))
    found = [list(_anchors(Settings())), list(_anchors(settings))]
    for data in (b"hola", pem.armor("CERTIFICATE", certificate(made[0]).dump())):
        place.write_bytes(data)
        found.append(list(_anchors(settings)))

    assert [[check.well for check in one] for one in found] == [[], [False], [False], [True]]


def test_init_makes_the_key_to_try_with_and_keeps_it(place, tmp_path_factory, monkeypatch):
    """A second run signs with the same; the settings name it."""
    monkeypatch.chdir(tmp_path_factory.mktemp("machine"))
    assert CliRunner().invoke(init, ["--office", "CEU01"]).exit_code == 0
    first = load().receipts.key.read_bytes()
    again = CliRunner().invoke(init, ["--office", "CEU01"])

    assert load().receipts.key.read_bytes() == first
    assert "Firma:    ventanilla/clave_de_prueba.p12 (de prueba)" in again.output


def test_the_password_of_the_key_is_never_shown(tmp_path, monkeypatch):
    """It comes from a file that only the service reads."""
    (tmp_path / "secreto").write_text("abretesesamo\n", encoding="utf-8")
    monkeypatch.setenv("VENTANILLA_RECEIPTS__PASSWORD_FILE", str(tmp_path / "secreto"))
    shown = {origin.key: origin.value for origin in origins()}

    assert load().receipts.password == "abretesesamo"
    assert shown["receipts.password"] == "********"
