"""Keep ``nl.po`` in step with the sources: ``python -m workshopkit.i18n.extract`` (for contributors).

A message is marked by ``N_``, ``t`` or ``t.n`` in Python, and by ``t`` or ``tn`` in JavaScript.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

__all__ = ["faults", "messages", "update"]

# The sources of a checkout: the installed package comes without those of the front end.
_CHECKOUT = Path.cwd() / "src" / "workshopkit"
_PACKAGE = _CHECKOUT if _CHECKOUT.is_dir() else Path(__file__).resolve().parents[1]
_CATALOGUE = _PACKAGE / "i18n" / "nl.po"
_KEYWORDS = {"N_": None, "t": None, "n": (1, 2), "tn": (1, 2)}
_HEADER = "# The Dutch of workshopkit. Message ids are the English sentences.\n"


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(_PACKAGE.rglob("*")):
        parts = path.relative_to(_PACKAGE).parts
        if "node_modules" in parts:
            continue
        if path.suffix == ".py" and path.name != "extract.py":
            yield path, "python"
        elif path.suffix in {".html", ".j2"} and parts[0] in {"case", "report", "server"}:
            yield path, "jinja2.ext:babel_extract"
        elif path.suffix in {".js", ".jsx"} and parts[:2] == ("frontend", "src"):
            yield path, "javascript"


def messages() -> Catalog:
    """Collect every marked message of the sources, with the files it stands in."""
    found = Catalog(locale="nl", charset="utf-8", header_comment=_HEADER, fuzzy=False)
    for path, method in _sources():
        options = {"jsx": "true", "template_string": "false"} if method == "javascript" else {}
        with path.open("rb") as file:
            for _, message, comments, context in extract(method, file, _KEYWORDS, options=options):
                name = path.relative_to(_PACKAGE).as_posix()
                found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def update(*extra: Path) -> str:
    """Give the text of ``nl.po`` brought up to date, with translations also taken from other files."""
    fresh = messages()
    for source in (_CATALOGUE, *extra):
        if not source.is_file():
            continue
        with source.open("rb") as file:
            for old in read_po(file, locale="nl"):
                here = fresh.get(old.id[0] if isinstance(old.id, tuple) else old.id) if old.id else None
                if here is not None and any(old.string or ()) and not any(here.string or ()):
                    here.string = old.string
    out = io.BytesIO()
    write_po(out, fresh, width=110, sort_output=True, omit_header=False, include_lineno=False)
    keep = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Generated-By",
        "Project-Id",
        "Report-",
        "Language-Team",
    )
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{word}' for word in keep)))


def faults() -> list[str]:
    """List the messages that lack their Dutch, and those in the catalogue that nothing uses."""
    wanted = {_key(message.id) for message in messages() if message.id}
    with _CATALOGUE.open("rb") as file:
        known = {_key(message.id): message for message in read_po(file, locale="nl") if message.id}
    lacking = {
        key
        for key, message in known.items()
        if not all([message.string] if isinstance(message.string, str) else message.string or [""])
    }
    return sorted(
        [f"no Dutch for: {key}" for key in (wanted - set(known)) | (lacking & wanted)]
        + [f"nothing uses: {key}" for key in set(known) - wanted]
    )


def _key(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


if __name__ == "__main__":
    _CATALOGUE.write_text(update(*map(Path, sys.argv[1:])), encoding="utf-8")
    for fault in faults():
        print(fault)  # noqa: T201 - a contributor's command
