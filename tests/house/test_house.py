"""The house itself: what is installed, who owns which name, and what the repository may not say."""

import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[2]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
ROOMS = ("pipeline", "extractors", "validators", "flows", "desk")


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_no_package_is_older_than_its_security_floor(package, floor):
    """A locked environment that falls below a floor is refused here."""
    assert Version(importlib.metadata.version(package)) >= Version(floor)


@pytest.mark.parametrize("room", ROOMS)
def test_our_distribution_owns_the_five_names(room):
    """`validators` is also a package on the index: ours must be the one that is imported."""
    owners = importlib.metadata.packages_distributions()

    assert set(owners.get(room, [])) <= {"ventanilla"}
    assert (ROOT / room / "__init__.py").samefile(importlib.import_module(room).__file__)


def test_only_the_engine_room_imports_prefect():
    """`ventanilla process` must not pay two seconds for an engine it does not use."""
    code = "import sys, desk.cli.process, pipeline.steps; sys.exit('prefect' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)

    assert done.returncode == 0


def test_every_command_starts_without_what_others_need():
    """All commands are gathered at each start: none may bring the desk or the database along for the rest."""
    code = (
        "import sys, desk.cli.main as m; m.gather();"
        " sys.exit(bool({'sqlalchemy', 'starlette', 'prefect', 'PIL'} & {*sys.modules}))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)

    assert done.returncode == 0


def test_the_repository_names_no_place_outside_itself():
    """Every path that code or documents name lies inside the repository."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    texts = [ROOT / name for name in tracked if Path(name).suffix in {".py", ".md", ".toml", ".yaml", ""}]
    stray = re.compile(r"\.\./shared|/work/|\.library|/root/")

    found = [
        str(t)
        for t in texts
        if t != Path(__file__) and stray.search(t.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert found == []
