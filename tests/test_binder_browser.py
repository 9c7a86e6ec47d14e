"""A phone that comes in behind Binder's server: what it gets is all that it gets."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest
from playwright.sync_api import expect

from browser_helpers import LONG
from jupyter_helpers import TOKEN
from pod import HOME, HUBS, a_pod, first_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def pod(tmp_path_factory):
    """Give the pod and the code of its workshop; made before the browser, which keeps a loop of its own."""

    async def code(running):
        with closing(await running.ready()) as store:
            return first_of(store).code

    with a_pod(tmp_path_factory.mktemp("pod")) as running:
        yield running, asyncio.run(code(running))


def test_no_byte_that_a_phone_gets_has_the_servers_token(pod, visit):
    """Everything that comes over the line, unpacked: pages, files, headers, messages, and what the browser keeps."""
    pod, joining = pod
    phone = visit(lang="nl")
    came: list[str | bytes] = []
    replies = []

    def note(reply):
        replies.append(reply)

    def hear(frame):
        came.append(frame)

    def unpack():
        """Read what has come, before the browser forgets it with its page."""
        phone.page.wait_for_load_state("networkidle")
        for reply in replies:
            came.append(f"{reply.url} {reply.all_headers()}")
            if reply.status == 200:
                came.append(reply.body())
        count = len(replies)
        replies.clear()
        return count

    phone.page.on("response", note)
    phone.page.on("websocket", lambda socket: socket.on("framereceived", hear))
    phone.page.goto(f"{pod.home}/j/{joining}", timeout=LONG)
    count = unpack()
    phone.page.get_by_role("button", name="Balie").first.click()
    expect(phone.page.locator("html")).to_have_attribute("data-ready", "yes", timeout=LONG)
    count += unpack()
    for path in ("me", "case", "hello", "nowhere", "cockpit", "lead"):
        phone.page.goto(f"{pod.home}/{path}")
        count += unpack()
    came.append(
        phone.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    )
    came.append(str(phone.context.cookies()))
    text = [one.encode() if isinstance(one, str) else one for one in came]
    assert any(b'"comm_msg"' in one or b"update_states" in one for one in text), "messages were looked at"
    assert any(b"page-config" in one for one in text), "pages were looked at"
    assert count > 15
    for secret in (TOKEN, HUBS, "username-127"):
        assert [one[:200] for one in text if secret.encode() in one] == [], secret
    assert {cookie["path"] for cookie in phone.context.cookies()} == {HOME}
