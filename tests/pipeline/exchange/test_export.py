"""The file that is handed over: what is in it, in which order, what must be there, what proves it."""

import base64
import datetime as dt
import hashlib
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa

from pipeline.audit.table import audit
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.exchange.chosen import Body, Exchange
from pipeline.exchange.xml import digests
from pipeline.receipts.key import certificate
from pipeline.settings import Receipts
from pipeline.store.quarantine import StoreQuarantine
from tests.pipeline.exchange.opening import AT, opened

ENI = "{http://administracionelectronica.gob.es/ENI/XSD/v1.0/"


def text(xml, space, name):
    """Return the texts of the elements of that name."""
    return [one.text for one in ET.fromstring(xml).iter(f"{ENI}{space}}}{name}")]


def test_the_index_comes_first_and_the_documents_follow_in_its_order(handing):
    """What was handed in, its receipt, the letter, the proof: each with the digest of the index."""
    data, made = handing()
    members = opened(data)
    documents = {name: one for name, one in members.items() if name.startswith("documentos/")}

    assert list(members)[:4] == ["indice.xml", "indice.xml.p7s", "expediente.xml", "portada.pdf"]
    assert list(members)[-2:] == ["manifiesto.txt", "manifiesto.txt.p7s"]
    assert made.papers == 4
    assert [hashlib.sha256(one).hexdigest() for one in documents.values()] == digests(members["indice.xml"])
    assert [
        text(members[f"metadatos/00{n}.xml"], "documento-e/metadatos", "TipoDocumental") for n in (1, 2, 3, 4)
    ] == [
        ["TD14"],
        ["TD09"],
        ["TD01"],
        ["TD09"],
    ]


def test_originals_are_the_bytes_that_came(handing, office):
    """Not a byte of what the person handed in is another one."""
    members = opened(handing()[0])

    kept = hashlib.sha256(members["documentos/001.pdf"]).hexdigest()

    assert office.store.blobs.path(kept).read_bytes() == members["documentos/001.pdf"]


def test_letters_and_receipts_carry_their_own_signature_and_other_papers_one_made_beside_them(handing):
    """ENI-03: every document that joins a file is signed; which way is told, and none is claimed."""
    members = opened(handing()[0])

    kinds = [text(members[f"metadatos/00{n}.xml"], "firma", "TipoFirma") for n in (1, 2, 3, 4)]

    assert kinds == [["TF04"], ["TF06"], ["TF06"], ["TF04"]]


def test_identifiers_are_those_of_the_eni_and_the_same_at_every_export(handing):
    """`ES_<body>_<year>_<30>`, and `EXP` before the thirty of the file (ENI-01, ENI-04)."""
    first = opened(handing()[0])
    later = opened(handing(at=AT + dt.timedelta(days=30))[0])
    names = text(first["indice.xml"], "expediente-e/indice-e/contenido", "IdentificadorDocumento")

    assert text(later["indice.xml"], "expediente-e/indice-e/contenido", "IdentificadorDocumento") == names
    assert {len(name.removeprefix("ES_EA0000001_2026_")) for name in names} == {30}
    (file,) = text(first["expediente.xml"], "expediente-e/metadatos", "Identificador")
    assert len(file.removeprefix("ES_EA0000001_2026_EXP_")) == 30
    assert text(first["expediente.xml"], "expediente-e/metadatos", "Clasificacion") == ["000001"]


def test_nothing_that_a_program_or_a_reviewer_noted_is_in_the_file(handing):
    """ENI-06: queue, rules, confidences and the reviewer's words stay where they are."""
    members = opened(handing()[0])
    ours = b"".join(one for name, one in members.items() if not name.startswith("documentos/001"))

    for word in (b"NOTA INTERNA", b"confidence", b"approve", b"CE-DOC", b"proposal"):
        assert word not in ours


def test_the_same_state_at_the_same_moment_is_the_same_bytes_but_for_the_signatures(handing):
    """Two exports differ in nothing that is not a signature."""
    one, other = opened(handing(unsigned=True)[0]), opened(handing(unsigned=True)[0])

    assert one == other


def test_a_code_that_nobody_set_is_asked_for_and_never_invented(handing):
    """Without DIR3 the file is refused with what to set; `--without-codes` makes it, and says so."""
    handing.chosen(exchange=Exchange())

    with pytest.raises(UsageError, match=r"DIR3.*CEU01"):
        handing()
    members = opened(handing(without_codes=True)[0])

    assert text(members["expediente.xml"], "expediente-e/metadatos", "Organo") == []
    assert b"SINDIR3" in members["indice.xml"]


