// The page of a phone, the wall or the cockpit: show the widget of its kernel, and stay in touch with it.
import { h, render } from "preact";

import { keepFocus } from "./focus.js";
import { setLanguage, t } from "./i18n.js";
import { figures, mend, relay } from "./lazy.jsx";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { leftIn, patched } from "./state.js";
import { startTheme } from "./theme.js";
import "./shared.js";
import { Participant } from "./views/participant.jsx";

const ASK_MS = 1500;
const ANSWER_MS = 8_000;
const PAGE_MS = 60_000;
const ADOPT_MS = 5_000;
const TRIES = 3;

class Page {
  constructor(config) {
    this.config = config;
    this.state = {};
    this.failed = 0;
    this.app = document.getElementById("app");
    this.notice = document.getElementById("connection");
  }

  /** Be in touch with the kernel, again and again, for as long as the page is open. */
  async stay() {
    this.watch();
    for (;;) {
      this.line = new Line(this.config);
      try {
        this.view ??= await this.load();
        this.begin(await this.line.open(this.config.modelId, (message) => this.hear(message)));
        await this.line.over;
      } catch (fault) {
        console.warn("the page could not begin", fault);
        this.failed += 1;
      }
      this.line.close();
      this.lose();
      await this.back();
    }
  }

  /** Get the view of this page: a phone has it already. */
  async load() {
    const stage = document.querySelector("link[rel=modulepreload]")?.href;
    if (!stage) return Participant;
    // A browser remembers of an address that it did not load.
    const views = await import(this.failed ? `${stage}&again=${this.failed}` : stage);
    return views[this.config.page];
  }

  begin(state) {
    this.state = { ...state, ...leftIn(state) };
    this.failed = 0;
    this.outbox ??= new Outbox({
      key: `${state.seat?.id ?? this.config.page}:${this.config.seat ?? ""}`,
      storage: storageOrNull(),
      send: (message) => this.line.send(message),
      changed: () => this.draw(),
    });
    this.outbox.settle(state.seq);
    this.say(this.lost ? t("You are connected again.") : "", false, 4000);
    this.lost = false;
    this.line.send({ type: "hidden", hidden: document.hidden });
    // What was said between the widget's state and our listening is made good.
    this.line.send({ type: "resync", messages: state.messages });
    this.outbox.follow(state.origin);
    this.outbox.restart();
    this.draw();
    document.getElementById("act-text")?.remove();
    document.documentElement.dataset.ready = "yes";
  }

  hear(message) {
    if (message.type === "time") {
      Object.assign(this.state, leftIn(message));
      this.draw();
      return;
    }
    if (message.type !== "state") {
      this.outbox.hear(message);
      return;
    }
    const { state, fits } = patched(this.state, message);
    if (!fits) {
      this.line.send({ type: "resync" });
      return;
    }
    this.state = { ...state, ...leftIn(message) };
    this.outbox.settle(state.seq);
    if (state.closed || state.withdrawn) this.outbox.forget();
    this.draw();
  }

  draw() {
    if (this.state.act === "silos") figures.load();
    if (this.state.act === "message") relay.load();
    if (this.state.act === "breakthrough") mend.load();
    render(
      h(this.view, {
        state: this.state,
        outbox: this.outbox,
        add: (kind, payload) => this.outbox.add(kind, payload, this.state.act ?? null),
        ask: (message) => this.line.send(message),
        seenBy: this.config.seenBy,
        lost: this.lost,
        links: {
          home: this.config.baseUrl,
          me: `${this.config.baseUrl}me`,
          wall: `${this.config.baseUrl}wall`,
          lead: `${this.config.baseUrl}lead`,
          entry: `${this.config.baseUrl}entry`,
          case: `${this.config.baseUrl}case`,
          calendar: `${this.config.baseUrl}calendar.ics`,
          bundle: `${this.config.baseUrl}bundle.zip`,
          agreementCards: `${this.config.baseUrl}agreements.pdf`,
          calendarOfAll: `${this.config.baseUrl}calendar-all.ics`,
        },
      }),
      this.app,
    );
    const { act, part, scene } = this.state;
    Object.assign(this.app.dataset, { moment: `${act}/${part}`, scene: `${scene?.act}/${scene?.part}` });
  }

  // Coming back ------------------------------------------------------------------------------------------------

  lose() {
    if (this.outbox) {
      this.lost = true;
      this.draw();
      this.say(t("No connection. Your answers are kept and sent as soon as it is back."));
    } else {
      this.say(t("This takes longer than usual."), true);
    }
  }

  /** Wait until the door answers, and see whether our kernel is still there and of use; else get a new one. */
  async back() {
    const { baseUrl, kernelId } = this.config;
    for (;;) {
      await this.pause(ASK_MS * (0.5 + Math.random()));
      try {
        const reply = await get(`${baseUrl}api/kernels/${kernelId}`, ANSWER_MS);
        if (reply.ok && this.failed < TRIES) return;
        if (reply.status < 500 && (await this.renew())) return;
      } catch {
        // The door does not answer yet.
      }
    }
  }

  /** Get the page anew, with a kernel of its own, and go on where we are: what waits, waits on. */
  async renew() {
    if (this.outbox) this.say(t("The page comes back by itself."));
    const reply = await get(location.href, PAGE_MS);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const found = page.getElementById("page-config");
    if (reply.status < 500 && (!found || !page.querySelector(`script[src="${ownScript()}"]`))) {
      // The session is over, or the kit is another version by now: what the door says has to be seen.
      location.reload();
      return false;
    }
    const config = found ? JSON.parse(found.textContent) : {};
    if (config.kernelId) {
      this.config = config;
      this.failed = 0;
    }
    return Boolean(config.kernelId);
  }

  /** Wait a moment; not longer than until somebody looks at the page again. */
  pause(ms) {
    const past = new AbortController();
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
      document.addEventListener("visibilitychange", resolve, { signal: past.signal });
    }).finally(() => past.abort());
  }

  watch() {
    document.addEventListener("visibilitychange", () => this.line.send({ type: "hidden", hidden: document.hidden }));
    addEventListener("pagehide", () => {
      const form = new URLSearchParams({ _xsrf: this.config.xsrf });
      navigator.sendBeacon?.(`${this.config.baseUrl}bye/${this.config.kernelId}`, form);
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
    // What another tab of ours leaves behind when it is closed.
    addEventListener("storage", (event) => {
      if (event.newValue && this.outbox && event.key?.startsWith(this.outbox.prefix)) setTimeout(() => this.outbox.adopt(), ADOPT_MS);
    });
  }

  /** Say something in the line under the header; nothing clears it. */
  say(text, retry = false, forMs = 0) {
    clearTimeout(this.saying);
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

/** @param {string} url @param {number} withinMs */
function get(url, withinMs) {
  return fetch(url, { cache: "no-store", signal: AbortSignal.timeout(withinMs) });
}

/** This script as the page names it: with the hash of its content. */
function ownScript() {
  const { pathname, search } = new URL(import.meta.url);
  return pathname + search;
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
  keepFocus(document.getElementById("app"));
  figures.at(config.figures);
  mend.at(config.mend);
  relay.at(config.relay);
  if (config.kernelId) new Page(config).stay();
  else if (config.retry) setTimeout(() => location.reload(), 3000);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
