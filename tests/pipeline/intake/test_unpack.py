"""What a drop holds once it is taken apart, or why it goes back."""

import datetime as dt
import json

import pytest
from PIL import Image

from pipeline.case import Returned, Unpacked
from pipeline.errors import UsageError
from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


def receive(path, **options):
    given = {"filed_on": None, "office": None, "procedure": None, "received_at": AT} | options
    return receive_path(path, **given)


def test_a_loose_paper_is_a_case(taken, pdf):
    """A PDF alone is its own only member."""
    case = taken("solicitud.pdf", pdf)

    assert isinstance(case, Unpacked)
    assert [(m.file, m.mime, m.code, m.flags) for m in case.members] == [
        ("solicitud.pdf", "application/pdf", None, ())
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.zip", b"", "empty"),
        ("a.zip", b"PK\5\6" + bytes(18), "empty"),
        ("a.pdf", b"MZ\x90\0" + bytes(100), "type-mismatch"),
        ("a.jpg", b"GIF89a" + bytes(100), "type-mismatch"),
        ("a.zip", b"only text", "type-mismatch"),
        ("a.txt", b"only text", "unsupported-type"),
        ("a.gif", b"GIF89a" + bytes(100), "unsupported-type"),
        ("a", b"\x00\x01\x02\x03", "unsupported-type"),
    ],
)
def test_what_is_no_paper_goes_back(taken, name, data, code):
    """The extension that promises a kind is held to it; the rest is simply not read."""
    returned = taken(name, data)

    assert isinstance(returned, Returned)
    assert returned.code == code


@pytest.mark.parametrize("name", ["a.docx", "a", "a.odt"])
def test_a_text_document_is_not_taken_for_a_zip(taken, zipped, name):
    """Office formats are ZIPs by their bytes, and are not read."""
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})

    assert taken(name, data).code == "unsupported-type"


def test_a_zip_of_scans_that_begins_with_a_text_document_is_opened(taken, zipped, pdf):
    """The stored document's inner names lie near the start of the outer ZIP and must not mislead."""
    document = zipped({"[Content_Types].xml": b"<Types/>"})
    members = taken("a.zip", zipped({"carta.docx": document, "b.pdf": pdf}, method=0)).members

    assert [(m.file, m.code) for m in members] == [("carta.docx", "unsupported-type"), ("b.pdf", None)]


def test_a_zip_without_a_paper_goes_back(taken, zipped):
    """Text documents and empty files are no papers."""
    assert taken("a.zip", zipped({"nota.txt": b"hola", "vacio.pdf": b""})).code == "no-documents"


def test_a_zip_of_system_files_goes_back(taken, zipped):
    """What macOS and Windows leave is ignored, and then nothing is there."""
    assert taken("a.zip", zipped({"__MACOSX/._a.pdf": b"x", "Thumbs.db": b"x"})).code == "no-documents"


def test_system_files_beside_papers_are_ignored(taken, zipped, pdf):
    """They are named as ignored, not counted as papers."""
    case = taken("a.zip", zipped({"a.pdf": pdf, "__MACOSX/x/y/._a.pdf": b"x", ".DS_Store": b"x"}))

    assert [m.file for m in case.members] == ["a.pdf"]
    assert case.ignored == ("__MACOSX/x/y/._a.pdf", ".DS_Store")


def test_what_java_and_signing_programs_add_is_set_aside(taken, zipped, pdf):
    """Packages of portals have it; a paper of the same name elsewhere is a paper."""
    case = taken("a.zip", zipped({"a.pdf": pdf, "META-INF/MANIFEST.MF": b"x", "manifest.mf": pdf}))
    assert case.ignored == ("META-INF/MANIFEST.MF",)


def test_one_bad_member_does_not_return_the_case(taken, zipped, pdf):
    """Each bad member carries its own code."""
    case = taken("a.zip", zipped({"a.pdf": pdf, "b.docx": b"x", "c.pdf": b"", "d.png": b"x"}))

    assert [m.code for m in case.members] == [None, "unsupported-type", "empty", "type-mismatch"]


