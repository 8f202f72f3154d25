"""What stands before every door: headers, hosts, methods, sizes, slow lines, errors without words."""

import socket
import threading
import time

import pytest
import uvicorn
from starlette.responses import Response
from starlette.testclient import TestClient

from desk.web import doors, fence, health
from desk.web.app import application
from desk.web.fence import HEADERS
from tests.desk.web.conftest import Desk

FORM = "POST /entrar HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/x-www-form-urlencoded\n"
SITE = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}


def browser(desk, **more):
    """Return a browser in which nobody came in."""
    return TestClient(desk.app, base_url="http://127.0.0.1", **more)


@pytest.mark.parametrize(
    "path", ["/entrar", "/bandejas", "/nada", "/recursos/desk.css", "/healthz", "/api/v1/openapi.json"]
)
def test_every_answer_has_the_headers(still, path):
    """This is the list; nothing says which server it is."""
    answer = browser(still).get(path, follow_redirects=False)

    assert {name: answer.headers[name] for name in HEADERS} == {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    assert "server" not in answer.headers
    assert ("no-store" in answer.headers.get("cache-control", "")) == (not path.startswith("/recursos"))


@pytest.mark.parametrize("host", ["mal.example", "127.0.0.1.mal.example", "", "[::2]"])
def test_another_sites_name_for_this_machine_opens_nothing(still, host):
    """A page of that site would otherwise be one of ours (DNS rebinding)."""
    assert browser(still).get("/entrar", headers={"Host": host}).status_code == 400


def test_a_name_of_the_settings_opens(still):
    """With or without a port, in any case of letters."""
    from dataclasses import replace

    settings = still.room.settings
    chosen = replace(settings, desk=replace(settings.desk, hosts=("mesa.example.org",)))
    client = TestClient(
        application(replace(still.room, settings=chosen)), base_url="http://Mesa.Example.org:8000"
    )

    assert client.get("/entrar").status_code == 200


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 405), ("TRACE", 405), ("PUT", 405), ("XYZ", 405)])
def test_a_method_that_no_door_takes_is_told_which_there_are(still, method, status):
    """On a page in the language of who asks."""
    answer = browser(still).request(method, "/entrar", headers={"Cookie": "lengua=gl"})

    assert answer.status_code == status
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert "Volva atrás" in answer.text


def test_head_is_get_without_the_page(still):
    """And asks for the same right."""
    client = browser(still)

    assert client.head("/entrar").status_code == 200
    assert client.head("/bandejas", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Aquí no hay nada"), ("gl", "Aquí non hai nada"), ("en", "nothing here")]
)
def test_an_address_that_is_none_has_a_page(still, language, said):
    """In three languages."""
    answer = browser(still).get("/nada", headers={"Cookie": f"lengua={language}"})

    assert answer.status_code == 404
    assert said in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://mal.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:9999"},
    ],
    ids=str,
)
def test_a_form_of_another_site_does_nothing(desk, headers):
    """Even with the right token; at the open doors too."""
    client = desk.browser("reviewer")

    sent = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"}, headers=headers)
    entered = browser(desk).post("/entrar", data={"login": "ana", "password": "x"}, headers=headers)

    assert (sent.status_code, entered.status_code) == (403, 403)
    assert client.get("/cuenta").text.count('lang="es"') > 0


@pytest.mark.parametrize("token", ["", "otro", "ñ", "a" * 100_000])
def test_a_form_without_the_token_does_nothing(desk, token):
    """Where the browser says nothing of where it comes from."""
    client = desk.browser("reviewer")

    assert client.post("/cuenta", data={"csrf": token, "language": "gl"}).status_code == 403


def test_a_form_of_the_desk_is_taken_from_browsers_of_every_age(desk):
    """With the headers of today's, or without any and the token alone."""
    client = desk.browser("reviewer")
    form = {"csrf": client.csrf, "language": "gl", "shortcuts": "yes"}

    new = client.post("/cuenta", data=form, headers=SITE, follow_redirects=False)
    old = client.post("/cuenta", data=form, follow_redirects=False)

    assert (new.status_code, old.status_code) == (303, 303)


def test_an_error_shows_and_logs_none_of_its_words(desk, monkeypatch, caplog):
    """They may be those of a paper: the page says what to do, the log where it was."""
    monkeypatch.delenv("VENTANILLA_DEBUG")
    monkeypatch.setattr(health, "PlainTextResponse", lambda _: int("X1234567L"))

    answer = browser(desk).get("/healthz", headers={"Cookie": "lengua=en"})

    assert answer.status_code == 500
    assert "The program failed" in answer.text
    assert "X1234567L" not in answer.text + caplog.text
    assert "ValueError in" in caplog.text
    assert "desk/web/health.py" in caplog.text


