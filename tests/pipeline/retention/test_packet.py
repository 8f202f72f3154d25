"""A packet gives back what was put in, byte for byte, or nothing at all."""

import hashlib
import io
import os

import pytest

from pipeline.retention.packet import BrokenError, Listed, Member, opened, sealed, verified
from pipeline.store.blobs import PIECE

KEY, CASE = bytes(range(32)), "01KA0000000000000000000001"
TAG = 16
HEAD = 52


def packed(*sizes, key=KEY, case=CASE):
    """Return a packet of members of those sizes, and what they hold."""
    held = {f"papers/{n}": os.urandom(size) for n, size in enumerate(sizes)}
    members = [Member(name, len(data), (data[:7], data[7:])) for name, data in held.items()]
    return b"".join(sealed(key, case, members)), held


@pytest.mark.parametrize(
    "sizes",
    [(), (0,), (1, 511, 512, 513), (PIECE - 1024, 5), (PIECE,), (2 * PIECE - 2048, 3 * PIECE + 1)],
    ids=str,
)
def test_what_was_put_in_comes_back(sizes):
    """Also where members end at the border of a piece; every member is in the packet's own list."""
    packet, held = packed(*sizes)
    read = {name: file.read() for name, file in opened(KEY, CASE, io.BytesIO(packet))}

    assert {name: data for name, data in read.items() if name != "index.json"} == held
    assert verified(KEY, CASE, io.BytesIO(packet)) == {
        name: Listed(hashlib.sha256(data).hexdigest(), len(data)) for name, data in held.items()
    }


def test_nothing_of_it_can_be_read_without_its_key():
    """Of a megabyte of one letter nothing is seen; another key, or another case's name, opens nothing."""
    packet = b"".join(sealed(KEY, CASE, [Member("papers/a", PIECE, (b"a" * PIECE,))]))

    assert b"aaaa" not in packet
    for key, case in ((bytes(32), CASE), (KEY, CASE[:-1] + "2")):
        with pytest.raises(BrokenError):
            verified(key, case, io.BytesIO(packet))


def test_two_packets_of_the_same_are_not_alike():
    """No nonce serves twice under one key: each packet has a key of its own."""
    same = [b"".join(sealed(KEY, CASE, [Member("papers/a", 3, (b"abc",))])) for _ in range(2)]

    assert same[0][HEAD:] != same[1][HEAD:]


@pytest.mark.parametrize("where", [0, 30, HEAD, HEAD + PIECE // 2, HEAD + PIECE + TAG + 3, -1])
def test_a_bit_that_turns_is_seen(where):
    """In the head, in a piece, in the last byte."""
    packet, _ = packed(PIECE, 5)
    harmed = bytearray(packet)
    harmed[where] ^= 1

    with pytest.raises(BrokenError):
        verified(KEY, CASE, io.BytesIO(bytes(harmed)))


def test_a_piece_cut_off_moved_or_put_twice_is_seen():
    """At the border of a piece too, where each piece by itself is as it was sealed."""
    packet, _ = packed(3 * PIECE)
    size = PIECE + TAG
    head, body = packet[:HEAD], packet[HEAD:]
    first, second, rest = body[:size], body[size : 2 * size], body[2 * size :]

    for harmed in (
        head + first + second,
        head + first,
        head,
        b"",
        packet[:-1],
        head + second + first + rest,
        head + first + first + second + rest,
        packet + b"\0",
    ):
        with pytest.raises(BrokenError):
            verified(KEY, CASE, io.BytesIO(harmed))


def test_a_member_that_is_not_as_long_as_it_said_is_refused():
    """A paper that was cut short in the store makes no packet."""
    with pytest.raises(BrokenError):
        b"".join(sealed(KEY, CASE, [Member("papers/a", 4, (b"abc",))]))
