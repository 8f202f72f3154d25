"""Run again, one at a time, the few tests that just failed beside others; see docs/adr/045."""

import json
import subprocess
import sys
from pathlib import Path

FEW = 3
"""More than these are no accident of a busy machine."""


def failed(cache):
    """Return the tests that the last run left failed."""
    kept = cache / "v" / "cache" / "lastfailed"
    return sorted(json.loads(kept.read_text())) if kept.exists() else []


def look_again(names, root):
    """Run the first few of *names* without company; return 1 unless there are no more and all pass."""
    looked_at = names[:FEW]
    if not looked_at:
        return 1
    code = subprocess.call([sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *looked_at], cwd=root)
    if len(names) > FEW:
        return 1
    for name in names if code == 0 else ():
        sys.stdout.write(f"UNSTABLE {name}: failed beside others, passed alone. A defect to be looked at.\n")
    return code


if __name__ == "__main__":
    root = Path(__file__).parents[1]
    raise SystemExit(look_again(failed(root / ".pytest_cache"), root))
