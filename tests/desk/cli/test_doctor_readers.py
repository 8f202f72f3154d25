"""The doctor says by which engine and recogniser scans are read."""

from desk.cli.doctor import examine
from extractors.reading.words import engine
from pipeline.settings import Settings


def seen(what):
    """Return what the doctor sees of one thing."""
    return next(check for check in examine(Settings()) if check.what == what)


def test_both_readers_of_scans_are_named():
    """An office that wonders why scans are slow or wait finds out here."""
    assert seen("motor de OCR").seen == "dentro del proceso (tesserocr)"
    assert seen("segundo reconocedor").well


def test_tesseract_as_a_program_is_told_and_enough(monkeypatch):
    """Without its binding scans are read all the same, only slower."""
    monkeypatch.setattr(engine, "engine", engine.Program)

    found = seen("motor de OCR")

    assert (found.well, found.needed) == (False, False)
    assert found.seen == "como programa aparte, más lento"
