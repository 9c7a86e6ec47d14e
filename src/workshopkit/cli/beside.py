"""``python -m workshopkit.cli.beside``: the demo under an address of a Jupyter Server; its extension starts this."""

from __future__ import annotations

import argparse
from pathlib import Path

from workshopkit.cli import demo
from workshopkit.i18n import LANGUAGES, translator
from workshopkit.server.learner import PORT_FILE

__all__ = ["main"]


def main(argv: list[str] | None = None) -> None:
    """Run it until the server ends."""
    parser = argparse.ArgumentParser(prog="workshopkit.cli.beside")
    parser.add_argument("--lang", choices=LANGUAGES, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--public-url", required=True)
    given = parser.parse_args(argv)
    given.folder.mkdir(parents=True, exist_ok=True)  # somebody may have tidied up the temporary files

    def tell(port: int) -> None:
        written = given.folder / f"{PORT_FILE}.new"
        written.write_text(str(port), encoding="ascii")
        written.replace(given.folder / PORT_FILE)

    demo.start(
        translator(given.lang),
        given.folder,
        port=given.port,
        fast=True,
        base_url=given.base_url,
        public_url=given.public_url,
        on_port=tell,
    )


if __name__ == "__main__":
    main()