def test_one_zip_inside_the_zip_is_opened_a_second_level_is_not(taken, zipped, pdf):
    """An INSS receipt is a ZIP; a ZIP in it is not expected from anybody."""
    inner = zipped({"justificante.pdf": pdf})

    assert taken("a.zip", zipped({"b.zip": zipped({"c.zip": inner})})).code == "zip-nested"


def test_the_inner_zip_spends_the_same_budget(taken, zipped, pdf):
    """What a ZIP inside unpacks counts with the rest."""
    packed = zipped({"a.pdf": pdf, "b.zip": zipped({"c.pdf": pdf})})
    limits = Limits(unpacked=2 * len(pdf))

    assert taken("a.zip", packed, limits).code == "too-large"


def test_a_locked_zip_inside_is_one_bad_member(taken, zipped, pdf):
    """A receipt that cannot be opened does not take the application down with it."""
    case = taken("a.zip", zipped({"a.pdf": pdf, "b.zip": b"PK\3\4 cut short"}))

    assert [(m.file, m.code) for m in case.members] == [("a.pdf", None), ("b.zip", "corrupt")]


@pytest.mark.parametrize(("spare", "outcome"), [(0, Unpacked), (-1, Returned)])
def test_the_limit_on_the_package_is_exact(taken, pdf, spare, outcome):
    """A package of the very size is taken, a byte more is not."""
    assert isinstance(taken("a.pdf", pdf, Limits(package=len(pdf) + spare)), outcome)


@pytest.mark.parametrize("name", ["solicitud.zip", "solicitud", "solicitud.jpg"])
def test_a_paper_under_another_extension_is_read_and_flagged(taken, pdf, name):
    """The bytes decide what it is, and the odd name is told."""
    assert taken(name, pdf).members[0].flags == ("wrong-extension",)


def test_a_zip_under_another_extension_is_told_by_its_papers(taken, zipped, pdf):
    """It is no paper itself that could bear the flag."""
    case = taken("solicitud.pdf", zipped({"a.pdf": pdf, "b.pdf": pdf + b"\n"}))
    assert [member.flags for member in case.members] == [("wrong-extension",)] * 2


def test_a_zip_called_pdf_is_opened(taken, zipped, pdf):
    """A readable kind under another readable extension is read."""
    assert [m.file for m in taken("solicitud.pdf", zipped({"a.pdf": pdf})).members] == ["a.pdf"]


PROGRAM = b"MZ\x90\0" + bytes(100)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("visor.exe", PROGRAM, "unsupported-type"),
        ("visor", PROGRAM, "unsupported-type"),
        ("padron.pdf", PROGRAM, "type-mismatch"),
        ("abrir.bat", b"start notepad", "unsupported-type"),
        ("visor.jar", b"PK\3\4" + bytes(40), "unsupported-type"),
    ],
)
def test_a_program_beside_papers_is_told(taken, zipped, pdf, name, data, code):
    """It is not read, and a person is to look at the package before it goes on."""
    members = taken("a.zip", zipped({"a.pdf": pdf, name: data})).members

    assert [(m.code, m.flags) for m in members] == [(None, ()), (code, ("executable-inside",))]


def test_a_picture_that_is_a_pdf_too_is_told(tmp_path, taken, pdf):
    """Two programs would show two papers."""
    path = tmp_path / "picture"
    Image.new("RGB", (8, 8)).save(path, "JPEG", comment=pdf)

    assert taken("foto.jpg", path.read_bytes()).members[0].flags == ("two-kinds",)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_pictures_are_papers(tmp_path, taken, form):
    """The three kinds that scanners and telephones make."""
    path = tmp_path / "picture"
    Image.new("RGB", (8, 8)).save(path, form)

    assert taken(f"foto.{form.lower()}", path.read_bytes()).members[0].code is None


