import io

import pypdf
import pytest
from pypdf.generic import NameObject, TextStringObject

from extractors.kinds import kinds
from extractors.reading.files.pdf import pages

CE = {
    "request_type": "alta",
    "applicant.first_surname": "Muñoz-Güell",
    "applicant.second_surname": "De la O Íñiguez",
    "applicant.given_name": "Mª Àngels",
    "applicant.id_type": "foreigner_card",
    "applicant.id_number": "X-1234567-L",
    "applicant.birth_date": "03/04/1980",
    "applicant.address.street_type": "C/",
    "applicant.address.street_name": "Real",
    "applicant.address.number": "12 bis",
    "applicant.address.floor": "3º",
    "applicant.address.postal_code": "51001",
    "applicant.address.city": "Ceuta",
    "notification.choice": "other_address",
    "notification.email": "ma@example.org",
    "notification.mobile": "600123123",
    "payment.method": "direct_debit",
    "account.first_surname": "Muñoz",
    "account.id_type": "nie",
    "account.id_number": "X1234567L",
    "account.iban": "ES9121000418450200051332",
    "signature.applicant_date": "02/03/2026",
    "territorial_office": "Ceuta",
}
CE_SAYS = CE | {
    "applicant.id_number": "X1234567L",
    "applicant.birth_date": "1980-04-03",
    "signature.applicant_date": "2026-03-02",
    "territorial_office": "ceuta",
}
AS = {
    "request.holder": True,
    "request.beneficiary": True,
    "holder.first_surname": "Ñúñez",
    "holder.given_name": "Ana",
    "holder.id_type": "dni",
    "holder.id_number": "12345678Z",
    "holder.birth_date": "01/12/1970",
    "holder.nationality": "española",
    "beneficiaries.0.first_surname": "Pérez",
    "beneficiaries.0.given_name": "Luis",
    "beneficiaries.0.birth_date": "05/06/2010",
    "beneficiaries.0.nationality": "Marruecos",
    "beneficiaries.0.relationship": "child",
    "beneficiaries.0.cohabits": True,
    "beneficiaries.0.annual_income": "1.234,56",
    "beneficiaries.2.first_surname": "Ruiz",
    "beneficiaries.2.relationship": "spouse",
    "signature.holder_date": "02/03/2026",
    "province": "Ceuta",
}
AS_SAYS = {
    "request.holder": True,
    "request.change_of_holder": False,
    "holder.first_surname": "Ñúñez",
    "holder.second_surname": None,
    "holder.nationality": "ESP",
    "holder.birth_date": "1970-12-01",
    "representative.id_type": None,
    "signature.holder_date": "2026-03-02",
    "opposes_queries": False,
    "province": "Ceuta",
}
CHILD = {
    "first_surname": "Pérez",
    "second_surname": None,
    "given_name": "Luis",
    "id_number": None,
    "birth_date": "2010-06-05",
    "nationality": "MAR",
    "annual_income": "1234.56",
    "relationship": "child",
    "cohabits": True,
    "disability": False,
}
REP = {
    "represented.first_surname": "Ñúñez",
    "represented.given_name": "Ana",
    "represented.id_type": "passport",
    "represented.id_number": "AB 123456",
    "represented.birth_date": "01/12/1970",
    "representative.first_surname": "Sol",
    "representative.id_type": "dni",
    "procedure": "Convenio especial de prestación de asistencia sanitaria",
    "signed_on": "2/3/2026",
}
REP_SAYS = REP | {
    "represented.id_number": "AB123456",
    "represented.birth_date": "1970-12-01",
    "signed_on": "2026-03-02",
    "representative.given_name": None,
}
DR = {
    "declarant.first_surname": "Ñúñez",
    "declarant.id_type": "foreigner_card",
    "declarant.id_number": "Y1234567X",
    "nationality": "marroquí",
    "declares_no_coverage": True,
    "place": "Ceuta",
    "signed_on": "02/03/2026",
}
DR_SAYS = DR | {"nationality": "MAR", "signed_on": "2026-03-02"}
FORMS = [
    ("ce_application_es", CE, CE_SAYS),
    ("ce_application_gl", CE, CE_SAYS),
    ("as_application_es", AS, AS_SAYS),
    ("representation_es", REP, REP_SAYS),
    ("no_coverage_declaration_es", DR, DR_SAYS),
    ("no_coverage_declaration_gl", DR, DR_SAYS),
]
SIGNED = {"signature.applicant", "signature.holder", "signature.represented", "signed"}
PRINTS = [
    {"tick": "X"},
    {"tick": "4", "scale": 0.94, "shift": (9, -13), "size": (612, 792)},
    {"tick": "strokes", "scale": 1.03, "shift": (-6, 4)},
]
PRINTED = [
    pytest.param(*form, how, marks=() if (n - m) % len(PRINTS) == 0 else pytest.mark.nightly)
    for n, form in enumerate(FORMS)
    for m, how in enumerate(PRINTS)
]
"""By day each form in one of the prints, each print of two forms; at night each in all."""


