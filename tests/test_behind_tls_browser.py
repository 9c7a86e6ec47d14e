"""The door behind a server that speaks https, as SECURITY.md says how: nothing of it goes over the air in the clear."""

from __future__ import annotations

import ssl
import subprocess

import pytest
from playwright.sync_api import expect

from proxy import Proxy
from room import HOST, running_room
from screens import WITHIN_MS
from workshopkit.run.net import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Give a certificate that was made for this test."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_a_phone_joins_answers_and_comes_back_over_https(browser, tls, tmp_path):
    port = free_port(18_943, "127.0.0.1")
    outside = f"https://{HOST}:{port}"
    with running_room(tmp_path, public_url=outside) as room, Proxy(room.port, port=port, tls=tls):
        context = browser.new_context(ignore_https_errors=True, locale="nl-NL")
        sockets, asked = [], []
        page = context.new_page()
        page.set_default_timeout(WITHIN_MS)
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{outside}/j/{room.workshop.code}")
        page.locator('.choice[value="front-desk"]').click()
        expect(page.locator("#app .seat")).to_be_visible()
        (cookie,) = [one for one in context.cookies() if one["name"] == "workshopkit-session"]
        assert cookie["secure"]
        assert cookie["httpOnly"]
        assert {url.split(":")[0] for url in asked} <= {"https", "data"}
        assert {url.split(":")[0] for url in sockets} == {"wss"}
        page.reload()
        expect(page.locator("#app .seat")).to_be_visible()
        page.goto(f"{outside}/me")
        page.locator("summary").click()
        page.get_by_role("button", name="Maak een code", exact=True).click()
        expect(page.get_by_text(f"{outside}/rejoin")).to_be_visible()
        context.close()
