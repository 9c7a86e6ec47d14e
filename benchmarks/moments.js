// Notes when the text of a phone's page changes: [milliseconds since the epoch, milliseconds after the last message].
() => {
  if (!location.protocol.startsWith("http") || window !== top) return;
  const now = () => performance.timeOrigin + performance.now();
  const log = (window.log = []);
  let heard = Number.NaN;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => (heard = now()));
    }
  };
  let before = "";
  const look = () => {
    const text = document.querySelector("#app")?.textContent ?? "";
    if (text === before) return;
    before = text;
    log.push([now(), now() - heard]);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
};