def _kind(edition):
    return edition.rsplit("_", 1)[0]


def _said(fields, wanted):
    return {name: fields[name].value for name in wanted}


@pytest.mark.parametrize(("edition", "values", "says"), FORMS)
def test_form_fields_are_read_by_where_they_lie(fill, read, edition, values, says):
    """Every value typed in the PDF's own fields comes out under its canonical name, nearly certain."""
    fields = read(_kind(edition), fill.typed(edition, values))
    assert _said(fields, says) == says
    assert min(fields[name].confidence for name in says) >= 0.95


@pytest.mark.parametrize(("edition", "values", "says", "how"), PRINTED)
def test_a_print_is_read_at_any_scale_and_with_any_tick(fill, read, edition, values, says, how):
    """Words, ticks and pen strokes on the page tell the same as the form fields did."""
    fields = read(_kind(edition), fill.printed(edition, values, signed=SIGNED, **how))
    assert _said(fields, says) == says
    assert min(fields[name].confidence for name in says) >= 0.9
    assert [fields[name].value for name in SIGNED if name in fields] == [True]


@pytest.mark.parametrize(("edition", "says"), [(edition, says) for edition, _, says in FORMS])
def test_a_blank_form_says_nothing_and_is_sure_of_it(fill, read, edition, says):
    """Empty boxes are None, single boxes and signatures false, no beneficiary is invented."""
    fields = read(_kind(edition), fill.blank(edition))
    assert {str(field.value) for field in fields.values()} <= {"None", "False", "[]"}
    assert min(field.confidence for field in fields.values()) >= 0.9
    assert set(says) <= set(fields)


def test_only_filled_blocks_become_beneficiaries(fill, read):
    """An empty block between two filled ones is left out; each object has its place."""
    field = read("as_application", fill.typed("as_application_es", AS))["beneficiaries"]
    assert field.value[0] == CHILD
    assert [block["first_surname"] for block in field.value] == ["Pérez", "Ruiz"]
    assert [item.box.y0 > 340 for item in field.items] == [True, True]


@pytest.mark.parametrize("make", ["typed", "printed"])
def test_two_ticks_in_one_group_are_both_told(fill, read, make):
    """Whoever ticks two options gets a list, so that a person asks which."""
    data = getattr(fill, make)("ce_application_es", {"request_type": ["alta", "baja"]})
    assert read("ce_application", data)["request_type"].value == ["alta", "baja"]


@pytest.mark.parametrize("wrong", ["31/02/1980", "03/04/80", "03/13/1980", "03/04/198"])
def test_an_impossible_or_short_date_keeps_its_text_only(fill, read, wrong):
    """A date that no calendar has, or that leaves the century open, is no value."""
    field = read("ce_application", fill.typed("ce_application_es", {"applicant.birth_date": wrong}))[
        "applicant.birth_date"
    ]
    assert (field.value, field.text) == (None, wrong)
    assert field.confidence <= 0.5


def test_a_print_over_another_form_value_is_believed_by_nobody(fill, read):
    """Stale form fields under a flattened overlay: both readings are kept, neither is certain."""
    typed = pypdf.PdfReader(io.BytesIO(fill.typed("ce_application_es", {"applicant.given_name": "Ana"})))
    over = pypdf.PdfReader(io.BytesIO(fill.drawn(lambda canvas: canvas.drawString(398, 841.89 - 175, "Eva"))))
    writer = pypdf.PdfWriter(clone_from=typed)
    writer.pages[0].merge_page(over.pages[0])
    out = io.BytesIO()
    writer.write(out)
    field = read("ce_application", out.getvalue())["applicant.given_name"]
    assert {reading.value for reading in field.readings} == {"Ana", "Eva"}
    assert field.confidence <= 0.5


