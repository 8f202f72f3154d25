"""What is asked of clamd, and what its answers mean: over real sockets."""

import datetime as dt

import pytest

from pipeline.antivirus import Antivirus, Clamd, Scan, SilentError, verdict


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file to ask about."""

    def write(data):
        (tmp_path / "file").write_bytes(data)
        return tmp_path / "file"

    return write


def test_a_clean_file_is_clean(antivirus, file):
    """The daemon has seen all of it."""
    assert Clamd(antivirus()).scan(file(b"solicitud")) == Scan("clean")


@pytest.mark.parametrize("lead", [0, 65_536 - 3, 65_536, 1_000_000])
def test_malware_is_found_wherever_it_lies(antivirus, file, eicar, lead):
    """Across the edge of a chunk and after many of them: nothing is left out on the way."""
    found = Clamd(antivirus()).scan(file(b" " * lead + eicar))

    assert found == Scan("found", "Eicar-Test-Signature")


def test_an_empty_file_is_asked_about_too(antivirus, file):
    """A stream of nothing is a stream."""
    assert Clamd(antivirus()).scan(file(b"")) == Scan("clean")


@pytest.mark.parametrize(
    ("mode", "why"),
    [("limits", "limit"), ("exceeded", "limit"), ("error", "error"), ("close", "no-answer")],
)
@pytest.mark.parametrize("size", [10, 5_000_000])
def test_what_could_not_be_judged_is_not_clean(clamd, antivirus, file, mode, why, size):
    """Over its limits, in trouble, or mute about this one file though it lives."""
    clamd.mode = mode

    assert Clamd(antivirus()).scan(file(b"x" * size)) == Scan("unsure", why)


@pytest.mark.parametrize("mode", ["hang", "endless"])
def test_a_daemon_that_never_ends_its_answer_is_left(clamd, antivirus, file, mode):
    """After the seconds that one file may take."""
    clamd.mode = mode

    assert Clamd(antivirus(scan_seconds=0.3)).scan(file(b"x")) == Scan("unsure", "no-answer")


def test_an_answer_that_breaks_off_is_asked_for_once_more(clamd, antivirus, file):
    """A daemon that loads new signatures costs nobody a wait."""
    clamd.mode = "drop-once"

    assert Clamd(antivirus()).scan(file(b"x")) == Scan("clean")
    assert clamd.asked == 2


def test_a_file_over_our_own_limit_is_not_sent(clamd, antivirus, file):
    """To the byte."""
    assert Clamd(antivirus(stream_bytes=3)).scan(file(b"123")) == Scan("clean")
    assert Clamd(antivirus(stream_bytes=3)).scan(file(b"1234")) == Scan("unsure", "limit")
    assert clamd.asked == 1


def test_what_is_no_clamd_is_nobody(clamd, antivirus, file):
    """Another service at the socket says nothing about a file."""
    clamd.mode, clamd.version = "garbage", b"HTTP/1.1 400 Bad Request"

    with pytest.raises(SilentError):
        Clamd(antivirus()).scan(file(b"x"))


@pytest.mark.parametrize("socket", ["/nowhere/clamd.ctl", "127.0.0.1:1", "/" + "x" * 200])
def test_nobody_there_is_told_at_once(file, socket):
    """No socket, no port, or a path that no socket can have."""
    with pytest.raises(SilentError):
        Clamd(Antivirus(mode="required", socket=socket)).scan(file(b"x"))


def test_a_daemon_that_went_away_is_nobody(clamd, antivirus, file):
    """Between one file and the next."""
    ask = Clamd(antivirus())
    assert ask.scan(file(b"x")) == Scan("clean")
    clamd.stop()

    with pytest.raises(SilentError):
        ask.scan(file(b"x"))


@pytest.mark.parametrize("form", ["{}:{}", "tcp://{}:{}", "[{}]:{}"])
def test_a_daemon_may_listen_on_a_port(served, file, eicar, form):
    """On another machine of the office's own network."""
    server = served(("127.0.0.1", 0))
    ask = Clamd(Antivirus(mode="required", socket=form.format(*server.server_address)))

    assert ask.scan(file(eicar)).verdict == "found"


@pytest.mark.parametrize(
    ("told", "made"),
    [
        (b"ClamAV 1.4.6/27812/Sat Nov 21 09:31:02 2026", dt.datetime(2026, 11, 21, 9, 31, 2, tzinfo=dt.UTC)),
        (b"ClamAV 1.4.6", None),
        (b"ClamAV 1.4.6/27812/hoy", None),
    ],
)
def test_the_age_of_the_signatures_is_known_where_it_is_told(clamd, antivirus, told, made):
    """A daemon with hand-made signatures alone tells no date."""
    clamd.version = told

    version = Clamd(antivirus()).version()

    assert (version.text, version.made) == (told.decode(), made)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "OK",
        "stream: ok",
        "stream: OK ",
        "stream: OK FOUND OK",
        "other: OK",
        "stream:  FOUND",
        "UNKNOWN COMMAND",
    ],
)
def test_nothing_but_the_plain_word_is_clean(answer):
    """A word more or less, and it is not clean."""
    assert verdict(answer).verdict != "clean"
