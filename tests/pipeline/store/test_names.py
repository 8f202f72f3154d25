"""Names that any disk takes, made of names that people give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.names import LONGEST, safe


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("padrón de Ceuta.PDF", "N_padron_de_Ceuta.PDF"),
        ("../../etc/passwd", "N_etc_passwd"),
        ("申请", "N_entrega"),
        ("x" * 300 + ".pdf", "N_" + "x" * 94 + ".pdf"),
    ],
)
def test_a_name_is_spelt_plainly(name, plain):
    """Accents fall, the rest becomes a line, the extension stays."""
    assert safe("N", name) == plain


@given(st.text())
def test_no_name_leaves_its_folder_or_grows(name):
    """Whatever people, or attackers, write."""
    made = safe("CEU01-2026-000001", name)

    assert made.isascii()
    assert len(made) <= LONGEST
    assert not set(made) & set(' /\\:*?"<>|\0')
