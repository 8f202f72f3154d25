"""What Prefect adds to a case: CPU in client and server, wall time, on SQLite.

    .venv/bin/python benchmarks/flow.py [--cases 40]

The peer is the same work without the engine, in the same process, right before. Targets: docs/engine.md.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flows.server import Server

TICK = os.sysconf("SC_CLK_TCK")


def server_cpu(server: Server) -> float:
    """Return the CPU seconds that the server's process has used."""
    process = server._process  # noqa: SLF001 - nobody else asks what the server costs
    if process is None:
        raise RuntimeError("the server has ended")
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def burn(seconds: float) -> None:
    """Use the processor for *seconds*."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def measure(run: Callable[[str], object], cases: int, server: Server) -> dict[str, float]:
    """Return milliseconds per case: wall, client CPU, server CPU (three more seconds for late writes)."""
    wall, client, serving = time.perf_counter(), time.process_time(), server_cpu(server)
    for number in range(cases):
        run(f"case{number:05d}")
    wall, client = time.perf_counter() - wall, time.process_time() - client
    time.sleep(3)
    idle = 0.03 * 3
    return {
        "wall": wall / cases * 1000,
        "client": client / cases * 1000,
        "server": max(server_cpu(server) - serving - idle, 0) / cases * 1000,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=40)
    count = options.parse_args().cases
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        with Server(Path(home), 4399) as server:
            server.wait()
            print(f"server ready on a new database   {time.perf_counter() - started:6.1f} s")
            os.environ.update(server.environment)
            table(server, count)


def table(server: Server, count: int) -> None:
    from flows.case import End, quiet_heartbeat, report_afterwards, run, visible

    def nothing(case_id: str) -> End:
        del case_id
        return End("review", "convenio_especial")

    def busy(case_id: str) -> End:
        burn(0.2)
        return nothing(case_id)

    idle, working = visible(nothing), visible(busy)
    with quiet_heartbeat():
        run(idle, "warm", "CEU01")
        rows = {
            "plain function, no work": measure(nothing, count, server),
            "one flow run, no work": measure(lambda i: run(idle, i, "CEU01"), count, server),
            "one call afterwards": measure(
                lambda i: report_afterwards(i, "CEU01", nothing(i)), count, server
            ),
            "plain function, 200 ms CPU": measure(busy, count // 4, server),
            "one flow run, 200 ms CPU": measure(lambda i: run(working, i, "CEU01"), count // 4, server),
        }
    print(f"\n{'per case':<30}{'wall ms':>9}{'client':>9}{'server':>9}{'CPU sum':>9}{'per s':>8}")
    for name, row in rows.items():
        total = row["client"] + row["server"]
        rate = 1000 / row["wall"] if row["wall"] > 0.01 else float("inf")
        print(
            f"{name:<30}{row['wall']:>9.1f}{row['client']:>9.1f}{row['server']:>9.1f}{total:>9.1f}{rate:>8.1f}"
        )
    engine = rows["one flow run, no work"]
    ratio = rows["one flow run, 200 ms CPU"]["wall"] / rows["plain function, 200 ms CPU"]["wall"]
    print(f"\nPrefect's cost of a case: {engine['client'] + engine['server']:.0f} ms CPU (target <= 200)")
    print(f"a case of 200 ms takes {ratio:.2f} times as long with the engine as without")


if __name__ == "__main__":
    main()
