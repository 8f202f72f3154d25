"""What is odd about a file, in words for whoever opens it. A flag without words here is told as it is."""

from __future__ import annotations

from validators.finding import Text

_WORDS = {
    "wrong-extension": Text(
        "la extensión del nombre no es la de su contenido",
        "a extensión do nome non é a do seu contido",
        "its name has the extension of another kind",
    ),
    "repaired": Text(
        "estaba dañado y se ha leído una copia reparada",
        "estaba danado e leuse unha copia reparada",
        "it was damaged and a repaired copy was read",
    ),
    "active-content": Text(
        "lleva acciones, formularios o archivos dentro; no los active",
        "leva accións, formularios ou ficheiros dentro; non os active",
        "it carries actions, forms or files; do not set them off",
    ),
    "executable-inside": Text(
        "lleva un programa dentro o pide abrir uno; no lo abra",
        "leva un programa dentro ou pide abrir un; non o abra",
        "it carries a program or asks to start one; do not open it",
    ),
    "changed-after-signing": Text(
        "se cambió después de firmarlo", "cambiouse despois de asinalo", "it was changed after it was signed"
    ),
    "hidden-text": Text(
        "tiene texto que no se ve", "ten texto que non se ve", "it has text that cannot be seen"
    ),
    "ambiguous-text": Text(
        "tiene texto tachado o notas, o dos programas lo leen distinto; compruebe los datos con la imagen",
        "ten texto riscado ou notas, ou dous programas leno distinto; comprobe os datos coa imaxe",
        "it has struck text or notes, or two programs differ on it; check the data against the picture",
    ),
    "several-versions": Text(
        "está dañado y guarda más de una versión; puede que se haya leído la antigua",
        "está danado e garda máis dunha versión; pode que se lese a antiga",
        "it is damaged and holds more than one version; the older one may have been read",
    ),
    "prefix-data": Text("tiene datos delante", "ten datos diante", "there are data before it"),
    "trailing-data": Text("tiene datos detrás", "ten datos detrás", "there are data after it"),
    "two-kinds": Text(
        "es imagen y PDF a la vez; se ha leído la imagen",
        "é imaxe e PDF á vez; leuse a imaxe",
        "it is a picture and a PDF at once; the picture was read",
    ),
    "pages-missing": Text("faltan páginas", "faltan páxinas", "pages are missing"),
    "blurred": Text(
        "la imagen está borrosa; compruebe los datos",
        "a imaxe está borrosa; comprobe os datos",
        "its picture is blurred; check the data",
    ),
    "too-dark": Text(
        "la imagen está oscura; compruebe los datos",
        "a imaxe está escura; comprobe os datos",
        "its picture is dark; check the data",
    ),
    "too-light": Text(
        "la letra se ve muy clara; compruebe los datos",
        "a letra vese moi clara; comprobe os datos",
        "its print is faint; check the data",
    ),
    "too-small": Text(
        "la imagen tiene pocos puntos; compruebe los datos",
        "a imaxe ten poucos puntos; comprobe os datos",
        "its picture has too few dots; check the data",
    ),
    "signature-broken": Text(
        "la firma electrónica no corresponde al contenido",
        "a sinatura electrónica non corresponde ao contido",
        "the electronic signature does not match the contents",
    ),
}


def words(flag: str) -> Text:
    """Return what *flag* says of a file."""
    return _WORDS.get(flag, Text(flag, flag, flag))
