"""A person whom nobody is, and what would betray that something of theirs got out."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas
from stdnum.es import nie
from stdnum.iban import calc_check_digits

from desk.demo.papers import convenio_papers
from desk.demo.people import YASMINE
from desk.demo.register import Stay

GIVEN, SURNAME, SECOND = "Zoraidisma", "Quiñonísimez", "Albarracinosa"
NIE = "Y7614392" + nie.calc_check_digit("Y7614392")
_ACCOUNT = "21000418450299887766"
IBAN = f"ES{calc_check_digits('ES00' + _ACCOUNT)}{_ACCOUNT}"
STREET = "Travesía Canariísima"
EMAIL, PHONE = "zoraidisma.q@correo-canario.test", "699887711"
FILE = "papeles_de_mi_prima_Zutanilla"
SPOKEN = "palabra_secretisima_del_error"
"""What only the errors say that are put into the processes (`sitecustomize.py` beside this file)."""
WORDS = (GIVEN, SURNAME, SECOND, NIE, IBAN, STREET, EMAIL, PHONE, FILE, SPOKEN, "Zutanilla")

PERSON = replace(
    YASMINE,
    given_name=GIVEN,
    first_surname=SURNAME,
    second_surname=SECOND,
    id_number=NIE,
    iban=IBAN,
    home=replace(YASMINE.home, street_name=STREET),
)


def package(filed_on):
    """Return a ZIP with all that a convenio asks for, its members named as people name them."""
    register = [("Ceuta", [Stay(since=dt.date(2019, 5, 10), origin="MAR")])]
    papers = convenio_papers(PERSON, town="Ceuta", filed_on=filed_on, register=register)
    papers = {f"{FILE}/{GIVEN} {SURNAME} ({n}) {name}": data for n, (name, data) in enumerate(papers.items())}
    papers[f"{FILE}/roto de {GIVEN}.pdf"] = broken()
    return zipped(papers)


def scans():
    """Return the first page of each paper as a picture, as a machine at the counter makes it."""
    register = [("Ceuta", [Stay(since=dt.date(2019, 5, 10), origin="MAR")])]
    papers = convenio_papers(PERSON, town="Ceuta", filed_on=dt.date(2026, 3, 16), register=register)
    return {f"{GIVEN} {SURNAME} {name}.jpg": _picture(data) for name, data in papers.items()}


def _picture(data):
    out = io.BytesIO()
    with pdfium.PdfDocument(data) as opened:
        opened[0].render(scale=200 / 72).to_pil().convert("L").save(out, "JPEG")
    return out.getvalue()


def zipped(members):
    """Return a ZIP of *members*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def page(*lines):
    """Return a PDF with lines of text."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n, line in enumerate(lines):
        canvas.drawString(72, 760 - 20 * n, line)
    canvas.save()
    return out.getvalue()


def broken():
    """Return a PDF whose structure is wrong just where it says who it is of."""
    said = f"{GIVEN} {SURNAME} {NIE} {EMAIL} {PHONE}".encode()
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /"
        + said
        + b" /Kids ["
        + said * 3
        + b"\nendobj\nxref\n0 1\n"
        + said
        + b"\n%%EOF\n"
    )
