"""Start the demo as README says, join by the printed address, see the line on the wall, stop it with Ctrl-C.

Run by ``.ci/run`` with the path of the installed ``workshopkit`` command; not a pytest module, since it tests another
environment's installation.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile

import psutil
from playwright.sync_api import expect, sync_playwright

from conftest import CHROMIUM

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main(command: str) -> None:
    folder = tempfile.mkdtemp()
    demo = subprocess.Popen(
        [command, "--lang", "nl", "demo", "--fast"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines: list[str] = []
    try:
        assert demo.stdout is not None
        for line in demo.stdout:
            lines.append(line)
            if line.startswith("Klaar:"):
                break
        said = "".join(lines)
        assert "Klaar:" in said, said
        see(
            *(
                re.search(rf"^{label}[^\n]*?(http\S+)", said, re.MULTILINE)[1]
                for label in ("Regiescherm", "Grote", "Telefoons")
            )
        )
        before = psutil.Process(demo.pid).children(recursive=True)
        ports = {int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", said)}
    finally:
        os.kill(demo.pid, signal.SIGINT)
        code = demo.wait(30)
    assert code == 0, f"exit code {code}"
    _, left = psutil.wait_procs(before, timeout=10)
    assert not left, f"processes left: {left}"
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, f"port {port} is still open"
    print(
        f"the demo started, showed a line and left nothing of {len(before)} processes and {len(ports)} ports"
    )


def see(cockpit_url: str, wall_url: str, join_url: str) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        phone, cockpit, wall = (chromium.new_context(locale="nl-NL").new_page() for _ in range(3))
        cockpit.goto(cockpit_url)
        wall.goto(wall_url)
        phone.goto(join_url)
        phone.get_by_role("button", name=re.compile("^Balie")).click()
        cockpit.get_by_role("button", name="De lijnen").click()
        expect(phone.get_by_text("Aan wie hebben jullie dit zelf verteld?")).to_be_visible(timeout=15_000)
        phone.get_by_role("button", name="Klantcontactcentrum").click()
        phone.get_by_role("button", name="Dit is iedereen").click()
        phone.get_by_role("button", name="Niemand").click()
        cockpit.get_by_role("button", name="Toon de kaart").click()
        row = wall.locator("tr", has_text="Balie").filter(has_text="Klantcontactcentrum").first
        wall.get_by_text("Hetzelfde als lijst").click(timeout=15_000)
        expect(row).to_be_visible(timeout=15_000)
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1])
