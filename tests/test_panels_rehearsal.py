"""What is played before the kernels are forked leaves nothing open behind it."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, threading
import psutil
from workshopkit.kernels import spare

spare.preload(spare.PRELOAD)
spare.warm_up()
import ipywidgets
from workshopkit.panels.widget import LivePage

assert "workshopkit.panels.rehearsal" in sys.modules, "it was not played"
assert threading.enumerate() == [threading.main_thread()]
assert [file.path for file in psutil.Process().open_files() if ".db" in file.path] == []
assert [one for one in ipywidgets.widgets.widget._instances.values() if isinstance(one, LivePage)] == []
"""


def test_the_rehearsal_leaves_no_thread_no_store_and_no_page():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