def test_a_folder_is_one_case(tmp_path, pdf, zipped):
    """Its files and those of a ZIP in it are the members, in order of name."""
    drop, work = tmp_path / "caso 1", tmp_path / "work"
    (drop / "dni").mkdir(parents=True)
    work.mkdir()
    (drop / "a.pdf").write_bytes(pdf)
    (drop / "dni" / "cara.pdf").write_bytes(pdf)
    (drop / "mas.zip").write_bytes(zipped({"b.pdf": pdf}))

    case = unpack(receive(drop), work, Limits())

    assert [m.file for m in case.members] == ["a.pdf", "dni/cara.pdf", "mas.zip/b.pdf"]
    assert case.source.name == "caso 1"


def test_an_empty_folder_goes_back(tmp_path):
    """There is nothing to receive."""
    (tmp_path / "drop").mkdir()
    (tmp_path / "work").mkdir()

    assert unpack(receive(tmp_path / "drop"), tmp_path / "work", Limits()).code == "empty"


def test_the_office_outweighs_the_options_and_these_the_package(tmp_path, zipped, pdf):
    """The office's file beside the package speaks first, then the option, last the sender's own file."""
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "a.zip").write_bytes(
        zipped({"a.pdf": pdf, "presentacion.json": json.dumps({"filed_on": "2026-03-01"})})
    )
    (tmp_path / "a.zip.presentacion.json").write_text('{"filed_on": "2026-03-03", "office": "CEU01"}')

    case = unpack(receive(tmp_path / "a.zip", filed_on=dt.date(2026, 3, 2)), work, Limits())

    assert [(s.said_by, s.filed_on.day) for s in case.said] == [("office", 3), ("option", 2), ("package", 1)]
    assert case.office == "CEU01"


@pytest.mark.parametrize(
    "word",
    [
        "[]",
        "{",
        '{"filed_on": 20260301}',
        '{"filed_on": "ayer"}',
        "[" * 5000,
        '{"office": "' + "x" * 5000 + '"}',
    ],
)
def test_a_word_that_has_not_the_agreed_shape_is_put_aside(taken, zipped, pdf, word):
    """Nothing of it is heard, and it is named among the ignored."""
    case = taken("a.zip", zipped({"a.pdf": pdf, "presentacion.json": word}))

    assert (case.said, case.ignored) == ((), ("presentacion.json",))


def test_a_bomb_inside_an_inner_zip_returns_the_package(taken, zipped, pdf):
    """What is dangerous outside is dangerous inside."""
    bomb = zipped({"x.pdf": bytes(3 << 20)})

    assert taken("a.zip", zipped({"a.pdf": pdf, "b.zip": bomb})).code == "zip-bomb"


def test_a_folder_deeper_than_two_levels_goes_back(tmp_path, pdf):
    """As the same folder in a ZIP would."""
    deep = tmp_path / "drop" / "1" / "2" / "3"
    deep.mkdir(parents=True)
    (tmp_path / "work").mkdir()
    (deep / "a.pdf").write_bytes(pdf)

    assert unpack(receive(tmp_path / "drop"), tmp_path / "work", Limits()).code == "zip-unsafe-name"


def test_a_path_that_is_not_there_is_an_error_of_use(tmp_path):
    """It says which."""
    with pytest.raises(UsageError, match=r"no\.pdf"):
        receive(tmp_path / "no.pdf")


def test_a_signature_beside_a_paper_is_not_a_paper(taken, zipped, pdf):
    """The INSS gives its receipt with the server's signature: nobody must be asked for it again."""
    seal = b'<?xml version="1.0"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
    case = taken("a.zip", zipped({"justificante.pdf": pdf, "justificante.pdf.p7s": b"0x", "firma.xml": seal}))

    assert [m.file for m in case.members] == ["justificante.pdf"]
    assert case.ignored == ("justificante.pdf.p7s", "firma.xml")
