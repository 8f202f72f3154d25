"""A mail server that is one: it speaks SMTP on a real line, closed or open, and keeps what it takes."""

import datetime as dt
import email
import email.policy
import ipaddress
import socketserver
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Line(socketserver.StreamRequestHandler):
    """One line to the server."""

    timeout = 10

    def setup(self):
        if self.server.closed == "tls":
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self):
        super().finish()
        self.request.close()

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
        self.wfile.flush()

    def handle(self):
        self.say("220 mail")
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"on_{word.lower()}", lambda: self.say("250 ok"))()

    def on_ehlo(self):
        self.say("250-mail\r\n250 STARTTLS" if self.server.closed == "starttls" else "250 mail")

    def on_starttls(self):
        self.say("220 go on")
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()
        self.server.secured += 1

    def on_rcpt(self):
        self.say(self.server.answers.pop(0) if self.server.answers else "250 ok")

    def on_data(self):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        data = b"".join(one.removeprefix(b".") if one.startswith(b"..") else one for one in lines)
        self.server.taken.append(email.message_from_bytes(data, policy=email.policy.default))
        self.say("250 taken")


class Server(socketserver.ThreadingTCPServer):
    """The server: `answers` are what it says to the next receivers, `taken` the mails."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, closed="none", context=None):
        self.closed, self.context = closed, context
        self.taken, self.answers, self.secured = [], [], 0
        super().__init__(("127.0.0.1", 0), Line)

    def handle_error(self, request, client_address):
        """Say nothing of lines that break: tests look at what arrived."""

    @property
    def port(self):
        return self.server_address[1]


@pytest.fixture
def served():
    """Return a function that starts a mail server; all of them end with the test."""
    running = []

    def start(closed="none", context=None):
        server = Server(closed, context)
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Return a certificate for 127.0.0.1 that nobody else issued, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("mail") / "mail.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + built.public_bytes(pem))
    return file


@pytest.fixture
def context(certificate):
    """Return what a server closes its lines with."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made
