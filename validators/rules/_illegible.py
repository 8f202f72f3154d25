"""Why a paper cannot be read and how to bring it so that it can be, in words for whoever filed it.

A code without a sentence here leaves the rule's own: it cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping

from validators.finding import Text

_SENTENCES: Mapping[str, Text] = {
    "blurred": Text(
        "Un documento no se puede leer: la foto o el escaneo está borroso. "
        "Hágalo de nuevo con más luz y sin mover el móvil.",
        "Un documento non se pode ler: a foto ou o escaneado está borroso. "
        "Fágao de novo con máis luz e sen mover o móbil.",
        "A document cannot be read: the photo or scan is blurred. "
        "Take it again with more light and hold the phone still.",
    ),
    "too-dark": Text(
        "Un documento no se puede leer: la foto está demasiado oscura. Hágala de nuevo con luz de día.",
        "Un documento non se pode ler: a foto está demasiado escura. Fágaa de novo con luz do día.",
        "A document cannot be read: the photo is too dark. Take it again in daylight.",
    ),
    "too-light": Text(
        "Un documento no se puede leer: la letra se ve demasiado clara. "
        "Escanéelo de nuevo con más contraste o haga una foto del original.",
        "Un documento non se pode ler: a letra vese demasiado clara. "
        "Escanéeo de novo con máis contraste ou faga unha foto do orixinal.",
        "A document cannot be read: its print is too faint. "
        "Scan it again with more contrast, or take a photo of the original.",
    ),
    "too-small": Text(
        "Un documento no se puede leer: la imagen es demasiado pequeña. "
        "Envíe la foto original, no una captura de pantalla, o escanéelo a 300 puntos por pulgada.",
        "Un documento non se pode ler: a imaxe é demasiado pequena. "
        "Envíe a foto orixinal, non unha captura de pantalla, ou escanéeo a 300 puntos por polgada.",
        "A document cannot be read: the picture is too small. "
        "Send the original photo, not a screenshot, or scan it at 300 dots per inch.",
    ),
    "cut-off": Text(
        "Un documento no se puede leer: la imagen corta el texto. Hágala de nuevo con la hoja entera.",
        "Un documento non se pode ler: a imaxe corta o texto. Fágaa de novo coa folla enteira.",
        "A document cannot be read: the picture cuts its text off. Take it again with the whole sheet in it.",
    ),
    "mirrored": Text(
        "Un documento no se puede leer: la imagen está invertida, como en un espejo. "
        "Hágala de nuevo con la cámara trasera o escanee la cara escrita.",
        "Un documento non se pode ler: a imaxe está invertida, coma nun espello. "
        "Fágaa de novo coa cámara traseira ou escanee a cara escrita.",
        "A document cannot be read: the picture is reversed, as in a mirror. "
        "Take it again with the rear camera, or scan the written side.",
    ),
    "blank": Text(
        "Un documento está en blanco. Compruebe que escaneó la cara escrita y envíelo de nuevo.",
        "Un documento está en branco. Comprobe que escaneou a cara escrita e envíeo de novo.",
        "A document is blank. Check that the written side was scanned and send it again.",
    ),
    "no-print": Text(
        "Un documento no se puede leer: no se ve en él letra impresa. "
        "Compruebe que es el documento y envíelo de nuevo, entero y bien enfocado.",
        "Un documento non se pode ler: non se ve nel letra impresa. "
        "Comprobe que é o documento e envíeo de novo, enteiro e ben enfocado.",
        "A document cannot be read: no print is seen on it. "
        "Check that it is the document and send it again, whole and in focus.",
    ),
}


def sentence(code: str) -> Text | None:
    """Return what is said of a paper that cannot be read because of *code*; None for the rule's own words."""
    return _SENTENCES.get(code)
