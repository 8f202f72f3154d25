"""The language of a text is known from few words, and none is named for foreign papers."""

import pytest

from extractors.languages import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOCUMENTO NACIONAL DE IDENTIDAD APELLIDOS NOMBRE", "es"),
        ("El Ayuntamiento certifica que figura inscrito en el padrón municipal", "es"),
        ("CONCELLO DE LUGO. Certificado de empadroamento. Data de nacemento", "gl"),
        ("Ajuntament de Xàtiva. Certifique que en el padró municipal d'habitants figura inscrit", "ca"),
        ("Udal Biztanleen Erroldan inskribatuta dago, eta hala ziurtatzen da", "eu"),
        ("We hereby certify that the entitlement is not exportable", "en"),
        ("Attestation de droits à l'assurance maladie, le titulaire est né en", None),
        ("Certidão da segurança social: a titular não é beneficiária da câmara", None),
        ("1234 xx --", None),
        ("", None),
    ],
)
def test_language_of_short_texts(text, expected):
    """A line or two is enough; other languages and rubble have no name."""
    assert language(text) == expected
