"""What an office finds in its folders when a case has been judged."""

import json
import os
from dataclasses import replace

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.letters.people import interested
from pipeline.reasons import reasons
from pipeline.store.results import requeue
from tests.pipeline.folders.judged import DAY, MISSING, receipt
from validators.facts import Fact, Person
from validators.finding import Finding, Outcome, Text


def test_every_received_case_has_a_receipt_whatever_its_queue(office, worked, pdf):
    """It tells number, moment, office, person, files, clock, limit and silence, and what it is not."""
    office.drop("solicitud.pdf", pdf)
    office.take()
    worked("refuse")

    told = receipt(office, "ACUSE_CEU01-2026-000001.zip")
    manifest = json.loads(told["manifest.json"])
    for words in (
        "CEU01-2026-000001",
        "16/03/2026 09:30:03 (UTC+01:00)",
        "Persona interesada: Ana Prueba",
        "solicitud.pdf",
        "se cuentan desde el 17/03/2026",
        "30 días hábiles, hasta el 30/04/2026",
        "concedida por silencio",
        "no es un justificante de registro",
    ):
        assert words in told["acuse.txt"]
    assert manifest["files"][0]["bytes"] == len(pdf)
    assert manifest["signed"] is False


def test_the_original_leaves_once_its_bytes_are_proved_safe(office, worked, pdf):
    """The copy in 2_EN_CURSO has served."""
    office.drop("a.pdf", pdf)
    office.take()
    worked()

    assert office.names("2_EN_CURSO") == []


def test_the_original_stays_while_the_stored_bytes_are_damaged(office, worked, pdf):
    """It may be the only good copy; the case is not done until it is mended."""
    office.drop("a.pdf", pdf)
    office.take()
    office.store.blobs.path(next(office.store.blobs.all())).write_bytes(pdf + b"damage")

    with pytest.raises(EnvironmentFault):
        worked()
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_a.pdf"]


def test_an_original_written_to_after_it_was_accepted_goes_back_as_a_drop(office, worked, pdf):
    """A program may still have it open when it is moved: what it writes then is in no store."""
    office.drop("a.pdf", pdf)
    office.take()
    moved = office.home / "2_EN_CURSO" / "CEU01-2026-000001_a.pdf"
    then = moved.stat().st_mtime_ns
    moved.write_bytes(pdf.replace(b"%%EOF", b"%%EOX"))
    os.utime(moved, ns=(then, then))
    worked()

    assert office.names("2_EN_CURSO") == []
    assert (office.home / "1_ENTRADA" / "a.pdf").read_bytes() == pdf.replace(b"%%EOF", b"%%EOX")


def test_a_case_to_cure_says_what_is_missing(office, worked, pdf):
    """In few words for Notepad, as a page, and as a draft that nobody has sent."""
    office.drop("a.pdf", pdf)
    office.take()
    worked("cure", MISSING)

    folder = office.home / "4_SUBSANAR" / "CEU01-2026-000001"
    raw = (folder / "FALTA.txt").read_bytes()
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert lines[0] == "Al expediente CEU01-2026-000001 le falta una cosa para poder seguir."
    assert lines[-2] == "Código: cure. Teléfono de ayuda: 956 000 000"
    assert "a.pdf" in (folder / "FALTA.html").read_text()
    assert office.names("4_SUBSANAR/CEU01-2026-000001") == [
        "BORRADOR_requerimiento.pdf",
        "FALTA.html",
        "FALTA.txt",
    ]
    assert (folder / "BORRADOR_requerimiento.pdf").read_bytes().startswith(b"%PDF-")


def test_the_time_to_cure_is_not_told_as_one_more_thing_that_is_missing(office, worked, pdf):
    """CE-SUB-01 stands beside what is missing: one thing, in the list and in the letter."""
    office.drop("a.pdf", pdf)
    office.take()
    worked(
        "cure", MISSING, replace(MISSING, rule="CE-SUB-01", reason=Text("Diez días.", "Dez días.", "Ten."))
    )

    folder = office.home / "4_SUBSANAR" / "CEU01-2026-000001"
    assert "le falta una cosa" in (folder / "FALTA.txt").read_text("utf-8-sig")
    assert "Diez días." not in (folder / "FALTA.html").read_text()


def test_the_draft_is_the_same_bytes_whenever_it_is_written(office, worked, pdf):
    """A retry after a cut finds what it would write."""
    office.drop("a.pdf", pdf)
    office.take()
    worked("cure", MISSING)
    draft = office.home / "4_SUBSANAR" / "CEU01-2026-000001" / "BORRADOR_requerimiento.pdf"
    first = draft.read_bytes()
    for queue, found in (("approve", []), ("cure", [MISSING])):
        office.seconds += 86_400
        requeue(office.store, "CEU01-2026-000001", office.now())
        worked(queue, *found)

    assert draft.read_bytes() == first


