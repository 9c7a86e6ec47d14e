// Notes when the big screen's list of lines changes: [milliseconds since the epoch, "from>to", how it came].
() => {
  if (!location.protocol.startsWith("http") || window !== top) return;
  const log = (window.log = []);
  let before = new Map();
  const look = () => {
    const at = performance.timeOrigin + performance.now();
    const rows = [...document.querySelectorAll(".map tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
    const now = new Map(rows.map(([from, to, state]) => [`${from}>${to}`, state]));
    for (const line of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(line) !== now.get(line)) log.push([at, line, now.get(line) ?? null]);
    }
    before = now;
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
};
