"""What Binder builds and starts, and the links that lead there."""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from pathlib import Path

import pytest

from cli_helpers import call
from workshopkit.cli.binder_link import links

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "*.db", "out", ".*_cache")


def test_the_links_lead_to_the_learners_page_and_to_the_notebooks():
    found = links("owner/repo", "a branch/with#signs", lang="en")
    place = "https://mybinder.org/v2/gh/owner/repo/a%20branch%2Fwith%23signs"
    assert found["learn"] == f"{place}?urlpath=workshop%2Flearn"
    assert found["lab"] == f"{place}?urlpath=lab%2Ftree%2Fnotebooks%2Fen%2F00-prepare.ipynb"
    assert found["badge"] == f"[![Binder](https://mybinder.org/badge_logo.svg)]({found['learn']})"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_command_prints_them(lang):
    said = call("binder-link", "owner/repo", lang=lang)
    assert said.code == 0
    assert all(link in said.out for link in links("owner/repo", lang=lang).values())


@pytest.mark.parametrize(
    "name", ["repo", "owner/", "/repo", "owner/re po", "https://github.com/owner/repo", "a/b/c"]
)
def test_what_is_no_repository_is_refused(name):
    assert call("binder-link", name, lang="nl").is_one_clear_line()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Give the repository as somebody would clone it."""
    target = tmp_path_factory.mktemp("binder") / "repo"
    shutil.copytree(ROOT, target, ignore=LEFT_OUT)
    return target


def python_of(folder):
    venv.create(folder, with_pip=True)
    return folder / "bin" / "python"


@pytest.mark.slow
def test_repo2docker_takes_the_repository(copy, tmp_path):
    python = python_of(tmp_path / "repo2docker")
    subprocess.run([python, "-m", "pip", "install", "-q", "jupyter-repo2docker", "setuptools"], check=True)
    done = subprocess.run(
        [python, "-m", "repo2docker", "--no-build", "--debug", copy],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    for file in ("binder/environment.yml", "binder/postBuild", "binder/start"):
        assert file in said


@pytest.mark.slow
def test_post_build_installs_the_kit_and_start_adds_its_word(copy, tmp_path):
    python = python_of(tmp_path / "pod")
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["bash", "binder/postBuild"], cwd=copy, env=env, check=True, capture_output=True)
    words = "import sys; print(sys.argv[1:])"
    said = subprocess.run(
        ["bash", "binder/start", python, "-c", words, "lab"],
        cwd=copy,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert said.strip() == repr(["lab", "--ServerApp.jpserver_extensions={'voila.server_extension': False}"])
    listed = subprocess.run(
        [python, "-m", "jupyter", "server", "extension", "list"], env=env, cwd=tmp_path, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert "workshopkit.server.extension" in listed.stdout + listed.stderr
