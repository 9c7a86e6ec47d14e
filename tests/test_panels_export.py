"""The cockpit hands over report and data at any moment."""

from __future__ import annotations

import base64
import io
import zipfile

from test_panels_live import room  # noqa: F401 - the fixture
from workshopkit.panels.cockpit import Cockpit
from workshopkit.panels.wall import Wall


def test_the_cockpit_hands_over_report_and_data(room):  # noqa: F811
    cockpit = room.open(Cockpit)
    cockpit.say({"type": "export"})
    (file,) = cockpit.take("file")
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(file["base64"]))) as archive:
        assert archive.testzip() is None
        assert any(name.endswith(".html") for name in archive.namelist())


def test_nobody_else_gets_it(room):  # noqa: F811
    for page in (room.phone(), room.open(Wall)):
        page.say({"type": "export"})
        assert page.take("file") == []
