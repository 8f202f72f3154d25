"""A certificate of a municipal register, of any municipality and layout."""

from __future__ import annotations

from functools import partial

from extractors.kinds import Kind
from extractors.padron.known import known_words
from extractors.padron.read import certificate
from extractors.padron.recognise import continues, starts

KIND = Kind(
    name="padron_certificate",
    starts=partial(starts, volante=False),
    read=certificate,
    continues=continues,
    known=known_words,
)
