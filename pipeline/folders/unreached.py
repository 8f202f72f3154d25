"""The list of an office while the record is out of reach: what it said last, and that nothing is taken in.

Nothing is asked of the database. The next list that can be written takes its place.
"""

from __future__ import annotations

import datetime as dt

from pipeline.files import Files, write_whole
from pipeline.folders.places import STATUS, Place

_AFTER = b"</h1>\n"
_MARK = b'<p id="sin-registro">'
_PAGE = (
    '<!doctype html>\n<html lang="es">\n<meta charset="utf-8">\n<title>Estado de {0}</title>\n<h1>{0}</h1>\n'
)
_SAID = (
    "<strong>Desde las {0:%H:%M} del {0:%d/%m/%Y} el programa no llega a su base de datos: avise.</strong> "
    "Lo que se deje aquí no se pierde: espera en su carpeta y se recogerá solo en cuanto vuelva. Su fecha de "
    "entrada será la de ese momento, salvo que presentacion.json diga otra.</p>\n"
)


def tell_unreached(files: Files, place: Place, now: dt.datetime) -> None:
    """Say on the list of the office at *place* that the record is out of reach since *now*, once."""
    path = place.path / STATUS
    page = path.read_bytes() if path.is_file() else _PAGE.format(place.office).encode()
    if _MARK not in page:
        head, sign, rest = page.partition(_AFTER)
        write_whole(files, path, [head, sign, _MARK, _SAID.format(now).encode(), rest])
