"""No pattern hangs on odd text: a paper may hold hundreds of dots, dashes or blanks in a row."""

import importlib
import pkgutil
import re
import time

import extractors
import validators

MANY = 400
RUNS = (" ", "\n", " \n", "\u00a0", "-", ".", "x", "X ", "0", "0.", ", ", "(", "x-", ": ")
SECONDS = 0.05
"""A look from each sign to the end takes a quarter of it, one from each sign to each other thrice as long."""


def patterns():
    """Return every pattern that a module of the readers or of the law keeps, by where it stands."""
    found = {}
    for top in (extractors, validators):
        for module in pkgutil.walk_packages(top.__path__, f"{top.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    found.setdefault(value, f"{module.name}.{name}")
    return found


def seconds(pattern, text):
    """Return the CPU time of one search."""
    text = text.encode() if isinstance(pattern.pattern, bytes) else text
    begin = time.process_time()
    pattern.search(text)
    return time.process_time() - begin


def slow(pattern):
    """Return the run of signs over which a pattern takes too long three times out of three."""
    texts = [(run * MANY)[:MANY] for run in RUNS]
    return next((text[:2] for text in texts if all(seconds(pattern, text) > SECONDS for _ in range(3))), None)


def test_no_pattern_goes_over_the_same_blanks_three_times():
    """Two pieces that can share a row of signs, tried from each sign, cost the cube of its length."""
    assert {name: run for pattern, name in patterns().items() if (run := slow(pattern))} == {}


def test_a_pattern_that_does_is_seen():
    """Two pieces that may each take the same blanks, tried from each of them."""
    assert slow(re.compile(r"\s*(?:\([a-z]{0,9}\))?\s*[:?]\s*no")) is not None
