"""The way in by a provider, tried with a small one on loopback, and by the word of a proxy."""

import base64
import hashlib
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from desk.people.accounts import by_login
from desk.people.rights import Role
from desk.web.app import application

CLIENT, SECRET = "mesa", "secreto-compartido"


class Provider(BaseHTTPRequestHandler):
    """An OpenID Connect provider that lets whoever asks in as the person of `server.person`."""

    def do_GET(self):
        """Answer the discovery, the keys and the page that people sign in on."""
        server, url = self.server, urlsplit(self.path)
        answers = {
            "/.well-known/openid-configuration": server.discovery,
            "/keys": {"keys": [server.key.as_dict(private=False)]},
        }
        if url.path in answers:
            self.answer(200, answers[url.path])
            return
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        server.waiting[asked["state"]] = asked
        location = f"{asked['redirect_uri']}?{urlencode({'code': asked['state'], 'state': asked['state']})}"
        self.send_response(302)
        self.send_header("Location", location)
        self.end_headers()

    def do_POST(self):
        """Give the token for a code, once, to who proves that the way began with them."""
        server = self.server
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = server.waiting.pop(sent["code"][0], None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proof = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if self.headers.get("Authorization") != f"Basic {basic}" or asked is None:
            self.answer(401, {"error": "invalid_client"})
            return
        if asked["code_challenge"] != challenge or asked["code_challenge_method"] != "S256":
            self.answer(400, {"error": "invalid_grant"})
            return
        claims = {
            "iss": server.address,
            "aud": CLIENT,
            "sub": "1",
            "iat": server.now,
            "exp": server.now + 300,
            "nonce": asked["nonce"],
            **server.person,
        }
        token = jwt.encode({"alg": "RS256", "kid": "k"}, claims, server.signing)
        self.answer(200, {"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, status, told):
        """Send an object."""
        words = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *told):
        """Say nothing."""


@pytest.fixture(scope="module")
def key():
    """Return a key of the provider's own."""
    return RSAKey.generate_key(2048, {"kid": "k"})


@pytest.fixture
def provider(desk, key):
    """Serve a provider on loopback, and let the desk have it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    address = f"http://127.0.0.1:{server.server_port}"
    server.address, server.key, server.signing, server.waiting = address, key, key, {}
    server.now, server.person = int(desk.now.timestamp()), {"preferred_username": "ana", "name": "Ana"}
    server.discovery = {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/keys",
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    choose(desk, oidc_issuer=address, oidc_client=CLIENT, oidc_secret=SECRET)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def choose(desk, **chosen):
    """Give the desk other settings of its entrance."""
    settings = replace(desk.room.settings, desk=replace(desk.room.settings.desk, **chosen))
    desk.room = replace(desk.room, settings=settings)
    desk.app = application(desk.room)


def browser(desk):
    """Return a browser in which nobody came in."""
    return TestClient(desk.app, base_url="http://127.0.0.1")


def come(client):
    """Go to the provider and back; return the answer to coming back."""
    there = client.get("/entrar/proveedor", follow_redirects=False)
    return client.get(back_from(there.headers["location"]), follow_redirects=False)


def back_from(address):
    """Return the address to which the provider sends a browser back."""
    import http.client

    url = urlsplit(address)
    line = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    line.request("GET", f"{url.path}?{url.query}")
    location = line.getresponse().headers["Location"]
    line.close()
    return location.removeprefix("http://127.0.0.1")


def test_the_provider_lets_in_whoever_has_an_account(desk, provider):
    """It asks nothing when the desk starts; its word stands for a password."""
    desk.account("reviewer")
    client = browser(desk)

    came = come(client)

    assert came.status_code == 303
    assert client.get("/cuenta").status_code == 200


def test_whoever_has_no_account_is_nobody(desk, provider):
    """Without a claim of roles accounts are made by an administrator."""
    assert come(browser(desk)).status_code == 403


def test_an_account_is_made_from_the_claims(desk, provider):
    """Its roles and offices follow them from then on; nobody becomes an administrator in this way."""
    choose(
        desk, oidc_roles="groups", oidc_offices="offices", oidc_map=("MESA-REV=reviewer", "ADM=administrator")
    )
    provider.person |= {"groups": ["MESA-REV", "ADM", "otro"], "offices": ["CEU01"]}
    first = come(browser(desk)).status_code
    made = by_login(desk.store, "ana")

    provider.person["offices"] = ["MEL01"]
    come(browser(desk))
    changed = by_login(desk.store, "ana")
    provider.person["groups"] = []
    last = come(browser(desk)).status_code

    assert (first, last) == (303, 403)
    assert (made.roles, made.offices, made.password) == ({Role.REVIEWER}, {"CEU01"}, False)
    assert changed.offices == {"MEL01"}


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "otra"},
        {"iss": "http://127.0.0.1:1"},
        {"nonce": "otro"},
        {"exp": 1},
        {"preferred_username": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_way_in_is_not_believed(desk, provider, claims):
    """Of another client, another issuer, another try, too old, or of nobody."""
    desk.account("reviewer")
    provider.person |= claims

    assert come(browser(desk)).status_code == 502


def test_a_token_that_another_signed_is_not_believed(desk, provider):
    """The keys are those that the provider shows."""
    desk.account("reviewer")
    provider.signing = RSAKey.generate_key(2048, {"kid": "k"})

    assert come(browser(desk)).status_code == 502


def test_an_answer_that_this_browser_did_not_ask_for_is_not_taken(desk, provider):
    """Nobody is signed in as another by a link; and an answer is good once."""
    desk.account("reviewer")
    client, victim = browser(desk), browser(desk)
    address = back_from(client.get("/entrar/proveedor", follow_redirects=False).headers["location"])

    planted = victim.get(address, follow_redirects=False)
    right = client.get(address, follow_redirects=False)
    again = client.get(address, follow_redirects=False)

    assert (planted.status_code, right.status_code, again.status_code) == (502, 303, 502)


def test_a_provider_that_does_not_answer_is_said(desk):
    """The entrance by password goes on."""
    choose(desk, oidc_issuer="http://127.0.0.1:9", oidc_client=CLIENT)
    client = browser(desk)

    assert client.get("/entrar/proveedor").status_code == 502
    assert client.get("/entrar").status_code == 200


def behind(desk, address, **chosen):
    """Return a browser whose requests come from an *address*."""
    choose(desk, proxy_from=("10.0.0.5",), **chosen)
    return TestClient(desk.app, base_url="http://127.0.0.1", client=(address, 5000))


def test_the_proxy_lets_in_whom_it_names(desk):
    """As soon as it names another, or nobody, that session is nobody's."""
    desk.account("reviewer")
    client = behind(desk, "10.0.0.5", proxy_header="X-Remote-User")
    named = {"X-Remote-User": "ana"}

    came = client.get("/entrar", headers=named, follow_redirects=False)
    asked = client.get("/cuenta", headers=named)
    other = client.get("/cuenta", headers={"X-Remote-User": "berta"}, follow_redirects=False)
    nobody = client.get("/cuenta", follow_redirects=False)

    assert (came.status_code, asked.status_code) == (303, 200)
    assert (other.status_code, nobody.status_code) == (303, 303)


def test_nobody_but_the_proxy_is_believed(desk):
    """A header is typed quickly."""
    desk.account("reviewer")
    client = behind(desk, "10.0.0.9", proxy_header="X-Remote-User")

    assert client.get("/entrar", headers={"X-Remote-User": "ana"}).status_code == 200
    assert client.get("/cuenta", headers={"X-Remote-User": "ana"}, follow_redirects=False).status_code == 303


def test_behind_the_proxy_the_cookie_is_for_https_alone(desk):
    """And has a name that no other host may set; the address that is kept is the browser's."""
    desk.account("reviewer")
    client = behind(desk, "10.0.0.5")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4, 192.0.2.7, 10.0.0.5"}
    form = {"login": "ana", "password": "una larga frase de paso"}

    came = client.post("/entrar", data=form, headers=told, follow_redirects=False)
    kept = by_login(desk.store, "ana")

    session = next(one for one in came.headers.get_list("set-cookie") if one.startswith("__Host-ventanilla="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(session.split("; "))
    assert came.headers["strict-transport-security"] == "max-age=31536000"
    assert kept.last_from == "192.0.2.7"


def test_a_stranger_says_nothing_of_scheme_and_address(desk):
    """Who is not the proxy is where the line comes from."""
    desk.account("reviewer")
    client = behind(desk, "192.0.2.9")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"}

    client.post("/entrar", data={"login": "ana", "password": "una larga frase de paso"}, headers=told)

    assert by_login(desk.store, "ana").last_from == "192.0.2.9"
