"""Jupyter kernel provisioners that claim kernels which stand ready."""

from __future__ import annotations

from typing import Any, cast

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from workshopkit.kernels.client import WarmClient
from workshopkit.kernels.pool import Pool
from workshopkit.kernels.process import Process, Source

__all__ = ["PoolProvisioner", "WarmProvisioner", "source"]


def source(name: str) -> Source:
    """Give where the kernels of a provisioner, by its name, come from."""
    return Pool.current() if name == "workshopkit-pool" else WarmClient.current()


class WarmProvisioner(KernelProvisionerBase):
    """Claim a kernel that was forked ahead.

    The first start takes a spare kernel with addresses of its own, which `launch_kernel` gives back to the kernel
    manager; a restart starts one with the addresses that the manager's clients already know.

    Attributes
    ----------
    displays
        What the cells that came with the start displayed, a MIME bundle each.
    error
        The first fault in these cells.
    """

    process: Process | None = None
    pid: int | None = None
    displays: tuple[dict[str, Any], ...] = ()
    error: str | None = None

    def _source(self) -> Source:
        return WarmClient.current()

    @property
    def has_process(self) -> bool:
        return self.process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ARG002 - nothing is executed
        known = {
            key: value.decode() if isinstance(value, bytes) else value
            for key, value in self.connection_info.items()
        }
        self.process, answer = await self._source().claim(
            env=kwargs.get("env") or {},
            cwd=kwargs.get("cwd"),
            cells=kwargs.get("cells") or [],
            connection=known or None,
        )
        self.pid = self.process.pid
        self.displays, self.error = tuple(answer["displays"]), answer["error"]
        connection = answer["connection"]
        self.connection_info = cast("Any", {**connection, "key": connection["key"].encode()})
        return self.connection_info

    async def poll(self) -> int | None:
        return self.process.code if self.process else 0

    async def wait(self) -> int | None:
        if self.process is None:
            return 0
        await self.process.ended.wait()
        code, self.process = self.process.code, None
        return code

    async def send_signal(self, signum: int) -> None:
        if self.process is not None:
            self.process.signal(signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002 - the base's form
        await self.send_signal(9)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002 - the base's form
        await self.send_signal(15)

    async def cleanup(self, restart: bool = False) -> None:
        if not restart:
            self.connection_info = {}


class PoolProvisioner(WarmProvisioner):
    """Claim a kernel from the pool of plain processes, where there is no fork."""

    def _source(self) -> Source:
        return Pool.current()
