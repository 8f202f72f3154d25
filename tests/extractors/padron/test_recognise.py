"""A certificate certifies, a volante informs, and other papers that speak of the register are neither."""

import pytest

from extractors.kinds import padron_certificate, padron_volante

CERTIFICATE = [
    "# AYUNTAMIENTO DE TOLEDO",
    "# CERTIFICADO DE EMPADRONAMIENTO",
    (
        "CERTIFICO que D. LUIS SANZ PINA figura inscrito en el Padrón Municipal de Habitantes"
        " desde el 01/02/2020."
    ),
]
VOLANTE = [
    "# AYUNTAMIENTO DE TOLEDO",
    "# VOLANTE DE EMPADRONAMIENTO",
    "D. LUIS SANZ PINA consta empadronado desde el 01/02/2020. No tiene carácter de certificación.",
]


@pytest.mark.parametrize(
    ("parts", "certificate", "volante"),
    [
        (CERTIFICATE, True, False),
        (VOLANTE, False, True),
        (
            [
                "# DONOSTIAKO UDALA",
                "# ERROLDA-ZIURTAGIRIA",
                "Biztanleen Erroldan inskribatuta dagoela ziurtatzen dut.",
            ],
            True,
            False,
        ),
        (["# UDALA", "# ERROLDA-AGIRIA", "Biztanleen Erroldan inskribatuta dago."], False, True),
        (
            [
                "# SOLICITUD DE CONVENIO ESPECIAL",
                "Documentación que se acompaña: certificado de empadronamiento.",
                "Alta Baja",
            ],
            False,
            False,
        ),
        (
            ["# CERTIFICADO DE NACIMIENTO", "El encargado del Registro Civil certifica que consta inscrito."],
            False,
            False,
        ),
    ],
)
def test_which_paper_begins(pages_of, parts, certificate, volante):
    """The paper's own words decide of which force it is."""
    page = pages_of(*parts)[0]
    assert (padron_certificate.KIND.starts(page) > 0.6, padron_volante.KIND.starts(page) > 0.6) == (
        certificate,
        volante,
    )


def test_later_pages_go_on(pages_of):
    """Page 2 of 3 belongs to page 1; a new certificate does not."""
    pages = pages_of(
        *CERTIFICATE,
        "Página 1 de 2",
        "---",
        "Fecha de alta: 01/02/2020",
        "Página 2 de 2",
        "---",
        *CERTIFICATE,
    )
    goes_on = padron_certificate.KIND.continues
    assert goes_on(pages[1], pages[:1]) > 0.8
    assert goes_on(pages[2], pages[:2]) < 0.3


def test_a_page_counted_two_begins_nothing(pages_of):
    """The title repeated on page 2 of 3 does not begin another certificate."""
    page = pages_of(*CERTIFICATE, "Página 2 de 3")[0]
    assert padron_certificate.KIND.starts(page) < 0.3


@pytest.mark.parametrize("line", ["Jatorria 28/02/1951", "Hoja 28/02/1951", "Orria 28-02-1951"])
def test_a_day_behind_a_word_for_a_page_counts_no_pages(pages_of, line):
    """The Basque word for an origin ends like that for a page, and a date is no page of so many."""
    (page,) = pages_of(*CERTIFICATE, line)
    assert padron_certificate.KIND.starts(page) > 0.6


@pytest.mark.parametrize(("between", "beneath", "sure"), [(300, 7, False), (20, 7, True), (300, 1, True)])
def test_nothing_is_sure_where_a_second_certificate_begins_down_the_page(fields_of, between, beneath, sure):
    """Two titles in a row are two languages, and one with nothing under it is a footer."""
    under = "El secretario da fe de ello en la fecha indicada.<br/>" * beneath
    fields = fields_of(*CERTIFICATE, between, CERTIFICATE[1], under)
    assert (fields["municipality"].confidence >= 0.9) is sure
