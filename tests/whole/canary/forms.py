"""A word as it may hide: in other letters, alphabets of bytes, encodings, compressed streams, databases."""

import base64
import contextlib
import json
import re
import sqlite3
import struct
import unicodedata
import zlib
from urllib.parse import quote, quote_plus

LARGEST_STREAM = 1 << 20
"""Bytes taken out of one compressed stream."""
_STREAMS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")


def forms(word):
    """Return the bytes by which *word* is told: those of text in small letters, and the others."""
    texts = {word, word.upper(), word.lower(), folded(word), folded(word).upper()}
    texts |= {unicodedata.normalize("NFD", one) for one in texts}
    plain, exact = set(), set()
    for text in texts:
        data = text.encode()
        plain |= {data, text.encode("latin-1", "ignore") if _latin(text) else data}
        plain |= {json.dumps(text)[1:-1].encode(), quote(text).encode(), quote_plus(text).encode()}
        plain |= {data.hex().encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        exact |= {*_base64(data), *_base64(text.encode("utf-16-le"))}
    return {one.lower() for one in plain}, exact | {one.translate(_URL_SAFE) for one in exact}


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def folded(text):
    """Return *text* without its accents, as names of files on any disk have it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _latin(text):
    return all(ord(sign) < 256 for sign in text)


def _base64(data):
    """Yield what stands for *data* in base 64 wherever it begins, without the signs shared with others."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + data).rstrip(b"=")
        whole = (shift + len(data)) * 8 // 6
        yield coded[(shift * 8 + 5) // 6 : whole]


class Hunt:
    """Looks for words in bytes, and in what is inside them."""

    def __init__(self, words):
        self._forms = {word: forms(word) for word in words}

    def within(self, data):
        """Return the words that are in *data*: as they are, in a database, in compressed streams."""
        found = self._plain(data)
        if data.startswith(b"SQLite format 3"):
            found |= self._plain(dumped(data))
        for stream in streams(data):
            found |= self._plain(stream)
        return found

    def _plain(self, data):
        small = data.lower()
        return {
            word
            for word, (plain, exact) in self._forms.items()
            if any(one in small for one in plain) or any(one in data for one in exact)
        }


def dumped(data):
    """Return a database of SQLite as text: a long value lies in pieces in its file."""
    with contextlib.closing(sqlite3.connect(":memory:")) as raw:
        # without its journal a copy is still one whole state
        raw.deserialize(data[:18] + b"\x01\x01" + data[20:])
        raw.text_factory = lambda text: text.decode(errors="replace")
        try:
            names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return b"\n".join(_rows(raw, name) for name in names)
        except sqlite3.DatabaseError:
            return b""


def _rows(raw, name):
    try:
        return b"\n".join(_cells(row) for row in raw.execute(f'SELECT * FROM "{name}"'))
    except sqlite3.DatabaseError:
        return b""  # a table whose module is not loaded; its bytes are looked at as they are


def _cells(row):
    return b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in row)


def streams(data):
    """Yield what the zlib, gzip and ZIP streams in *data* hold."""
    for found in _STREAMS.finditer(data):
        start = found.start()
        with contextlib.suppress(zlib.error, struct.error):
            yield _inflated(data, start)


def _inflated(data, start):
    if data[start : start + 2] != b"PK":
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data[start:], LARGEST_STREAM)
    name, extra = struct.unpack_from("<HH", data, start + 26)
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start + 30 + name + extra :], LARGEST_STREAM)