def test_a_draft_in_the_earlier_form_is_ours_and_goes_with_the_request(office, worked, pdf):
    """It is not taken for an answer, and nobody is left with it."""
    office.drop("a.pdf", pdf)
    office.take()
    worked("cure", MISSING)
    earlier = office.drop("BORRADOR_requerimiento.txt", b"x", "4_SUBSANAR/CEU01-2026-000001")
    assert not office.take()
    requeue(office.store, "CEU01-2026-000001", office.now())
    worked("approve")

    assert not earlier.exists()


@pytest.mark.parametrize("count", [1, 7, 8, 40])
def test_the_text_of_what_is_missing_never_exceeds_twelve_lines(office, worked, pdf, count):
    """What does not fit is on the page."""
    office.drop("a.pdf", pdf)
    office.take()
    many = [
        Finding(rule=f"R-{n}", outcome=Outcome.CURE, reason=MISSING.reason, basis="art. 4", law_version=DAY)
        for n in range(count)
    ]
    worked("cure", *many)

    folder = office.home / "4_SUBSANAR" / "CEU01-2026-000001"
    assert len((folder / "FALTA.txt").read_text("utf-8-sig").splitlines()) <= 12
    assert (folder / "FALTA.html").read_text().count('<td class="whole">R-') == count


def test_an_answer_that_cures_takes_the_request_away(office, worked, pdf):
    """It has a receipt of its own, and nothing is asked for any more."""
    office.drop("a.pdf", pdf)
    office.take()
    worked("cure", MISSING)
    office.drop("padron.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")
    office.take()
    worked("approve")

    told = json.loads(receipt(office, "ACUSE_CEU01-2026-000001_2.zip")["manifest.json"])
    assert [file["name"] for file in told["files"]] == ["padron.pdf"]
    assert office.names("4_SUBSANAR") == []
    assert office.names("2_EN_CURSO") == []


def test_a_case_that_goes_back_to_a_queue_is_told_again(office, worked, pdf):
    """It was to cure, then not, then again: what it lacks is in its folder, written anew."""
    office.drop("a.pdf", pdf)
    office.take()
    for queue, found in (("cure", [MISSING]), ("approve", []), ("cure", [MISSING])):
        requeue(office.store, "CEU01-2026-000001", office.now())
        worked(queue, *found)

    assert "FALTA.txt" in office.names("4_SUBSANAR/CEU01-2026-000001")


def test_a_returned_case_is_not_taken_up_again(office, worked):
    """It is with whoever handed it in; handed in again it is a new case."""
    office.drop("a.docx", b"PK\3\4")
    office.take()
    worked()

    assert not requeue(office.store, "CEU01-2026-000001", office.now())


def test_an_unreadable_drop_goes_back_untouched_with_its_reason(office, worked):
    """The original byte for byte under its own name, and why in a few lines."""
    office.drop("Carta ñ.docx", b"PK\3\4 no")
    office.take()
    worked()

    folder = office.home / "5_DEVUELTO" / "CEU01-2026-000001"
    lines = (folder / "MOTIVO.txt").read_text("utf-8-sig").splitlines()
    assert (folder / "Carta ñ.docx").read_bytes() == b"PK\3\4 no"
    assert lines[0].startswith("No se ha podido recibir «Carta ñ.docx».")
    assert lines[1].startswith("Qué hacer: ")
    assert lines[-1] == "Código: unsupported-type. Teléfono de ayuda: 956 000 000"
    assert office.names("2_EN_CURSO") == []
    assert office.names("3_ACEPTADO") == []


@pytest.mark.parametrize("code", list(reasons()))
def test_every_code_has_its_text(office, code):
    """Twelve lines at most in all three languages, no English in the Spanish, the code last."""
    from pipeline.letters.render import render

    words = {
        "name": "a\r\nCódigo: falso.pdf",
        "reason": reasons()[code],
        "file": "x/y.pdf",
        "infected": code == "malware",
        "received_at": office.now(),
        "number": "CEU01-2026-000001",
        "languages": ("es", "gl", "en"),
        "phone": "956 000 000",
    }
    lines = render("motivo.txt", **words).decode("utf-8-sig").split("\r\n")[:-1]

    assert len(lines) <= 12
    assert lines[-1] == f"Código: {code}. Teléfono de ayuda: 956 000 000"
    assert [line for line in lines if line.startswith("Código")] == [lines[-1]]


def test_a_name_that_papers_do_not_agree_on_is_left_blank(office, worked, pdf):
    """A draft with the wrong person's name is worse than one without."""
    office.drop("a.pdf", pdf)
    office.take()
    case = worked("cure", MISSING)
    doubtful = Person(given_name=Fact(value="Ana", others=("Eva",)), first_surname=Fact(value="Prueba"))

    assert interested(case) == "Ana Prueba"
    assert interested(replace(case, application=replace(case.application, applicant=doubtful))) == ""
