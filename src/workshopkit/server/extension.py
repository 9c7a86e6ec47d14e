"""The extension of a Jupyter Server: a workshop of one's own under ``…/workshop/``, where only that server is reached.

On Binder and JupyterHub nothing but the server's own port can be reached, so pages, forms and websockets of the door go
through it. Two halves: a workshop begins for who holds the server's token or its login cookie, and nobody else; what its
door then serves is public, as the door is in a room, and the door decides who gets in. Nothing else of the server is.
"""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp

from workshopkit.server.learn import (
    AssetHandler,
    CockpitHandler,
    LearnerHandler,
    LearnHandler,
    NotebooksHandler,
)
from workshopkit.server.learner import Learner
from workshopkit.server.proxy import DoorPages
from workshopkit.server.proxy_socket import DoorSocket

__all__ = ["WorkshopExtension"]


class WorkshopExtension(ExtensionApp):
    """The workshop's addresses in a Jupyter Server; what runs for them ends with the server."""

    name = "workshopkit"

    def initialize_handlers(self) -> None:
        assert self.serverapp is not None  # noqa: S101 - linked before this is called
        self.learner = learner = Learner(self.serverapp.base_url)
        door = {"origin": lambda: learner.origin}
        self.handlers.extend(
            [
                (r"workshop/cockpit-link", CockpitHandler),
                (r"workshop/learn/?", LearnHandler, {"learner": learner}),
                (r"workshop/learn/(cockpit|wall|phone)", LearnerHandler, {"learner": learner}),
                (r"workshop/learn/notebooks", NotebooksHandler),
                (r"workshop/static/(.*)", AssetHandler),
                (r"workshop/api/kernels/[^/]+/channels", DoorSocket, door),
                (r"workshop/.*", DoorPages, door),
            ]
        )

    async def stop_extension(self) -> None:
        await self.learner.end()


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    return [{"module": __name__, "app": WorkshopExtension}]
