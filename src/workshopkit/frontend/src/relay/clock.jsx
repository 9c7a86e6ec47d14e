// The server's clock on this page, and how long a phase still takes.
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";

/** Seconds since the epoch by the server's clock, twice a second. @param {number} now as the last message had it */
export function useClock(now) {
  const offset = useRef(-Infinity);
  const [, tick] = useState(0);
  // A message is never newer than it says: the one that was least delayed knows best.
  if (Number.isFinite(now)) offset.current = Math.max(offset.current, now - performance.now() / 1000);
  useEffect(() => {
    const id = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(id);
  }, []);
  return performance.now() / 1000 + offset.current;
}

/** @param {{ends: number | null, now: number}} props */
export function Left({ ends, now }) {
  if (!ends) return null;
  const left = Math.max(0, Math.ceil(ends - now));
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <span class="relay-left" role="timer" aria-label={t("Time left: {time}", { time: text })}>
      {text}
    </span>
  );
}
