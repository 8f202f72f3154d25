"""What the cover of a file tells besides its documents: decided, told and recorded, each once."""

import datetime as dt

import pypdfium2

from pipeline.life.record import history
from pipeline.life.tell import Told, tell
from tests.pipeline.exchange.opening import opened


def words_of(pdf):
    """Return the words of a page as they are printed, without its breaks."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def happens(handing, kind, day, **said):
    """Record something in the life of the case."""
    around, on = handing.desk.around, dt.date.fromisoformat(day)
    now = dt.datetime(2026, 9, 1, 12, 0, tzinfo=dt.UTC)
    told = Told(kind, on, said, "ana")
    tell(handing.store, handing.number, told, now, around.settings.policy, around.calendars)


def test_what_came_after_the_decision_is_told_and_the_notice_once(handing):
    """The signature and the payments of a convenio belong to its file (drafts do not)."""
    happens(handing, "signed", "2026-04-01")
    happens(handing, "quota_paid", "2026-04-08", month="2026-04", amount="60.00")

    told = words_of(opened(handing()[0])["portada.pdf"])

    assert "01/04/2026 Firmado el convenio" in told
    assert "08/04/2026 Pagada la cuota de 04/2026 (60,00 euros)" in told
    assert told.count("notificación entregada") == 1
    assert "Resolución: notificada" not in told
    assert "resolucion.pdf" in told


def test_what_was_annulled_is_not_told(handing):
    """Recorded by mistake, it never happened."""
    happens(handing, "signed", "2026-04-01")
    last = history(handing.store, handing.desk.id(handing.number))[-1].event
    happens(handing, "annulled", "2026-04-02", event=last.id)

    assert "Firmado el convenio" not in words_of(opened(handing()[0])["portada.pdf"])
