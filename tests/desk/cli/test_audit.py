"""`ventanilla audit`, `key` and `webhook`: what they print, and how they end."""

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from desk.cli.audited import audited
from desk.cli.main import gather
from pipeline.settings import Settings, Storage
from pipeline.store import open_store


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs a command on a machine of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ventanilla.toml").write_text(
        '[storage]\ndatabase = "sqlite:///v.db"\nblobs = "blobs"\nreserve = 0\n'
    )
    open_store(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs").close()
    app = gather()
    return lambda *words: CliRunner().invoke(app, words)


def tamper(path, *statements):
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(path / "v.db")) as raw, raw:
        for name in ("audit_stay_UPDATE", "audit_stay_DELETE"):
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)


def test_a_whole_chain_ends_in_0_and_says_how_many_rows(run):
    """With its last head, once there is one."""
    run("key", "add", "gestor", "--office", "CEU01")
    assert run("audit", "seal").output == "Sello 1, hasta la fila 1.\n"
    assert run("audit", "seal").output == "No había nada nuevo que sellar.\n"

    found = run("audit", "verify")
    assert (found.exit_code, found.output.splitlines()[0]) == (0, "1 filas comprobadas, hasta la 1.")
    assert "Último sello: el 1" in found.output
    assert found.output.splitlines()[-1] == "ENTERA"


def test_a_row_taken_out_ends_in_3_and_is_named(run, tmp_path):
    """As data too; and `db check` says it with the rest."""
    for n in range(3):
        run("key", "add", f"gestor{n}", "--office", "CEU01")
    tamper(tmp_path, "DELETE FROM audit WHERE seq = 2")

    plain, told = run("audit", "verify"), run("audit", "verify", "--json")
    assert (plain.exit_code, told.exit_code) == (3, 3)
    assert "Falta la fila 2" in plain.output
    data = json.loads(told.output)
    assert (data["whole"], data["first_bad_row"], data["faults"][0]["code"]) == (False, 2, "missing")
    checked = run("db", "check")
    assert checked.exit_code == 1
    assert "Registro de accesos: Falta la fila 2" in checked.output


def test_a_key_is_made_listed_and_revoked(run):
    """It is printed alone, so that a script can keep it."""
    made = run("key", "add", "gestor", "--office", "CEU01", "--right", "status")
    secret = made.stdout.strip()
    assert secret.startswith("vk_")
    assert secret not in run("key", "list").output
    assert f"{secret[:9]}…" in run("key", "list").output

    assert run("key", "revoke", "gestor").exit_code == 0
    assert "revocada" in run("key", "list").output


def test_an_address_is_added_listed_and_removed(run):
    """With how its calls go."""
    made = run("webhook", "add", "https://gestor.example/avisos", "--office", "CEU01")
    assert made.stdout.strip().startswith("vs_")
    listed = run("webhook", "list").output
    assert "https://gestor.example/avisos" in listed
    identifier = listed.split()[0]

    assert run("webhook", "retry", identifier).output == "0 avisos se enviarán otra vez.\n"
    assert run("webhook", "remove", identifier).exit_code == 0
    assert "retirada" in run("webhook", "list").output


def test_the_doctor_says_whether_the_audit_is_whole_and_who_takes_no_calls(run, tmp_path):
    """With the command that mends it."""
    run("key", "add", "gestor", "--office", "CEU01")
    settings = Settings(storage=Storage(database=f"sqlite:///{tmp_path}/v.db", blobs=tmp_path / "blobs"))
    assert [check.well for check in audited(settings)] == [True]

    run("webhook", "add", "https://gestor.example/avisos", "--office", "CEU01")
    call = """INSERT INTO calls (webhook, event, case_id, kind, body, owed_at, tries, answered, given_up_at)
     SELECT id, 1, 'x', 'case.routed', '{}', made_at, 12, '500', made_at FROM webhooks"""
    tamper(tmp_path, "DELETE FROM audit WHERE seq = 1", call)
    broken, silent = audited(settings)
    assert (broken.well, broken.seen) == (False, "Falta la fila 1")
    assert "1 avisos abandonados; última respuesta: 500" in silent.seen
