"""The workshop of one learner: simulated colleagues in a process of its own that ends with the server, however it ends."""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from pathlib import Path

from workshopkit.errors import StoreError
from workshopkit.run.net import free_port
from workshopkit.run.supervisor import Child, Supervisor
from workshopkit.run.workshop import healthy_now
from workshopkit.store import Store, Workshop, open_store

__all__ = ["LINK_S", "PORT_FILE", "Learner"]

LINK_S = 12 * 3600.0
PORT_FILE = "port"  # where the workshop says in its folder on which port its door is now
_LONG_S = 120.0
_THE_SERVERS = ("JUPYTER", "JPY")  # tokens of server and hub among them: of no use to a workshop
_SHORT = 40  # sockets lie deeper in the folder, and the path of one may not be longer than about 100


class Learner:
    """A workshop that starts when it is first asked for.

    Parameters
    ----------
    base_url
        Where the server in front has its root, with a slash at the end.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = f"{base_url}workshop/"
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._supervisor: Supervisor | None = None
        self._store: Store | None = None
        self._port = 0
        self._since = 0.0

    def start(self, lang: str, server: str) -> None:
        """Start it, once.

        Parameters
        ----------
        lang
            The language of the workshop.
        server
            The server in front, as the learner's browser has it, such as ``https://hub.example.org``.
        """
        if self._supervisor is not None:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="wk-", ignore_cleanup_errors=True)
        # The port lies anywhere in a wide range, below those that systems give to connections on their way out: on a
        # machine with many users each finds a free one at once.
        self._port = free_port(20_000 + secrets.randbelow(12_000), "127.0.0.1")
        command = [
            *(sys.executable, "-m", "workshopkit.cli.beside"),
            *("--lang", lang, "--folder", self._folder.name, "--port", str(self._port)),
            *("--base-url", self.base_url, "--public-url", server + self.base_url.rstrip("/")),
        ]
        self._since = time.monotonic()
        inside = {"TMPDIR": self._folder.name} if len(self._folder.name) <= _SHORT else {}
        self._supervisor = Supervisor([Child("learner", command, env=inside, without=_THE_SERVERS)])
        self._supervisor.start()

    async def end(self) -> None:
        """End the workshop and remove all that it kept."""
        if self._supervisor is not None:
            await self._supervisor.end()
        if self._store is not None:
            self._store.close()
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def origin(self) -> str | None:
        """Where the door listens; None if the workshop has not been started."""
        if self._supervisor is None or self._folder is None:
            return None
        try:  # somebody else may have taken the port, at the start or before one that came later
            port = int((Path(self._folder.name) / PORT_FILE).read_text(encoding="ascii"))
        except (OSError, ValueError):
            port = self._port
        return f"http://127.0.0.1:{port}"

    @property
    def is_late(self) -> bool:
        """Whether it should have been ready by now."""
        return time.monotonic() - self._since > _LONG_S

    async def is_ready(self) -> bool:
        """Tell whether the door answers, with a workshop behind it."""
        return (
            self.origin is not None
            and await healthy_now(self.origin + self.base_url.rstrip("/"))
            and self._workshop() is not None
        )

    def link(self, page: str) -> str | None:
        """Give the way to a page, one that works once for cockpit and wall; None while there is no workshop."""
        workshop = self._workshop()
        if workshop is None or self._store is None:
            return None
        if page == "phone":
            return f"{self.base_url}j/{workshop.code}"
        token = self._store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=LINK_S)
        return f"{self.base_url}enter/{token}?page={page}"

    def _workshop(self) -> Workshop | None:
        if self._folder is None:
            return None
        try:
            self._store = self._store or open_store(str(Path(self._folder.name) / "demo.db"), create=False)
            return next(iter(self._store.workshops()), None)
        except StoreError:
            return None
