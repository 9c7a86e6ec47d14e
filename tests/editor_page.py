"""The map editor on a page of its own: a stand-in for anywidget's model, and no kernel."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from workshopkit import paths

__all__ = ["EMPTY", "PAGE", "drawn", "opened", "serving"]

EMPTY = {"actors": [], "domains": [], "lines": [], "formal": []}

# The model keeps what was saved, so that a test can say how often and what.
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Kaart</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/editor.css"><style>
body { margin: 12px; background: #fff; --jp-layout-color1: #fff; --jp-content-font-color1: rgba(0, 0, 0, 0.87); }
body[data-jp-theme-light=false] { background: #111; --jp-layout-color1: #111; --jp-content-font-color1: #fff; }
</style></head>
<body data-jp-theme-light="true"><main><div id="here"></div></main>
<script type="module">
import editor from "/editor.js";
const state = Object.assign({ drawing: { actors: [], domains: [], lines: [], formal: [] }, lang: "nl", mode: "all",
  channels: ["mail", "overleg", "intranet"], show_formal: false, problem: "", similar: [] }, window.given);
const heard = {};
window.saved = [];
window.model = {
  get: (name) => state[name],
  set(name, value) { state[name] = value; },
  save_changes() { window.saved.push(JSON.parse(JSON.stringify(state))); },
  on(event, listener) { (heard[event] ??= new Set()).add(listener); },
  off(event, listener) { heard[event]?.delete(listener); },
  arrive(name, value) { state[name] = value; for (const listener of heard[`change:${name}`] ?? []) listener(); },
};
window.close_editor = editor.render({ model: window.model, el: document.getElementById("here") });
window.ready = true;
</script></body></html>"""


class _Files(SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path.split("?")[0] != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *args):
        pass


@contextmanager
def serving() -> Iterator[str]:
    """Serve the page and the built files; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(paths.static()))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def opened(context, address, **given):
    """Open the page with traits, and wait until the editor stands on it."""
    page = context.new_page()
    page.crashes = []
    page.on("pageerror", lambda error: page.crashes.append(str(error)))
    page.add_init_script(f"window.given = {json.dumps(given)}")
    page.goto(address)
    page.wait_for_function("window.ready && document.querySelector('.we')")
    if page.locator(".we-plane").count():
        page.wait_for_function("document.querySelector('.we-plane').hasAttribute('transform')")
    return page


def drawn(actors, lines, domains=4):
    """Make a drawing: places in rings, lines that follow from a rule."""
    names = (
        "Balie",
        "Communicatie",
        "Wijkteam Noord",
        "Vergunningen",
        "Klantcontactcentrum",
        "Directie",
        "Griffie",
    )
    places = []
    for n in range(actors):
        ring = math.sqrt((n + 0.5) / actors)
        turn = n * 2.399963
        places.append(
            {
                "id": f"p{n}",
                "label": names[n % len(names)] + (f" {n}" if n >= len(names) else ""),
                "kind": "audience" if n % 11 == 3 else "role" if n % 7 == 4 else "team",
                "domain": None
                if n % 11 == 3 or not domains
                else f"g{int((turn % (2 * math.pi)) / (2 * math.pi) * domains)}",
                "voice": "proxy" if n % 11 == 3 else "own",
                "x": round(800 + 680 * ring * math.cos(turn), 1),
                "y": round(430 + 360 * ring * math.sin(turn), 1),
                "placed": False,
            }
        )
    pairs = []
    step = 1
    while len(pairs) < lines:
        for n in range(actors):
            pair = (f"p{n}", f"p{(n * 3 + step) % actors}")
            if pair[0] != pair[1] and pair not in pairs and len(pairs) < lines:
                pairs.append(pair)
        step += 1
    return {
        "actors": places,
        "domains": [
            {"id": f"g{n}", "label": ("Voorkant", "Beleid", "Uitvoering", "Staf")[n % 4]}
            for n in range(domains)
        ],
        "lines": [
            {
                "source": source,
                "target": target,
                "channel": ("mail", "", "overleg")[n % 3],
                "strength": n % 3 + 1,
                "arrives": ("yes", "yes", "partly", "no")[n % 4],
                "via": [],
            }
            for n, (source, target) in enumerate(pairs)
        ],
        "formal": [[f"p{(n - 1) // 4}", f"p{n}"] for n in range(1, min(actors, 30))],
    }