def test_a_lost_database_is_said_and_comes_back(desk, monkeypatch):
    """503, not an error of the program."""
    from pipeline.errors import EnvironmentFault

    client = desk.browser("reviewer")

    def gone(*told, **more):
        raise EnvironmentFault("La base de datos no contesta", "Espere.")

    with monkeypatch.context() as lost:
        lost.setattr("desk.web.came.current", gone)
        away = client.get("/cuenta")

    assert away.status_code == 503
    assert client.get("/cuenta").status_code == 200


def test_what_is_too_large_is_refused_before_it_is_read(still):
    """By the length that it says."""
    headers = {"Content-Length": str(1 << 40)}

    assert browser(still).post("/entrar", content=b"x", headers=headers).status_code == 413


@pytest.mark.parametrize(
    "path", ["/expedientes/CEU01%00", "/cuentas/%00", "/bandejas?q=%00", "/api/v1/cases/%00"]
)
def test_a_zero_byte_gets_no_further(still, path):
    """No text of PostgreSQL can hold it."""
    assert browser(still).get(path).status_code == 400


@pytest.mark.parametrize("length", ["-1", "1e3", "١"])
def test_a_length_that_is_none_is_refused(still, length):
    """As it stands."""
    headers = [(b"content-length", length.encode()), (b"host", b"127.0.0.1")]

    assert browser(still).post("/entrar", content=iter([b"x"]), headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("&".join(f"a{n}=1" for n in range(401)), 400),
        ("login=" + "x" * (1024 * 1024 + 1), 400),
        ("login=" + "x" * 100_000, 403),
        ("%ff%fe=%f0&login=%ff", 403),
        ("login=ana%00", 400),
        ("", 403),
    ],
    ids=["many fields", "a huge field", "a large field", "no text", "a zero byte", "nothing"],
)
def test_a_form_of_odd_shape_gets_a_page(still, form, status):
    """Never an error of the program."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", **SITE}

    assert browser(still).post("/entrar", content=form, headers=headers).status_code == status


def test_a_broken_multipart_form_gets_a_page(still):
    """Without an end, or without a boundary."""
    client = browser(still)
    kinds = ("multipart/form-data; boundary=x", "multipart/form-data")
    bodies = (b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n', b"--x")

    answers = [
        client.post("/entrar", content=body, headers={"Content-Type": kind}).status_code
        for kind, body in zip(kinds, bodies, strict=True)
    ]

    assert set(answers) <= {400, 403}


def test_nothing_is_read_of_who_may_not_come_in(desk):
    """Two files of somebody without the right are not put on the disk."""
    client = desk.browser("manager")
    read = []

    def body():
        for part in (b"a" * 1000,) * 3:
            read.append(part)
            yield part

    answer = client.post("/bandejas/todas/guardar", content=body())

    assert answer.status_code == 403


@pytest.fixture(scope="module")
def still(worked, tmp_path_factory):
    """Return a desk for many tests, in which nobody comes in."""
    one = Desk(tmp_path_factory.mktemp("quieta") / "mesa", worked)
    yield one
    one.store.close()


@pytest.fixture
def served(desk, monkeypatch):
    """Serve the desk on loopback, with little patience; return its port."""
    monkeypatch.setattr(fence, "_SILENCE_SECONDS", 0.3)
    config = uvicorn.Config(application(desk.room), log_level="error", **fence.LINE)
    server = uvicorn.Server(config)
    line = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield line.getsockname()[1]
    server.should_exit = True
    thread.join()
    line.close()


def say(port, words):
    """Send *words* to the desk and nothing more; return the first line that it answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(words.replace("\n", "\r\n").encode())
        return line.recv(4096).decode("latin-1").splitlines()[0]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (FORM + "Content-Length: 1000\n\nlogin=a", "408"),
        ("POST /entrar HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 5\nContent-Length: 6\n\nlogin", "400"),
        ("GET /entrar HTTP/1.1\nHost: 127.0.0.1\nX: " + "a" * 200_000 + "\n\n", "400"),
        ("NADA\n\n", "400"),
        ("GET /entrar HTTP/1.1\nHost: 127.0.0.1\n\n", "200"),
    ],
    ids=["less than it said", "two lengths", "a huge header", "no HTTP", "a good one"],
)
def test_a_line_that_lies_or_waits_is_answered(served, words, answer):
    """And the desk goes on."""
    assert say(served, words).split()[1] == answer


def test_the_doors_that_answer_stay_few_lines(desk):
    """An answer of a door is an answer of the server: nothing in between changes it."""
    door = doors.Door("/prueba", lambda _: Response("así", headers={"Cache-Control": "max-age=5"}), "open")
    desk.app.router.routes.insert(0, door.route(desk.room))

    assert browser(desk).get("/prueba").headers["cache-control"] == "max-age=5"
