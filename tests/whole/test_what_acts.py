"""What a paper would do when it is opened: told, never done; a program inside waits for a person."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from pipeline.errors import MustWait


def acting(paper, **action):
    """Return the paper with an action that its reader would take on opening it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as opened:
        opened.Root.OpenAction = Dictionary(**action)
        opened.save(out)
    return out.getvalue()


def test_a_script_is_told_and_stops_nothing(make, hand_in):
    """Half of all government forms carry one."""
    paper = acting(make.certificate(), S=Name.JavaScript, JS=String("app.alert(1)"))
    queue, said = hand_in(padron=paper)
    assert (queue, "GEN-FORMAT notice" in said) == ("approve", True)


def test_a_paper_that_starts_a_program_waits_for_a_person(make, hand_in):
    """Whoever opens it on an office's machine must know before."""
    with pytest.raises(MustWait, match="programa"):
        hand_in(padron=acting(make.certificate(), S=Name.Launch, F=String("visor.exe")))


def test_a_paper_that_carries_a_program_waits_for_a_person(make, hand_in):
    """The same for one that brings it along."""
    out = BytesIO()
    with pikepdf.open(BytesIO(make.certificate())) as opened:
        opened.attachments["padron.exe"] = b"MZ\0"
        opened.save(out)
    with pytest.raises(MustWait, match="programa"):
        hand_in(padron=out.getvalue())
