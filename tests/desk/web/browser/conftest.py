"""A real browser, Debian's, before a real server over the cases of the demonstration."""

import contextlib
import os
import runpy
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

Desk = runpy.run_path(str(Path(__file__).parents[1] / "conftest.py"))["Desk"]
CHROMIUM = "/usr/bin/chromium"
WIDE = {"width": 1366, "height": 768}
NARROW = {"width": 320, "height": 640}
"""What is left of 1280 pixels at 400 % (WCAG 2.2, 1.4.10)."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > wide + 1 && !one.closest("[data-scroll]"))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""


@contextlib.contextmanager
def served(desk, lifespan):
    """Serve a desk at an address of this machine; with *lifespan* "off" no drawer of pages stands by."""
    chosen = uvicorn.Config(
        desk.app, host="127.0.0.1", port=0, log_level="warning", ws="none", lifespan=lifespan
    )
    server = uvicorn.Server(chosen)
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


class Person:
    """Somebody before a browser; `troubles` is what the browser complained of, and whom else it asked."""

    def __init__(self, context, desk, address):
        self.context, self.desk, self.address = context, desk, address
        self.troubles = []
        self.page = context.new_page()
        self.page.set_default_timeout(5000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:")):
            self.troubles.append(f"asked {request.url}")

    def open(self, path):
        """Go to a page of the desk and return its answer."""
        return self.page.goto(f"{self.address}{path}")

    def press(self, *keys):
        """Press one key after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def focus(self):
        """Return the words of what has the focus."""
        return self.page.evaluate("document.activeElement.innerText || document.activeElement.id")

    def faults(self):
        """Return what axe finds on the page, in lines."""
        found = Axe().run(self.page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
        return [
            f"{one['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]

    def sideways(self):
        """Return what makes the page wider than a narrow screen, and leave the screen wide again."""
        self.page.set_viewport_size(NARROW)
        over = self.page.evaluate(OVER)
        self.page.set_viewport_size(WIDE)
        return over

    def screen(self, name):
        """Keep what is on the screen in the folder that VENTANILLA_SCREENS names, if it names one."""
        if folder := os.environ.get("VENTANILLA_SCREENS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture(scope="module")
def chromium():
    """Return a browser for the tests of a file: while it runs no other loop can in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class House:
    """A desk that is served, and the people who come to it."""

    def __init__(self, desk, address, chromium):
        self.desk, self.address, self.chromium, self.contexts = desk, address, chromium, []

    def person(self, *roles, offices=("*",), login="ana", language="es", **options):
        """Return somebody of these roles who has come in; nobody where there is no role."""
        context = self.chromium.new_context(viewport=WIDE, locale="es-ES", **options)
        self.contexts.append(context)
        cookies = [{"name": "lengua", "value": language, "url": self.address}]
        if roles:
            came = self.desk.browser(*roles, offices=offices, login=login, language=language)
            jar = came.cookies.jar
            cookies += [{"name": one.name, "value": one.value, "url": self.address} for one in jar]
        context.add_cookies(cookies)
        return Person(context, self.desk, self.address)

    def close(self):
        """Send everybody home."""
        for context in self.contexts:
            context.close()


@contextlib.contextmanager
def house_in(folder, worked, chromium, lifespan):
    """Serve a desk of its own in *folder*, a copy of *worked*."""
    desk = Desk(folder, worked)
    with served(desk, lifespan) as address:
        house = House(desk, address, chromium)
        yield house
        house.close()
    desk.room.pictures.close()
    desk.store.close()


@pytest.fixture(scope="module")
def looked_at(worked, chromium, tmp_path_factory, quick_passwords):
    """Return a desk for the tests of a file that only look."""
    folder = tmp_path_factory.mktemp("looked") / "mesa"
    with house_in(folder, worked, chromium, "on") as house:
        yield house


@pytest.fixture
def house(worked, chromium, tmp_path, quick_passwords):
    """Return a desk for one test alone, whose pages are drawn already."""
    with house_in(tmp_path / "mesa", worked, chromium, "off") as house:
        yield house
