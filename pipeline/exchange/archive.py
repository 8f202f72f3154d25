"""The archive in which a file is handed over: the index first, then the documents in its order.

Members are stored, not deflated, and dated with the index: the same state at the same moment is the same
bytes. Papers are read in pieces and hashed on the way; one that is not what the record says stops it all. The
manifest, last, has the digest of every member in the form of `sha256sum`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from pipeline.errors import EnvironmentFault
from pipeline.exchange.paper import Paper
from pipeline.store.blobs import PIECE
from pipeline.store.database import Store

INDEX, SIGNATURE, METADATA = "indice.xml", "indice.xml.p7s", "expediente.xml"
COVER, MANIFEST, SEAL = "portada.pdf", "manifiesto.txt", "manifiesto.txt.p7s"
_LARGE = 1 << 31
"""Bytes from which a member needs the longer form of its head."""


class Archive:
    """An archive that is being written."""

    def __init__(self, out: IO[bytes], at: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self._at = at
        self.digests: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """Add a member."""
        self.pour(name, [data], len(data))

    def pour(self, name: str, pieces: Iterable[bytes], size: int) -> str:
        """Add a member of about *size* bytes that come in pieces; return its digest."""
        digest = hashlib.sha256()
        with self._zip.open(self._info(name), "w", force_zip64=size >= _LARGE) as member:
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        self.digests[name] = digest.hexdigest()
        return self.digests[name]

    def manifest(self) -> bytes:
        """Return the digest of every member so far, a line each."""
        return "".join(f"{digest}  {name}\n" for name, digest in self.digests.items()).encode()

    def close(self) -> None:
        """Write the list at the end."""
        self._zip.close()

    def _info(self, name: str) -> zipfile.ZipInfo:
        """Return a member's head: for its owner alone."""
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.create_system, info.external_attr = 3, 0o600 << 16
        return info


def place(order: int, paper: Paper) -> str:
    """Return where a document lies in the archive; the name that a person gave it stands on the cover."""
    return f"documentos/{order:03}{paper.ending}"


def bring(archive: Archive, store: Store, paper: Paper, name: str) -> None:
    """Put the bytes of a document in; raise EnvironmentFault if they are not those of the record."""
    pieces = [paper.data] if paper.data is not None else _read(store, paper.sha256)
    try:
        same = archive.pour(name, pieces, paper.size) == paper.sha256
    except FileNotFoundError:
        same = False
    if not same:
        what = f"El papel {paper.sha256[:12]} falta o ha cambiado en el almacén: no se entrega nada"
        raise EnvironmentFault(what, "Ejecute `ventanilla db check` y recupere el papel de una copia.")


def _read(store: Store, sha256: str) -> Iterator[bytes]:
    """Yield the bytes of a paper of the record."""
    with store.blobs.opened(sha256) as file:
        while piece := file.read(PIECE):
            yield piece
