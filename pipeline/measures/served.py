"""The measures on a port of their own, in the text that Prometheus reads.

What was counted is told again for some seconds, so that it costs the same however often it is asked for. A
record that does not answer leaves its measures out and `ventanilla_ready` says so: the rest is told.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from typing import ClassVar
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily, Metric

from pipeline.calendars import at_hand
from pipeline.errors import EnvironmentFault
from pipeline.intake.room import free
from pipeline.logs.plainly import kind
from pipeline.measures.counted import Sample, figures, judged, living, running
from pipeline.measures.names import BUCKETS, MEASURES, PREFIX
from pipeline.parts.pulse import seen
from pipeline.parts.readiness import Readiness, questions
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars

TYPE = "text/plain; version=0.0.4; charset=utf-8"
LINE_SECONDS = 10.0
"""How long whoever asks may leave a line open."""


class Measures:
    """The measures of a record; any number of threads may ask."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._zone = ZoneInfo(settings.letters.zone)
        self._ready = Readiness(questions(store, settings), settings.health.seconds)
        self._calendars: Calendars = at_hand(settings.calendars)
        self._lock = threading.Lock()
        self._told: tuple[float, bytes] = (float("-inf"), b"")

    def text(self) -> bytes:
        """Return all measures, counted anew unless they are fresh."""
        with self._lock:
            if self._clock() - self._told[0] > self._settings.metrics.seconds:
                registry = CollectorRegistry()
                registry.register(self)
                self._told = self._clock(), generate_latest(registry)
            return self._told[1]

    def collect(self) -> Iterator[Metric]:
        """Yield the measures as prometheus-client wants them."""
        began, now = time.process_time(), dt.datetime.now(self._zone)
        samples, spans = self._local(), list[float]()
        try:
            samples += living(seen(self._store, now))
            with self._store.read() as connection:
                samples += [*figures(connection, self._calendars, now), *running(connection, now)]
                spans = judged(connection, now)
        except EnvironmentFault:
            pass  # the check of the record says so
        samples.append(Sample("collected_seconds", time.process_time() - began))
        yield from _gauges(samples)
        yield _histogram(spans)

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: names are not asked for before the first look."""
        return iter(())

    def _local(self) -> list[Sample]:
        """Return what this machine knows without the record."""
        found = [Sample("ready", one.well, (one.name,)) for one in self._ready()]
        storage = self._settings.storage
        found.append(Sample("disk_reserve_bytes", storage.reserve))
        with suppress(OSError):  # the check of the room says so
            found.append(Sample("disk_free_bytes", free(storage)))
        return found


def _gauges(samples: list[Sample]) -> Iterator[Metric]:
    """Yield the families of all gauges that have a sample."""
    for name, told in MEASURES.items():
        mine = [one for one in samples if one.name == name]
        if told.kind == "gauge" and mine:
            family = GaugeMetricFamily(PREFIX + name, told.help, labels=told.labels)
            for one in mine:
                family.add_metric(one.labels, one.value)
            yield family


def _histogram(spans: list[float]) -> Metric:
    """Return how long the cases of the last hour took."""
    told = MEASURES["stage_seconds"]
    counts = [0] * (len(BUCKETS) + 1)
    for one in spans:
        counts[bisect_left(BUCKETS, one)] += 1
    names = [*map(str, map(float, BUCKETS)), "+Inf"]
    family = GaugeHistogramMetricFamily(f"{PREFIX}stage_seconds", told.help, labels=told.labels)
    family.add_metric(("judged",), list(zip(names, accumulate(counts), strict=True)), sum(spans))
    return family


class _Asked(BaseHTTPRequestHandler):
    """One who asks: only `/metrics` is there."""

    timeout = LINE_SECONDS
    measures: ClassVar[Measures]
    server_version, sys_version = "ventanilla", ""

    def do_GET(self) -> None:
        """Answer with the measures."""
        there = self.path.partition("?")[0] == "/metrics"
        try:
            body = self.measures.text() if there else b"/metrics\n"
            status = 200 if there else 404
        except Exception as error:  # noqa: BLE001 - the last seam: its text may hold what the record says
            body, status = f"{kind(error)}\n".encode(), 500
        self.send_response(status)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing of who asks: an address would fill the log every few seconds."""
        del format, args


@contextmanager
def serving(store: Store, settings: Settings) -> Iterator[int]:
    """Serve the measures from a thread until the end, and give the port."""
    chosen = settings.metrics
    asked = type("Asked", (_Asked,), {"measures": Measures(store, settings)})
    try:
        server = ThreadingHTTPServer((chosen.host, chosen.port), asked)
    except OSError as error:
        what = f"metrics.port: no se puede abrir {chosen.host}:{chosen.port} ({kind(error)})"
        raise EnvironmentFault(what, "Elija otro puerto, o pare el programa que lo tiene.") from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
