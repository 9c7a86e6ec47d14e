"""What may pass between a page and its kernel: messages of widgets, in moderation."""

from __future__ import annotations

import json
import time
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from voila.tornado.kernel_websocket_handler import (
    VoilaKernelWebsocketHandler,
    read_header_from_binary_message,
)

__all__ = ["ALLOWED", "LARGEST_FRAME", "DoorChannels", "DoorConnection"]

ALLOWED = frozenset({"comm_msg", "comm_close", "comm_open", "comm_info_request", "kernel_info_request"})
_LARGEST = 256 * 1024
LARGEST_FRAME = 2 * _LARGEST  # what is read at all
_A_SECOND = 40
_BURST = 200


class DoorConnection(ZMQChannelsWebsocketConnection):
    """Pass on what a page may say to its kernel, and drop the rest."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._left = float(_BURST)
        self._since = time.monotonic()

    def connect(self) -> Any:
        self.multi_kernel_manager.opened(self.kernel_id, self.websocket_handler)
        return super().connect()

    def handle_incoming_message(self, incoming_msg: str) -> None:
        if len(incoming_msg) > _LARGEST or not self._in_time():
            self.websocket_handler.close(1009, "too much")
            return
        try:
            allowed = self._allowed(incoming_msg)
        except (ValueError, KeyError, IndexError, TypeError, UnicodeDecodeError):
            allowed = False
        if allowed:
            super().handle_incoming_message(incoming_msg)

    def _allowed(self, message: str | bytes) -> bool:
        if isinstance(message, bytes):
            header = read_header_from_binary_message(message)
            content = _content(message)
        else:
            whole = json.loads(message)
            header, content = whole["header"], whole.get("content", {})
        kind = (header or {}).get("msg_type")
        if kind == "comm_open":
            return bool(content.get("target_name") == "jupyter.widget.control")
        return kind in ALLOWED

    def _in_time(self) -> bool:
        """Let bursts through, and a steady stream up to a limit."""
        now = time.monotonic()
        self._left = min(_BURST, self._left + (now - self._since) * _A_SECOND)
        self._since = now
        self._left -= 1
        return self._left > 0


class DoorChannels(VoilaKernelWebsocketHandler):
    """The websocket of a page."""

    @property
    def max_message_size(self) -> int:
        """The largest frame that is read at all."""
        return LARGEST_FRAME

    async def open(self, kernel_id: str) -> None:
        """Send each message at once: held together, a small one waits 40 ms until the one before is acknowledged."""
        self.set_nodelay(True)
        await super().open(kernel_id)


def _content(message: bytes) -> dict[str, Any]:
    count = int.from_bytes(message[:8], "little")
    offsets = [int.from_bytes(message[8 * (i + 1) : 8 * (i + 2)], "little") for i in range(count)]
    found = json.loads(message[offsets[4] : offsets[5]])
    return found if isinstance(found, dict) else {}
