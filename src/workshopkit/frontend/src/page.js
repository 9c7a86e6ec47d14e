// The page of a phone, the wall or the cockpit: connect to the kernel, show its widget, and stay connected.
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { h, render } from "preact";

import { setLanguage, t } from "./i18n.js";
import { Manager } from "./manager.js";
import { Outbox } from "./outbox.js";
import { patched } from "./state.js";
import { startTheme } from "./theme.js";
import { Cockpit } from "./views/cockpit.jsx";
import { Participant } from "./views/participant.jsx";
import { Wall } from "./views/wall.jsx";

const VIEWS = { participant: Participant, wall: Wall, cockpit: Cockpit };
const SLOW_MS = 10_000;
const ASK_MS = 1500;

class Page {
  constructor(config) {
    this.config = config;
    this.state = {};
    this.connected = false;
    this.leaving = false;
    this.app = document.getElementById("app");
    this.notice = document.getElementById("connection");
  }

  async start() {
    const { baseUrl, kernelId, modelId } = this.config;
    const base = new URL(baseUrl, location.href).href;
    const settings = ServerConnection.makeSettings({
      baseUrl: base,
      wsUrl: base.replace(/^http/, "ws"),
      appendToken: false,
    });
    const slow = setTimeout(() => this.say(t("This takes longer than usual."), true), SLOW_MS);
    this.kernel = new KernelConnection({
      model: { id: kernelId, name: "python3" },
      serverSettings: settings,
      handleComms: true,
    });
    this.kernel.connectionStatusChanged.connect((_, status) => this.onConnection(status));
    this.kernel.statusChanged.connect((_, status) => {
      if (["dead", "restarting", "autorestarting"].includes(status)) this.again();
    });
    this.onVisibility();
    try {
      this.model = await new Manager(this.kernel).load(modelId);
    } catch (fault) {
      console.warn("the page's widget did not load", fault);
      this.say(t("The page did not start."), true);
      return;
    } finally {
      clearTimeout(slow);
    }
    this.say("");
    this.state = this.model.get("state");
    this.outbox = new Outbox({
      key: `${this.state.seat?.id ?? this.config.page}:${this.config.seat ?? ""}`,
      storage: storageOrNull(),
      send: (message) => this.send(message),
      changed: () => this.draw(),
    });
    this.model.on("msg:custom", (message) => this.hear(message));
    this.outbox.flush();
    this.draw();
    document.getElementById("act-text")?.remove();
    document.documentElement.dataset.ready = "yes";
  }

  /** @param {any} message */
  send(message) {
    if (!this.model || !this.connected) return false;
    this.model.send(message);
    return true;
  }

  hear(message) {
    if (message.type !== "state") {
      this.outbox.hear(message);
      return;
    }
    const { state, fits } = patched(this.state, message);
    if (!fits) {
      this.send({ type: "resync" });
      return;
    }
    this.state = state;
    this.outbox.settle(state.seq);
    this.draw();
  }

  draw() {
    if (!this.outbox) return;
    const View = VIEWS[this.config.page];
    render(
      h(View, {
        state: this.state,
        outbox: this.outbox,
        connected: this.connected,
        add: (kind, payload) => this.outbox.add(kind, payload, this.state.act ?? null),
        links: { me: `${this.config.baseUrl}me`, wall: `${this.config.baseUrl}wall` },
      }),
      this.app,
    );
  }

  // Staying connected ------------------------------------------------------------------------------------------

  onConnection(status) {
    const was = this.connected;
    this.connected = status === "connected";
    if (this.leaving) return;
    if (this.connected) {
      clearTimeout(this.asking);
      this.asking = null;
      if (this.lost) this.say(t("You are connected again."), false, 4000);
      this.lost = false;
      if (this.outbox) {
        this.send({ type: "resync" });
        this.outbox.flush();
      }
    } else if (was || status === "disconnected") {
      this.lost = true;
      this.say(t("No connection. Your answers are kept and sent as soon as it is back."));
      this.ask();
    }
    this.draw();
  }

  /** Ask the door whether our kernel is still there; go on with it, or begin anew. */
  ask() {
    if (this.asking || this.leaving) return;
    this.asking = setTimeout(async () => {
      this.asking = null;
      if (this.connected || this.leaving) return;
      try {
        const reply = await fetch(`${this.config.baseUrl}api/kernels/${this.config.kernelId}`, { cache: "no-store" });
        if (reply.status === 404 || reply.status === 403) {
          this.again();
          return;
        }
        if (reply.ok) await this.kernel.reconnect();
      } catch {
        // The door does not answer yet.
      }
      if (!this.connected) this.ask();
    }, ASK_MS);
  }

  /** Load the page anew: the answers that wait are in the outbox, all others in the store. */
  again() {
    if (this.leaving) return;
    this.leaving = true;
    this.say(t("The page comes back by itself."));
    const reload = async () => {
      try {
        await fetch(`${this.config.baseUrl}healthz`, { cache: "no-store" });
        location.reload();
      } catch {
        setTimeout(reload, ASK_MS);
      }
    };
    setTimeout(reload, 100 + Math.random() * 900);
  }

  onVisibility() {
    document.addEventListener("visibilitychange", () => {
      this.send({ type: "hidden", hidden: document.hidden });
      if (!document.hidden && !this.connected) this.ask();
    });
    addEventListener("pagehide", () => {
      const form = new URLSearchParams({ _xsrf: this.config.xsrf });
      navigator.sendBeacon?.(`${this.config.baseUrl}bye/${this.config.kernelId}`, form);
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  /** Say something in the line under the header; nothing clears it. */
  say(text, retry = false, forMs = 0) {
    clearTimeout(this.saying);
    this.notice.hidden = !text;
    this.notice.textContent = text;
    if (retry) {
      const button = document.createElement("button");
      button.className = "btn";
      button.textContent = t("Try again");
      button.addEventListener("click", () => location.reload());
      this.notice.append(" ", button);
    }
    if (forMs) this.saying = setTimeout(() => this.say(""), forMs);
  }
}

function storageOrNull() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function begin() {
  setLanguage(document.documentElement.lang);
  startTheme();
  const found = document.getElementById("page-config");
  if (!found) {
    setTimeout(() => location.reload(), 3000);
    return;
  }
  const config = JSON.parse(found.textContent);
  if (config.kernelId) new Page(config).start();
  else setTimeout(() => location.reload(), 3000);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
