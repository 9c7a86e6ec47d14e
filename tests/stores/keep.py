"""Keep a workshop as today's version stores it: ``python tests/stores/keep.py``, once after a change of the tables.

The files beside this one are what lies on people's disks. They are never changed afterwards.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from workshopkit import paths
from workshopkit.network.actors import Definition
from workshopkit.panels import demo
from workshopkit.room import definitions
from workshopkit.store.migrations import VERSION
from workshopkit.store.sql import SQLStore

SECRET = "a secret of the tests"
WORKSHOP, CODE, TEAM = "demo", "ABCD2345", "front-desk"
_THEN, _FAR = 1_780_000_000.0, 9e9


def keep(path: Path) -> str:
    """Store the demo workshop in a file; gives the file as SQL."""
    with closing(SQLStore(path, clock=lambda: _THEN).open()) as store:
        payload = definitions.read_file(paths.data() / "demo" / "nl.json")
        store.create_workshop(title=payload["title"], lang="nl", definition=payload, id=WORKSHOP, code=CODE)
        demo.fill(store, WORKSHOP, Definition.read(payload))
        store.set_meta("cookie_secret", "00" * 32)
    session = (
        hashlib.sha256(SECRET.encode()).hexdigest(),
        WORKSHOP,
        demo.colleague(TEAM),
        TEAM,
        "participant",
        "nl",
    )
    with closing(sqlite3.connect(path)) as file:
        file.execute(
            "insert into sessions (hash, workshop, participant, actor, role, lang) values (?, ?, ?, ?, ?, ?)",
            session,
        )
        file.execute("update workshops set expires = ?", (_FAR,))
        file.commit()
        return "".join(f"{line}\n" for line in file.iterdump())


if __name__ == "__main__":
    target = Path(__file__).with_name(f"v{VERSION}.sql")
    if target.exists():
        raise SystemExit(f"{target.name} is there already: it lies on people's disks as it is.")
    with tempfile.TemporaryDirectory() as folder:
        target.write_text(keep(Path(folder) / "kit.db"), encoding="utf-8")
