"""The pictures of the documentation, taken of the real desk over the invented cases of the demonstration.

    python benchmarks/screens.py

Needs Debian's chromium. Reads the cases anew, serves the desk on this machine, writes docs/images/*.png.
"""

import io
import runpy
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)  # the folder of this file holds a desk.py of its own
from benchmarks.desk_store import multiply  # noqa: E402 - after the path

IMAGES = ROOT / "docs" / "images"
BROWSER = runpy.run_path(str(ROOT / "tests/desk/web/browser/conftest.py"))
DESK = runpy.run_path(str(ROOT / "tests/desk/web/conftest.py"))
MOUSE = (
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
)
"""A headless browser has no mouse, and would show what is shown to fingers."""
CASES = 300
COLOURS = 96
LARGEST = 150_000
"""Bytes of a picture: the documentation stays light."""


@contextmanager
def house() -> Iterator[Any]:
    """Serve a desk with the cases of the demonstration."""
    with tempfile.TemporaryDirectory(prefix="ventanilla-screens-") as home, sync_playwright() as playwright:
        (Path(home) / "mesa").mkdir()
        DESK["work_demonstration"](DESK["settings_in"](Path(home) / "mesa"))
        chromium = playwright.chromium.launch(
            executable_path=BROWSER["CHROMIUM"], args=["--no-sandbox", MOUSE]
        )
        with BROWSER["house_in"](Path(home) / "mesa", chromium, "on") as served:
            yield served
        chromium.close()


def keep(person: Any, name: str, *, whole: bool = False) -> None:
    """Write what is on the screen, with few colours."""
    shot = Image.open(io.BytesIO(person.page.screenshot(full_page=whole))).convert("RGB")
    file = IMAGES / f"{name}.png"
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    assert file.stat().st_size <= LARGEST, file
    print(f"{file.relative_to(ROOT)}  {shot.width}x{shot.height}  {file.stat().st_size // 1000} kB")


def trays(ana: Any) -> None:
    """The trays."""
    ana.open("/bandejas")
    keep(ana, "desk-trays")


def case(ana: Any, number: str) -> None:
    """A case with a doubt: the page beside the field, then what is decided."""
    ana.open(f"/expedientes/{number}")
    ana.press("j")
    ana.page.wait_for_selector("#image .chosen")
    ana.page.wait_for_load_state("networkidle")
    keep(ana, "desk-case")
    ana.page.locator("#decide").scroll_into_view_if_needed()
    ana.page.evaluate("document.querySelector('#decide').scrollIntoView({block: 'end'})")
    keep(ana, "desk-decision")
    ana.page.set_viewport_size(BROWSER["NARROW"])
    ana.page.evaluate("scrollTo(0, 0)")
    keep(ana, "desk-narrow")
    ana.page.set_viewport_size(BROWSER["WIDE"])


def conflict(ana: Any, eva: Any, number: str) -> None:
    """Two people on one field: what the second sees."""
    path = f"/expedientes/{number}/campos/d4/institution"
    ana.open(path)
    eva.open(path)
    for person, words in ((ana, "Caisse Nationale de Sécurité Sociale"), (eva, "CNSS, Casablanca")):
        person.page.fill("#value", words)
        person.press("Enter")
        person.page.wait_for_load_state("networkidle")
    keep(eva, "desk-conflict")


def board(manager: Any, store: Any) -> None:
    """The managers' board, over some hundreds of copies of the cases."""
    multiply(store, CASES)
    manager.open("/gestion")
    keep(manager, "board")


def main() -> None:
    """Take all pictures."""
    with house() as served:
        number = served.desk.numbers()["review"]
        ana = served.person("reviewer")
        eva = served.person("reviewer", login="eva")
        trays(ana)
        case(ana, number)
        conflict(ana, eva, number)
        board(served.person("manager", login="luz"), served.desk.store)


if __name__ == "__main__":
    main()
