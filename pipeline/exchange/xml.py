"""The XML of the ENI: the index, the metadata of the file, and each document's.

Names, order of elements and namespaces are those of the schemas of the two technical standards (NTI de
Documento and de Expediente, resolutions of 19 July 2011) as public programs use them; the schema files
themselves were not at hand [K], and nothing here claims to have been validated against them.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.exchange.paper import Paper

_ENI = "http://administracionelectronica.gob.es/ENI/XSD/v1.0"
DOCUMENT, FILE = f"{_ENI}/documento-e", f"{_ENI}/expediente-e"
_CONTENT, _METADATA, _SIGNED = f"{DOCUMENT}/contenido", f"{DOCUMENT}/metadatos", f"{_ENI}/firma"
_INDEX, _OF_FILE = f"{FILE}/indice-e/contenido", f"{FILE}/metadatos"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_PREFIXES = {
    "enidoc": DOCUMENT,
    "enifile": _CONTENT,
    "enidocmeta": _METADATA,
    "enids": _SIGNED,
    "eniexpindcont": _INDEX,
    "eniexpmeta": _OF_FILE,
}
NO_DIR3 = "SINDIR3"
"""What stands in an identifier for the code of a body that nobody set; such a file is none of the ENI."""
_HEAD = b"<?xml version='1.0' encoding='utf-8'?>"
PADES, CADES = "TF06", "TF04"
"""Signatures as ENI-01 calls them: inside a PDF, and detached (explicit) beside what it signs."""


class About(NamedTuple):
    """A file as its metadata tell it. What is None was not set, and is left out."""

    tail: str
    body: str | None
    opened_at: dt.datetime
    classified: str | None
    closed: bool
    person: str | None


def identifier(body: str | None, at: dt.datetime, tail: str) -> str:
    """Return the identifier of a document (ENI-01)."""
    return f"ES_{body or NO_DIR3}_{at.year}_{tail}"


def of_file(about: About) -> str:
    """Return the identifier of the file (ENI-04)."""
    return f"ES_{about.body or NO_DIR3}_{about.opened_at.year}_EXP_{about.tail}"


def document(paper: Paper, place: str, body: str | None, signature: bytes | None) -> bytes:
    """Return the metadata of a document at *place*, with the *signature* made beside it (ENI-01)."""
    root = ET.Element(f"{{{DOCUMENT}}}documento")
    content = _under(root, _CONTENT, "contenido")
    _under(content, _CONTENT, "referenciaFichero", place)
    _under(content, _CONTENT, "NombreFormato", paper.format)
    told = _under(root, _METADATA, "metadatos")
    _under(told, _METADATA, "VersionNTI", DOCUMENT)
    _under(told, _METADATA, "Identificador", identifier(body, paper.at, paper.tail))
    _body(told, _METADATA, body)
    _under(told, _METADATA, "FechaCaptura", _moment(paper.at))
    _under(told, _METADATA, "OrigenCiudadanoAdministracion", "false" if paper.citizen else "true")
    state = _under(told, _METADATA, "EstadoElaboracion")
    # nobody certified that what a person handed in is a faithful copy of anything
    _under(state, _METADATA, "ValorEstadoElaboracion", "EE99" if paper.citizen else "EE01")
    _under(told, _METADATA, "TipoDocumental", paper.kind)
    _signatures(root, paper, place, signature)
    return _written(root)


def _signatures(root: ET.Element, paper: Paper, place: str, signature: bytes | None) -> None:
    """Tell the signature that a document carries, or the one that was made beside it; else none."""
    if not paper.own and signature is None:
        return
    one = _under(_under(root, _SIGNED, "firmas"), _SIGNED, "firma")
    _under(one, _SIGNED, "TipoFirma", PADES if paper.own else CADES)
    held = _under(_under(one, _SIGNED, "ContenidoFirma"), _SIGNED, "FirmaConCertificado")
    if paper.own or signature is None:
        _under(held, _SIGNED, "ReferenciaFirma", place)
    else:
        _under(held, _SIGNED, "FirmaBase64", base64.b64encode(signature).decode("ascii"))


def index(papers: Sequence[Paper], body: str | None, made_at: dt.datetime) -> bytes:
    """Return the index of *papers* in their order: identifier, digest, day, place (ENI-05)."""
    root = ET.Element(f"{{{_INDEX}}}IndiceContenido")
    _under(root, _INDEX, "FechaIndiceElectronico", _moment(made_at))
    for order, paper in enumerate(papers, 1):
        one = _under(root, _INDEX, "DocumentoIndizado")
        _under(one, _INDEX, "IdentificadorDocumento", identifier(body, paper.at, paper.tail))
        _under(one, _INDEX, "ValorHuella", huella(paper.sha256))
        _under(one, _INDEX, "FuncionResumen", SHA256)
        _under(one, _INDEX, "FechaIncorporacionExpediente", _moment(paper.at))
        _under(one, _INDEX, "OrdenDocumentoExpediente", f"{order:03}")
    return _written(root)


def metadata(about: About) -> bytes:
    """Return the metadata of the file (ENI-04)."""
    root = ET.Element(f"{{{_OF_FILE}}}metadatosExp")
    _under(root, _OF_FILE, "VersionNTI", FILE)
    _under(root, _OF_FILE, "Identificador", of_file(about))
    _body(root, _OF_FILE, about.body)
    _under(root, _OF_FILE, "FechaAperturaExpediente", _moment(about.opened_at))
    if about.classified is None:
        root.append(ET.Comment(" Clasificacion: sin codigo SIA configurado "))
    else:
        _under(root, _OF_FILE, "Clasificacion", about.classified)
    _under(root, _OF_FILE, "Estado", "E02" if about.closed else "E01")
    if about.person:
        _under(root, _OF_FILE, "Interesado", about.person)
    return _written(root)


def digests(index_xml: bytes) -> list[str]:
    """Return the digests of an index as hex, in its order; raise ValueError where it is none of ours."""
    # in another alphabet a declaration would not be seen
    if not index_xml.startswith(_HEAD) or b"<!" in index_xml.replace(b"<!--", b""):
        raise ValueError("no index of ours declares a type")
    try:
        root = ET.fromstring(index_xml)  # noqa: S314 - without declarations there is nothing to expand
    except ET.ParseError:
        raise ValueError("not well-formed") from None
    values = [one.text or "" for one in root.iter(f"{{{_INDEX}}}ValorHuella")]
    return [base64.b64decode(value, validate=True).hex() for value in values]


def huella(sha256: str) -> str:
    """Return a digest as the index tells it: base 64 of its bytes."""
    return base64.b64encode(bytes.fromhex(sha256)).decode("ascii")


def _body(parent: ET.Element, space: str, body: str | None) -> None:
    """Tell the body, or that nobody set its code."""
    if body is None:
        parent.append(ET.Comment(" Organo: sin codigo DIR3 configurado "))
    else:
        _under(parent, space, "Organo", body)


def _under(parent: ET.Element, space: str, name: str, text: str | None = None) -> ET.Element:
    """Add an element and return it."""
    made = ET.SubElement(parent, f"{{{space}}}{name}")
    made.text = text
    return made


def _moment(at: dt.datetime) -> str:
    """Return a moment to the second, with its zone."""
    return at.isoformat(timespec="seconds")


def _written(root: ET.Element) -> bytes:
    """Return the document as bytes, the same ones each time."""
    for prefix, space in _PREFIXES.items():
        ET.register_namespace(prefix, space)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