def test_a_code_of_another_form_is_refused_at_start():
    """A typed slip is no code of DIR3."""
    with pytest.raises(ValueError, match=r"^$"):
        Body(office="CEU01", dir3="E-1")


def test_without_a_key_the_file_is_refused_or_says_that_nobody_signed_it(handing, tmp_path):
    """An index without its signature is none of the ENI: it is never passed off as one."""
    handing.chosen(receipts=Receipts())

    with pytest.raises(UsageError, match="No hay clave"):
        handing()
    data, made = handing(unsigned=True)

    assert "indice.xml.p7s" not in opened(data)
    assert any("no está firmado" in sentence for sentence in made.lacking)


def test_a_paper_that_changed_in_the_store_stops_the_export(handing, office):
    """Nothing is handed over that is not what came; the sentence names the paper by its digest alone."""
    kept = digests(opened(handing()[0])["indice.xml"])[0]
    office.store.blobs.path(kept).chmod(0o600)
    office.store.blobs.path(kept).write_bytes(b"otra cosa")

    with pytest.raises(EnvironmentFault, match=kept[:12]):
        handing()


def test_a_receipt_that_was_taken_away_is_told_and_one_that_was_changed_too(handing, office):
    """The folder is open to clerks: only what is as it was given out is handed over."""
    (place,) = (office.home / "3_ACEPTADO" / handing.number).glob("ACUSE_*.zip")
    place.write_bytes(place.read_bytes() + b"x")

    _, made = handing()

    assert made.papers == 3
    assert any(place.name in sentence for sentence in made.lacking)


def test_an_offices_folder_that_is_away_is_no_folder_without_receipts(handing, office):
    """A share that does not answer stops the export: it must not look like receipts that never were."""
    office.home.rename(office.home.with_name("fuera"))

    with pytest.raises(EnvironmentFault, match="no responden"):
        handing()


def test_what_an_antivirus_found_harmful_is_withheld_and_named(handing, office):
    """Bytes in quarantine are never given out; the cover says which paper is missing and why."""
    StoreQuarantine(office.store).put(digests(opened(handing()[0])["indice.xml"])[0], "Eicar")

    _, made = handing()

    assert made.papers == 3
    assert any("antivirus" in sentence for sentence in made.lacking)


def test_a_decision_that_was_undone_before_it_was_told_is_a_draft_and_stays_out(
    handing, office, desk, judged
):
    """Only what became final is an act."""
    number = judged()
    desk.decide(number)
    desk.undo(number)

    data, made = handing(name=number)

    assert made.papers == 1
    assert b"Concedido" not in opened(data)["indice.xml"]


def test_each_export_is_a_row_of_the_audit(handing, office):
    """Who took the file of which case, for whom."""
    handing()

    with office.store.read() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.did == "case-exported")).one()

    assert row.who == "@prueba"
    assert row.case_id == handing.desk.id(handing.number)
    assert row.detail["why"] == "court"


def test_the_seal_made_beside_a_paper_is_of_its_bytes(handing):
    """The signature in the metadata of an original holds for the original, and for no other bytes."""
    from pipeline.receipts.detached import worth

    members = opened(handing()[0])
    (seal,) = text(members["metadatos/001.xml"], "firma", "FirmaBase64")
    trusted = [certificate(handing.settings.receipts)]

    assert worth(members["documentos/001.pdf"], base64.b64decode(seal), trusted, AT) == "good"
    assert worth(members["documentos/001.pdf"] + b"%", base64.b64decode(seal), trusted, AT) == "broken"


def test_an_index_that_declares_entities_is_none_of_ours():
    """What is verified is from outside: nothing in it is expanded."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'

    for one in (bomb, bomb.decode().encode("utf-16"), bomb.replace(b'"1.0"', b'"1.0" encoding="cp037"')):
        with pytest.raises(ValueError, match="declares"):
            digests(one)


def test_a_case_that_is_blocked_is_not_exported(handing, office):
    """Its row is there, its papers are under a key: only those whom the law names open it."""
    from pipeline.retention.tables import retained

    day = dt.date(2026, 5, 4)
    row = {"case_id": handing.desk.id(handing.number), "number": handing.number, "office": "CEU01"}
    row |= {"procedure": "convenio_especial", "outcome": "grant", "received_on": day, "closed_on": day}
    row |= {"papers": [], "packet": "0" * 64, "bytes": 1, "blocked_at": AT, "blocked_by": "ana"}
    with office.store.write() as connection:
        connection.execute(sa.insert(retained).values(**row))

    with pytest.raises(UsageError, match="bloqueado"):
        handing()
