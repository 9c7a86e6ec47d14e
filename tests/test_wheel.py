"""What the wheel holds: all that a workshop needs, and nothing of the workbench."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        yield {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("here", "there", "pattern"),
    [
        ("notebooks", "workshopkit/share/notebooks", "**/*.ipynb"),
        ("data", "workshopkit/share/data", "**/*.*"),
        ("src/workshopkit", "workshopkit", "**/*.py"),
        ("src/workshopkit/static", "workshopkit/static", "*"),
        ("src/workshopkit/i18n", "workshopkit/i18n", "*.po"),
        ("src/workshopkit/server/pages", "workshopkit/server/pages", "*.html"),
        ("src/workshopkit/report/fonts", "workshopkit/report/fonts", "*"),
        ("src/workshopkit/report/templates", "workshopkit/report/templates", "*"),
    ],
)
def test_everything_that_runs_is_in_it(wheel, here, there, pattern):
    files = [
        path
        for path in (ROOT / here).glob(pattern)
        if path.is_file() and not {"frontend", "node_modules", ".ipynb_checkpoints"} & set(path.parts)
    ]
    assert files
    for path in files:
        assert wheel[f"{there}/{path.relative_to(ROOT / here).as_posix()}"] == path.read_bytes()


def test_licences_are_in_it(wheel):
    names = {name.rpartition("/")[2] for name in wheel}
    assert {"LICENSE", "LICENSE-TEXTS", "THIRD-PARTY.txt", "py.typed"} <= names


def test_the_workbench_is_not_in_it(wheel):
    for name in wheel:
        assert name.startswith(("workshopkit/", "workshopkit-")), name
        assert not {"frontend", "node_modules", "tests", "benchmarks", "__pycache__"} & set(
            name.split("/")
        ), name
        assert not name.endswith((".db", ".log", ".jsx")), name
