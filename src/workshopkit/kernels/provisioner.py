"""A Jupyter kernel provisioner that takes its kernels from the warm parent."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any, cast

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from workshopkit.kernels.client import Process, WarmClient

__all__ = ["WarmProvisioner"]


class WarmProvisioner(KernelProvisionerBase):
    """Claim a kernel that was forked ahead.

    The first start takes a spare kernel with addresses of its own, which `launch_kernel` gives back to the kernel
    manager; a restart forks one with the addresses that the manager's clients already know.
    """

    process: Process | None = None
    pid: int | None = None
    displays: tuple[dict[str, Any], ...] = ()
    error: str | None = None

    @property
    def has_process(self) -> bool:
        return self.process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ARG002 - nothing is executed
        known = dict(self.connection_info) or None
        self.process, answer = await WarmClient.current().claim(
            env=kwargs.get("env") or {},
            cwd=kwargs.get("cwd"),
            cells=kwargs.get("cells") or [],
            connection=known and _plain(known),
        )
        self.pid = self.process.pid
        self.displays, self.error = tuple(answer["displays"]), answer["error"]
        self.connection_info = cast(
            "Any", {**answer["connection"], "key": answer["connection"]["key"].encode()}
        )
        return self.connection_info

    async def poll(self) -> int | None:
        if self.process is None:
            return 0
        return self.process.code

    async def wait(self) -> int | None:
        if self.process is None:
            return 0
        await self.process.ended.wait()
        code, self.process = self.process.code, None
        return code

    async def send_signal(self, signum: int) -> None:
        if self.process is None or self.process.code is not None:
            return
        try:
            if signum == signal.SIGINT:
                os.kill(self.process.pid, signum)
            else:
                os.killpg(self.process.pid, signum)
        except ProcessLookupError:
            await asyncio.sleep(0)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002 - the base's form
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002 - the base's form
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        if not restart:
            self.connection_info = {}


def _plain(info: dict[str, Any]) -> dict[str, Any]:
    """Write the key as text, as a connection file does."""
    return {key: value.decode() if isinstance(value, bytes) else value for key, value in info.items()}
