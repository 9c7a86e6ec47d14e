"""Visitors of Streamlit, as bots: they live in a process of its environment (``peers/streamlit_crowd.py``)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from environments import FOLDER

__all__ = ["StreamlitBot", "StreamlitCrowd", "streamlit_crowd"]


class StreamlitCrowd:
    """The process that the bots live in."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = count()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.process = psutil.Process(process.pid)

    def bot(self) -> StreamlitBot:
        """Give a new visitor."""
        return StreamlitBot(self, next(self._numbers))

    async def order(self, bot: int, do: str) -> dict[str, Any]:
        """Let a bot do something; gives its answer, or raises what went wrong."""
        assert self._process.stdin is not None
        self._answers[bot] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps({"bot": bot, "do": do}).encode() + b"\n")
        answer = await self._answers[bot]
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer

    async def listen(self) -> None:
        """Hand every answer to whoever waits for it, until the process ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            answer = json.loads(line)
            if not self._answers[answer["bot"]].done():
                self._answers[answer["bot"]].set_result(answer)
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the process of the bots ended"))


class StreamlitBot:
    """A bot at Streamlit."""

    def __init__(self, crowd: StreamlitCrowd, number: int) -> None:
        self._crowd = crowd
        self._number = number

    async def arrive(self) -> float:
        return float((await self._crowd.order(self._number, "arrive"))["seconds"])

    async def leave(self) -> None:
        with suppress(RuntimeError):
            await self._crowd.order(self._number, "leave")


@asynccontextmanager
async def streamlit_crowd(url: str, python: Path) -> AsyncIterator[StreamlitCrowd]:
    """Run the process of the bots until the block ends."""
    address = urlsplit(url)
    process = await asyncio.create_subprocess_exec(
        *(str(python), str(FOLDER / "streamlit_crowd.py"), str(address.hostname), str(address.port)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    crowd = StreamlitCrowd(process)
    listening = asyncio.create_task(crowd.listen())
    try:
        yield crowd
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        listening.cancel()