def test_a_pen_stroke_in_an_unticked_form_field_is_a_doubt(fill, read):
    """The form field says no, the page shows a cross: a person looks."""
    blank = pypdf.PdfReader(io.BytesIO(fill.blank("no_coverage_declaration_es")))
    cross = pypdf.PdfReader(io.BytesIO(fill.drawn(lambda c: c.drawString(54.5, 841.89 - 294.5, "X"))))
    writer = pypdf.PdfWriter(clone_from=blank)
    writer.pages[0].merge_page(cross.pages[0])
    out = io.BytesIO()
    writer.write(out)
    assert read("no_coverage_declaration", out.getvalue())["declares_no_coverage"].confidence <= 0.5


def test_names_of_form_fields_do_not_matter(fill, read):
    """Another edition may give the same boxes other names, even those of other forms."""
    reader = pypdf.PdfReader(io.BytesIO(fill.typed("ce_application_es", CE)))
    writer = pypdf.PdfWriter(clone_from=reader)
    for at, reference in enumerate(writer.pages[0]["/Annots"]):
        reference.get_object()[NameObject("/T")] = TextStringObject(f"Texto{at + 40}")
    out = io.BytesIO()
    writer.write(out)
    fields = read("ce_application", out.getvalue())
    assert fields["applicant.first_surname"].value == "Muñoz-Güell"
    assert fields["applicant.first_surname"].confidence >= 0.95


def test_writing_that_runs_over_its_box_is_uncertain(fill, read):
    """A name that reaches into the next box may be cut in the wrong place."""
    long = "Fernández de Córdoba y Álvarez de Toledo Montemayor"

    def draw(canvas):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(46, 841.89 - 176, long)

    page = pypdf.PdfReader(io.BytesIO(fill.printed("ce_application_es", {})))
    writer = pypdf.PdfWriter(clone_from=page)
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(fill.drawn(draw))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    fields = read("ce_application", out.getvalue())
    assert fields["applicant.first_surname"].confidence <= 0.6
    assert fields["applicant.second_surname"].confidence <= 0.6


def test_strokes_without_words_are_unreadable_not_empty(fill, read):
    """Handwriting in a box is not an empty box."""
    strokes = fill.drawn(lambda canvas: fill.sign(canvas, (50, 162, 150, 181)))
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(fill.printed("ce_application_es", {}))))
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(strokes)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    field = read("ce_application", out.getvalue())["applicant.first_surname"]
    assert field.value is None
    assert field.confidence <= 0.5


def test_the_stamp_of_entry_gives_its_day_and_number(fill, read):
    """What the registry stamps in its box is kept beside the contract's fields."""

    def draw(canvas):
        canvas.setFont("Helvetica", 7)
        canvas.drawString(432, 841.89 - 50, "Nº 202699900012345")
        canvas.drawString(432, 841.89 - 62, "16/03/2026")

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(fill.printed("ce_application_es", {}))))
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(fill.drawn(draw))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    fields = read("ce_application", out.getvalue())
    assert fields["registry.entered_on"].value == "2026-03-16"
    assert fields["registry.entry_number"].value == "202699900012345"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_sheets_belong_together_in_any_order(fill, order):
    """The second sheet goes on with the first, and the first with the second, but not with itself."""
    kind = kinds()["ce_application"]
    sheets = list(pages(fill.blank("ce_application_es")))
    first, second = sheets[order[0]], sheets[order[1]]
    assert kind.continues(second, [first]) > 0.9
    assert kind.continues(first, [first]) == 0.0
    assert kind.starts(first) > 0.6


@pytest.mark.parametrize(("edition", "values", "says"), FORMS)
def test_no_form_passes_for_another(fill, edition, values, says):
    """A form's first page is its own kind and no other."""
    page = pages(fill.typed(edition, values))[0]
    ours = ("ce_application", "as_application", "representation", "no_coverage_declaration")
    scores = {kind: kinds()[kind].starts(page) for kind in ours}
    own = scores.pop(_kind(edition))
    assert says
    assert own > 0.95
    assert max(scores.values()) < 0.3


def test_writing_beside_its_box_is_not_an_empty_box(fill, read):
    """A typewriter that missed the box by a few points leaves a doubt, not an absence."""
    over = pypdf.PdfReader(io.BytesIO(fill.drawn(lambda c: c.drawString(46, 841.89 - 190, "Sanz"))))
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(fill.printed("ce_application_es", {}))))
    writer.pages[0].merge_page(over.pages[0])
    out = io.BytesIO()
    writer.write(out)
    field = read("ce_application", out.getvalue())["applicant.first_surname"]
    assert field.value == "Sanz"
    assert field.confidence <= 0.6
