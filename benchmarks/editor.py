"""Frames a second of the map editor while panning, dragging and tidying up: ``python benchmarks/editor.py``.

Counts the browser's own frames during each, with 5, 40 and 200 places (7, 90 and 600 lines), in headless Chromium without a
graphics card. The goal is 45 or more with 200 places.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from editor_page import drawn, opened, serving

MAPS = ((5, 7), (40, 90), (200, 600))

# The pointer moves once a frame, as the browser gathers its events; each frame's time is the time to the next one.
_COUNT = """async ({ from, steps, on }) => {
  const part = on === "map" ? document.querySelector(".we-map") : document.querySelector(on);
  const svg = document.querySelector(".we-map");
  const frame = () => new Promise(requestAnimationFrame);
  const send = (type, x, y) => (type === "pointerdown" ? part : svg).dispatchEvent(new PointerEvent(type,
    { bubbles: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0, clientX: x, clientY: y }));
  svg.setPointerCapture = () => {};
  send("pointerdown", from.x, from.y);
  await frame();
  const began = performance.now();
  for (let step = 1; step <= steps; step += 1) {
    send("pointermove", from.x + 90 * Math.sin(step / 15), from.y + 60 * Math.sin(step / 11));
    await frame();
  }
  const took = performance.now() - began;
  send("pointerup", from.x, from.y);
  await frame();
  return (1000 * steps) / took;
}"""

_TIDY = """async (name) => {
  const said = document.querySelector(".we-said");
  [...document.querySelectorAll(".we-bar button")].find((one) => one.textContent === name).click();
  const began = performance.now();
  let frames = 0;
  while (!said.textContent && frames < 2000) { await new Promise(requestAnimationFrame); frames += 1; }
  return (1000 * frames) / (performance.now() - began);
}"""


def main() -> None:
    """Print one row a map."""
    print(f"{'places':>8}{'lines':>8}{'pan':>8}{'drag':>8}{'tidy':>8}   frames a second")
    with serving() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for actors, lines in MAPS:
            context = chromium.new_context(viewport={"width": 1280, "height": 800})
            page = opened(context, address, drawing=drawn(actors, lines), lang="en")
            pan = page.evaluate(_COUNT, {"from": {"x": 60, "y": 250}, "steps": 120, "on": "map"})
            box = page.locator("[data-place=p1]").bounding_box()
            at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 8}
            drag = page.evaluate(_COUNT, {"from": at, "steps": 120, "on": "[data-place=p1]"})
            page.evaluate("document.querySelector('.we-said').textContent = ''")
            context.close()
            context = chromium.new_context(viewport={"width": 1280, "height": 800})
            page = opened(context, address, drawing=drawn(actors, lines), lang="en")
            tidy = page.evaluate(_TIDY, "Tidy up")
            print(f"{actors:>8}{lines:>8}{pan:>8.0f}{drag:>8.0f}{tidy:>8.0f}", flush=True)
            context.close()
        chromium.close()


if __name__ == "__main__":
    main()
