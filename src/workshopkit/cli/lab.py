"""``workshopkit lab``: JupyterLab on the notebooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from workshopkit.cli import store_option
from workshopkit.i18n import translator
from workshopkit.run.workshop import notebooks_folder

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run() -> int:
        folder = notebooks_folder(Path(store_option.DEFAULT).parent)
        click.echo(t("JupyterLab opens on {folder}. Stop with Ctrl-C.", folder=folder))
        call = [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={folder}",
            f"--LabApp.default_url=/lab/tree/{lang}/00-prepare.ipynb",
        ]
        try:
            return subprocess.run(call, check=False).returncode
        except KeyboardInterrupt:
            return 0

    return click.Command("lab", callback=run, help=t("Opens JupyterLab on the notebooks."))
