"""Call the command line in this process, and hear what it says."""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from workshopkit.cli import main
from workshopkit.store import open_store

NOBODY = 65534
COMMAND = str(Path(sys.executable).with_name("workshopkit"))  # as it was installed


@dataclass
class Said:
    """What a call said, and its exit code."""

    code: int
    out: str
    err: str

    def is_one_clear_line(self):
        """Tell whether bad input was answered as it should be."""
        assert "Traceback" not in self.out + self.err
        assert self.code == 2, (self.code, self.out, self.err)
        assert self.err.endswith("\n")
        assert len(self.err.splitlines()) == 1, self.err
        assert self.err.strip()
        return True


def call(*arguments, lang=None, typed="", encoding="utf-8"):
    """Call ``workshopkit``; ``typed`` is what comes from the keyboard, None for no keyboard at all."""
    given = [*(["--lang", lang] if lang else []), *map(str, arguments)]
    keyboard = None if typed is None else io.StringIO(typed)
    with heard(encoding) as said, patch.object(sys, "stdin", keyboard):
        try:
            main(given)
        except SystemExit as end:
            said.code = end.code
    return said


@contextmanager
def heard(encoding="utf-8"):
    """Hear what is said in the block, on a terminal with an encoding."""
    said = Said(0, "", "")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        yield said
    for stream in (out, err):
        stream.flush()
    # Click takes a terminal that claims to know plain letters alone for one that says too little, and writes UTF-8.
    known = "utf-8" if encoding == "ascii" else encoding
    said.out, said.err = (stream.buffer.getvalue().decode(known) for stream in (out, err))


def workshops(db):
    """Give the workshops in a store."""
    with closing(open_store(str(db), create=False)) as store:
        return store.workshops()


@contextmanager
def as_somebody_without_rights():
    """Be an ordinary user, where the tests run as root; root may write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
