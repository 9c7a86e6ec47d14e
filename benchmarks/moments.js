// Notes what changes in a phone's page, and the frames that came late. Times are milliseconds since the epoch.
// log.texts: [when, milliseconds after the last message]; log.figures: when; log.frames: [when, milliseconds since the
// frame before]; log.long: [when, milliseconds] of frames that took longer than 50 ms.
() => {
  if (!location.protocol.startsWith("http") || window !== top) return;
  const now = () => performance.timeOrigin + performance.now();
  const log = (window.log = { texts: [], figures: [], frames: [], long: [] });
  let heard = Number.NaN;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => (heard = now()));
    }
  };
  const textOf = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent).join();
  const before = { app: "", figures: "" };
  const look = () => {
    const found = { app: textOf("#app"), figures: textOf("#app .figure") };
    if (found.app !== before.app) log.texts.push([now(), now() - heard]);
    if (found.figures && found.figures !== before.figures) log.figures.push(now());
    Object.assign(before, found);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) log.long.push([performance.timeOrigin + entry.startTime, entry.duration]);
  }).observe({ type: "long-animation-frame", buffered: true });
  let last = performance.now();
  const frame = (at) => {
    if (at - last > 1.5 * (1000 / 60)) log.frames.push([performance.timeOrigin + at, at - last]);
    last = at;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};
