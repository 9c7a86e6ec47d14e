"""Fixtures that all tests share."""

from __future__ import annotations

import os
import shutil

import pytest

pytest_plugins = ["visitor"]

# The one without windows first: the others now and then stop drawing a page for good.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    """Skip browser tests where there is no browser, and say how to get it; CI may not skip them."""
    if CHROMIUM or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="no Chromium here: apt-get install chromium-headless-shell")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="module")  # its event loop must not live on beside those of asynchronous tests
def browser():
    """Give Debian's Chromium, with the way out to the internet shut."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP workshop.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def room(tmp_path):
    """Give a running room of one's own."""
    from room import running_room

    with running_room(tmp_path) as running:
        yield running


@pytest.fixture
def walk(browser, room):
    """Give somebody who goes along the screens of a room, in Dutch."""
    from screens import Walk

    walking = Walk(browser, room, "nl")
    yield walking
    walking.close()
