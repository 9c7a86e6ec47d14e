"""A process for the supervisor's tests: ``supervised_child.py FOLDER [deaf] [polite] [parent] [leaver]``.

It tells that it is there by a file with its number in the folder. A deaf one ignores the word to end, a polite one
notes it; a parent starts a deaf one of its own, and a leaver does too, but ends itself at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def main(folder: Path, *ways: str) -> None:
    if "deaf" in ways:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "polite" in ways:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit((folder / "heard").touch()))
    if {"parent", "leaver"} & set(ways):
        subprocess.Popen([sys.executable, __file__, folder, "deaf"])
    (folder / str(os.getpid())).touch()
    if "leaver" not in ways:
        time.sleep(600)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
