"""An extension of a Jupyter Server for tests: the server's own look at whether it is idle, more often than each minute."""

from __future__ import annotations

from tornado.ioloop import PeriodicCallback

EVERY_S = 0.5
_WORD = "looks whether it is idle"


def looks(running):
    """Count how often a server has looked, by its log."""
    return running.log.read_text(errors="replace").count(_WORD)


def _load_jupyter_server_extension(server):
    def look():
        server.log.warning(_WORD)
        server.shutdown_no_activity()

    PeriodicCallback(look, 1000 * EVERY_S).start()


def _jupyter_server_extension_points():
    return [{"module": __name__}]
