"""The measures as Prometheus reads them, from a record on either database."""

import datetime as dt
import shutil
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
import time_machine
from prometheus_client.parser import text_string_to_metric_families

from pipeline.measures.chosen import Metrics
from pipeline.measures.names import MEASURES, PREFIX
from pipeline.measures.served import Measures, serving
from pipeline.parts.pulse import Pulse
from pipeline.trays.standing import Days
from pipeline.trays.tidy import tidy


def read(text):
    """Return each sample by name and labels."""
    return {
        (one.name.removeprefix(PREFIX), tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text.decode())
        for one in family.samples
    }


@pytest.fixture
def busy(office, judged, proposed, calendars, policy):
    """Return an office with two judged cases, one of them late, and a drop that has no end yet."""
    judged()
    judged(change=proposed("cure"), resolve_by=dt.date(2026, 3, 13))
    office.drop("otra.pdf", b"%PDF-1.7 otra")
    office.take(after=10)
    tidy(office.store, Days(office.now().date(), policy, calendars))
    with time_machine.travel(office.now(), tick=False):
        yield office


def test_the_measures_tell_the_record(busy):
    """What came, what lies open, what is late, who lives: as a person counts it."""
    with Pulse(busy.store, "worker"):
        found = read(Measures(busy.store, busy.settings).text())

    assert found["cases_today", (("office", "CEU01"), ("outcome", "received"))] == 2
    assert found["cases_total", (("office", "CEU01"), ("outcome", "received"))] == 2
    assert found["cases_open", (("office", "CEU01"), ("tray", "approve"))] == 1
    assert found["deadlines", (("left", "late"), ("office", "CEU01"))] == 1
    assert found["deadline_days_left", (("office", "CEU01"),)] == -1
    assert found["drops_waiting", (("office", "CEU01"), ("state", "waiting"))] == 1
    assert found["parts", (("part", "worker"), ("state", "alive"))] == 1
    assert found["ready", (("check", "record"),)] == 1
    assert found["ready", (("check", "folders"),)] == 1
    assert found["stage_seconds_bucket", (("le", "+Inf"), ("stage", "judged"))] == 2
    assert found["stage_seconds_gcount", (("stage", "judged"),)] == 2


def test_every_measure_is_one_of_the_list_with_its_labels(busy):
    """What is told is what docs, board and rules know."""
    found = read(Measures(busy.store, busy.settings).text())
    labels = {name: {key for key, _ in given if key != "le"} for name, given in found}
    ends = ("_bucket", "_gcount", "_gsum")
    named = {
        name: name if name in MEASURES else name.removesuffix(next(e for e in ends if name.endswith(e)))
        for name in labels
    }

    assert {named[name]: labels[name] for name in labels}.items() <= {
        name: set(told.labels) for name, told in MEASURES.items()
    }.items()
    away = {"cases_halted", "pages_today", "audit_head_age_seconds", "backup_age_seconds", "cases_in_hand"}
    assert set(MEASURES) - set(named.values()) <= away


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_record_that_is_away_leaves_the_rest(busy):
    """Whoever watches learns which check fails, not that there is nothing to watch."""
    measures = Measures(busy.store, busy.settings)
    shutil.move(
        busy.settings.storage.database.removeprefix("sqlite:///"), busy.home.parent.parent / "away.db"
    )

    found = read(measures.text())

    assert found["ready", (("check", "record"),)] == 0
    assert found["ready", (("check", "room"),)] == 1
    assert ("disk_free_bytes", ()) in found


def test_what_was_counted_is_told_again_for_a_while(busy, judged):
    """However many ask, the record is counted once in those seconds."""
    seconds = [0.0]
    measures = Measures(busy.store, busy.settings, clock=lambda: seconds[0])

    first = measures.text()
    busy.drop("nueva.pdf", b"%PDF-1.7 nueva")
    busy.take()
    seconds[0] = busy.settings.metrics.seconds

    assert measures.text() == first


def test_they_are_served_on_a_port_of_their_own(busy):
    """At /metrics, and nothing else is there."""
    chosen = replace(busy.settings, metrics=Metrics(port=0))

    with serving(busy.store, chosen) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            found, kind = read(answer.read()), answer.headers["Content-Type"]
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)

    assert kind.startswith("text/plain; version=0.0.4")
    assert ("release_info", (("release", "0.1.0"),)) in found
