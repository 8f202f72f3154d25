"""A submission in order, of which each test changes one paper; and the way from its bytes to its queue."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader

from desk.demo import cards, forms, mrz
from desk.demo.cases import packed
from desk.demo.editions import editions
from desk.demo.papers import asistencia_papers, convenio_papers
from desk.demo.people import LUCIA, YASMINE
from desk.demo.register import Certificate, Stay, certificate
from desk.demo.sheet import Face, Sheet
from pipeline.antivirus import Antivirus
from pipeline.intake.receive import receive_path
from pipeline.limits import Limits
from pipeline.screen import Screen
from pipeline.steps import run
from validators.calendar import Calendars
from validators.policy import Policy

FILED = dt.date(2026, 3, 16)
SIGNED = dt.date(2026, 3, 13)
UNTIL = dt.date(2031, 5, 14)
SINCE = dt.date(2019, 5, 10)
LATE = dt.date(2025, 11, 10)


class Make:
    """The makers of papers, all about one invented person."""

    human = YASMINE
    until = UNTIL

    @staticmethod
    def form(**changes):
        values = forms.convenio(YASMINE, office="ceuta", signed_on=SIGNED)
        values |= {name.replace("__", "."): value for name, value in changes.items()}
        return forms.fill("ce_application_es", {k: v for k, v in values.items() if v is not None})

    @staticmethod
    def declaration(**changes):
        values = forms.declaration(YASMINE, nationality="Marroquí", place="Ceuta", signed_on=SIGNED)
        return forms.fill("no_coverage_declaration_es", values | changes)

    @staticmethod
    def card(permit="RESIDENCIA TEMPORAL"):
        return cards.foreigner_card(YASMINE, until=UNTIL, permit=permit)

    @staticmethod
    def card_with_zone_of(human):
        """Return the card of one person with the lines for machines of another."""
        sheet = Sheet()
        sheet.text(210, 94, "PERMISO DE RESIDENCIA", size=10, bold=True, align="middle")
        rows = {
            "APELLIDOS": YASMINE.surnames.upper(),
            "NOMBRE": YASMINE.given_name.upper(),
            "NACIONALIDAD": "MAR",
            "FECHA DE NACIMIENTO": f"{YASMINE.birth_date:%d %m %Y}",
            "N.I.E.": YASMINE.id_number,
            "VÁLIDO HASTA": f"{UNTIL:%d %m %Y}",
        }
        cards._rows(sheet, tuple(rows.items()), 75, 108)
        cards._zone(sheet, 75, 420, mrz.card("IR", human, UNTIL))
        return sheet.done()

    @staticmethod
    def certificate(since=SINCE):
        stays = (Stay(since=since, origin="MAR"),)
        paper = Certificate(human=YASMINE, municipality="Ceuta", issued_on=dt.date(2026, 3, 9), stays=stays)
        return certificate(paper)

    @staticmethod
    def letter(*lines, title=""):
        sheet = Sheet(Face(size=11))
        at = 80.0
        if title:
            sheet.text(300, at, title, size=13, bold=True, align="middle")
        for line in lines:
            at = sheet.paragraph(80, at + 28, line, 435)
        sheet.sign((80, at + 20, 240, at + 80), title or "una firma")
        sheet.seal(380, at + 50, ("SELLO",))
        return sheet.done()

    @staticmethod
    def over(paper, draw):
        """Return the paper with what *draw* puts over its first page."""
        sheet = Sheet()
        draw(sheet)
        return over(paper, sheet.done())

    @staticmethod
    def picture(paper):
        """Return what the eye sees of the first page, ready to be drawn."""
        with pdfium.PdfDocument(paper) as opened:
            return ImageReader(opened[0].render(scale=2).to_pil())

    @staticmethod
    def place(paper, words, last):
        """Return the box, from the bottom left, of the *last* letters of the first place of *words*."""
        with pdfium.PdfDocument(paper) as opened:
            text = opened[0].get_textpage()
            end = text.get_text_range().index(words) + len(words)
            left, bottom, right, top = zip(*map(text.get_charbox, range(end - last, end)), strict=True)
            return min(left) - 0.5, min(bottom) - 1, max(right) + 0.5, max(top) + 1

    @staticmethod
    def holding(form, field, value):
        """Return the form whose field holds *value* and goes on showing what it showed."""
        (name,) = {w.name for w in editions()["ce_application_es"] if w.field == field}
        out = BytesIO()
        with pikepdf.open(BytesIO(form)) as opened:
            for page in opened.pages:
                for note in (n for n in page.get("/Annots", ()) if str(n.get("/T", "")) == name):
                    note.V = pikepdf.String(value)
            opened.save(out)
        return out.getvalue()

    @staticmethod
    def with_pages(paper, *more):
        writer = PdfWriter()
        for one in (paper, *more):
            writer.append(BytesIO(one))
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    other_given_name = replace(YASMINE, given_name="Samira")


def over(paper, sheet):
    """Return *paper* with *sheet* laid over its first page."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper)))
    writer.pages[0].merge_page(PdfReader(BytesIO(sheet)).pages[0])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def make():
    """Makers of papers."""
    return Make


@pytest.fixture
def hand_in(judge):
    """Hand in the papers of a convenio in order with some changed: its queue, and what each rule says."""

    def hand_in(**changed):
        papers = convenio_papers(YASMINE, town="Ceuta", filed_on=FILED, register=[])
        papers["padron.pdf"] = Make.certificate()
        return judge(papers | {f"{name}.pdf": data for name, data in changed.items()})

    return hand_in


@pytest.fixture
def hand_in_to_inss(judge):
    """Hand in the papers of a Spaniard's INSS application in order with some changed, as `hand_in`."""

    def hand_in(**changed):
        papers = asistencia_papers(LUCIA, province="Melilla", filed_on=FILED)
        return judge(papers | {f"{name}.pdf": data for name, data in changed.items()})

    return hand_in


@pytest.fixture
def judge(tmp_path, sandbox):
    """Take papers by file name through the program: the queue, and what each rule says."""

    def judge(papers):
        package = tmp_path / "caso.zip"
        package.write_bytes(packed(papers))
        noon = dt.datetime.combine(FILED, dt.time(12), ZoneInfo("Europe/Madrid"))
        case = receive_path(package, filed_on=FILED, office="CEU01", procedure=None, received_at=noon)
        work = tmp_path / "trabajo"
        work.mkdir()
        routed = run(case, work, sandbox, Limits(), Policy(), Calendars.shipped(), Screen(Antivirus()))
        return routed.queue, {f"{f.rule} {f.outcome.value}" for f in routed.assessment.findings}

    return judge
